import { checkOptions } from '../../core/checks.js';
import type { NoiseLaw } from '../../core/statement.js';
import { normalSurvival } from '../../numeric/normal.js';
import { checkLaw } from '../intervals/rankIntervals.js';
import { noiseDifference, varianceOf, type Weighted } from '../intervals/noiseDifference.js';
import { benjaminiHochberg } from './benjaminiHochberg.js';
import { any, checkNumber, notNegative, positive } from './checks.js';

/** The same item in two protected tables of disjoint periods. */
export interface TrendInput {
  readonly now: number | null;
  readonly before: number | null;
}

export interface TrendOptions {
  /** The noise that the counts have now, and had before; `{ law: 'none' }` for exact ones. */
  readonly noiseNow: NoiseLaw;
  readonly noiseBefore: NoiseLaw;
  /** Items with a smaller count before have no trend: a ratio to next to nothing says nothing. A public number. */
  readonly minimumBefore: number;
  /** How many times as much as before is expected without a trend: 7 for a week against a day. Default 1. */
  readonly exposure?: number;
  /** At most this share of the items shown as rising or falling is expected to be neither. Default 0.05. */
  readonly falseDiscoveryRate?: number;
}

export type TrendState = 'rising' | 'falling' | 'steady' | 'base-too-small' | 'not-ranked';

export interface Trend {
  readonly state: TrendState;
  /** `now - exposure * before`; null where not ranked. */
  readonly change: number | null;
  /** The change in standard deviations of counts and noise together: rank by this, never by a ratio of small counts. */
  readonly z: number | null;
  /** Two-sided, for one item by itself. */
  readonly p: number | null;
  /** Adjusted for the number of items (Benjamini and Hochberg). */
  readonly adjusted: number | null;
}

/**
 * Which items rise or fall against a baseline, with the noise of both counts in the variance.
 *
 * Use it on published or protected counts of two disjoint periods; it spends nothing.
 * `z = (y1 - r y0) / sqrt(y1 + r^2 y0 + s1^2 + r^2 s0^2)` with exposure r. The p-value takes the noise by its exact law
 * (Laplace tails are longer than normal ones) and the counts as Poisson, by the normal law; units that are in both periods
 * make it too large rather than too small. Tests are over the items with a base, adjusted so that of all items shown as
 * moving at most `falseDiscoveryRate` are expected to be steady.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE`, `TOKUMEI_RANK_NOISE`
 * @example
 * const none = { law: 'none' } as const;
 * trends([{ now: 400, before: 200 }, { now: 210, before: 200 }, { now: 9, before: 2 }], { noiseNow: none, noiseBefore: none, minimumBefore: 50 }).map(({ state }) => state); // => ['rising', 'steady', 'base-too-small']
 */
export function trends(items: readonly TrendInput[], options: TrendOptions): Trend[] {
  const where = 'trends';
  const o = checkOptions(options, where);
  const r = checkNumber(o.exposure ?? 1, where, 'exposure', 'finite and > 0', positive);
  const minimum = checkNumber(o.minimumBefore, where, 'minimumBefore', 'finite and > 0', positive);
  const rate = checkNumber(o.falseDiscoveryRate ?? 0.05, where, 'falseDiscoveryRate', 'above 0 and below 1', (value) => value > 0 && value < 1);
  const [noiseNow, noiseBefore] = [checkLaw(o.noiseNow, where), checkLaw(o.noiseBefore, where)];
  const noise = noiseDifference(noiseNow, noiseBefore, r);
  const noiseVariance = varianceOf(noiseNow) + r * r * varianceOf(noiseBefore);
  const tested = items.map((item) => test(item, minimum, r, noise, noiseVariance, where));
  const adjusted = benjaminiHochberg(tested.flatMap(({ p }) => (p === null ? [] : [p])));
  let next = 0;
  return tested.map((trend) => {
    if (trend.p === null) return trend;
    const q = adjusted[next++]!;
    return { ...trend, adjusted: q, state: q > rate ? 'steady' : trend.change! > 0 ? 'rising' : 'falling' };
  });
}

function test({ now, before }: TrendInput, minimum: number, r: number, noise: readonly Weighted[], noiseVariance: number, where: string): Trend {
  if (now === null || before === null) return { state: 'not-ranked', change: null, z: null, p: null, adjusted: null };
  checkNumber(now, where, 'now', 'finite numbers, or null where suppressed', any);
  const change = now - r * checkNumber(before, where, 'before', 'finite numbers, or null where suppressed', any);
  if (!notNegative(before - minimum)) return { state: 'base-too-small', change, z: null, p: null, adjusted: null };
  // A noisy count below zero stands for a small one.
  const counts = Math.max(now, 0) + r * r * before;
  const sd = Math.sqrt(counts);
  // The noise is symmetric, so both tails are alike.
  const tail = noise.reduce((sum, { value, probability }) => sum + 2 * probability * normalSurvival((Math.abs(change) - value) / sd), 0);
  return { state: 'steady', change, z: change / Math.sqrt(counts + noiseVariance), p: Math.min(1, tail), adjusted: null };
}
