import { any, checkNumber, notNegative, positive } from './checks.js';

/**
 * How far a count is from what was expected, in standard deviations of a Poisson count: `(x - mu) / sqrt(mu)`.
 *
 * For exact counts; protected ones have noise too, see `trends`.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless `expected` > 0.
 * @example
 * poissonZ(40, 20).toFixed(3); // => '4.472'
 */
export function poissonZ(observed: number, expected: number): number {
  const mu = checkNumber(expected, 'poissonZ', 'expected', 'finite and > 0', positive);
  return (checkNumber(observed, 'poissonZ', 'observed', 'finite', any) - mu) / Math.sqrt(mu);
}

/** A share: `successes` of `trials`. */
export interface ShareOfTrials {
  readonly successes: number;
  readonly trials: number;
}

/**
 * How far two shares are apart, in standard deviations if they were one share; 0 where neither or all succeeded.
 *
 * R: the signed root of `prop.test(x, n, correct = FALSE)$statistic`.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless 0 <= successes <= trials and trials > 0.
 * @example
 * twoProportionZ({ successes: 40, trials: 1000 }, { successes: 20, trials: 1000 }).toFixed(4); // => '2.6216'
 */
export function twoProportionZ(a: ShareOfTrials, b: ShareOfTrials): number {
  const [x, y] = [checkShare(a, 'twoProportionZ'), checkShare(b, 'twoProportionZ')];
  const pooled = (x.successes + y.successes) / (x.trials + y.trials);
  const variance = pooled * (1 - pooled) * (1 / x.trials + 1 / y.trials);
  return variance === 0 ? 0 : (x.successes / x.trials - y.successes / y.trials) / Math.sqrt(variance);
}

/**
 * The likelihood-ratio statistic G of two shares being one; chi-square with one degree of freedom when they are.
 *
 * R: `DescTools::GTest`. Dunning 1993 recommends it over chi-square for rare events.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless 0 <= successes <= trials and trials > 0.
 * @example
 * gStatistic({ successes: 40, trials: 1000 }, { successes: 20, trials: 1000 }).toFixed(4); // => '7.0022'
 */
export function gStatistic(a: ShareOfTrials, b: ShareOfTrials): number {
  const [x, y] = [checkShare(a, 'gStatistic'), checkShare(b, 'gStatistic')];
  const pooled = (x.successes + y.successes) / (x.trials + y.trials);
  const term = (seen: number, expected: number): number => (seen === 0 ? 0 : seen * Math.log(seen / expected));
  const of = ({ successes, trials }: ShareOfTrials): number => term(successes, trials * pooled) + term(trials - successes, trials * (1 - pooled));
  return Math.max(0, 2 * (of(x) + of(y)));
}

function checkShare({ successes, trials }: ShareOfTrials, where: string): ShareOfTrials {
  checkNumber(trials, where, 'trials', 'finite and > 0', positive);
  checkNumber(successes, where, 'successes', 'from 0 to trials', (value) => notNegative(value) && value <= trials);
  return { successes, trials };
}
