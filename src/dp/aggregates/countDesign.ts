import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { NoiseLaw } from '../../core/statement.js';
import { nextUp, splitDouble } from '../../numeric/doubles.js';
import type { Spend } from '../budget/spend.js';

/** All that a private count of units by group needs to know before it sees data. Public. */
export interface CountDesign {
  readonly mechanism: 'discrete-laplace counts';
  readonly noise: Extract<NoiseLaw, { readonly law: 'discrete-laplace' }>;
  /** Smallest noisy count at which a discovered key is published; null for declared keys, which are published all. */
  readonly threshold: number | null;
  /** What is guaranteed: with declared keys, pure differential privacy whatever delta the slice had. */
  readonly cost: Pick<DifferentialPrivacy, 'measure' | 'epsilon' | 'delta'>;
}

/**
 * Discrete Laplace noise on counts of distinct units, each unit in at most `groupsPerUnit` groups.
 *
 * Adding or removing a unit moves at most L0 counts by one each, so noise of scale L0/epsilon gives epsilon. A key that
 * only that unit has is published when 1 + X reaches the threshold; the threshold is the smallest whole number for which
 * any of L0 such keys does so with probability at most delta. See docs/proofs/count-units.md.
 */
export function designCounts(where: string, spend: Spend, groupsPerUnit: number, discover: boolean): CountDesign {
  if (spend.measure === 'zcdp') {
    throw new TokumeiError('TOKUMEI_MEASURE', { where, message: 'spends a budget in epsilon; this one is kept in rho' });
  }
  const { epsilon, delta } = spend;
  if (discover && delta === 0) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', {
      where,
      message: "discovered keys need delta > 0: a key that only one unit has must stay hidden but for that probability. Give the budget a delta, or declare the keys with publicKeys([…])",
    });
  }
  const scale = scaleFor(groupsPerUnit, epsilon);
  return {
    mechanism: 'discrete-laplace counts',
    noise: { law: 'discrete-laplace', scale },
    threshold: discover ? thresholdFor(scale, delta, groupsPerUnit) : null,
    cost: discover ? { measure: 'approximate', epsilon, delta } : { measure: 'pure', epsilon, delta: 0 },
  };
}

/** The smallest double at which noise of that scale pays for `sensitivity` within epsilon, in exact arithmetic. */
export function scaleFor(sensitivity: number, epsilon: number): number {
  let scale = sensitivity / epsilon;
  while (!productAtLeast(scale, epsilon, sensitivity)) scale = nextUp(scale);
  return scale;
}

/** Whether `a * b >= c` in exact arithmetic. */
function productAtLeast(a: number, b: number, c: number): boolean {
  const x = splitDouble(a);
  const y = splitDouble(b);
  const z = splitDouble(c);
  const shift = BigInt(x.exponent + y.exponent - z.exponent);
  const product = x.mantissa * y.mantissa;
  return shift >= 0n ? product << shift >= z.mantissa : product >= z.mantissa << -shift;
}

/**
 * The smallest whole t with 1 - (1 - P[1 + X >= t])^L0 <= delta, where P[X >= n] = q^n / (1 + q) and q = exp(-1/scale).
 * Computed in doubles with the outward margin of docs/proofs/outward-rounding.md on delta.
 */
export function thresholdFor(scale: number, delta: number, groupsPerUnit: number): number {
  const each = -Math.expm1(Math.log1p(-delta * (1 - 2 ** -30)) / groupsPerUnit);
  const q = Math.exp(-1 / scale);
  const passes = (t: number): boolean => -(t - 1) / scale - Math.log1p(q) <= Math.log(each);
  let t = Math.max(2, Math.floor(1 - scale * (Math.log(each) + Math.log1p(q))) - 1);
  while (!passes(t)) t++;
  return t;
}
