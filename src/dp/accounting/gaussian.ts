import { TokumeiError } from '../../core/errors.js';
import { millsRatio, normalDensity, normalSurvival } from '../../numeric/normal.js';
import { findRoot } from '../../numeric/roots.js';
import { checkDeltaAbove0, checkEpsilonFrom0, checkSensitivity, checkSigma } from './checks.js';

/**
 * The exact delta at `epsilon` of Gaussian noise on real numbers, for one L2 sensitivity.
 *
 * Balle and Wang 2018, theorem 8: `Q(a) - exp(epsilon) Q(b)` with `a, b = epsilon s -+ 1 / (2 s)`, `s = sigma / sensitivity`
 * and Q the upper tail of the standard normal law. Accurate in relative terms: the two terms are never subtracted where
 * they are close. On integers use `discreteGaussianDelta`: this one understates it by up to 3 times.
 *
 * dp_accounting: the inverse of `get_sigma_gaussian`; Google: `DeltaForGaussian`.
 *
 * @throws {TokumeiError} `TOKUMEI_SIGMA_RANGE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function gaussianDelta(o: { readonly sigma: number; readonly epsilon: number; readonly sensitivity?: number }): number {
  const where = 'gaussianDelta';
  const sensitivity = checkSensitivity(o.sensitivity ?? 1, where);
  return deltaAt(checkSigma(o.sigma, where) / sensitivity, checkEpsilonFrom0(o.epsilon, where));
}

/**
 * The least sigma of Gaussian noise on real numbers that is (epsilon, delta)-differentially private for one L2 sensitivity.
 *
 * The analytic Gaussian mechanism (Balle and Wang 2018), to a relative error below 1e-11, nothing added for safety.
 * On integers use `discreteGaussianSigma`.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 * @example
 * gaussianSigma({ epsilon: 1, delta: 1e-6 }).toFixed(6); // => '4.224679'
 */
export function gaussianSigma(o: { readonly epsilon: number; readonly delta: number; readonly sensitivity?: number }): number {
  const where = 'gaussianSigma';
  const epsilon = checkEpsilonFrom0(o.epsilon, where);
  const delta = checkDeltaAbove0(o.delta, where);
  const sensitivity = checkSensitivity(o.sensitivity ?? 1, where);
  const target = Math.log(delta);
  // In ln s, from far too little noise to more than enough: delta is at most 1 / (s sqrt(2 pi)), whatever epsilon is.
  const [low, high] = [-20 - 0.5 * Math.log1p(epsilon), Math.min(-target, 700)];
  const f = (t: number): number => Math.log(deltaAt(Math.exp(t), epsilon)) - target;
  return Math.exp(findRoot((t) => (t === low ? 1 : Math.max(f(t), -1e300)), low, high)) * sensitivity;
}

/**
 * The least epsilon at `delta` of Gaussian noise on real numbers, for one L2 sensitivity; 0 where delta alone covers it.
 *
 * @throws {TokumeiError} `TOKUMEI_SIGMA_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function gaussianEpsilon(o: { readonly sigma: number; readonly delta: number; readonly sensitivity?: number }): number {
  const where = 'gaussianEpsilon';
  const s = checkSigma(o.sigma, where) / checkSensitivity(o.sensitivity ?? 1, where);
  const delta = checkDeltaAbove0(o.delta, where);
  if (deltaAt(s, 0) <= delta) return 0;
  const target = Math.log(delta);
  let high = 1;
  while (deltaAt(s, high) > delta) {
    high *= 2;
    if (high > 1e300) throw new TokumeiError('TOKUMEI_SIGMA_RANGE', { where, parameter: 'sigma', expected: 'large enough for a finite epsilon', received: o.sigma });
  }
  return findRoot((epsilon) => Math.max(Math.log(deltaAt(s, epsilon)) - target, -1e300), 0, high);
}

function deltaAt(s: number, epsilon: number): number {
  if (s === Infinity) return 0;
  const half = 1 / (2 * s);
  const a = epsilon * s - half;
  if (a > 40) return 0;
  const b = epsilon * s + half;
  // exp(epsilon) density(b) = density(a), so with Mills' ratio R the delta is density(a) (R(a) - R(b)).
  if (s < 1) {
    return a > 0 ? normalDensity(a) * (millsRatio(a) - millsRatio(b)) : normalSurvival(a) - normalDensity(a) * millsRatio(b);
  }
  return normalDensity(a) * millsDifference(epsilon * s, half);
}

/** R(middle - half) - R(middle + half) with Mills' ratio R, for -0.5 <= middle - half and half <= 0.5: the integral of 1 - x R(x), by Gauss's rule with 8 points. */
export function millsDifference(middle: number, half: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const x = half * (nodes[i] as number);
    sum += (weights[i] as number) * (2 - (middle - x) * millsRatio(middle - x) - (middle + x) * millsRatio(middle + x));
  }
  return half * sum;
}

const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363] as const;
const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763] as const;
