import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { Personal } from '../../core/holders/personal.js';
import type { Protected } from '../../core/holders/protected.js';
import type { Key } from '../../core/statement.js';
import type { GroupRow, KeyOf } from '../../core/table.js';
import type { Accumulator, PersonalState } from '../../table/accumulator.js';
import type { FieldOf } from '../../table/fields.js';
import { designSums } from './engine/design.js';
import { groupsReached, interval, leftOut, spendParameters, type Asked } from './engine/describe.js';
import { partsOf, stageOf, type Description, type SumJob } from './engine/job.js';
import { checkGrouped, checkGroupsPerUnit, copyOptions, type GroupedOptions } from './engine/options.js';

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

type RowCounts<F extends string | readonly string[], U extends string> = Protected<readonly GroupRow<KeyOf<F>>[], DifferentialPrivacy<U>>;

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
export function dpCountRows<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: DpCountRowsOptions<U, F>,
): (p: Personal<Row, U>) => RowCounts<F, U> {
  return stageOf(jobOf('dpCountRows', options));
}

/**
 * {@link dpCountRows} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpCountRows`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountRowsInParts<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: DpCountRowsOptions<U, F>,
): Accumulator<Row, U, PersonalState, RowCounts<F, U>> {
  return partsOf(jobOf('dpCountRowsInParts', options));
}

function jobOf<U extends string, F>(where: string, options: DpCountRowsOptions<U, F>): SumJob<U> {
  const o = copyOptions(where, options);
  const grouped = checkGrouped<U>(where, o);
  const bound = checkRowBound(where, o);
  return {
    ...grouped,
    description: describeCountRows(grouped, bound),
    measured: { measure: 'rows', rowsPerGroup: bound.rowsPerGroup ?? null },
    bound: { groupsPerUnit: bound.groupsPerUnit ?? null, rowsPerUnit: bound.rowsPerUnit ?? null },
    line: (noisy) => ({ count: noisy[0]! }),
    order: 'count',
  };
}

/** @throws {TokumeiError} `TOKUMEI_ROW_BOUND`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_ROWS_PER_GROUP`, `TOKUMEI_ROWS_PER_UNIT` */
export function checkRowBound(where: string, { groupsPerUnit, rowsPerGroup, rowsPerUnit }: { readonly groupsPerUnit?: unknown; readonly rowsPerGroup?: unknown; readonly rowsPerUnit?: unknown }): RowBound {
  if (rowsPerUnit === undefined) {
    return { groupsPerUnit: checkGroupsPerUnit(where, groupsPerUnit), rowsPerGroup: checkInteger(rowsPerGroup, where, 'rowsPerGroup', 'TOKUMEI_ROWS_PER_GROUP', 1, 2 ** 31 - 1) };
  }
  if (groupsPerUnit !== undefined || rowsPerGroup !== undefined) {
    throw new TokumeiError('TOKUMEI_ROW_BOUND', { where, message: 'takes groupsPerUnit and rowsPerGroup, or rowsPerUnit, not both' });
  }
  return { rowsPerUnit: checkInteger(rowsPerUnit, where, 'rowsPerUnit', 'TOKUMEI_ROWS_PER_UNIT', 1, 2 ** 31 - 1) };
}

export function describeCountRows(asked: Asked, { groupsPerUnit, rowsPerGroup, rowsPerUnit }: RowBound): Description {
  const { where, unit, spend, declared, choices } = asked;
  const l0 = groupsReached(asked, groupsPerUnit ?? rowsPerUnit);
  const reach = rowsPerUnit === undefined ? { places: l0, each: rowsPerGroup, counted: true } : { places: 1, each: rowsPerUnit, counted: false };
  const design = designSums(where, spend, l0, reach, declared === 'discover', choices);
  return {
    mechanism: 'noisy counts of rows',
    design,
    bounds: rowsPerUnit === undefined ? { groupsPerUnit, rowsPerGroup } : { rowsPerUnit },
    parameters: spendParameters(design, choices),
    measures: [{ name: 'count', what: 'rows', noise: design.noise, step: 1 }],
    accuracy: { count: interval(design.noise, 1) },
    notCovered: [
      ...leftOut(asked, design, groupsPerUnit),
      rowsPerUnit === undefined ? `rows beyond ${rowsPerGroup} of one ${unit} and group are not counted` : `rows beyond ${rowsPerUnit} of one ${unit} are not counted`,
    ],
  };
}
