import { checkOneOf } from '../../core/checks.js';

/** Of equal values, which share counts as below: none, all, or half of them. */
export type PercentileRule = 'below' | 'at-or-below' | 'mid';

/**
 * Percentile ranks: the share of values below each value, from 0 to 100, in the order of the input.
 *
 * `mid` counts half of the equal values (the value itself among them), `below` none and `at-or-below` all.
 * scipy: `percentileofscore` with kind `mean`, `strict`, `weak`. What is not a finite number has none (`null`).
 *
 * @throws {TokumeiError} `TOKUMEI_PERCENTILE`
 * @example
 * percentileRanks([10, 20, 20, 30]); // => [12.5, 50, 50, 87.5]
 * percentileRanks([10, 20, 20, 30], 'at-or-below'); // => [25, 75, 75, 100]
 */
export function percentileRanks(values: readonly (number | null | undefined)[], rule: PercentileRule = 'mid'): (number | null)[] {
  checkOneOf(rule, 'percentileRanks', 'rule', 'TOKUMEI_PERCENTILE', ['below', 'at-or-below', 'mid']);
  const sorted = values.filter((value): value is number => Number.isFinite(value)).sort((a, b) => a - b);
  return values.map((value) => {
    if (!Number.isFinite(value)) return null;
    const below = firstWhere(sorted, (other) => other >= (value as number));
    const atOrBelow = firstWhere(sorted, (other) => other > (value as number));
    const counted = rule === 'below' ? below : rule === 'at-or-below' ? atOrBelow : (below + atOrBelow) / 2;
    return (100 * counted) / sorted.length;
  });
}

/** The first place in sorted values from which on `holds` is true. */
function firstWhere(sorted: readonly number[], holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
