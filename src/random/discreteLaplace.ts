import { TokumeiError } from '../core/errors.js';
import { rationalOf, type Rational } from '../numeric/rational.js';
import { IntegerNoise, shiftFor, type IntegerSampler, type SamplerHooks } from './integerNoise.js';
import { remember } from './remember.js';

/** Scales go up to this: then a draw of 2^52 or more has probability below exp(-255). */
export const LARGEST_SCALE = 17592186044416; // 2^44

/**
 * A sampler of the discrete Laplace law: `P[x] = (1 - q) / (1 + q) * q^|x|` with `q = exp(-1/scale)`, on all whole numbers.
 *
 * Use `discreteLaplaceMechanism` to protect a value; this is the noise alone. Also called two-sided geometric; the same
 * law as `make_laplace` of OpenDP on integers, `scale = 1/a` for `dlaplace(a)` in scipy. The double given as scale is taken
 * as exactly the fraction that it is, and every probability is exact: no `Math.log`, no `Math.exp`, no rounding.
 * Setting up costs about 0.3 ms (the samplers of the last 32 scales are kept), a draw about 10 to 40 ns.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE` unless the scale is above 0 and at most 2^44.
 * @see docs/proofs/integer-noise.md; Canonne, Kamath and Steinke 2020 for the law and its privacy.
 * @example
 * const noise = discreteLaplace(10);
 * noise.sample(secureRandom()); // e.g. -7
 */
export function discreteLaplace(scale: number): IntegerSampler {
  const exact = exactScale(scale, 'discreteLaplace', 'scale');
  return remember(samplers, scale, () => discreteLaplaceOf(exact));
}

const samplers = /* @__PURE__ */ new Map<number, IntegerSampler>();

/** As {@link discreteLaplace} for a scale given as a fraction; hooks are for tests. */
export function discreteLaplaceOf({ numerator, denominator }: Rational, hooks?: SamplerHooks): IntegerSampler {
  return new IntegerNoise({ numerator: denominator, denominator: numerator }, false, shiftFor(numerator / denominator), hooks);
}

/** @throws {TokumeiError} `TOKUMEI_NOISE_SCALE` unless it is a number above 0 and at most {@link LARGEST_SCALE}. */
export function exactScale(scale: number, where: string, parameter: string): Rational {
  if (typeof scale === 'number' && scale > 0 && scale <= LARGEST_SCALE) return rationalOf(scale);
  throw new TokumeiError('TOKUMEI_NOISE_SCALE', { where, parameter, expected: 'above 0 and at most 2^44', received: scale });
}
