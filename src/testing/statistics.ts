/** The outcome of a chi-square test. */
export interface ChiSquare {
  readonly statistic: number;
  readonly degrees: number;
  /** Standard normal under the null hypothesis, by Wilson and Hilferty's cube root: above 6 has probability 1e-9. */
  readonly z: number;
}

/**
 * Pearson's chi-square of observed counts against exact probabilities, as `chisq.test(observed, p = probabilities)` in R.
 *
 * Neighbouring cells are pooled until each expects at least `pool` (5). What the probabilities leave of 1 is one more
 * cell; `rest` is how often it was observed.
 *
 * @example
 * chiSquare([50, 50], [0.5, 0.5]).statistic; // => 0
 */
export function chiSquare(observed: ArrayLike<number>, probabilities: ArrayLike<number>, rest = 0, pool = 5): ChiSquare {
  let n = rest;
  for (let i = 0; i < observed.length; i++) n += observed[i] as number;
  const seen: number[] = [];
  const expected: number[] = [];
  let heldSeen = 0;
  let heldExpected = 0;
  let left = 1;
  const add = (count: number, p: number): void => {
    heldSeen += count;
    heldExpected += p * n;
    if (heldExpected < pool) return;
    seen.push(heldSeen);
    expected.push(heldExpected);
    heldSeen = heldExpected = 0;
  };
  for (let i = 0; i < observed.length; i++) {
    left -= probabilities[i] as number;
    add(observed[i] as number, probabilities[i] as number);
  }
  add(rest, Math.max(left, 0));
  // The remainder, too small for a cell of its own, joins the last one.
  if (seen.length > 0) {
    seen[seen.length - 1] = (seen.at(-1) as number) + heldSeen;
    expected[expected.length - 1] = (expected.at(-1) as number) + heldExpected;
  }
  let statistic = 0;
  for (let i = 0; i < seen.length; i++) {
    const e = expected[i] as number;
    statistic += ((seen[i] as number) - e) ** 2 / e;
  }
  const degrees = Math.max(seen.length - 1, 0);
  if (degrees === 0) return { statistic, degrees, z: 0 };
  const spread = 2 / (9 * degrees);
  return { statistic, degrees, z: (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread) };
}
