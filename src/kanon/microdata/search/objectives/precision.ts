import type { SearchTable } from '../searchTable.js';
import { aggregator, type Aggregate } from './aggregate.js';
import { factors } from './gs.js';
import type { AttributeObjective } from './objective.js';

/**
 * Precision (Sweeney 2002): the level of an attribute by the height of its hierarchy, 1 for a suppressed row, as a
 * mean over rows. The monotonic form leaves suppressed rows out of account.
 */
export function precisionObjective(table: SearchTable, gs: number, monotonic: boolean, aggregate: Aggregate, weights: readonly number[]): AttributeObjective {
  const { generalization: g, suppression: s } = factors(gs);
  const n = Math.max(1, table.rows);
  const m = table.attributes.length;
  const heights = table.attributes.map(({ hierarchy }) => hierarchy.height);
  const valueOf = (a: number, level: number): number => (heights[a] === 0 ? 0 : (g * level) / heights[a]!);
  return {
    kind: 'attributes',
    ...aggregator(aggregate, weights),
    stats: () => new Float64Array(0),
    extra(forced, node) {
      const out = new Float64Array(m);
      if (!monotonic && s === 1) for (let a = 0; a < m; a++) out[a] = forced.rows * (s - valueOf(a, node[a]!));
      return out;
    },
    value(a, level, evidence, exact) {
      const value = valueOf(a, level);
      if (monotonic) return value;
      return ((exact ? 1 : s) * (n - evidence.rows) * value + s * evidence.rows + evidence.extra[a]!) / n;
    },
  };
}

/** Height: the sum of levels. */
export function heightObjective(table: SearchTable, aggregate: Aggregate, weights: readonly number[]): AttributeObjective {
  const none = new Float64Array(0);
  return {
    kind: 'attributes',
    ...aggregator(aggregate, weights),
    stats: () => none,
    extra: () => none,
    value: (_a, level) => level,
  };
}
