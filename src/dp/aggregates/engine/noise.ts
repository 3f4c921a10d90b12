import { TokumeiError } from '../../../core/errors.js';
import { outwardMargin } from '../../../numeric/outward.js';
import { LARGEST_SCALE } from '../../../random/discreteLaplace.js';
import { discreteGaussianSigma, discreteGaussianSigmaByZcdp } from '../../accounting/discreteGaussian.js';
import { zcdpRho } from '../../accounting/zcdp.js';
import type { Spend } from '../../budget/spend.js';
import { scaleFor } from '../../mechanisms/cost.js';
import type { NoisePort } from '../../mechanisms/port.js';

/** The noise of an aggregate: one of the two exact laws on whole numbers. */
export type CountNoise = { readonly law: 'discrete-laplace'; readonly scale: number } | { readonly law: 'discrete-gaussian'; readonly sigma: number };

export type CountLaw = 'laplace' | 'gaussian';

/**
 * How far one unit moves whole numbers: by at most `places * each` in the sum of the changes (L1) and `sqrt(places) * each`
 * in the root of the sum of their squares (L2).
 */
export interface Reach {
  readonly places: number;
  readonly each: number;
  /** True where at most `places` numbers move, each by at most `each`: then delta is summed exactly, else zCDP bounds it. */
  readonly counted: boolean;
  /** True where only the L2 norm is bounded by it, which Gaussian noise alone can use. */
  readonly inL2?: boolean;
}

/**
 * Noise that pays for a reach with a spend: the scale rounded up, sigma rounded outward.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE` where the scale would be beyond what can be drawn.
 */
export function noiseFor(where: string, spend: Spend, reach: Reach, law: CountLaw): CountNoise {
  const { places, each, counted } = reach;
  if (law === 'laplace') {
    const epsilon = spend.measure === 'zcdp' ? Math.sqrt(2 * spend.rho) * (1 - outwardMargin) : spend.epsilon;
    checkReach(where, (places * each) / epsilon, spend);
    return { law: 'discrete-laplace', scale: scaleFor(places * each, epsilon) };
  }
  if (spend.measure !== 'zcdp') checkReach(where, (Math.sqrt(places) * each) / spend.epsilon / 8, spend);
  const byRho = (rho: number): number => discreteGaussianSigmaByZcdp({ rho, l0: places, linf: each });
  const sigma =
    spend.measure === 'zcdp'
      ? byRho(spend.rho)
      : counted
        ? discreteGaussianSigma({ epsilon: spend.epsilon, delta: spend.delta, l0: places, linf: each })
        : byRho(zcdpRho(spend) * (1 - outwardMargin));
  checkReach(where, sigma, spend);
  return { law: 'discrete-gaussian', sigma };
}

function checkReach(where: string, scale: number, spend: Spend): void {
  if (scale <= LARGEST_SCALE) return;
  const zcdp = spend.measure === 'zcdp';
  throw new TokumeiError(zcdp ? 'TOKUMEI_RHO_RANGE' : 'TOKUMEI_EPSILON_RANGE', {
    where,
    parameter: zcdp ? 'rho' : 'epsilon',
    expected: 'large enough for the bounds: the scale of the noise is at most 2^44 steps',
    received: zcdp ? spend.rho : spend.epsilon,
  });
}

/** Up to a factor that both laws share: what compares them. */
export const deviation = (noise: CountNoise): number => (noise.law === 'discrete-laplace' ? Math.SQRT2 * noise.scale : noise.sigma);

/** The sensitivity in the norm of the law. */
export const sensitivityOf = ({ places, each }: Reach, noise: CountNoise): number => (noise.law === 'discrete-laplace' ? places * each : Math.sqrt(places) * each);

/** Exact values plus noise of the designed law, one draw for each. */
export function addDesignedNoise(port: NoisePort, noise: CountNoise, reach: Reach, request: { readonly values: ArrayLike<number>; readonly keys: readonly unknown[]; readonly newKeys: number }): Float64Array {
  const sensitivity = sensitivityOf(reach, noise);
  return noise.law === 'discrete-laplace' ? port.laplace({ ...request, sensitivity, scale: noise.scale }) : port.gaussian({ ...request, sensitivity, sigma: noise.sigma });
}
