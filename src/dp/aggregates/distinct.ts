import { checkInteger } from '../../core/checks.js';
import type { Key } from '../../core/statement.js';
import type { GroupRow, KeyOf } from '../../core/table.js';
import type { FieldOf } from '../../table/fields.js';
import { partsOf, stageOf } from './engine/job.js';
import type { Kind } from './engine/kind.js';
import { checkGroupsPerUnit, checkValue, type GroupBound, type GroupedOptions } from './engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from './engine/stages.js';

/** What {@link dpDistinct} takes. */
export interface DpDistinctOptions<U extends string, F, V> extends GroupedOptions<U, F>, GroupBound {
  /** The field whose distinct values are counted: text, whole numbers, truth values. Missing values are none. */
  readonly value: V;
  /** At most this many values of one unit count in a group, chosen at random where it has more. */
  readonly valuesPerGroup: number;
}


/**
 * Counts how many distinct values of a field there are in each group, under differential privacy.
 *
 * **When.** How many different articles were read, how many models of device are in use. No value is named. To count people
 * take `dpCountUnits`.
 *
 * **Guarantee.** As `dpCountUnits`: without a unit a group loses at most the `valuesPerGroup` values that only this unit gave it.
 * Which values of a unit count is decided by a keyed hash of (unit, group, value), so a value that many have is
 * easily seen and one that few have may be missed: where units have more values than the bound, the count is from below.
 * Proof: docs/proofs/aggregates.md. **Duties.** Bounds and public keys come from public knowledge.
 *
 * **Convention.** SQL `COUNT(DISTINCT x) … GROUP BY`; R `tapply(x, g, n_distinct)`; OpenDP: `n_unique` on truncated data.
 *
 * Lines come in the order of the declared keys; discovered ones by falling noisy count. Cost: linear, about 0.5 µs a row.
 *
 * @throws {TokumeiError} as `dpCountRows`; `TOKUMEI_VALUE`, `TOKUMEI_VALUES_PER_GROUP`.
 * @see docs/proofs/aggregates.md
 * @example
 * const views = [{ user: 'u1', section: 'news', article: 7 }, { user: 'u2', section: 'news', article: 9 }];
 * const articles = pipe(
 *   personal(views, { unit: 'user', unitOf: 'user' }),
 *   dpDistinct({ by: 'section', value: 'article', valuesPerGroup: 3, keys: publicKeys(['news']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * articles.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpDistinct<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, Key>>(
  options: DpDistinctOptions<U, F, V>,
): PrivateStage<Row, U, GroupRow<KeyOf<F>, 'distinct'>> {
  return stageOf(DISTINCT, options);
}

/**
 * {@link dpDistinct} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpDistinct`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpDistinctInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, Key>>(
  options: DpDistinctOptions<U, F, V>,
): PrivateParts<Row, U, GroupRow<KeyOf<F>, 'distinct'>> {
  return partsOf(DISTINCT, options);
}

interface CheckedDistinct extends GroupBound {
  readonly value: string;
  readonly valuesPerGroup: number;
}

/** The kind of `dpDistinct`. */
export const DISTINCT: Kind<CheckedDistinct> = {
  stage: 'dpDistinct',
  mechanism: 'noisy counts of distinct values',
  check: (where, { value, groupsPerUnit, valuesPerGroup }) => ({
    value: checkValue(where, value),
    groupsPerUnit: checkGroupsPerUnit(where, groupsPerUnit),
    valuesPerGroup: checkInteger(valuesPerGroup, where, 'valuesPerGroup', 'TOKUMEI_VALUES_PER_GROUP', 1, 2 ** 31 - 1),
  }),
  reach: ({ valuesPerGroup }, l0) => ({ places: l0, each: valuesPerGroup, counted: true }),
  says: ({ value, groupsPerUnit, valuesPerGroup }, _, unit) => ({
    bounds: { groupsPerUnit, valuesPerGroup },
    parameters: { value },
    measure: { name: 'distinct', what: `distinct values of ${value}`, step: 1 },
    notCovered: [`of one ${unit} and group at most ${valuesPerGroup} values are counted, chosen at random: values that few have may be missed`],
  }),
  sums: ({ value, valuesPerGroup }) => ({
    measured: { measure: 'distinct', value, valuesPerGroup },
    noised: {
      width: 1,
      from: ({ values, places }, at, out, offset) => {
        out[offset] = values?.size(places[at]!) ?? 0;
      },
    },
    line: (noisy) => ({ distinct: noisy[0]! }),
    order: 'distinct',
  }),
};
