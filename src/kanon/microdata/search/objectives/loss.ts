import type { SearchTable } from '../searchTable.js';
import { additive, type MutableSums } from './additive.js';
import { aggregator, type Aggregate } from './aggregate.js';
import { factors } from './gs.js';
import type { AttributeObjective } from './objective.js';

/**
 * Loss: the mean share of an attribute's domain that a value stands for, scaled so that a leaf costs 0 and a
 * suppressed row costs 1 (Iyengar 2002; ARX's Loss, which floors each value to ten decimals as is done here).
 */
export function lossObjective(table: SearchTable, gs: number, aggregate: Aggregate, weights: readonly number[]): AttributeObjective {
  const { generalization: g, suppression: s } = factors(gs);
  const n = table.rows;
  const floor = table.attributes.map(({ hierarchy }) => (g * n) / hierarchy.domain);
  // What a suppressed row costs more than a kept one: s (1 - share) + (1 - g) share.
  const sums = additive(table, (share) => share, (rows, share) => s * rows + (1 - g - s) * share);
  const at: MutableSums = { all: 0, suppressed: 0, rows: 0, extra: 0 };
  return {
    kind: 'attributes',
    ...aggregator(aggregate, weights),
    stats: sums.stats,
    extra: sums.extra,
    ofRow(a, level, leaf) {
      const { codes, share } = table.attributes[a]!.hierarchy.levels[level]!;
      return share[codes[leaf]!]!;
    },
    value(a, level, evidence) {
      sums.sums(a, level, evidence, at);
      const kept = g * (at.all - at.suppressed);
      const sum = kept + (s === 1 ? at.rows : at.suppressed + s * (at.rows - at.suppressed)) + at.extra;
      const least = floor[a]!;
      // A domain of one leaf, or no rows: nothing to lose.
      if (n - least <= 0) return 0;
      return Math.floor(1e10 * Math.max(0, (sum - least) / (n - least))) / 1e10;
    },
  };
}
