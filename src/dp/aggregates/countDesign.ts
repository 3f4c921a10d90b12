import { TokumeiError } from '../../core/errors.js';
import type { Spend } from '../budget/spend.js';
import { checkSpendRange, costOf, needsDelta, type Cost } from './engine/cost.js';
import { deviation, noiseFor, type CountLaw, type CountNoise } from './engine/noise.js';
import { thresholdFor } from '../selection/thresholdFor.js';

/** All that a private count of units by group needs to know before it sees data. Public. */
export interface CountDesign {
  /** How many counts one unit moves at most: `groupsPerUnit`, or all declared keys where there are fewer. */
  readonly l0: number;
  readonly noise: CountNoise;
  /** Smallest noisy count at which a discovered key is published; null for declared keys, which are published all. */
  readonly threshold: number | null;
  /** A discovered key that fewer units have is never published, whatever the noise; the threshold is higher by one less. */
  readonly minUnits: number;
  /** What is guaranteed: less than the slice where the mechanism does not need its delta. */
  readonly cost: Cost;
}

/**
 * Noise for counts of distinct units, each unit in at most `groupsPerUnit` groups, and the threshold for discovered keys.
 * `declared` is the number of public keys, or `'discover'`.
 *
 * Without `law`: for declared keys the one with the smaller standard deviation; for discovered ones that with the smaller
 * product of threshold and standard deviation, so that what is not shown and how far off the rest is weigh alike. Laplace
 * grows with L0, Gaussian with its root but with a dearer start. The choice is made from public figures alone.
 * Proof: docs/proofs/count-units.md; the rule: docs/decisions/dp-choice-of-noise.md.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_NEEDED`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_RHO_RANGE`
 */
export function designCounts(where: string, spend: Spend, groupsPerUnit: number, declared: number | 'discover', law?: CountLaw, minUnits = 1): CountDesign {
  checkSpendRange(where, spend);
  const discover = declared === 'discover';
  const zcdp = spend.measure === 'zcdp';
  const l0 = discover ? groupsPerUnit : Math.min(groupsPerUnit, declared);
  if (discover) needsDelta(where, spend);
  if (law === 'gaussian' && !zcdp && spend.delta === 0) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', { where, message: 'Gaussian noise needs delta > 0' });
  }
  const design = (by: CountLaw): CountDesign => {
    const gaussian = by === 'gaussian';
    // Under epsilon and delta, Gaussian noise takes half of delta where keys need the other half.
    const half = gaussian && discover && !zcdp ? spend.delta / 2 : spend.delta;
    const noise = noiseFor(where, gaussian && spend.measure === 'approximate' ? { ...spend, delta: half } : spend, { places: l0, each: 1, counted: true }, by);
    return { l0, noise, threshold: discover ? thresholdFor(noise, half, l0) + minUnits - 1 : null, minUnits, cost: costOf(spend, gaussian, discover) };
  };
  // For one group, or without delta, Gaussian noise cannot win: sigma is above sqrt(L0) / epsilon for any delta in use.
  if (law === 'laplace' || (!zcdp && (spend.delta === 0 || (law === undefined && l0 === 1)))) return design('laplace');
  const gaussian = design('gaussian');
  if (law === 'gaussian') return gaussian;
  const laplace = design('laplace');
  return badness(gaussian) < badness(laplace) ? gaussian : laplace;
}

const badness = ({ noise, threshold }: CountDesign): number => deviation(noise) * (threshold ?? 1);
