import { betaQuantile } from './beta.js';

/**
 * The lower end of a one-sided Clopper-Pearson interval: the least probability of success under which `hits` or more
 * of `trials` are not rarer than `alpha`. R's `binom.test(hits, trials, alternative = 'greater')$conf.int[1]`.
 */
export function clopperPearsonLower(hits: number, trials: number, alpha: number): number {
  return hits === 0 ? 0 : betaQuantile(alpha, hits, trials - hits + 1);
}

/** The upper end: the largest probability of success under which `hits` or fewer of `trials` are not rarer than `alpha`. */
export function clopperPearsonUpper(hits: number, trials: number, alpha: number): number {
  return hits === trials ? 1 : 1 - betaQuantile(alpha, trials - hits, hits + 1);
}
