import { TokumeiError } from '../../core/errors.js';
import { log1mExp } from '../../numeric/logarithms.js';
import { normalSurvival, normalUpperQuantile } from '../../numeric/normal.js';
import { checkDeltaFrom0, checkEpsilonAbove0, checkSensitivity, checkSigma } from '../accounting/checks.js';
import { checkGroupsPerUnit } from './checks.js';

/*
 * Thresholds for noise on real numbers, for comparison with other libraries. What this library draws is on integers:
 * laplaceSelection and gaussianSelection.
 */

/** The threshold of Laplace noise of scale `L0 linf / epsilon`: a value of at most linf passes with probability `1 - (1 - delta)^(1/L0)`. Google: `Threshold` of Laplace noise. */
export function laplaceThreshold(o: { readonly epsilon: number; readonly delta: number; readonly groupsPerUnit: number; readonly linf?: number }): number {
  const where = 'laplaceThreshold';
  const linf = checkSensitivity(o.linf ?? 1, where);
  const l0 = checkGroupsPerUnit(o.groupsPerUnit, where);
  const scale = (l0 * linf) / checkEpsilonAbove0(o.epsilon, where);
  const each = -Math.expm1(Math.log1p(-checkDeltaFrom0(o.delta, where)) / l0);
  return each <= 0.5 ? linf - scale * Math.log(2 * each) : linf + scale * Math.log(2 * (1 - each));
}

/** The delta that a threshold on Laplace noise costs: the inverse of `laplaceThreshold`. */
export function laplaceThresholdDelta(o: { readonly epsilon: number; readonly threshold: number; readonly groupsPerUnit: number; readonly linf?: number }): number {
  const where = 'laplaceThresholdDelta';
  const linf = checkSensitivity(o.linf ?? 1, where);
  const l0 = checkGroupsPerUnit(o.groupsPerUnit, where);
  const x = ((checkThreshold(o.threshold, where) - linf) * checkEpsilonAbove0(o.epsilon, where)) / (l0 * linf);
  // P[Laplace >= x] in ln form, then any of L0.
  const logKept = x >= 0 ? Math.log1p(-0.5 * Math.exp(-x)) : Math.log(0.5) + x;
  return -Math.expm1(l0 * logKept);
}

/** The threshold of Gaussian noise: a value of at most linf passes with probability `1 - (1 - delta)^(1/L0)`. Google: `ThresholdForGaussian`. */
export function gaussianThreshold(o: { readonly sigma: number; readonly delta: number; readonly groupsPerUnit: number; readonly linf?: number }): number {
  const where = 'gaussianThreshold';
  const l0 = checkGroupsPerUnit(o.groupsPerUnit, where);
  const each = -Math.expm1(Math.log1p(-checkDeltaFrom0(o.delta, where)) / l0);
  return checkSensitivity(o.linf ?? 1, where) + checkSigma(o.sigma, where) * normalUpperQuantile(each);
}

/** The delta that a threshold on Gaussian noise costs: the inverse of `gaussianThreshold`. */
export function gaussianThresholdDelta(o: { readonly sigma: number; readonly threshold: number; readonly groupsPerUnit: number; readonly linf?: number }): number {
  const where = 'gaussianThresholdDelta';
  const linf = checkSensitivity(o.linf ?? 1, where);
  const tail = normalSurvival((checkThreshold(o.threshold, where) - linf) / checkSigma(o.sigma, where));
  return tail === 0 ? 0 : -Math.expm1(checkGroupsPerUnit(o.groupsPerUnit, where) * log1mExp(-Math.log(tail)));
}

function checkThreshold(value: unknown, where: string): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new TokumeiError('TOKUMEI_THRESHOLD', { where, parameter: 'threshold', expected: 'a number', received: value });
}
