import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import { discreteGaussianSigma } from '../accounting/discreteGaussian.js';
import { discreteGaussianSurvival } from '../accounting/laws/discreteGaussian.js';
import { discreteLaplaceSurvival } from '../accounting/laws/discreteLaplace.js';
import { LARGEST_SCALE } from '../../random/discreteLaplace.js';
import type { Spend } from '../budget/spend.js';
import { scaleFor } from './scaleFor.js';

/** The noise of a count: one of the two exact laws on whole numbers. */
export type CountNoise = { readonly law: 'discrete-laplace'; readonly scale: number } | { readonly law: 'discrete-gaussian'; readonly sigma: number };

/** All that a private count of units by group needs to know before it sees data. Public. */
export interface CountDesign {
  /** How many counts one unit moves at most: `groupsPerUnit`, or all declared keys where there are fewer. */
  readonly l0: number;
  readonly noise: CountNoise;
  /** Smallest noisy count at which a discovered key is published; null for declared keys, which are published all. */
  readonly threshold: number | null;
  /** What is guaranteed: less than the slice where the mechanism does not need its delta. */
  readonly cost: Pick<DifferentialPrivacy, 'measure' | 'epsilon' | 'delta'>;
}

export type CountLaw = 'laplace' | 'gaussian';

/**
 * Noise for counts of distinct units, each unit in at most `groupsPerUnit` groups, and the threshold for discovered keys.
 * `declared` is the number of public keys, or `'discover'`.
 *
 * Without `law` the one with the smaller standard deviation is taken: Laplace grows with L0, Gaussian with its root but
 * with a dearer start. The choice is made from public figures alone. Proof: docs/proofs/count-units.md.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_NEEDED`, `TOKUMEI_MEASURE`
 */
export function designCounts(where: string, spend: Spend, groupsPerUnit: number, declared: number | 'discover', law?: CountLaw): CountDesign {
  if (spend.measure === 'zcdp') {
    throw new TokumeiError('TOKUMEI_MEASURE', { where, message: 'spends a budget in epsilon; this one is kept in rho' });
  }
  const { epsilon, delta } = spend;
  const discover = declared === 'discover';
  if (!(groupsPerUnit / epsilon <= LARGEST_SCALE)) {
    throw new TokumeiError('TOKUMEI_EPSILON_RANGE', { where, parameter: 'epsilon', expected: 'large enough for groupsPerUnit: their quotient is the scale of the noise, at most 2^44', received: epsilon });
  }
  if (!(delta === 0 || (delta >= 1e-300 && delta < 1))) {
    throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: '0, or from 1e-300 to below 1', received: delta });
  }
  const l0 = discover ? groupsPerUnit : Math.min(groupsPerUnit, declared);
  if (delta === 0 && (discover || law === 'gaussian')) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', {
      where,
      message: discover
        ? 'discovered keys need delta > 0: a key that only one unit has must stay hidden but for that probability. Give the budget a delta, or declare the keys with publicKeys([…])'
        : 'Gaussian noise needs delta > 0',
    });
  }
  const laplace = (): CountDesign => laplaceDesign(epsilon, delta, l0, discover);
  // From here on Gaussian noise cannot win: sigma is above sqrt(L0) / epsilon for any delta in use.
  if (law === 'laplace' || delta === 0 || (law === undefined && l0 === 1)) return laplace();
  const gaussian = gaussianDesign(epsilon, delta, l0, discover);
  return law === 'gaussian' || deviation(gaussian.noise) < deviation(laplace().noise) ? gaussian : laplace();
}

function laplaceDesign(epsilon: number, delta: number, l0: number, discover: boolean): CountDesign {
  const scale = scaleFor(l0, epsilon);
  return {
    l0,
    noise: { law: 'discrete-laplace', scale },
    threshold: discover ? thresholdFor((k) => discreteLaplaceSurvival(scale, k), scale, delta, l0) : null,
    cost: discover ? { measure: 'approximate', epsilon, delta } : { measure: 'pure', epsilon, delta: 0 },
  };
}

/** Half of delta goes to the noise, half to the keys. */
function gaussianDesign(epsilon: number, delta: number, l0: number, discover: boolean): CountDesign {
  const half = discover ? delta / 2 : delta;
  const sigma = discreteGaussianSigma({ epsilon, delta: half, l0 });
  return {
    l0,
    noise: { law: 'discrete-gaussian', sigma },
    threshold: discover ? thresholdFor((k) => discreteGaussianSurvival(sigma, k), sigma, half, l0) : null,
    cost: { measure: 'approximate', epsilon, delta },
  };
}

const deviation = (noise: CountNoise): number => (noise.law === 'discrete-laplace' ? Math.SQRT2 * noise.scale : noise.sigma);

/**
 * The smallest whole t with 1 - (1 - P[1 + X >= t])^L0 <= delta: any of the L0 keys that only one unit has is published
 * with at most that probability. Delta is lowered by the outward margin first, for the error of the elementary functions.
 */
export function thresholdFor(survival: (k: number) => number, spread: number, delta: number, groupsPerUnit: number): number {
  const each = -Math.expm1(Math.log1p(-delta * (1 - 2 ** -30)) / groupsPerUnit);
  const hides = (t: number): boolean => survival(t - 1) <= each;
  let high = 2;
  for (let step = Math.ceil(spread); !hides(high); step *= 2) high += step;
  let low = 1;
  // hides(high) and not hides(low): halve the distance.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (hides(middle)) high = middle;
    else low = middle;
  }
  return high;
}
