import { any, checkNumber, notNegative, positive } from './checks.js';

/**
 * A mean that is drawn towards a prior one: `(priorWeight * priorMean + sum) / (priorWeight + count)`.
 *
 * `priorWeight` is worth that many votes at `priorMean`. Both are public or come out of the budget: a mean taken from
 * the exact data is a release of its own. IMDb's weighted rating is this with its own mean and a minimum of votes.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless `priorWeight` > 0, `count` >= 0 and all are finite.
 * @example
 * bayesianAverage({ sum: 800, count: 100, priorMean: 7, priorWeight: 500 }).toFixed(5); // => '7.16667'
 */
export function bayesianAverage(o: { readonly sum: number; readonly count: number; readonly priorMean: number; readonly priorWeight: number }): number {
  const where = 'bayesianAverage';
  const weight = checkNumber(o.priorWeight, where, 'priorWeight', 'finite and > 0', positive);
  const mean = checkNumber(o.priorMean, where, 'priorMean', 'finite', any);
  const count = checkNumber(o.count, where, 'count', 'finite and >= 0', notNegative);
  return (weight * mean + checkNumber(o.sum, where, 'sum', 'finite', any)) / (weight + count);
}
