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
  const scaled = (a: number, sum: number): number => {
    const least = floor[a]!;
    // A domain of one leaf, or no rows: nothing to lose.
    return n - least <= 0 ? 0 : Math.floor(1e10 * Math.max(0, (sum - least) / (n - least))) / 1e10;
  };
  const byShare = table.attributes.map((_, a) => rowsByShare(table, a));
  const all = byShare.map((levels) => levels.map((some) => some.reduce((sum, { share, rows }) => sum + share * rows, 0)));
  const at: MutableSums = { all: 0, suppressed: 0, rows: 0, extra: 0 };
  return {
    kind: 'attributes',
    ...aggregator(aggregate, weights),
    stats: sums.stats,
    extra: sums.extra,
    leastWith(a, level, suppressed) {
      // The rows that have lost most cost least when they are suppressed: as many as there are, from the largest share down.
      let left = suppressed;
      let sum = g * all[a]![level]!;
      for (const { share, rows } of byShare[a]![level]!) {
        const some = Math.min(left, rows);
        sum += some * (s + (1 - s - g) * share);
        left -= some;
        if (left === 0) break;
      }
      return scaled(a, sum * (1 - 1e-12));
    },
    ofRow(a, level, leaf) {
      const { codes, share } = table.attributes[a]!.hierarchy.levels[level]!;
      return share[codes[leaf]!]!;
    },
    value(a, level, evidence) {
      sums.sums(a, level, evidence, at);
      const kept = g * (at.all - at.suppressed);
      const sum = kept + (s === 1 ? at.rows : at.suppressed + s * (at.rows - at.suppressed)) + at.extra;
      return scaled(a, sum);
    },
  };
}

/** For each level of an attribute, how many rows have each share, from the largest down. */
function rowsByShare(table: SearchTable, a: number): readonly (readonly { readonly share: number; readonly rows: number }[])[] {
  const marginal = table.marginals[a]!;
  return table.attributes[a]!.hierarchy.levels.map(({ codes, share }) => {
    const rows = new Map<number, number>();
    for (let leaf = 0; leaf < marginal.length; leaf++) rows.set(share[codes[leaf]!]!, (rows.get(share[codes[leaf]!]!) ?? 0) + marginal[leaf]!);
    return [...rows].map(([value, count]) => ({ share: value, rows: count })).sort((x, y) => y.share - x.share);
  });
}
