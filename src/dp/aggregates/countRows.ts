import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { GroupRow, KeyOf } from '../../core/table.js';
import { partsOf, stageOf } from './engine/job.js';
import type { Kind, Options } from './engine/kind.js';
import { checkGroupsPerUnit, type GroupedOptions } from './engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from './engine/stages.js';

/** How many rows one unit may count: in each of so many groups, or in all groups together. */
export type RowBound =
  | {
      /** At most this many groups of one unit count, chosen at random for each unit that has more (L0). */
      readonly groupsPerUnit: number;
      /** At most this many rows of one unit count in each group (L-infinity). */
      readonly rowsPerGroup: number;
      readonly rowsPerUnit?: never;
    }
  | {
      /** At most this many rows of one unit count in all groups together (L1), chosen at random where it has more. */
      readonly rowsPerUnit: number;
      readonly groupsPerUnit?: never;
      readonly rowsPerGroup?: never;
    };

/** What {@link dpCountRows} takes. */
export type DpCountRowsOptions<U extends string, F> = GroupedOptions<U, F> & RowBound;


/**
 * Counts rows by group under differential privacy: bounds, selects keys and adds noise in one call.
 *
 * **When.** How many orders, visits or plays there were, where one unit may count more than once in a group. To count how
 * many people there were take `dpCountUnits`, whose noise is less. Counts may come out negative.
 *
 * **Bounds.** `groupsPerUnit` and `rowsPerGroup`: a unit moves at most that many counts by at most that much each (L1 their
 * product, L2 `sqrt(groupsPerUnit) * rowsPerGroup`). Or one total `rowsPerUnit`: L1 and L2 are that number, since all
 * of a unit's rows may be in one group; better where some units are in many groups and others in few.
 *
 * **Guarantee.** As `dpCountUnits`. Discovered keys are always selected by distinct units, never by rows, with a share of the
 * budget (`keysShare`, 0.3 when left out). Proof: docs/proofs/aggregates.md. **Duties.** Bounds and public keys come from
 * public knowledge.
 *
 * **Convention.** SQL `COUNT(*) … GROUP BY`; R `table()`; Google: `Count` with `MaxPartitionsContributed` and
 * `MaxContributionsPerPartition`; OpenDP: `dp.len()` by group; `rowsPerUnit` is Tumult's `MaxRowsPerID`.
 *
 * Lines come in the order of the declared keys; discovered ones by falling noisy count. Cost: linear, about 0.1 µs a row.
 *
 * @throws {TokumeiError} as `dpCountUnits`; `TOKUMEI_ROW_BOUND`, `TOKUMEI_ROWS_PER_GROUP`, `TOKUMEI_ROWS_PER_UNIT`, `TOKUMEI_KEY_RULE`, `TOKUMEI_SHARES`.
 * @see docs/proofs/aggregates.md
 * @example
 * const orders = [{ user: 'u1', shop: 'ueno' }, { user: 'u1', shop: 'ueno' }, { user: 'u2', shop: 'ginza' }];
 * const counts = pipe(
 *   personal(orders, { unit: 'user', unitOf: 'user' }),
 *   dpCountRows({ by: 'shop', keys: publicKeys(['ueno', 'ginza']), groupsPerUnit: 1, rowsPerGroup: 5, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * counts.guarantee.measure; // => 'pure'
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountRows<Row, U extends string, const F extends ByFields<Row>>(
  options: DpCountRowsOptions<U, F>,
): PrivateStage<Row, U, GroupRow<KeyOf<F>>> {
  return stageOf(ROWS, options);
}

/**
 * {@link dpCountRows} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpCountRows`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountRowsInParts<Row, U extends string, const F extends ByFields<Row>>(
  options: DpCountRowsOptions<U, F>,
): PrivateParts<Row, U, GroupRow<KeyOf<F>>> {
  return partsOf(ROWS, options);
}

/** The kind of `dpCountRows`. */
export const ROWS: Kind<RowBound> = {
  stage: 'dpCountRows',
  mechanism: 'noisy counts of rows',
  check: checkRowBound,
  reach: ({ rowsPerGroup, rowsPerUnit }, l0) => (rowsPerUnit === undefined ? { places: l0, each: rowsPerGroup, counted: true } : { places: 1, each: rowsPerUnit, counted: false }),
  says: ({ groupsPerUnit, rowsPerGroup, rowsPerUnit }, _, unit) => ({
    bounds: rowsPerUnit === undefined ? { groupsPerUnit, rowsPerGroup } : { rowsPerUnit },
    measure: { name: 'count', what: 'rows', step: 1 },
    notCovered: [rowsPerUnit === undefined ? `rows beyond ${rowsPerGroup} of one ${unit} and group are not counted` : `rows beyond ${rowsPerUnit} of one ${unit} are not counted`],
  }),
  sums: ({ rowsPerGroup = null }) => ({ measured: { measure: 'rows', rowsPerGroup }, line: (noisy) => ({ count: noisy[0]! }), order: 'count' }),
};

function checkRowBound(where: string, { groupsPerUnit, rowsPerGroup, rowsPerUnit }: Options): RowBound {
  if (rowsPerUnit === undefined) {
    return { groupsPerUnit: checkGroupsPerUnit(where, groupsPerUnit), rowsPerGroup: checkInteger(rowsPerGroup, where, 'rowsPerGroup', 'TOKUMEI_ROWS_PER_GROUP', 1, 2 ** 31 - 1) };
  }
  if (groupsPerUnit !== undefined || rowsPerGroup !== undefined) {
    throw new TokumeiError('TOKUMEI_ROW_BOUND', { where, message: 'takes groupsPerUnit and rowsPerGroup, or rowsPerUnit, not both' });
  }
  return { rowsPerUnit: checkInteger(rowsPerUnit, where, 'rowsPerUnit', 'TOKUMEI_ROWS_PER_UNIT', 1, 2 ** 31 - 1) };
}
