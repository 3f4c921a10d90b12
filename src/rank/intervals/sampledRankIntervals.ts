import { checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { NoiseLaw } from '../../core/statement.js';
import { betaCdf } from '../../numeric/beta.js';
import { checkConfidence, checkLaw } from './rankIntervals.js';
import type { RankComparison, RankInterval } from './target.js';

export interface SampledRankIntervalOptions {
  /** The law of independent noise on each count, in units; left out for exact counts. */
  readonly noise?: NoiseLaw;
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default `simultaneous`. */
  readonly comparison?: RankComparison;
}

export interface SampledRankIntervals {
  readonly intervals: readonly (RankInterval | null)[];
  readonly target: 'population';
  /** What the intervals cover: chance in who is among the units, alone or with the noise. */
  readonly error: 'sampling' | 'both';
  readonly confidence: number;
  readonly comparison: RankComparison;
}

/**
 * For counts of distinct units, the places that each group can have in the larger population that the units are a sample of.
 *
 * Use it where the people in the data stand for others: would another week's people rank the groups the same? Units are
 * taken as drawn independently, each in any number of groups. Given how many are in just one of two groups, which one is a fair
 * coin where both are equally popular: a binomial test without approximation for exact counts (60 against 40 of 100: two-sided
 * p 0.0569); with noise, a bound by the moment generating functions of coins and noise, which is not too small.
 * `simultaneous` divides the error by the number of ordered pairs (Bonferroni). Wider than intervals for noise alone.
 *
 * R: `csranks` (asymptotic); Bazylik, Mogstad, Romano, Shaikh and Wilhelm 2024 for the binomial test. Cost: O(n^2).
 *
 * @throws {TokumeiError} `TOKUMEI_CONFIDENCE`, `TOKUMEI_RANK_COMPARISON`, `TOKUMEI_RANK_NOISE`; `TOKUMEI_RANK_STEP` for exact counts that are no whole numbers >= 0.
 * @see docs/proofs/rank-intervals.md
 * @example
 * sampledRankIntervals([600, 400, 390]).intervals; // => [[1, 1], [2, 3], [2, 3]]
 */
export function sampledRankIntervals(counts: readonly (number | null | undefined)[], options: SampledRankIntervalOptions = {}): SampledRankIntervals {
  const where = 'sampledRankIntervals';
  const o = checkOptions(options, where);
  const confidence = checkConfidence(o.confidence ?? 0.95, where);
  const comparison = checkOneOf(o.comparison ?? 'simultaneous', where, 'comparison', 'TOKUMEI_RANK_COMPARISON', ['simultaneous', 'pairwise']);
  const noise = o.noise === undefined ? ({ law: 'none' } as const) : checkLaw(o.noise, where);
  const places = counts.flatMap((count, i) => (Number.isFinite(count) ? [i] : []));
  const n = places.length;
  // One side of each pair: two for `pairwise`, all ordered pairs for `simultaneous`.
  const alpha = (1 - confidence) / (comparison === 'pairwise' ? 2 : Math.max(2, n * (n - 1)));
  const value = (i: number): number => counts[i] as number;
  const above = noise.law === 'none' ? exactly(alpha, where) : noisily(noise, alpha);
  const intervals: (RankInterval | null)[] = counts.map(() => null);
  for (const i of places) {
    const better = places.filter((j) => value(j) > value(i) && above(value(j), value(i))).length;
    const worse = places.filter((j) => value(j) < value(i) && above(value(i), value(j))).length;
    intervals[i] = [1 + better, n - worse];
  }
  return { intervals, target: 'population', error: noise.law === 'none' ? 'sampling' : 'both', confidence, comparison };
}

/** Whether the larger of two counts is above the smaller with one-sided error `alpha`. */
type Above = (larger: number, smaller: number) => boolean;

/** P[Bin(a + b, 1/2) >= a] = I(1/2; a, b + 1). Units in both groups only lower it: the binomial of fewer coins has shorter tails. */
function exactly(alpha: number, where: string): Above {
  return (larger, smaller) => {
    if (!Number.isSafeInteger(larger) || !Number.isSafeInteger(smaller) || smaller < 0) {
      throw new TokumeiError('TOKUMEI_RANK_STEP', { where, parameter: 'counts', expected: 'whole numbers >= 0 where they are exact' });
    }
    return betaCdf(0.5, larger, smaller + 1) <= alpha;
  };
}

/** A tenth of the error is for the number of coins, which is known up to noise; the rest for the difference. */
function noisily(noise: Exclude<NoiseLaw, { readonly law: 'none' }>, alpha: number): Above {
  // Twice the one-sided bound on one draw: the sum of two draws is above it less often than either half.
  const spare = 2 * noiseBound(noise, alpha / 20);
  return (larger, smaller) => {
    const coins = Math.max(0, larger + smaller + spare);
    return tailBound(larger - smaller, coins, noise) <= alpha * 0.9;
  };
}

/** x with P[noise > x] <= alpha. */
function noiseBound(noise: Exclude<NoiseLaw, { readonly law: 'none' }>, alpha: number): number {
  return noise.law === 'discrete-laplace' ? noise.scale * Math.log(1 / alpha) : noise.sigma * Math.sqrt(2 * Math.log(1 / alpha));
}

/**
 * P[S + Z >= t] <= exp(-l t) E[exp(l S)] E[exp(l Z)] for every l > 0: S a sum of `coins` fair signs, Z a difference of two
 * draws. A sign has cosh(l) <= exp(l²/2); a discrete Gaussian has at most exp(sigma² l²/2); a discrete Laplace with
 * q = exp(-1/scale) has (1 - q)² / ((1 - q e^l)(1 - q e^-l)) for l < 1/scale.
 */
function tailBound(t: number, coins: number, noise: Exclude<NoiseLaw, { readonly law: 'none' }>): number {
  if (noise.law === 'discrete-gaussian') return Math.exp((-t * t) / (2 * (coins + 2 * noise.sigma ** 2)));
  const rate = 1 / noise.scale;
  const log = (l: number): number => -l * t + (coins * l * l) / 2 + 2 * (2 * Math.log(-Math.expm1(-rate)) - Math.log(-Math.expm1(l - rate)) - Math.log(-Math.expm1(-l - rate)));
  // Convex in l: the least value between 0 and the rate, by thirds; any l gives a bound that holds.
  let [low, high] = [0, rate];
  for (let step = 0; step < 60; step++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (log(a) < log(b)) high = b;
    else low = a;
  }
  return Math.exp(Math.min(0, log((low + high) / 2)));
}
