import { log1mExp, logAddExp, logSumExp } from '../../../numeric/logarithms.js';
import { checkEpsilonAbove0, checkRhoFrom0, checkScale, checkSensitivity, checkSigma, checkWhole } from '../checks.js';

/**
 * The Rényi divergence of a release as a function of its order, from above 1 to Infinity (Mironov 2017).
 * At Infinity it is the pure epsilon, Infinity where there is none.
 */
export type RenyiCurve = (order: number) => number;

/**
 * Gaussian noise, on reals and on integers: `order sensitivity^2 / (2 sigma^2)` (Mironov 2017, proposition 7; on integers
 * Canonne, Kamath and Steinke 2020, proposition 5: exact at whole orders, an upper bound at others).
 */
export function gaussianRenyi(o: { readonly sigma: number; readonly sensitivity?: number }): RenyiCurve {
  const ratio = checkSensitivity(o.sensitivity ?? 1, 'gaussianRenyi') / checkSigma(o.sigma, 'gaussianRenyi');
  return (order) => 0.5 * order * ratio * ratio;
}

/** Anything that is `rho`-zCDP: `order rho`, by definition. */
export function zcdpRenyi(rho: number): RenyiCurve {
  const slope = checkRhoFrom0(rho, 'zcdpRenyi');
  return (order) => (slope === 0 ? 0 : order * slope);
}

/** Discrete Laplace noise on one whole number that one unit moves by at most `sensitivity`; exact. */
export function discreteLaplaceRenyi(o: { readonly scale: number; readonly sensitivity?: number }): RenyiCurve {
  const scale = checkScale(o.scale, 'discreteLaplaceRenyi');
  const moved = checkWhole(o.sensitivity ?? 1, 'discreteLaplaceRenyi', 'sensitivity');
  const q = Math.exp(-1 / scale);
  const epsilon = moved / scale;
  return (order) => {
    if (order === Infinity) return epsilon;
    // P^a Q^(1 - a) over k <= 0, over k >= moved, and over the whole numbers between, where it is geometric.
    const ratio = (2 * order - 1) / scale;
    const below = (order - 1) * epsilon;
    const above = -order * epsilon;
    const between = moved === 1 ? -Infinity : Math.log1p(-q) + below - ratio + log1mExp((moved - 1) * ratio) - log1mExp(ratio);
    return Math.max(0, (logSumExp([below, above, between]) - Math.log1p(q)) / (order - 1));
  };
}

/** Laplace noise on reals, and permute-and-flip, whose loss has the same law (Mironov 2017, proposition 6). */
export function laplaceRenyi(o: { readonly scale: number; readonly sensitivity?: number }): RenyiCurve {
  const epsilon = checkSensitivity(o.sensitivity ?? 1, 'laplaceRenyi') / checkScale(o.scale, 'laplaceRenyi');
  return (a) => {
    if (a === Infinity) return epsilon;
    const up = Math.log(a / (2 * a - 1)) + (a - 1) * epsilon;
    const down = Math.log((a - 1) / (2 * a - 1)) - a * epsilon;
    return Math.max(0, logAddExp(up, down) / (a - 1));
  };
}

/** Any release of pure epsilon: that of randomized response, the worst there is (Mironov 2017, proposition 5). */
export function pureRenyi(epsilon: number): RenyiCurve {
  const e = checkEpsilonAbove0(epsilon, 'pureRenyi');
  const log = Math.log1p(Math.exp(-e));
  return (a) => (a === Infinity ? e : Math.max(0, (logAddExp((a - 1) * e, -a * e) - log) / (a - 1)));
}

/**
 * The exponential mechanism (Gumbel noise) of parameter epsilon, exactly: the worst pair of range epsilon has the two
 * losses t and t - epsilon, and the t that maximises the divergence has a closed form (docs/proofs/renyi.md; J. Dong,
 * D. Durfee, R. Rogers, "Optimal differential privacy composition for exponential mechanisms" (2020)).
 */
export function exponentialRenyi(epsilon: number): RenyiCurve {
  const e = checkEpsilonAbove0(epsilon, 'exponentialRenyi');
  const logTotal = Math.log(Math.expm1(e));
  return (a) => {
    if (a === Infinity) return e;
    // x^(a-1) ((exp(e) - c) - (1 - c) x) / (exp(e) - 1) with c = exp(-(a-1) e), largest at x = (a-1) (exp(e) - c) / (a (1 - c)).
    const logLeft = e + log1mExp(a * e);
    const logRight = log1mExp((a - 1) * e);
    const value = a * logLeft - (a - 1) * logRight + (a - 1) * Math.log1p(-1 / a) - Math.log(a) - logTotal;
    return Math.min(e, Math.max(0, value / (a - 1)));
  };
}
