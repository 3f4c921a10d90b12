import { checkOneOf, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { CellState, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { stepFor } from '../engine/grid.js';
import { partsOf, stageOf } from '../engine/job.js';
import type { Kind, Options } from '../engine/kind.js';
import { checkGroupsPerUnit, type GroupBound, type GroupedOptions } from '../engine/options.js';
import type { ByFields, PrivateParts, PrivateStage } from '../engine/stages.js';

/** What {@link dpVectorSum} takes. */
export interface DpVectorSumOptions<U extends string, F, V> extends GroupedOptions<U, F>, GroupBound {
  /** The fields of numbers that make the vector. Rows in which one is missing, NaN or no number are left out. */
  readonly values: readonly V[];
  /** The total vector of one unit in one group is shortened to at most this length … */
  readonly bound: number;
  /** … by the sum of magnitudes (`'l1'`) or as the crow flies (`'l2'`, which needs a delta or a budget in rho). */
  readonly norm: 'l1' | 'l2';
}

/** A line of vector sums: `sums` in the order of `values`. */
export interface VectorRow<K> {
  readonly key: K;
  readonly state: CellState;
  readonly sums: readonly number[];
}


/**
 * Sums several fields at once by group under differential privacy, one unit's total vector being bounded in one norm.
 *
 * **When.** Numbers that share a bound: minutes by activity of a day, embeddings, gradients. Where fields have bounds of
 * their own, several `dpSum` say more. **Clamping.** The unit's total in the group is shortened once, keeping its direction.
 *
 * **Guarantee.** As `dpSum`. Laplace noise is scaled to the L1 norm; Gaussian noise to the L2 norm, by zCDP. Totals are whole
 * grid steps, shortened towards zero, so the norm holds in exact arithmetic. Proof: docs/proofs/aggregates.md.
 *
 * **Convention.** Google: `vector_sum` of PipelineDP; OpenDP: `make_sum` of vectors after `make_clamp` by norm. Lines are in the
 * order of the declared keys; discovered ones by key. Cost: linear in rows times fields.
 *
 * @throws {TokumeiError} as `dpSum`; `TOKUMEI_VALUE`, `TOKUMEI_BOUNDS`, `TOKUMEI_NORM`; `TOKUMEI_NOISE` for Laplace noise under the L2 norm.
 * @see docs/proofs/aggregates.md
 * @example
 * const days = [{ user: 'u1', city: 'x', walk: 30, ride: 40 }, { user: 'u2', city: 'x', walk: 0, ride: 90 }];
 * const minutes = pipe(
 *   personal(days, { unit: 'user', unitOf: 'user' }),
 *   dpVectorSum({ by: 'city', values: ['walk', 'ride'], bound: 200, norm: 'l1', keys: publicKeys(['x']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * minutes.guarantee.measure; // => 'pure'
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpVectorSum<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpVectorSumOptions<U, F, V>,
): PrivateStage<Row, U, VectorRow<KeyOf<F>>> {
  return stageOf(VECTOR_SUM, options);
}

/**
 * {@link dpVectorSum} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpVectorSum`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpVectorSumInParts<Row, U extends string, const F extends ByFields<Row>, V extends FieldOf<Row, number>>(
  options: DpVectorSumOptions<U, F, V>,
): PrivateParts<Row, U, VectorRow<KeyOf<F>>> {
  return partsOf(VECTOR_SUM, options);
}

interface CheckedVector extends GroupBound {
  readonly values: readonly string[];
  readonly norm: 'l1' | 'l2';
  readonly bound: number;
  readonly step: number;
  readonly boundSteps: number;
}

/** The kind of `dpVectorSum`. */
export const VECTOR_SUM: Kind<CheckedVector> = {
  stage: 'dpVectorSum',
  mechanism: 'noisy vector sums',
  check: checkVector,
  reach: ({ boundSteps, norm }, l0) => ({ places: l0, each: boundSteps, counted: false, inL2: norm === 'l2' }),
  says: ({ values, norm, bound, step, groupsPerUnit }, _, unit) => ({
    bounds: { groupsPerUnit, bound },
    parameters: { values, norm },
    measure: { name: 'sums', what: `sums of ${values.join(', ')}`, step },
    notCovered: [`values are rounded to multiples of ${step}; the totals of one ${unit} in one group are shortened together to a length of ${bound} (${norm}): what is beyond is not in the sums`],
  }),
  sums: ({ values, step, norm, boundSteps }) => ({
    measured: { measure: 'vector', values, step, norm, boundSteps },
    line: (noisy) => ({ sums: Array.from(noisy, (steps) => steps * step) }),
  }),
};

function checkVector(where: string, o: Options): CheckedVector {
  const values: readonly unknown[] = Array.isArray(o['values']) ? [...(o['values'] as readonly unknown[])] : [];
  const different = new Set(values).size === values.length;
  if (!(values.length > 0 && values.length <= 65_536 && different && values.every((value) => typeof value === 'string' && value !== ''))) {
    throw new TokumeiError('TOKUMEI_VALUE', { where, parameter: 'values', expected: 'a list of different fields of numbers, at most 65,536', received: o['values'] });
  }
  const norm = checkOneOf(o['norm'], where, 'norm', 'TOKUMEI_NORM', ['l1', 'l2']);
  const bound = checkPositive(o['bound'], where, 'bound', 'TOKUMEI_BOUNDS');
  if (!(bound >= 2 ** -900 && bound <= 2 ** 900)) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'bound', expected: 'from 2^-900 to 2^900', received: bound });
  const step = stepFor(bound);
  return { values: values as readonly string[], norm, bound, step, boundSteps: Math.floor(bound / step), groupsPerUnit: checkGroupsPerUnit(where, o['groupsPerUnit']) };
}
