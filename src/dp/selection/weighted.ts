import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { outwardMargin } from '../../numeric/outward.js';
import { smallestInteger } from '../../numeric/roots.js';
import { checkDeltaAbove0, checkEpsilonAbove0 } from '../accounting/checks.js';
import { discreteGaussianDelta, discreteGaussianSigma } from '../accounting/discreteGaussian.js';
import { discreteGaussianSurvival } from '../accounting/laws/discreteGaussian.js';
import { checkPreThreshold, checkProbability, deltaPerKey, divideDelta, type SelectionOptions } from './checks.js';
import { thresholdFor } from './thresholdFor.js';

/** Selection of names by a threshold on noisy weights: a unit with few keys weighs more on each of them. */
export interface WeightedSelection {
  readonly rule: 'weighted-gaussian-threshold';
  readonly epsilon: number;
  readonly delta: number;
  readonly groupsPerUnit: number;
  /** A key held by fewer distinct units than this is never shown; 1 where no such floor was asked for. */
  readonly preThreshold: number;
  /** Weights are whole numbers of steps; a unit with one key gives it this many. */
  readonly fullWeight: number;
  /** The weight, in steps, that a unit with this many keys (after bounding) gives to each of them. */
  weightOf(keysOfUnit: number): number;
  /** In steps. */
  readonly noise: { readonly law: 'discrete-gaussian'; readonly sigma: number };
  /** A key is shown when its noisy weight reaches this many steps. */
  readonly threshold: number;
  readonly deltas: { readonly noise: number; readonly threshold: number };
  /** The probability that a key of this total weight, in steps, is shown. */
  keepProbability(weight: number): number;
  /** The least number of units, each with `keysOfUnit` keys, whose key is shown with at least this probability. */
  leastCount(probability: number, keysOfUnit: number): number;
}

/** What of a weighted selection selects keys. */
export type WeightedRule = Pick<WeightedSelection, 'fullWeight' | 'noise' | 'threshold' | 'deltas' | 'preThreshold' | 'weightOf'>;

/** Fine enough that rounding weights costs less than 1e-5 of them up to 100 keys per unit. */
const defaultWeight = 2 ** 20;

/**
 * The rule for large domains, where most units have far fewer than L0 keys: a unit with t keys adds `1 / sqrt(t)` to each,
 * so that every unit moves the weights by at most 1 in L2, and Gaussian noise and a threshold hide what one unit alone has.
 * It shows names only: the weights are no counts.
 *
 * S. Gopi, P. Gulhane, J. Kulkarni, J. H. Shen, M. Shokouhi, S. Yekhanin, "Differentially private set union" (2020), on
 * whole steps: weights are rounded down, noise is discrete and calibrated exactly for every t from 1 to L0
 * (docs/proofs/key-selection.md). Cost: linear in L0. With `preThreshold` m a key is shown when its weight is more than
 * m - 1 units can give it, each the full weight, and the threshold is higher by that much: at least m units have it for certain.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_SHARES`, `TOKUMEI_PRE_THRESHOLD`.
 */
export function weightedSelection(o: WeightedOptions): WeightedSelection {
  const where = 'weightedSelection';
  const made = weightedRule(where, o);
  const { threshold, fullWeight, preThreshold, noise, weightOf } = made;
  const survival = (k: number): number => discreteGaussianSurvival(noise.sigma, k);
  const shift = (preThreshold - 1) * fullWeight;
  return {
    rule: 'weighted-gaussian-threshold',
    epsilon: o.epsilon,
    delta: o.delta,
    groupsPerUnit: o.groupsPerUnit,
    ...made,
    // A key that no unit has, or not enough, is not there to be selected.
    keepProbability: (total) => (Math.floor(total) > shift ? survival(threshold - Math.floor(total)) * (1 - outwardMargin) : 0),
    leastCount: (probability, keysOfUnit) => {
      const least = checkProbability(probability, where);
      const w = weightOf(keysOfUnit);
      return smallestInteger((n) => n * w > shift && survival(threshold - n * w) >= least, 1, 2 ** 53);
    },
  };
}

type WeightedOptions = SelectionOptions & { readonly thresholdShare?: number; readonly fullWeight?: number; readonly preThreshold?: number };

/** The weights, the noise and the threshold. @throws {TokumeiError} as {@link weightedSelection}. */
export function weightedRule(where: string, o: WeightedOptions): WeightedRule {
  const epsilon = checkEpsilonAbove0(o.epsilon, where);
  const delta = checkDeltaAbove0(o.delta, where);
  const groupsPerUnit = checkInteger(o.groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 1e5);
  const fullWeight = o.fullWeight === undefined ? defaultWeight : checkInteger(o.fullWeight, where, 'fullWeight', 'TOKUMEI_STEP_RANGE', 1, 2 ** 26);
  const preThreshold = checkPreThreshold(o.preThreshold, where);
  const deltas = divideDelta(delta, o.thresholdShare, where);
  if (weight(fullWeight, groupsPerUnit) < 1) throw new TokumeiError('TOKUMEI_STEP_RANGE', { where, parameter: 'fullWeight', expected: 'at least sqrt(groupsPerUnit)', received: fullWeight });
  const noise = { law: 'discrete-gaussian', sigma: calibrate(epsilon, deltas.noise, groupsPerUnit, fullWeight) } as const;
  let threshold = 0;
  for (let t = 1; t <= groupsPerUnit; t++) {
    const each = weight(fullWeight, t);
    // Only where it could raise the threshold: the tail at the present one tells.
    if (discreteGaussianSurvival(noise.sigma, threshold - each) > deltaPerKey(deltas.threshold, t)) threshold = thresholdFor(noise, deltas.threshold, t, each);
  }
  return {
    preThreshold,
    fullWeight,
    weightOf: (keys) => weight(fullWeight, checkInteger(keys, where, 'keysOfUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, groupsPerUnit)),
    noise,
    threshold: threshold + (preThreshold - 1) * fullWeight,
    deltas,
  };
}

/** The largest w with t w^2 <= full^2. */
function weight(full: number, t: number): number {
  let w = Math.floor(full / Math.sqrt(t));
  while (t * w * w > full * full) w--;
  while (t * (w + 1) * (w + 1) <= full * full) w++;
  return w;
}

/** A sigma that holds for units with 1, 2, … up to L0 keys: the least for those that come closest to the full weight, then checked for all. */
function calibrate(epsilon: number, delta: number, groupsPerUnit: number, full: number): number {
  let sigma = discreteGaussianSigma({ epsilon, delta, l0: 1, linf: full });
  for (let t = 2; t <= groupsPerUnit; t++) {
    const linf = weight(full, t);
    if (discreteGaussianDelta({ sigma, epsilon, l0: t, linf }) > delta * (1 - outwardMargin)) {
      sigma = Math.max(sigma, discreteGaussianSigma({ epsilon, delta, l0: t, linf }));
      t = 0;
    }
  }
  return sigma;
}
