import { checkInteger, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { addRational, divideRational, multiplyRational, rational, rationalOf, rationalToDouble, type Rational } from '../../../numeric/rational.js';
import { exactScale } from '../../../random/discreteLaplace.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { rootUp, type MechanismCost } from '../cost.js';
import { noisePort } from '../port.js';
import { resolveSigma } from './gaussian.js';

export type CorrelatedGaussianOptions = {
  /** How many counts are measured. */
  readonly size: number;
} & ({ readonly rho: number; readonly sigma?: never } | { readonly sigma: number; readonly rho?: never });

/** `counts[i]` of `units` units have property i; `keys` name the properties, where they have names. */
export interface ExactCounts {
  readonly counts: ArrayLike<number>;
  readonly units: number;
  readonly keys?: readonly unknown[];
}

export interface CorrelatedCounts {
  /** Estimates of the counts, in halves. */
  readonly counts: Float64Array;
  /** An estimate of the number of units. */
  readonly units: number;
}

export interface CorrelatedGaussian {
  readonly law: 'correlated-gaussian';
  readonly size: number;
  /** Sigma of the discrete Gaussian noise on each `2 count - units`, and on `units`. */
  readonly sigmaEach: number;
  readonly sigmaShared: number;
  /** Of one estimated count: `sqrt(sigmaEach² + sigmaShared²) / 2`, about `(sqrt(size) + 1) / 2 * sigma`. */
  readonly standardDeviation: number;
  spend(): MechanismCost;
  measure(exact: ExactCounts, random?: RandomSource): CorrelatedCounts;
}

const HALF: Rational = { numerator: 1n, denominator: 2n };

/**
 * Counts of units with Gaussian noise that is partly shared, for about half the noise of independent draws.
 *
 * **When.** Many counts of distinct units are measured together (a chart), each unit in any number of them, and the account
 * is kept in rho. Independent noise would have standard deviation `sqrt(size) sigma`; this has `(sqrt(size) + 1) / 2 * sigma`.
 * **Convention.** Lebeda 2024, on whole numbers: `2 count - units` and `units` are noised, half of their sum is the estimate.
 * **Guarantee.** rho = 1 / (2 sigma²) for adding or removing one unit. **Duties.** `units` is the number of all units, so that one unit moves it
 * by exactly one and each count by none or one. It does not hold for counts of rows, nor for replacing a unit.
 *
 * @throws {TokumeiError} `TOKUMEI_DIMENSIONS`, `TOKUMEI_NOISE_SCALE`, `TOKUMEI_RHO_RANGE`; `TOKUMEI_NOISE_VALUE` when it runs.
 * @see docs/proofs/correlated-gaussian.md
 * @example
 * const chart = correlatedGaussian({ rho: 0.02, size: 4 });
 * chart.standardDeviation; // => 7.5
 * chart.measure({ counts: [500, 300, 200, 10], units: 800 }).counts; // e.g. Float64Array [507.5, 296, 203.5, 4.5]
 */
/* @__NO_SIDE_EFFECTS__ */
export function correlatedGaussian(options: CorrelatedGaussianOptions): CorrelatedGaussian {
  const where = 'correlatedGaussian';
  const size = checkInteger(checkOptions(options, where).size, where, 'size', 'TOKUMEI_DIMENSIONS', 1, 2 ** 31 - 1);
  const sigma = exactScale(resolveSigma(options.sigma === undefined ? { rho: options.rho, sensitivity: 1 } : { sigma: options.sigma }, where), where, 'sigma');
  const variance = multiplyRational(sigma, sigma);
  const k = rational(BigInt(size));
  // A root rounded up: more noise on both, and less than 1 / (2 sigma²) in all.
  const root = rootUp(k);
  const sigmaEach = rootUp(multiplyRational(addRational(k, rationalOf(root)), variance));
  const sigmaShared = rootUp(multiplyRational(addRational(rationalOf(root), rational(1n)), variance));
  exactScale(sigmaEach, where, 'sigma');
  return Object.freeze({
    law: 'correlated-gaussian' as const,
    size,
    sigmaEach,
    sigmaShared,
    standardDeviation: Math.hypot(sigmaEach, sigmaShared) / 2,
    spend: () => {
      const over = (count: Rational, s: number): Rational => divideRational(multiplyRational(HALF, count), multiplyRational(rationalOf(s), rationalOf(s)));
      return { epsilon: Infinity, rho: rationalToDouble(addRational(over(k, sigmaEach), over(rational(1n), sigmaShared)), 'up') };
    },
    measure: ({ counts, units, keys }: ExactCounts, random: RandomSource = secureRandom()) => {
      if (counts.length !== size) throw new TokumeiError('TOKUMEI_DIMENSIONS', { where: 'measure', parameter: 'counts', expected: `${size} counts`, received: counts.length });
      const port = noisePort(random);
      const values = Float64Array.from(counts, (count) => 2 * count - units);
      const each = port.gaussian({ values, sigma: sigmaEach, sensitivity: root, ...(keys === undefined ? {} : { keys }) });
      const shared = port.gaussian({ values: [units], sigma: sigmaShared, sensitivity: 1 })[0] as number;
      return { counts: each.map((noisy) => (noisy + shared) / 2), units: shared };
    },
  });
}
