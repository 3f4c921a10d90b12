/**
 * The one margin by which privacy figures computed in doubles are rounded outward: 2^-30 of the value, about 9.3e-10.
 * The formulas of this library are accurate to better than 3e-12 (see docs/proofs/outward-rounding.md), 300 times less.
 */
export const outwardMargin: number = 2 ** -30;

/** Not below what exact arithmetic would give: for sigma, scale, threshold, and an epsilon or a delta that is reported. */
export function roundUp(x: number): number {
  return x > 0 ? x * (1 + outwardMargin) : x * (1 - outwardMargin);
}

/** Not above what exact arithmetic would give: for a probability of showing a group, and an epsilon or a delta that is put to use. */
export function roundDown(x: number): number {
  return -roundUp(-x);
}
