import { checkOneOf, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import type { Protected } from '../../../core/holders/protected.js';
import type { Key } from '../../../core/statement.js';
import type { CellState, KeyOf } from '../../../core/table.js';
import type { Accumulator, PersonalState } from '../../../table/accumulator.js';
import type { FieldOf } from '../../../table/fields.js';
import { designSums } from '../engine/design.js';
import { groupsReached, interval, leftOut, spendParameters, type Asked } from '../engine/describe.js';
import { stepFor } from '../engine/grid.js';
import { partsOf, stageOf, type Description, type SumJob } from '../engine/job.js';
import { checkGrouped, checkGroupsPerUnit, copyOptions, type GroupBound, type GroupedOptions } from '../engine/options.js';

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

type VectorSums<F extends string | readonly string[], U extends string> = Protected<readonly VectorRow<KeyOf<F>>[], DifferentialPrivacy<U>>;

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
export function dpVectorSum<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], V extends FieldOf<Row, number>>(
  options: DpVectorSumOptions<U, F, V>,
): (p: Personal<Row, U>) => VectorSums<F, U> {
  return stageOf(jobOf('dpVectorSum', options));
}

/**
 * {@link dpVectorSum} in parts: add shards one by one, merge, and finish once; see `dpCountUnitsInParts`.
 *
 * @throws {TokumeiError} as `dpVectorSum`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpVectorSumInParts<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], V extends FieldOf<Row, number>>(
  options: DpVectorSumOptions<U, F, V>,
): Accumulator<Row, U, PersonalState, VectorSums<F, U>> {
  return partsOf(jobOf('dpVectorSumInParts', options));
}

function jobOf<U extends string>(where: string, options: DpVectorSumOptions<U, unknown, unknown>): SumJob<U> {
  const o = copyOptions(where, options);
  const grouped = checkGrouped<U>(where, o);
  const checked = checkVector(where, o);
  const { values, step, norm, boundSteps, groupsPerUnit } = checked;
  return {
    ...grouped,
    description: describeVectorSum(grouped, checked),
    measured: { measure: 'vector', values, step, norm, boundSteps },
    bound: { groupsPerUnit, rowsPerUnit: null },
    line: (noisy) => ({ sums: Array.from(noisy, (steps) => steps * step) }),
  };
}

interface CheckedVector {
  readonly values: readonly string[];
  readonly norm: 'l1' | 'l2';
  readonly bound: number;
  readonly step: number;
  readonly boundSteps: number;
  readonly groupsPerUnit: number;
}

/** @throws {TokumeiError} `TOKUMEI_VALUE`, `TOKUMEI_NORM`, `TOKUMEI_BOUNDS`, `TOKUMEI_GROUPS_PER_UNIT` */
export function checkVector(where: string, o: { readonly values: unknown; readonly norm: unknown; readonly bound: unknown; readonly groupsPerUnit: unknown }): CheckedVector {
  const values: readonly unknown[] = Array.isArray(o.values) ? [...(o.values as readonly unknown[])] : [];
  const different = new Set(values).size === values.length;
  if (!(values.length > 0 && values.length <= 65_536 && different && values.every((value) => typeof value === 'string' && value !== ''))) {
    throw new TokumeiError('TOKUMEI_VALUE', { where, parameter: 'values', expected: 'a list of different fields of numbers, at most 65,536', received: o.values });
  }
  const norm = checkOneOf(o.norm, where, 'norm', 'TOKUMEI_NORM', ['l1', 'l2']);
  const bound = checkPositive(o.bound, where, 'bound', 'TOKUMEI_BOUNDS');
  if (!(bound >= 2 ** -900 && bound <= 2 ** 900)) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'bound', expected: 'from 2^-900 to 2^900', received: bound });
  const step = stepFor(bound);
  return { values: values as readonly string[], norm, bound, step, boundSteps: Math.floor(bound / step), groupsPerUnit: checkGroupsPerUnit(where, o.groupsPerUnit) };
}

export function describeVectorSum(asked: Asked, { values, norm, bound, step, boundSteps, groupsPerUnit }: CheckedVector): Description {
  const { where, unit, spend, declared, choices } = asked;
  if (norm === 'l2' && choices.law === 'laplace') {
    throw new TokumeiError('TOKUMEI_NOISE', { where, parameter: 'noise', expected: "'gaussian' where the bound is in the L2 norm", received: choices.law });
  }
  const l0 = groupsReached(asked, groupsPerUnit);
  const by = norm === 'l2' ? { ...choices, law: 'gaussian' as const } : choices;
  const design = designSums(where, spend, l0, { places: l0, each: boundSteps, counted: false }, declared === 'discover', by);
  return {
    mechanism: 'noisy vector sums',
    design,
    bounds: { groupsPerUnit, bound },
    parameters: { values, norm, ...spendParameters(design, choices) },
    measures: [{ name: 'sums', what: `sums of ${values.join(', ')}`, noise: design.noise, step }],
    accuracy: { sums: interval(design.noise, step) },
    notCovered: [...leftOut(asked, design, groupsPerUnit), `the totals of one ${unit} in one group are shortened together to a length of ${bound} (${norm}): what is beyond is not in the sums`],
  };
}
