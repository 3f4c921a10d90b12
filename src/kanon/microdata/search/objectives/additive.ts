import type { LeafCounts } from '../grouping/leafCounts.js';
import type { SearchTable } from '../searchTable.js';
import type { AttributeObjective, Evidence } from './objective.js';
import { leafStats, slots, totals } from './slots.js';

/** The sums that the value of an attribute is made of. */
export interface Sums {
  /** Over all rows, at the level asked for. */
  readonly all: number;
  /** Over the suppressed rows, at the level asked for. */
  readonly suppressed: number;
  /** The number of suppressed rows. */
  readonly rows: number;
  /** The least that further suppressed rows add. */
  readonly extra: number;
}

/**
 * What objectives share that add up one statistic of the generalized value over rows: its sums over all rows come
 * from the marginals of a column, those over suppressed rows from counts by leaf.
 */
export function additive(
  table: SearchTable,
  stat: (share: number, attribute: number) => number,
  extraOf: (rows: number, sum: number, attribute: number) => number,
): Pick<AttributeObjective, 'stats' | 'extra'> & { sums(a: number, level: number, evidence: Evidence, out: MutableSums): void } {
  const { at, length } = slots(table);
  const leaf = leafStats(table, stat);
  const total = totals(table, leaf);
  return {
    stats(suppressed: LeafCounts, from, node) {
      const out = new Float64Array(length);
      if (suppressed.rows === 0) return out;
      for (let a = 0; a < at.length; a++) {
        const counts = suppressed.counts[a]!;
        const leaves = suppressed.leaves[a]!;
        const met = suppressed.met[a]!;
        for (let level = from[a]!; level <= node[a]!; level++) {
          const stats = leaf[a]![level]!;
          let sum = 0;
          for (let i = 0; i < met; i++) sum += counts[leaves[i]!]! * stats[leaves[i]!]!;
          out[at[a]! + level] = sum;
        }
      }
      return out;
    },
    extra(forced, node) {
      const out = new Float64Array(at.length);
      for (let a = 0; a < at.length; a++) {
        const stats = leaf[a]![node[a]!]!;
        let sum = 0;
        for (let i = 0; i < forced.met[a]!; i++) sum += forced.counts[a]![forced.leaves[a]![i]!]! * stats[forced.leaves[a]![i]!]!;
        out[a] = extraOf(forced.rows, sum, a);
      }
      return out;
    },
    sums(a, level, evidence, out) {
      out.all = total[a]![level]!;
      out.suppressed = evidence.stats[at[a]! + level]!;
      out.rows = evidence.rows;
      out.extra = evidence.extra[a]!;
    },
  };
}

export type MutableSums = { -readonly [K in keyof Sums]: Sums[K] };
