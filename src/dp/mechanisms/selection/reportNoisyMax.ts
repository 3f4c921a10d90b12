import { checkOneOf, checkOptions } from '../../../core/checks.js';
import { exponentialMechanism } from './exponential.js';
import type { SelectionMechanism, SelectionOptions } from './options.js';
import { permuteAndFlip } from './permuteAndFlip.js';

/**
 * Report-noisy-max: the candidate whose score is largest after noise was added to each.
 *
 * With exponential noise the choice has the law of {@link permuteAndFlip} (Ding et al. 2021), with Gumbel noise that of
 * {@link exponentialMechanism}; it is drawn in those ways, exactly, since noise in floating point has no stated privacy and noise on whole
 * numbers would tie. Costs and duties are theirs; only the winner is published, never a noisy score.
 *
 * @throws {TokumeiError} `TOKUMEI_OPTIONS` for another noise; else as `exponentialMechanism`
 * @example
 * reportNoisyMax({ noise: 'exponential', epsilon: 1, sensitivity: 1 }).choose([12, 8, 11]); // e.g. [0]
 */
/* @__NO_SIDE_EFFECTS__ */
export function reportNoisyMax(options: SelectionOptions & { readonly noise: 'exponential' | 'gumbel' }): SelectionMechanism {
  const where = 'reportNoisyMax';
  const noise = checkOneOf(checkOptions(options, where).noise, where, 'noise', 'TOKUMEI_OPTIONS', ['exponential', 'gumbel']);
  return noise === 'gumbel' ? exponentialMechanism(options) : permuteAndFlip(options);
}
