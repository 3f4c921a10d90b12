import { checkInteger } from '../../core/checks.js';
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
import { checkGrouped, checkGroupsPerUnit, checkValue, copyOptions, type GroupBound, type GroupedOptions } from './engine/options.js';

/** What {@link dpDistinct} takes. */
export interface DpDistinctOptions<U extends string, F, V> extends GroupedOptions<U, F>, GroupBound {
  /** The field whose distinct values are counted: text, whole numbers, truth values. Missing values are none. */
  readonly value: V;
  /** At most this many values of one unit count in a group, chosen at random where it has more. */
  readonly valuesPerGroup: number;
}

type Distincts<F extends string | readonly string[], U extends string> = Protected<readonly GroupRow<KeyOf<F>, 'distinct'>[], DifferentialPrivacy<U>>;

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
export function dpDistinct<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], V extends FieldOf<Row, Key>>(
  options: DpDistinctOptions<U, F, V>,
): (p: Personal<Row, U>) => Distincts<F, U> {
  return stageOf(jobOf('dpDistinct', options));
}

/**
 * {@link dpDistinct} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpDistinct`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpDistinctInParts<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], V extends FieldOf<Row, Key>>(
  options: DpDistinctOptions<U, F, V>,
): Accumulator<Row, U, PersonalState, Distincts<F, U>> {
  return partsOf(jobOf('dpDistinctInParts', options));
}

function jobOf<U extends string>(where: string, options: DpDistinctOptions<U, unknown, unknown>): SumJob<U> {
  const o = copyOptions(where, options);
  const grouped = checkGrouped<U>(where, o);
  const checked = checkDistinct(where, o);
  return {
    ...grouped,
    description: describeDistinct(grouped, checked),
    measured: { measure: 'distinct', value: checked.value, valuesPerGroup: checked.valuesPerGroup },
    bound: { groupsPerUnit: checked.groupsPerUnit, rowsPerUnit: null },
    noised: {
      width: 1,
      from: ({ values, places }, at, out, offset) => {
        out[offset] = values?.size(places[at]!) ?? 0;
      },
    },
    line: (noisy) => ({ distinct: noisy[0]! }),
    order: 'distinct',
  };
}

interface CheckedDistinct {
  readonly value: string;
  readonly groupsPerUnit: number;
  readonly valuesPerGroup: number;
}

export function checkDistinct(where: string, o: { readonly value: unknown; readonly groupsPerUnit: unknown; readonly valuesPerGroup: unknown }): CheckedDistinct {
  return {
    value: checkValue(where, o.value),
    groupsPerUnit: checkGroupsPerUnit(where, o.groupsPerUnit),
    valuesPerGroup: checkInteger(o.valuesPerGroup, where, 'valuesPerGroup', 'TOKUMEI_VALUES_PER_GROUP', 1, 2 ** 31 - 1),
  };
}

export function describeDistinct(asked: Asked, { value, groupsPerUnit, valuesPerGroup }: CheckedDistinct): Description {
  const { where, unit, spend, declared, choices } = asked;
  const l0 = groupsReached(asked, groupsPerUnit);
  const design = designSums(where, spend, l0, { places: l0, each: valuesPerGroup, counted: true }, declared === 'discover', choices);
  return {
    mechanism: 'noisy counts of distinct values',
    design,
    bounds: { groupsPerUnit, valuesPerGroup },
    parameters: { value, ...spendParameters(design, choices) },
    measures: [{ name: 'distinct', what: `distinct values of ${value}`, noise: design.noise, step: 1 }],
    accuracy: { distinct: interval(design.noise, 1) },
    notCovered: [...leftOut(asked, design, groupsPerUnit), `of one ${unit} and group at most ${valuesPerGroup} values are counted, chosen at random: values that few have may be missed`],
  };
}
