import { outwardMargin } from '../../numeric/outward.js';
import { smallestInteger } from '../../numeric/roots.js';

/** The least k >= `from` with P[X >= k] at most `each`, by the outward margin, for a survival function that falls to 0. */
export function leastReach(survival: (k: number) => number, each: number, from: number): number {
  const hides = (k: number): boolean => survival(k) * (1 + outwardMargin) <= each;
  let high = Math.max(1, from);
  while (!hides(high)) high *= 2;
  return smallestInteger(hides, from, high);
}
