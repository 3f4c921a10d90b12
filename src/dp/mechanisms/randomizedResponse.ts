import { checkInteger, checkOptions, checkPositive } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { rationalOf } from '../../numeric/rational.js';
import { bernoulliExp } from '../../random/bernoulliExp.js';
import { secureRandom } from '../../random/secure.js';
import type { RandomSource } from '../../random/source.js';
import { uniformBelow } from '../../random/uniform.js';
import { pureCost, type MechanismCost } from './cost.js';

export interface RandomizedResponseOptions {
  readonly epsilon: number;
  /** How many answers there are; 2 for yes and no. */
  readonly categories: number;
}

export interface RandomizedResponse {
  readonly law: 'randomized-response';
  readonly categories: number;
  spend(): MechanismCost;
  /** The true answer, or another one: a position from 0 to categories - 1. */
  report(truth: number, random?: RandomSource): number;
  /** Unbiased estimates of how many had each answer in truth, from how many reports there were of each. May fall below zero. */
  estimate(reports: ArrayLike<number>): Float64Array;
}

/**
 * Randomized response: each person's answer is blurred before anybody sees it (local differential privacy).
 *
 * **When.** The collector is not trusted with true answers, and answers are few (`categories < 3 exp(epsilon) + 2`).
 * **Convention.** The truth with probability `exp(epsilon) / (exp(epsilon) + categories - 1)`, any other answer with
 * `1 / (exp(epsilon) + categories - 1)`, exactly; OpenDP `make_randomized_response`, also called k-RR or generalised.
 * **Guarantee.** epsilon for one report, for any change of its answer. **Duties.** One report for each person and question; a second one
 * costs again.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_CATEGORIES`
 * @see docs/proofs/randomized-response.md
 * @example
 * const survey = randomizedResponse({ epsilon: Math.log(3), categories: 2 });
 * survey.report(1); // e.g. 1, with probability 3/4
 * [...survey.estimate([60, 40])].map(Math.round); // => [70, 30]
 */
/* @__NO_SIDE_EFFECTS__ */
export function randomizedResponse(options: RandomizedResponseOptions): RandomizedResponse {
  const where = 'randomizedResponse';
  const epsilon = checkPositive(checkOptions(options, where).epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE');
  const categories = checkInteger(options.categories, where, 'categories', 'TOKUMEI_CATEGORIES', 2, 2 ** 32);
  return Object.freeze({
    law: 'randomized-response' as const,
    categories,
    spend: () => pureCost(rationalOf(epsilon)),
    report: (truth: number, random: RandomSource = secureRandom()) => {
      // Not shown in the error: a true answer is personal.
      if (!(Number.isInteger(truth) && truth >= 0 && truth < categories)) {
        throw new TokumeiError('TOKUMEI_CATEGORIES', { where: 'report', parameter: 'truth', expected: `a position from 0 to ${categories - 1}` });
      }
      // The exponential mechanism by rejection: 1 for the truth against exp(-epsilon) for each other answer.
      for (;;) {
        const answer = uniformBelow(categories, random);
        if (answer === truth || bernoulliExp(epsilon, random)) return answer;
      }
    },
    estimate: (reports: ArrayLike<number>) => {
      if (reports.length !== categories) throw new TokumeiError('TOKUMEI_CATEGORIES', { where: 'estimate', parameter: 'reports', expected: `${categories} counts`, received: reports.length });
      let total = 0;
      for (let i = 0; i < categories; i++) total += reports[i] as number;
      // (c - n q) / (p - q) with p = e/(e + k - 1), q = 1/(e + k - 1), divided by e so that a large epsilon does not overflow.
      const decay = Math.exp(-epsilon);
      const spread = 1 + (categories - 1) * decay;
      return Float64Array.from(reports, (c) => (c * spread - total * decay) / -Math.expm1(-epsilon));
    },
  });
}
