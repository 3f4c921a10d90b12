/** A law of noise: what can be added, and how likely each is. */
export interface FiniteLaw {
  readonly noise: readonly number[];
  readonly probability: readonly number[];
}

/** The smallest and largest variance that noise of mean zero on these values can have; undefined where its mean cannot be zero. */
export function varianceRange(noise: readonly number[]): readonly [number, number] | undefined {
  if (noise.includes(0) && noise.length === 1) return [0, 0];
  const below = noise.filter((v) => v < 0);
  const above = noise.filter((v) => v > 0);
  if (below.length === 0 || above.length === 0) return undefined;
  const least = noise.includes(0) ? 0 : -Math.max(...below) * Math.min(...above);
  return [least, -Math.min(...below) * Math.max(...above)];
}

/**
 * The law of largest entropy on some values with mean zero and a given variance: probabilities are `exp(a v + b v²)` up to a
 * factor, and `a`, `b` minimize the convex `log Σ exp(a v + b (v² - variance))` (the dual), found by damped Newton steps.
 *
 * Undefined where no such law exists. The mean is met to 5e-13, the variance to 5e-13 of its size.
 */
export function maximumEntropy(noise: readonly number[], variance: number): FiniteLaw | undefined {
  const range = varianceRange(noise);
  if (range === undefined || !(variance >= range[0] && variance <= range[1])) return undefined;
  // At the ends only the two innermost or outermost values (or zero alone) are left.
  if (variance === range[0]) return twoPoints(noise, noise.includes(0) ? 0 : Math.max(...noise.filter((v) => v < 0)), Math.min(...noise.filter((v) => v >= 0)));
  if (variance === range[1]) return twoPoints(noise, Math.min(...noise), Math.max(...noise));
  return newton(noise, variance);
}

function twoPoints(noise: readonly number[], low: number, high: number): FiniteLaw {
  return { noise, probability: noise.map((v) => (low === high ? Number(v === low) : v === low ? high / (high - low) : v === high ? -low / (high - low) : 0)) };
}

const MOST_STEPS = 500;

function newton(noise: readonly number[], variance: number): FiniteLaw | undefined {
  // Values scaled to 1 keep the two parameters of like size.
  const scale = Math.max(...noise.map(Math.abs));
  const x = noise.map((v) => v / scale);
  const goal = variance / (scale * scale);
  let at = look(x, goal, 0, 0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { a, b, first, second, aa, ab, bb } = at;
    const determinant = aa * bb - ab * ab;
    if (!(determinant > 0)) break;
    const da = -(bb * first - ab * second) / determinant;
    const db = -(aa * second - ab * first) / determinant;
    let length = 1;
    let next = look(x, goal, a + da, b + db);
    // The step is shortened until the dual falls by a part of what its slope promises. At the end the dual is flat to the last
    // digit, and only the derivatives still tell better from worse.
    const slope = first * da + second * db;
    while (!(next.dual <= at.dual + 1e-4 * length * slope) && !(distance(next) <= distance(at) / 2) && length > 1e-9) {
      length /= 2;
      next = look(x, goal, a + length * da, b + length * db);
    }
    if (length <= 1e-9 || (distance(at) < 1e-14 && distance(next) >= distance(at))) break;
    at = next;
  }
  const exact = Math.abs(at.first) * scale <= 5e-13 && Math.abs(at.second) * scale * scale <= 5e-13 * Math.max(1, variance);
  return exact ? { noise, probability: at.probability } : undefined;
}

interface Look {
  readonly a: number;
  readonly b: number;
  readonly probability: readonly number[];
  readonly dual: number;
  /** Derivatives of the dual: mean, variance less its goal, and their covariances. */
  readonly first: number;
  readonly second: number;
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

const distance = ({ first, second }: Look): number => Math.max(Math.abs(first), Math.abs(second));

function look(x: readonly number[], goal: number, a: number, b: number): Look {
  const exponent = x.map((v) => a * v + b * (v * v - goal));
  const most = Math.max(...exponent);
  const weight = exponent.map((e) => Math.exp(e - most));
  const total = weight.reduce((sum, w) => sum + w, 0);
  const probability = weight.map((w) => w / total);
  const mean = (f: (v: number) => number): number => x.reduce((sum, v, at) => sum + probability[at]! * f(v), 0);
  const first = mean((v) => v);
  const second = mean((v) => v * v - goal);
  return {
    a, b, probability,
    dual: most + Math.log(total),
    first,
    second,
    aa: mean((v) => (v - first) ** 2),
    ab: mean((v) => (v - first) * (v * v - goal - second)),
    bb: mean((v) => (v * v - goal - second) ** 2),
  };
}
