import { millsDifference } from './gaussian.js';
import { checkDeltaAbove0, checkEpsilonAbove0, checkEpsilonFrom0, checkSigma, checkWhole } from './checks.js';
import { correction, discreteGaussianMass, discreteGaussianSurvival, discreteGaussianTotal, isSmooth, tailRatio } from './laws/discreteGaussian.js';
import { zcdpDelta, zcdpRho } from './zcdp.js';
import { outwardMargin } from '../../numeric/outward.js';
import { findRoot } from '../../numeric/roots.js';

/** How far one unit moves a vector of whole numbers: at most `l0` of them, each by at most `linf`. */
export interface IntegerSensitivity {
  /** How many numbers of the vector one unit touches (`groupsPerUnit`); 1 when left out. */
  readonly l0?: number;
  /** By how much it changes each of them (1 for a count of units, `rowsPerGroup` for a count of rows); 1 when left out. */
  readonly linf?: number;
}

/**
 * The exact delta at `epsilon` of discrete Gaussian noise of parameter `sigma` on each of the numbers.
 *
 * For one number this is theorem 7 of Canonne, Kamath and Steinke 2020, as a sum of positive terms. For several it is the
 * same sum for `sigma sqrt(l0)` and a shift of `l0 linf` (docs/proofs/discrete-gaussian.md): the worst vector is the one
 * that moves every number by `linf`, and the sum of the noises is a discrete Gaussian up to a factor that is bounded and
 * charged. It never says more than zCDP's conversion does. Not monotone in sigma for small sigma, as the truth is not.
 *
 * @throws {TokumeiError} `TOKUMEI_SIGMA_RANGE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function discreteGaussianDelta(o: { readonly sigma: number; readonly epsilon: number } & IntegerSensitivity): number {
  const where = 'discreteGaussianDelta';
  const sigma = checkSigma(o.sigma, where);
  const epsilon = checkEpsilonFrom0(o.epsilon, where);
  return boundAt(sigma, epsilon, checkWhole(o.l0 ?? 1, where, 'l0'), checkWhole(o.linf ?? 1, where, 'linf'));
}

/**
 * A sigma at which discrete Gaussian noise on each of the numbers is (epsilon, delta)-differentially private:
 * the least by the exact sum, rounded outward. Not above what zCDP's conversion asks for, often 5 to 8 % below it.
 *
 * The claim rests on the exact delta at the very sigma that is returned, not on that delta falling with sigma.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function discreteGaussianSigma(o: { readonly epsilon: number; readonly delta: number } & IntegerSensitivity): number {
  const where = 'discreteGaussianSigma';
  const epsilon = checkEpsilonAbove0(o.epsilon, where);
  const delta = checkDeltaAbove0(o.delta, where);
  const l0 = checkWhole(o.l0 ?? 1, where, 'l0');
  const linf = checkWhole(o.linf ?? 1, where, 'linf');
  const target = delta * (1 - outwardMargin);
  const holds = (sigma: number): boolean => boundAt(sigma, epsilon, l0, linf) <= target;
  const highest = discreteGaussianSigmaByZcdp({ rho: zcdpRho({ epsilon, delta: target }), l0, linf });
  // zCDP asks for 5 to 8 % too much as a rule: the exact sum is crossed a step or two below.
  let low = highest * 0.9;
  while (low > 1e-3 && holds(low)) low *= 0.9;
  if (holds(low)) return low;
  const f = (sigma: number): number => Math.log(Math.max(boundAt(sigma, epsilon, l0, linf), 5e-324)) - Math.log(target);
  if (f(highest) > 0) return highest;
  let sigma = findRoot(f, low, highest, low * 1e-12);
  for (let step = sigma * 1e-13; !holds(sigma); step *= 2) sigma += step;
  return Math.min(sigma, highest);
}

/**
 * The sigma at which discrete Gaussian noise is `rho`-zCDP: `sqrt(l0) linf / sqrt(2 rho)`, rounded outward
 * (Canonne, Kamath and Steinke 2020, theorem 14). On integers this is exact, unlike the analytic Gaussian's.
 */
export function discreteGaussianSigmaByZcdp(o: { readonly rho: number } & IntegerSensitivity): number {
  const where = 'discreteGaussianSigmaByZcdp';
  const l0 = checkWhole(o.l0 ?? 1, where, 'l0');
  const linf = checkWhole(o.linf ?? 1, where, 'linf');
  return linf * Math.sqrt(l0 / (2 * o.rho)) * (1 + outwardMargin);
}

function boundAt(sigma: number, epsilon: number, l0: number, linf: number): number {
  const zcdp = epsilon > 0 ? zcdpDelta({ rho: (l0 * linf * linf) / (2 * sigma * sigma), epsilon }) : 1;
  const factor = l0 === 1 ? 1 : latticeFactor(sigma, l0);
  if (factor > 2) return zcdp;
  const exact = exactDelta(sigma * Math.sqrt(l0), epsilon, l0 * linf) * factor;
  return Math.min(exact, zcdp, 1);
}

/** How far the sum of l0 discrete Gaussians may exceed one of parameter sigma sqrt(l0), relatively; see the proof's page. */
export function latticeFactor(sigma: number, l0: number): number {
  const error = Math.expm1(2.0001 * l0 * Math.exp(-((Math.PI * sigma) ** 2)));
  return error < 0.3 ? (1 + error) / (1 - error) : Infinity;
}

/** The delta of one discrete Gaussian against itself moved by `shift`: the sum of P[k] - exp(epsilon) P[k + shift] where that is positive. */
function exactDelta(sigma: number, epsilon: number, shift: number): number {
  const variance = sigma * sigma;
  const first = Math.floor((epsilon * variance) / shift - shift / 2) + 1;
  // The loss at k is (2 k + shift) shift / (2 variance).
  const excess = ((2 * first + shift) * shift) / (2 * variance) - epsilon;
  if (isSmooth(sigma, first) && isSmooth(sigma, first + shift) && shift <= sigma) {
    const x = first / sigma;
    const step = shift / sigma;
    const tails = sigma * millsDifference(x + step / 2, step / 2) + correction(sigma, x) - correction(sigma, x + step);
    return discreteGaussianMass(sigma, first) * (tails - Math.expm1(-excess) * tailRatio(sigma, first + shift));
  }
  if (first > 0 && (sigma < 1000 || !isSmooth(sigma, first))) {
    const slope = shift / variance;
    const factor = 1 / (2 * variance);
    let sum = 0;
    for (let j = 0; ; j++) {
      const next = sum - Math.exp(-(2 * first + j) * j * factor) * Math.expm1(-Math.max(excess + j * slope, 0));
      // The first term may be zero: where the loss equals epsilon.
      if (next === sum && j > 0) return discreteGaussianMass(sigma, first) * sum;
      sum = next;
    }
  }
  // The two tails differ widely here, so that nothing is lost by subtracting them.
  const second = first + shift;
  const moved = Math.exp(epsilon - 0.5 * (second / sigma) ** 2 + Math.log(second > 0 ? tailRatio(sigma, second) : 1));
  const taken = second > 0 ? moved / discreteGaussianTotal(sigma) : Math.exp(epsilon) * discreteGaussianSurvival(sigma, second);
  return Math.max(0, discreteGaussianSurvival(sigma, first) - taken);
}
