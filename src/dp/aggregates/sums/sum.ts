import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { gridFor, type Grid } from '../engine/grid.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind } from '../engine/kind.js';
import { checkBounds, checkGroupsPerUnit, checkValue, type GroupBound, type GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';

/** What {@link dpSum} takes. */
export interface DpSumOptions<U extends string, F, V> extends GroupedOptions<U, F>, GroupBound {
  /** The field of numbers that is summed. Rows in which it is missing, NaN or no number are left out. */
  readonly value: V;
  /** The total of one unit in one group is moved up to this … */
  readonly lower: number;
  /** … or down to this, once. The larger magnitude of the two is what noise has to hide. */
  readonly upper: number;
  /** Sums are of multiples of this; without it a fine power of two that follows from the bounds. Take 1 for whole numbers. */
  readonly step?: number;
}


/**
 * Sums a field by group under differential privacy: bounds, clamps, selects keys and adds noise in one call.
 *
 * **When.** Sales of each shop, minutes of each app. **Clamping.** The total of one unit in one group is clamped once into
 * `[lower, upper]`, not each row: a unit of many small rows and one of a single large row are treated alike. Where people
 * buy for up to about 300, `upper: 300` is a good bound; what is above it is cut off, which no interval covers.
 *
 * **Guarantee.** As `dpCountUnits`. Adding or removing one unit moves each of `groupsPerUnit` sums by at most
 * `max(|lower|, |upper|)`, rounded outward to the grid. Values are rounded to whole steps, and whole numbers are added
 * exactly: no order of rows and no way of cutting into shards changes the sum, and no float noise is ever added. NaN, missing
 * values and texts leave the row out; infinities are very large. Proof: docs/proofs/aggregates.md. **Duties.** Bounds and
 * public keys come from public knowledge (or from `dpQuantiles`, which is paid for).
 *
 * **Convention.** SQL `SUM(x) … GROUP BY`; R `tapply(x, g, sum)`; Google: `BoundedSum` (which clamps totals of a partition in
 * the same way); OpenDP: `then_private_sum`, which clamps rows.
 *
 * Lines come in the order of the declared keys; discovered ones by falling noisy sum. Cost: linear, about 0.1 µs a row.
 *
 * @throws {TokumeiError} as `dpCountRows`; `TOKUMEI_VALUE`, `TOKUMEI_BOUNDS`, `TOKUMEI_STEP_RANGE`.
 * @see docs/proofs/aggregates.md; Casacuberta and others 2022 for why sums are of whole numbers.
 * @example
 * const sales = [{ user: 'u1', shop: 'ueno', yen: 1200 }, { user: 'u2', shop: 'ueno', yen: 800 }];
 * const sums = pipe(
 *   personal(sales, { unit: 'user', unitOf: 'user' }),
 *   dpSum({ by: 'shop', value: 'yen', lower: 0, upper: 5000, step: 1, keys: publicKeys(['ueno']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * sums.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpSum<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpSumOptions<U, F, V>,
): PrivateStage<Row, U, GroupRow<KeyOf<F>, 'sum'>> {
  return stageOf(SUM, options);
}

/**
 * {@link dpSum} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpSum`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpSumInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpSumOptions<U, F, V>,
): PrivateParts<Row, U, GroupRow<KeyOf<F>, 'sum'>> {
  return partsOf(SUM, options);
}

interface CheckedSum extends GroupBound, Grid {
  readonly value: string;
  readonly lower: number;
  readonly upper: number;
}

/** The kind of `dpSum`. */
export const SUM: Kind<CheckedSum> = {
  stage: 'dpSum',
  mechanism: 'noisy sums',
  check: (where, o) => {
    const { lower, upper } = checkBounds(where, o['lower'], o['upper']);
    return { value: checkValue(where, o['value']), lower, upper, groupsPerUnit: checkGroupsPerUnit(where, o['groupsPerUnit']), ...gridFor(where, lower, upper, o['step']) };
  },
  reach: ({ each }, l0) => ({ places: l0, each, counted: true }),
  says: ({ value, lower, upper, step, groupsPerUnit }, _, unit) => ({
    bounds: { groupsPerUnit, lower, upper },
    parameters: { value, step },
    measure: { name: 'sum', what: `sum of ${value}`, step },
    notCovered: [`values are rounded to multiples of ${step}; the total of one ${unit} in one group is clamped to ${lower} to ${upper}: what is beyond is not in the sums`],
  }),
  sums: ({ value, step, lowerSteps, upperSteps }) => ({
    measured: { measure: 'sum', value, step, lowerSteps, upperSteps },
    line: (noisy) => ({ sum: noisy[0]! * step }),
    order: 'sum',
  }),
};
