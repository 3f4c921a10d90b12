import { checkOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { rationalOf } from '../../../numeric/rational.js';
import { discreteGaussian } from '../../../random/discreteGaussian.js';
import { exactScale } from '../../../random/discreteLaplace.js';
import { checkSensitivity, gaussianCost, sigmaFor } from '../cost.js';
import { integerMechanism, type IntegerMechanism } from './integerMechanism.js';

/** A sigma, or the rho and L2 sensitivity from which it follows. */
export type SigmaOptions = { readonly sigma: number; readonly rho?: never; readonly sensitivity?: never } | { readonly rho: number; readonly sensitivity: number; readonly sigma?: never };

/**
 * Discrete Gaussian noise on whole numbers: zero-concentrated differential privacy.
 *
 * **When.** Many values move a little for one unit (small L2 sensitivity): counts in up to L0 groups have sqrt(L0).
 * **Convention.** `sigma` is that of exp(-x²/(2 sigma²)); OpenDP `make_gaussian` on integers.
 * **Guarantee.** rho = (L2 sensitivity)² / (2 sigma²), rounded up. For (epsilon, delta) use the exact sum for this law: sigma from
 * the formula for the continuous normal law understates delta on whole numbers.
 * **Duties.** The sensitivity bounds what one unit can move, for all data sets. Values are whole numbers of at most 2^52.
 * Cost: set-up about 0.2 ms, then about 10 to 50 ns a value.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_SENSITIVITY`; `TOKUMEI_NOISE_VALUE` when it runs.
 * @see docs/proofs/discrete-gaussian-mechanism.md
 * @example
 * const sums = discreteGaussianMechanism({ rho: 0.125, sensitivity: 2 });
 * sums.spend(2).rho; // => 0.125
 * sums.add(1000); // e.g. 996
 */
/* @__NO_SIDE_EFFECTS__ */
export function discreteGaussianMechanism(options: SigmaOptions): IntegerMechanism {
  const where = 'discreteGaussianMechanism';
  const sigma = resolveSigma(options, where);
  const exact = exactScale(sigma, where, 'sigma');
  return integerMechanism(where, { law: 'discrete-gaussian', sigma }, discreteGaussian(sigma), (sensitivity) =>
    gaussianCost(rationalOf(checkSensitivity(sensitivity, 'spend')), exact),
  );
}

/** The sigma that was given, or the one that pays for the sensitivity, rounded up. */
export function resolveSigma(options: SigmaOptions, where: string): number {
  const { sigma, rho, sensitivity } = checkOptions(options, where);
  if (sigma !== undefined && (rho !== undefined || sensitivity !== undefined)) {
    throw new TokumeiError('TOKUMEI_OPTIONS', { where, message: 'takes a sigma, or rho and sensitivity, not both' });
  }
  if (sigma !== undefined) return sigma;
  return sigmaFor(checkPositive(sensitivity, where, 'sensitivity', 'TOKUMEI_SENSITIVITY'), checkPositive(rho, where, 'rho', 'TOKUMEI_RHO_RANGE'));
}
