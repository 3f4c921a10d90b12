/**
 * A zero of a continuous function between two points where its signs differ.
 *
 * Inverse quadratic steps where they are safe, halving where they are not (T. R. Chandrupatla, Adv. Eng. Softw. 28 (1997) 145-149).
 * Ends when the bracket is a few units in the last place wide, or narrower than `tolerance`.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 0): number {
  let a = low;
  let fa = f(a);
  let b = high;
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa) || Number.isNaN(fb)) throw new RangeError('findRoot: the function must change sign between the ends');
  let c = a;
  let fc = fa;
  let t = 0.5;
  for (let i = 0; i < 300; i++) {
    const x = a + t * (b - a);
    const fx = f(x);
    if (fx < 0 === fa < 0) {
      c = a;
      fc = fa;
    } else {
      c = b;
      fc = fb;
      b = a;
      fb = fa;
    }
    a = x;
    fa = fx;
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const width = Math.abs(b - a);
    const least = (4 * 2 ** -53 * Math.abs(best) + tolerance) / width;
    if (fa === 0 || fb === 0 || least > 0.5) return best;
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t = (fa / (fb - fa)) * (fc / (fb - fc)) + (((c - a) / (b - a)) * (fa / (fc - fa)) * fb) / (fc - fb);
    } else t = 0.5;
    t = Math.min(Math.max(t, least), 1 - least);
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

/** The least whole number from `low` to `high` where a condition holds, which holds for all after it; `high` when it never does. */
export function smallestInteger(holds: (n: number) => boolean, low: number, high: number): number {
  let below = low - 1;
  let from = high;
  // Doubling from below first: conditions are dear for large n, and the answer is often small.
  for (let step = 1; below + step < from; step *= 2) {
    if (holds(below + step)) {
      from = below + step;
      break;
    }
    below += step;
  }
  while (from - below > 1) {
    const middle = below + Math.floor((from - below) / 2);
    if (holds(middle)) from = middle;
    else below = middle;
  }
  return from;
}

/** The least value of a function that falls, then rises, and where it takes it: golden section. */
export function minimize(f: (x: number) => number, low: number, high: number, tolerance = 1e-9): { readonly x: number; readonly value: number } {
  const ratio = 0.6180339887498949;
  let a = low;
  let b = high;
  let x = b - ratio * (b - a);
  let y = a + ratio * (b - a);
  let fx = f(x);
  let fy = f(y);
  while (b - a > tolerance && x < y) {
    if (fx <= fy) {
      b = y;
      y = x;
      fy = fx;
      x = b - ratio * (b - a);
      fx = f(x);
    } else {
      a = x;
      x = y;
      fx = fy;
      y = a + ratio * (b - a);
      fy = f(y);
    }
  }
  return fx <= fy ? { x, value: fx } : { x: y, value: fy };
}
