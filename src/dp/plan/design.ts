import type { NoiseLaw } from '../../core/statement.js';
import { discreteGaussianSigma, discreteGaussianSigmaByZcdp } from '../accounting/discreteGaussian.js';
import { laplaceScale } from '../accounting/laplaceScale.js';
import { noiseSurvival, noiseVariance } from '../accounting/laws/noiseLaw.js';
import { designCounts } from '../aggregates/countDesign.js';
import type { Spend } from '../budget/spend.js';
import { deltaPerKey } from '../selection/checks.js';
import { gaussianSelection, laplaceSelection } from '../selection/thresholds.js';
import { leastReach } from '../selection/leastReach.js';
import type { CheckedQuery } from './query.js';

/** Which noise an aggregate will add, and from which noisy count on it shows a discovered key. */
export interface Design {
  readonly noise: Exclude<NoiseLaw, { readonly law: 'none' }>;
  readonly threshold: number | null;
  /** What is spent: less than the slice where the mechanism does not need its delta. */
  readonly cost: Spend;
}

/** The same choice that the aggregates make: for counts of units by the very same function. */
export function designOf(q: CheckedQuery, where: string): Design {
  const { spend, l0, linf, discover } = q;
  if (spend.measure === 'zcdp') return inZcdp(q, spend.rho, spend.delta);
  if (q.aggregate === 'count-units') {
    const { noise, threshold, cost } = designCounts(where, spend, l0, discover ? 'discover' : l0, q.law);
    return { noise, threshold, cost: cost as Spend };
  }
  const { epsilon, delta } = spend;
  const laplace = (): Design => {
    if (!discover) return { noise: { law: 'discrete-laplace', scale: laplaceScale({ epsilon, sensitivity: l0 * linf }) }, threshold: null, cost: { measure: 'pure', epsilon, delta: 0 } };
    const { noise, threshold } = laplaceSelection({ epsilon, delta, groupsPerUnit: l0, rowsPerGroup: linf });
    return { noise, threshold, cost: spend };
  };
  if (q.law === 'laplace' || delta === 0 || (q.law === undefined && l0 === 1)) return laplace();
  const gaussian: Design = discover
    ? { ...gaussianSelection({ epsilon, delta, groupsPerUnit: l0, rowsPerGroup: linf }), cost: spend }
    : { noise: { law: 'discrete-gaussian', sigma: discreteGaussianSigma({ epsilon, delta, l0, linf }) }, threshold: null, cost: spend };
  const { noise, threshold, cost } = q.law === 'gaussian' || noiseVariance(gaussian.noise) < noiseVariance(laplace().noise) ? gaussian : laplace();
  return { noise, threshold, cost };
}

/** In zCDP noise is paid in rho and keys in delta alone. */
function inZcdp(q: CheckedQuery, rho: number, delta: number): Design {
  const { l0, linf, discover } = q;
  const noise: Design['noise'] =
    q.law === 'laplace'
      ? { law: 'discrete-laplace', scale: laplaceScale({ epsilon: Math.sqrt(2 * rho) * (1 - 2 ** -30), sensitivity: l0 * linf }) }
      : { law: 'discrete-gaussian', sigma: discreteGaussianSigmaByZcdp({ rho, l0, linf }) };
  if (!discover) return { noise, threshold: null, cost: { measure: 'zcdp', rho, delta: 0 } };
  const survival = (k: number): number => noiseSurvival(noise, k);
  return { noise, threshold: linf + leastReach(survival, deltaPerKey(delta, l0), 1), cost: { measure: 'zcdp', rho, delta } };
}
