import { checkNumber } from './checks.js';

/**
 * P-values adjusted for being many: those at or below q have a false discovery rate of at most q.
 *
 * Holds for independent and for positively dependent tests. R: `p.adjust(p, method = "BH")`; the result is in the
 * order of the input. Benjamini and Hochberg 1995. Cost: O(n log n).
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless all are from 0 to 1.
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03, 0.005]); // => [0.02, 0.04, 0.04, 0.02]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  for (const p of pValues) checkNumber(p, 'benjaminiHochberg', 'pValues', 'numbers from 0 to 1', (value) => value >= 0 && value <= 1);
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted: number[] = Array.from(pValues);
  let least = 1;
  order.forEach((i, at) => {
    least = Math.min(least, (pValues[i]! * pValues.length) / (pValues.length - at));
    adjusted[i] = least;
  });
  return adjusted;
}
