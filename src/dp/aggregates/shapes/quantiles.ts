import { TokumeiError } from '../../../core/errors.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { BIN_STEPS, checkBins, type CheckedBins, type EdgeOptions } from './edges.js';
import { quantileLine } from './ranks.js';
import { levelsOf, treeOver } from './tree.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind } from '../engine/kind.js';
import type { GroupBound, GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';

/** What {@link dpQuantiles} takes. */
export type DpQuantilesOptions<U extends string, F, V> = GroupedOptions<U, F> &
  GroupBound &
  EdgeOptions & {
    /** The field of numbers. Rows in which it is missing, NaN or no number are left out. */
    readonly value: V;
    /** Which quantiles, from 0 to 1: `[0.25, 0.5, 0.75]`. */
    readonly ranks: readonly number[];
    /** A unit with more rows than this in a group counts there as that many rows, an equal mix of all it has. */
    readonly rowsPerGroup: number;
  };

/** A line of quantiles, in the order of `ranks`. */
export type QuantileRow<K> = GroupRow<K, 'count'> & {
  readonly quantiles: readonly number[];
  /** Each quantile of the bounded rows lies in its interval, all of them at once with at least 95 % for each rank. */
  readonly intervals: readonly (readonly [low: number, high: number])[];
};


/**
 * Medians and other quantiles of a field by group under differential privacy, all ranks from one release.
 *
 * **When.** The median price, the 95th percentile of waiting time. More ranks cost nothing more, and they rise with the rank.
 * Declare `lower` and `upper` (and `bins`, 256 when left out), or `edges` that are close where values are: no value is
 * known better than its bin. Values beyond the ends count at the ends.
 *
 * **How.** Rows are counted in bins, and bins in a tree of 16 branches; all nodes get noise; the counts that fit them best are
 * made consistent. **Guarantee.** As `dpCountRows`, a row counting once on each level. Proof: docs/proofs/aggregates.md.
 * **Duties.** Range, edges and public keys come from public knowledge. It may serve to find bounds for `dpSum`:
 * powers of two as edges, the ranks 0.005 and 0.995, and some of the budget; see docs/dp.md.
 *
 * **Convention.** numpy `quantile(x, ranks)`; R `quantile(x, ranks)`; Google: `BoundedQuantiles`, a tree of 16 branches as well;
 * OpenDP: `make_quantiles_from_counts` after `make_b_ary_tree`.
 *
 * Lines come in the order of the declared keys; discovered ones by key. Cost: linear in rows; about 10 µs and 2 kB a
 * group with 256 bins.
 *
 * @throws {TokumeiError} as `dpMean`; `TOKUMEI_RANKS`, `TOKUMEI_EDGES`, `TOKUMEI_BINS`.
 * @see docs/proofs/aggregates.md; Hay, Rastogi, Miklau and Suciu 2010 for the consistency.
 * @example
 * const sales = [{ user: 'u1', shop: 'ueno', yen: 1200 }, { user: 'u2', shop: 'ueno', yen: 800 }];
 * const medians = pipe(
 *   personal(sales, { unit: 'user', unitOf: 'user' }),
 *   dpQuantiles({ by: 'shop', value: 'yen', ranks: [0.5], lower: 0, upper: 5000, keys: publicKeys(['ueno']), groupsPerUnit: 1, rowsPerGroup: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * medians.guarantee.measure; // => 'pure'
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpQuantiles<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpQuantilesOptions<U, F, V>,
): PrivateStage<Row, U, QuantileRow<KeyOf<F>>> {
  return stageOf(QUANTILES, options);
}

/**
 * {@link dpQuantiles} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpQuantiles`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpQuantilesInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpQuantilesOptions<U, F, V>,
): PrivateParts<Row, U, QuantileRow<KeyOf<F>>> {
  return partsOf(QUANTILES, options);
}

interface CheckedQuantiles extends CheckedBins {
  readonly ranks: readonly number[];
}

/** The kind of `dpQuantiles`. */
export const QUANTILES: Kind<CheckedQuantiles> = {
  stage: 'dpQuantiles',
  mechanism: 'noisy quantiles',
  check: (where, o) => ({ ...checkBins(where, o), ranks: checkRanks(where, o['ranks']) }),
  // A row counts in one node of each level.
  reach: ({ edges, rowsPerGroup }, l0) => ({ places: l0 * levelsOf(edges.length - 1).length, each: rowsPerGroup * BIN_STEPS, counted: false }),
  says: ({ value, edges, ranks, groupsPerUnit, rowsPerGroup }, _, unit) => {
    const levels = levelsOf(edges.length - 1).length;
    return {
      bounds: { groupsPerUnit, rowsPerGroup },
      parameters: { value, edges, ranks, levels },
      measure: { name: 'nodes', what: `quantiles of ${value}, from counts in a tree of ${levels} levels that carry this noise each`, step: 1 / BIN_STEPS },
      accuracy: { quantiles: { confidence: 0.95, interval: 'stands in each line' } },
      notCovered: [`values are told apart by the edges alone; a ${unit} with more than ${rowsPerGroup} rows in a group counts there as ${rowsPerGroup} rows mixed of all`],
    };
  },
  sums: ({ value, edges, ranks, rowsPerGroup }, noise) => ({
    measured: { measure: 'bins', value, edges, outside: 'ends', rowsPerGroup, rowSteps: BIN_STEPS },
    noised: treeOver(edges.length - 1),
    line: quantileLine(noise, edges, ranks, rowsPerGroup * BIN_STEPS),
  }),
};

function checkRanks(where: string, ranks: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(ranks) ? ranks : [];
  if (list.length > 0 && list.length <= 1000 && list.every((rank) => typeof rank === 'number' && rank >= 0 && rank <= 1)) return Object.freeze([...(list as readonly number[])]);
  throw new TokumeiError('TOKUMEI_RANKS', { where, parameter: 'ranks', expected: 'numbers from 0 to 1, at most 1,000', received: ranks });
}
