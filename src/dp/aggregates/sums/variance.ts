import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import type { CountNoise } from '../engine/noise.js';
import type { DpMeanOptions } from './mean.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind } from '../engine/kind.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';
import { atLeast, atMost, momentsKind, momentsOf, between, ratio, reachOf, ROW_STEPS, type MomentBounds } from './moments.js';

/** A line of variances. */
export type VarianceRow<K> = GroupRow<K, 'variance' | 'standardDeviation' | 'mean' | 'count'> & {
  /** The variance of the bounded rows lies in it with at least 95 %, whatever the count is. */
  readonly interval: readonly [low: number, high: number];
};


/**
 * Variances, standard deviations and means of a field by group under differential privacy, from one release.
 *
 * **When.** How far waiting times, prices or ratings spread. Options are those of `dpMean`.
 *
 * **How.** Each row is divided into x², 2 x (1 - x) and (1 - x)², x being its place between the bounds; the three numbers
 * get noise, and all figures follow from them: no exact count is ever divided by, and a unit moves all three together by at
 * most `rowsPerGroup` a group.
 *
 * **Convention.** Divided by the count, not by one less: numpy `var(ddof=0)`; in R `mean((x - mean(x))^2)`; Google:
 * `BoundedVariance`; OpenDP: `then_private_variance`. **Guarantee, duties, cost** as `dpMean`. Proof: docs/proofs/aggregates.md.
 *
 * @throws {TokumeiError} as `dpMean`.
 * @see docs/proofs/aggregates.md
 * @example
 * const waits = [{ user: 'u1', desk: 'a', minutes: 5 }, { user: 'u2', desk: 'a', minutes: 25 }];
 * const spread = pipe(
 *   personal(waits, { unit: 'user', unitOf: 'user' }),
 *   dpVariance({ by: 'desk', value: 'minutes', lower: 0, upper: 60, keys: publicKeys(['a']), groupsPerUnit: 1, rowsPerGroup: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * spread.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpVariance<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpMeanOptions<U, F, V>,
): PrivateStage<Row, U, VarianceRow<KeyOf<F>>> {
  return stageOf(VARIANCE, options);
}

/**
 * {@link dpVariance} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpVariance`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpVarianceInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpMeanOptions<U, F, V>,
): PrivateParts<Row, U, VarianceRow<KeyOf<F>>> {
  return partsOf(VARIANCE, options);
}

/** The kind of `dpVariance`. */
export const VARIANCE: Kind<MomentBounds> = {
  ...momentsKind(2),
  stage: 'dpVariance',
  mechanism: 'noisy variances',
  sums: (bounds, noise) => ({ measured: momentsOf(bounds, 2), line: varianceLine(noise, bounds.lower, bounds.upper) }),
};

/** The line of a variance: with m the mean of x and q the share of the middle number, the variance of x is m (1 - m) - q / 2. */
export function varianceLine(noise: CountNoise, lower: number, upper: number): (noisy: Float64Array) => { variance: number; standardDeviation: number; mean: number; interval: [number, number]; count: number } {
  const reach = reachOf(noise, 3);
  const square = (upper - lower) ** 2;
  return (noisy) => {
    const [a, b, c] = [noisy[0]!, noisy[1]!, noisy[2]!];
    const [x, y, z] = [Math.max(0, a), Math.max(0, b), Math.max(0, c)];
    const mean = ratio(x + y / 2, z + y / 2, 0.5);
    const variance = Math.max(0, mean * (1 - mean) - ratio(y, x + z, 0) / 2) * square;
    return {
      variance,
      standardDeviation: Math.sqrt(variance),
      mean: between(lower, upper, mean),
      interval: varianceInterval(a, b, c, reach).map((v) => v * square) as [number, number],
      count: (a + b + c) / ROW_STEPS,
    };
  };
}

/**
 * What the variance of x can be when each number is within reach of its noisy one: the ends of m and of q are taken apart. The first
 * and the last number of a bounded row are rounded down by less than two steps, and the middle one gets the rest: m is off by
 * less than one step a row, and q is too large by less than four.
 */
function varianceInterval(a: number, b: number, c: number, reach: number): [number, number] {
  const low = (x: number): number => atLeast(x, reach);
  const high = (x: number): number => atMost(x, reach);
  // m falls or rises with the middle number throughout, so that its ends are at the ends of it.
  const ends = [low(b), high(b)];
  const from = Math.min(...ends.map((y) => ratio(low(a) + y / 2, high(c) + y / 2, 0)));
  const to = Math.max(...ends.map((y) => ratio(high(a) + y / 2, low(c) + y / 2, 1)));
  const [least, most] = [Math.max(0, from - STEP), Math.min(1, to + STEP)];
  const spread = (m: number): number => m * (1 - m);
  const widest = least <= 0.5 && most >= 0.5 ? 0.25 : Math.max(spread(least), spread(most));
  const narrowest = Math.min(spread(least), spread(most));
  const middle = [ratio(low(b), high(a) + high(c), 0), ratio(high(b), low(a) + low(c), 1)] as const;
  return [Math.max(0, narrowest - middle[1] / 2), Math.max(0, Math.min(0.25, widest - middle[0] / 2 + 2 * STEP))];
}

/** A little more than a step, for the error of the doubles that a row's place is computed in. */
const STEP = (1 + 2 ** -20) / ROW_STEPS;
