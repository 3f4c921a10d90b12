import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import type { CountNoise } from '../engine/noise.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind } from '../engine/kind.js';
import type { GroupBound, GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';
import { atLeast, atMost, between, momentsKind, momentsOf, ratio, reachOf, ROW_STEPS, spanBetween, type MomentBounds } from './moments.js';

/** What {@link dpMean} and {@link dpVariance} take. */
export interface DpMeanOptions<U extends string, F, V> extends GroupedOptions<U, F>, GroupBound {
  /** The field of numbers. Rows in which it is missing, NaN or no number are left out. */
  readonly value: V;
  /** Values are moved up to this … */
  readonly lower: number;
  /** … or down to this. */
  readonly upper: number;
  /** A unit with more rows than this in a group counts there as that many rows of its average. */
  readonly rowsPerGroup: number;
}

/** A line of means. */
export type MeanRow<K> = GroupRow<K, 'mean' | 'count'> & {
  /** The mean of the bounded rows lies in it with at least 95 %, whatever the count is. */
  readonly interval: readonly [low: number, high: number];
};


/**
 * Means of a field by group under differential privacy, each with an interval: bounds, clamps, selects keys and adds noise in
 * one call.
 *
 * **When.** The average price paid, the average rating. The mean is over rows; with `rowsPerGroup: 1` it is over units,
 * each with its own average. Together with sums and counts of the same rows: this gives a count with it, at no further cost.
 *
 * **How.** Each row gives x to one number and 1 - x to another, x being its place between the bounds. Both get noise; the mean is
 * `lower + (upper - lower) a / (a + b)`: no exact count is ever divided by. A unit moves both together by at most `rowsPerGroup` a
 * group: with Laplace noise 30 % less error than from a sum and a count that share the budget, with Gaussian noise the same.
 *
 * **Guarantee.** As `dpCountUnits`. The mean and the interval stay within the bounds; where the noisy count is not above zero
 * the mean is the middle and the interval is all. Proof: docs/proofs/aggregates.md. **Duties.** Bounds and public keys come from
 * public knowledge.
 *
 * **Convention.** R `tapply(x, g, mean)`; numpy `mean`; Google: `BoundedMean`; OpenDP: `then_private_mean` with an unknown size.
 *
 * Lines come in the order of the declared keys; discovered ones by key. Cost: linear, about 0.1 µs a row.
 *
 * @throws {TokumeiError} as `dpSum`; `TOKUMEI_ROWS_PER_GROUP` (from 1 to 2^20).
 * @see docs/proofs/aggregates.md
 * @example
 * const ratings = [{ user: 'u1', film: 'ran', stars: 5 }, { user: 'u2', film: 'ran', stars: 4 }];
 * const means = pipe(
 *   personal(ratings, { unit: 'user', unitOf: 'user' }),
 *   dpMean({ by: 'film', value: 'stars', lower: 1, upper: 5, keys: publicKeys(['ran']), groupsPerUnit: 1, rowsPerGroup: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * means.guarantee.measure; // => 'pure'
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpMean<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpMeanOptions<U, F, V>,
): PrivateStage<Row, U, MeanRow<KeyOf<F>>> {
  return stageOf(MEAN, options);
}

/**
 * {@link dpMean} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpMean`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpMeanInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpMeanOptions<U, F, V>,
): PrivateParts<Row, U, MeanRow<KeyOf<F>>> {
  return partsOf(MEAN, options);
}

/** The kind of `dpMean`. */
export const MEAN: Kind<MomentBounds> = {
  ...momentsKind(1),
  stage: 'dpMean',
  mechanism: 'noisy means',
  sums: (bounds, noise) => ({ measured: momentsOf(bounds, 1), line: meanLine(noise, bounds.lower, bounds.upper) }),
};

/** A bounded row is off by half a step, and by one more where a unit's rows are averaged: the share of a mean by less than two. */
const ROUNDING = 2 / ROW_STEPS;

/** The line of a mean from its two noisy numbers, each of which is within `reach` of one that is not negative. */
export function meanLine(noise: CountNoise, lower: number, upper: number): (noisy: Float64Array) => { mean: number; interval: [number, number]; count: number } {
  const reach = reachOf(noise, 2);
  return (noisy) => {
    const [a, b] = [noisy[0]!, noisy[1]!];
    const low = ratio(atLeast(a, reach), atMost(b, reach), 0);
    const high = ratio(atMost(a, reach), atLeast(b, reach), 1);
    return {
      mean: between(lower, upper, ratio(Math.max(0, a), Math.max(0, b), 0.5)),
      interval: spanBetween(lower, upper, low, high, ROUNDING),
      count: (a + b) / ROW_STEPS,
    };
  };
}
