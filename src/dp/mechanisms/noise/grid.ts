import { TokumeiError } from '../../../core/errors.js';
import { addRational, divideRational, multiplyRational, rational, rationalOf, type Rational } from '../../../numeric/rational.js';
import { discreteGaussianOf } from '../../../random/discreteGaussian.js';
import { discreteLaplaceOf } from '../../../random/discreteLaplace.js';
import type { IntegerSampler } from '../../../random/integerNoise.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { checkSensitivity, gaussianCost, pureCost, rootUp, scaleFor, sigmaFor, type MechanismCost } from '../cost.js';
import { addNoise, LARGEST_VALUE } from './addNoise.js';
import { resolveSigma, type SigmaOptions } from './gaussian.js';
import { resolveScale, type ScaleOptions } from './laplace.js';

/** Adds noise to real numbers on a fixed grid of multiples of `step`. */
export interface GridMechanism {
  readonly law: 'grid-laplace' | 'grid-gaussian';
  /** In the units of the values. */
  readonly scale: number;
  /** A power of two, chosen from the scale alone: 2^-24 to 2^-25 of it. Results are multiples of it. */
  readonly step: number;
  /** What releasing `dimensions` noised values costs (1 unless said): the rounding to the grid is paid for as well. */
  spend(sensitivity: number, dimensions?: number): MechanismCost;
  /** One value, rounded to the grid and noised. NaN counts as 0; beyond 2^52 steps (over 10^8 scales) a value is clamped. */
  add(value: number, random?: RandomSource): number;
  addAll(values: ArrayLike<number>, random?: RandomSource): Float64Array;
}

/**
 * Laplace noise on real numbers, on a grid: pure differential privacy without the holes of float noise.
 *
 * **When.** A value is real by nature, such as a ratio of public and bounded quantities. Sums and means are better made of whole
 * grid steps from the start. **Convention.** `scale` as in `discreteLaplaceMechanism`, in the units of the values; Google's `LaplaceNoise`.
 * **Guarantee.** The value is rounded to a multiple of `step`, discrete Laplace noise is added in steps, and the steps that
 * rounding can add to the sensitivity are in `spend`. **Duties.** The sensitivity holds for the doubles that are passed in.
 * With epsilon and sensitivity given, the scale is found for one value, with the rounding: `spend(sensitivity)` is within epsilon.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE` unless the scale lies from 2^-900 to 2^900; `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY`.
 * @see docs/proofs/grid-noise.md
 * @example
 * gridLaplace({ scale: 0.5 }).step; // => 2.9802322387695312e-8
 * gridLaplace({ scale: 0.5 }).add(12.25); // e.g. 12.641893863677979
 */
/* @__NO_SIDE_EFFECTS__ */
export function gridLaplace(options: ScaleOptions): GridMechanism {
  const where = 'gridLaplace';
  const given = resolveScale(options, where);
  const scale = options.scale === undefined ? withRounding(options.sensitivity, (s) => scaleFor(s, options.epsilon), where) : given;
  const { step, inSteps } = gridFor(scale, where);
  return gridMechanism('grid-laplace', scale, step, discreteLaplaceOf(inSteps), (sensitivity, dimensions) =>
    pureCost(divideRational(stepsMoved(sensitivity, step, dimensions, 'l1'), inSteps)),
  );
}

/**
 * Gaussian noise on real numbers, on a grid: zero-concentrated differential privacy. All else as {@link gridLaplace};
 * Google's `GaussianNoise`.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE` unless sigma lies from 2^-900 to 2^900; `TOKUMEI_RHO_RANGE`, `TOKUMEI_SENSITIVITY`.
 * @see docs/proofs/grid-noise.md
 * @example
 * gridGaussian({ sigma: 3 }).spend(1).rho; // => 0.05555555555555556
 */
/* @__NO_SIDE_EFFECTS__ */
export function gridGaussian(options: SigmaOptions): GridMechanism {
  const where = 'gridGaussian';
  const given = resolveSigma(options, where);
  const sigma = options.sigma === undefined ? withRounding(options.sensitivity, (s) => sigmaFor(s, options.rho), where) : given;
  const { step, inSteps } = gridFor(sigma, where);
  return gridMechanism('grid-gaussian', sigma, step, discreteGaussianOf(multiplyRational(inSteps, inSteps)), (sensitivity, dimensions) =>
    gaussianCost(stepsMoved(sensitivity, step, dimensions, 'l2'), inSteps),
  );
}

function gridFor(scale: number, where: string): { step: number; inSteps: Rational } {
  if (!(scale >= 2 ** -900 && scale <= 2 ** 900)) {
    throw new TokumeiError('TOKUMEI_NOISE_SCALE', { where, parameter: 'scale', expected: 'from 2^-900 to 2^900', received: scale });
  }
  let step = 2 ** (Math.floor(Math.log2(scale)) - 24);
  // Math.log2 may be off at powers of two; comparing settles it, so that the step follows from the scale on every engine.
  while (step * 2 ** 24 > scale) step /= 2;
  while (step * 2 ** 25 <= scale) step *= 2;
  return { step, inSteps: divideRational(rationalOf(scale), rationalOf(step)) };
}

/** The scale that pays for a sensitivity after it was rounded up to whole steps. The grid follows from the scale, so it is found by trying. */
function withRounding(sensitivity: number, solve: (sensitivity: number) => number, where: string): number {
  for (let { step } = gridFor(solve(sensitivity), where); ; ) {
    const scale = solve(Math.ceil(sensitivity / step) * step);
    const next = gridFor(scale, where).step;
    if (next === step) return scale;
    step = next; // wider: at most a few times
  }
}

/** How many steps the rounded values can move: `|round(x) - round(y)| <= ceil(|x - y|)`, and in all at most one more for each. */
function stepsMoved(sensitivity: number, step: number, dimensions: number, norm: 'l1' | 'l2'): Rational {
  const exact = divideRational(rationalOf(checkSensitivity(sensitivity, 'spend')), rationalOf(step));
  if (!(Number.isSafeInteger(dimensions) && dimensions >= 1)) {
    throw new TokumeiError('TOKUMEI_DIMENSIONS', { where: 'spend', parameter: 'dimensions', expected: 'a whole number >= 1', received: dimensions });
  }
  if (dimensions === 1) return rational((exact.numerator + exact.denominator - 1n) / exact.denominator);
  return addRational(exact, norm === 'l1' ? rational(BigInt(dimensions)) : rationalOf(rootUp(rational(BigInt(dimensions)))));
}

function gridMechanism(
  law: GridMechanism['law'],
  scale: number,
  step: number,
  sampler: IntegerSampler,
  spend: (sensitivity: number, dimensions: number) => MechanismCost,
): GridMechanism {
  const addAll = (values: ArrayLike<number>, random: RandomSource = secureRandom()): Float64Array => {
    const out = sampler.fill(new Float64Array(values.length), random);
    for (let i = 0; i < out.length; i++) out[i] = addNoise(toSteps(values[i] as number, step), out[i] as number) * step;
    return out;
  };
  return Object.freeze({
    law,
    scale,
    step,
    spend: (sensitivity: number, dimensions = 1) => spend(sensitivity, dimensions),
    add: (value: number, random?: RandomSource) => addAll([value], random)[0] as number,
    addAll,
  });
}

/** Total: an error for some values and not for others would tell which it was. Division by a power of two is exact here. */
function toSteps(value: number, step: number): number {
  const steps = Math.round(value / step);
  return steps > LARGEST_VALUE ? LARGEST_VALUE : steps < -LARGEST_VALUE ? -LARGEST_VALUE : steps || 0;
}
