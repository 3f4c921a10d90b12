import { checkDeltaAbove0, checkEpsilonAbove0, checkEpsilonFrom0, checkRhoFrom0 } from './checks.js';
import { addRational, multiplyRational, rational, rationalOf, rationalToDouble, subtractRational } from '../../numeric/rational.js';
import { findRoot } from '../../numeric/roots.js';

/*
 * rho-zCDP to (epsilon, delta), after corollary 13 of Canonne, Kamath and Steinke 2020:
 *   epsilon = min over a > 1 of  a rho + (ln(1 / delta) + (a - 1) ln(1 - 1 / a) - ln a) / (a - 1).
 * With u = a - 1 and L = ln(1 / delta) its derivative is rho - (L - ln(1 + u)) / u^2, so the least value is taken at the
 * one root of  rho u^2 + ln(1 + u) = L,  and is  rho (1 + 2 u) - ln(1 + 1 / u).  Derived in docs/proofs/zcdp.md.
 */

/**
 * The epsilon at `delta` that `rho`-zCDP promises, by the best known conversion; 0 where delta alone covers it.
 *
 * OpenDP: `make_zCDP_to_approxDP`; to a relative error of about 1e-14, nothing added for safety.
 *
 * @throws {TokumeiError} `TOKUMEI_RHO_RANGE`, `TOKUMEI_DELTA_RANGE`.
 * @example
 * zcdpEpsilon({ rho: 0.005, delta: 1e-6 }).toFixed(10); // => '0.4299414688'
 */
export function zcdpEpsilon(o: { readonly rho: number; readonly delta: number }): number {
  const rho = checkRhoFrom0(o.rho, 'zcdpEpsilon');
  const delta = checkDeltaAbove0(o.delta, 'zcdpEpsilon');
  if (rho === 0) return 0;
  const level = -Math.log(delta);
  // In ln u: rho u^2 = L where that is the smaller bound, ln(1 + u) = L where that is.
  const high = Math.min(0.5 * Math.log(level / rho), level) + 1e-9;
  const g = (t: number): number => rho * Math.exp(2 * t) + Math.log1p(Math.exp(t)) - level;
  const u = Math.exp(g(high) <= 0 ? high : findRoot(g, Math.min(high, Math.log(level)) - 60, high));
  return Math.max(0, rho * (1 + 2 * u) - Math.log1p(1 / u));
}

/**
 * The delta at `epsilon` that `rho`-zCDP promises, to a relative error of about 2e-14.
 *
 * OpenDP: the inverse of `make_zCDP_to_approxDP`; nothing added for safety.
 *
 * @throws {TokumeiError} `TOKUMEI_RHO_RANGE`, `TOKUMEI_EPSILON_RANGE`.
 */
export function zcdpDelta(o: { readonly rho: number; readonly epsilon: number }): number {
  const rho = checkRhoFrom0(o.rho, 'zcdpDelta');
  const epsilon = checkEpsilonFrom0(o.epsilon, 'zcdpDelta');
  if (rho === 0) return 0;
  // The same stationary point: rho (1 + 2 u) - ln(1 + 1 / u) = epsilon, and there ln delta = -rho u^2 - ln(1 + u).
  const g = (t: number): number => rho * (1 + 2 * Math.exp(t)) - Math.log1p(Math.exp(-t)) - epsilon;
  let low = -1;
  let high = 1;
  while (g(low) > 0) low = low * 2 - 1;
  while (g(high) < 0) high = high * 2;
  const u = Math.exp(findRoot(g, low, high));
  if (u < 1e-300) return 1;
  if (!Number.isFinite(u)) return 0;
  // The bound itself at this order: there it is stationary, so an error of u counts squared. Its large part is taken exactly, since an
  // exponent of some hundreds that is rounded once already costs delta 1e-13.
  const [order, exactRho, exactEpsilon] = [rationalOf(u), rationalOf(rho), rationalOf(epsilon)];
  const exponent = multiplyRational(order, subtractRational(multiplyRational(exactRho, addRational(order, rational(1n))), exactEpsilon));
  const large = rationalToDouble(exponent);
  if (large < -800) return 0; // below every double
  if (large > 800) return 1; // where epsilon and rho are so large that their difference is lost
  const rest = rationalToDouble(subtractRational(exponent, rationalOf(large)));
  return Math.min(1, (Math.exp(large) * Math.exp(rest - u * Math.log1p(1 / u))) / (1 + u));
}

/**
 * The largest rho for which `rho`-zCDP promises (epsilon, delta).
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`.
 */
export function zcdpRho(o: { readonly epsilon: number; readonly delta: number }): number {
  const epsilon = checkEpsilonAbove0(o.epsilon, 'zcdpRho');
  const level = -Math.log(checkDeltaAbove0(o.delta, 'zcdpRho'));
  // rho out of the one equation put into the other leaves one unknown: (1 + 2 u) (L - ln(1 + u)) / u^2 - ln(1 + 1 / u) = epsilon.
  const rhoAt = (u: number): number => Math.max(0, (level - Math.log1p(u)) / (u * u));
  const g = (t: number): number => rhoAt(Math.exp(t)) * (1 + 2 * Math.exp(t)) - Math.log1p(Math.exp(-t)) - epsilon;
  return rhoAt(Math.exp(findRoot(g, Math.log(level) - Math.log(epsilon + 1) - 40, level)));
}
