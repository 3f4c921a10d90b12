import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { NoiseLaw } from '../../core/statement.js';
import { checkOrder, type RankOrder } from '../order/rankTies.js';
import { rangeQuantile, type Draws } from './noiseRange.js';
import { RANK_TARGETS, type RankComparison, type RankInterval, type RankTarget } from './target.js';

export interface RankIntervalOptions {
  /** The law of the noise in all values, or of each value, in steps. Noise that all values share is none: it cancels in every comparison. */
  readonly noise: NoiseLaw | readonly NoiseLaw[];
  /** Of which ranking the intervals speak: the caller's claim about the values, written next to the result. */
  readonly target: RankTarget;
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default `simultaneous`. */
  readonly comparison?: RankComparison;
  /** Default `descending`: the largest value is first. */
  readonly order?: RankOrder;
  /** Values are whole multiples of this; default 1. */
  readonly step?: number;
  /** Steps by which the gap is widened; 1 where a threshold on the same noise decided which values are here. Default 0. */
  readonly spare?: number;
}

export interface RankIntervals {
  /** In the order of the values; null where a value is not a finite number. */
  readonly intervals: readonly (RankInterval | null)[];
  /** Two values that differ by more than this are told apart. */
  readonly gap: number;
  readonly target: RankTarget;
  readonly confidence: number;
  readonly comparison: RankComparison;
}

/**
 * For each noisy value the places that its true value can have, as far as the known noise tells. Spends no budget.
 *
 * Use it on counts with independent noise of a stated law, all in one list. Item j is placed above item i when its
 * value is larger by more than `gap`; the interval of i then runs from 1 + (how many are above) to n - (how many are
 * below), and covers both ends of a true tie. `simultaneous`: with probability at least `confidence` all intervals hold
 * together. `pairwise`: each single comparison holds with that probability; the intervals as wholes may hold less often.
 *
 * The gap is the exact quantile of (largest - smallest noise), not simulated and never too small; it depends on the
 * number of values and their laws alone. With a threshold on the same noise it still holds for a gap one step wider, `spare: 1`
 * (docs/proofs/rank-intervals.md). It covers noise alone: neither what bounds cut off nor chance in who used the service.
 *
 * Nothing like it in R, numpy, ARX or OpenDP; R `csranks` is for sampling error. Cost: O(n log n) and about 10 ms for the gap.
 *
 * @throws {TokumeiError} `TOKUMEI_RANK_TARGET`, `TOKUMEI_CONFIDENCE`, `TOKUMEI_RANK_COMPARISON`, `TOKUMEI_RANK_ORDER`,
 * `TOKUMEI_RANK_NOISE`, `TOKUMEI_RANK_STEP` for a value that is no multiple of `step`.
 * @example
 * const { intervals, gap } = rankIntervals([500, 480, 90], { noise: { law: 'discrete-laplace', scale: 5 }, target: 'bounded-counts' });
 * gap; // => 25
 * intervals; // => [[1, 2], [1, 2], [3, 3]]
 */
export function rankIntervals(values: readonly (number | null | undefined)[], options: RankIntervalOptions): RankIntervals {
  const where = 'rankIntervals';
  const o = checkOptions(options, where);
  const target = checkOneOf(o.target, where, 'target', 'TOKUMEI_RANK_TARGET', RANK_TARGETS);
  const comparison = checkOneOf(o.comparison ?? 'simultaneous', where, 'comparison', 'TOKUMEI_RANK_COMPARISON', ['simultaneous', 'pairwise']);
  const confidence = checkConfidence(o.confidence ?? 0.95, where);
  const order = checkOrder(o.order, where);
  const step = checkStep(o.step ?? 1, where);
  const inSteps = values.map((value) => toSteps(value, step, where));
  const spare = o.spare === undefined ? 0 : checkInteger(o.spare, where, 'spare', 'TOKUMEI_RANK_STEP', 0);
  const gap = resolvableGap(drawsOf(inSteps, o.noise, where), confidence, comparison) + spare;
  const directed = inSteps.map((value) => (value === null || order === 'descending' ? value : -value));
  return { intervals: placesByGap(directed, gap), gap: gap * step, target, confidence, comparison };
}

/** The gap that the noise of a list can resolve, in steps. */
export function resolvableGap(draws: readonly Draws[], confidence: number, comparison: RankComparison): number {
  if (comparison === 'simultaneous') return rangeQuantile(draws, confidence);
  let gap = 0;
  for (const [at, { law, count }] of draws.entries()) {
    if (count > 1) gap = Math.max(gap, rangeQuantile([{ law, count: 2 }], confidence));
    for (const { law: other } of draws.slice(at + 1)) {
      gap = Math.max(gap, rangeQuantile([{ law, count: 1 }, { law: other, count: 1 }], confidence));
    }
  }
  return gap;
}

/** Intervals when values that differ by more than `gap` are told apart; larger is better. */
export function placesByGap(values: readonly (number | null)[], gap: number): (RankInterval | null)[] {
  const sorted = values.filter((value) => value !== null).sort((a, b) => b - a);
  const n = sorted.length;
  const places = new Map<number, RankInterval>();
  let above = 0;
  let notBelow = 0;
  for (const value of sorted) {
    while (sorted[above]! - value > gap) above++;
    while (notBelow < n && value - sorted[notBelow]! <= gap) notBelow++;
    places.set(value, [above + 1, notBelow]);
  }
  return values.map((value) => (value === null ? null : places.get(value)!));
}

/** How many values have which law. */
function drawsOf(values: readonly (number | null)[], noise: NoiseLaw | readonly NoiseLaw[], where: string): Draws[] {
  const list = Array.isArray(noise) ? (noise as readonly NoiseLaw[]) : undefined;
  if (list !== undefined && list.length !== values.length) {
    throw new TokumeiError('TOKUMEI_RANK_NOISE', { where, parameter: 'noise', expected: 'one law, or one for each value' });
  }
  const counted = new Map<string, { law: NoiseLaw; count: number }>();
  values.forEach((value, at) => {
    const law = checkLaw(list === undefined ? (noise as NoiseLaw) : list[at]!, where);
    if (value === null) return;
    const id = JSON.stringify(law);
    const known = counted.get(id);
    if (known === undefined) counted.set(id, { law, count: 1 });
    else known.count++;
  });
  return [...counted.values()];
}

export function checkLaw(law: NoiseLaw, where: string): NoiseLaw {
  const fits = (size: unknown): boolean => typeof size === 'number' && size > 0 && size <= 17592186044416;
  if (typeof law === 'object' && law !== null) {
    if (law.law === 'none') return { law: 'none' };
    if (law.law === 'discrete-laplace' && fits(law.scale)) return { law: 'discrete-laplace', scale: law.scale };
    if (law.law === 'discrete-gaussian' && fits(law.sigma)) return { law: 'discrete-gaussian', sigma: law.sigma };
  }
  throw new TokumeiError('TOKUMEI_RANK_NOISE', { where, parameter: 'noise', expected: "{ law: 'discrete-laplace', scale }, { law: 'discrete-gaussian', sigma } or { law: 'none' }, above 0 and at most 2^44" });
}

/** @throws {TokumeiError} `TOKUMEI_CONFIDENCE` */
export function checkConfidence(confidence: unknown, where: string): number {
  if (typeof confidence === 'number' && confidence >= 0.5 && confidence <= 0.999999) return confidence;
  throw new TokumeiError('TOKUMEI_CONFIDENCE', { where, parameter: 'confidence', expected: 'from 0.5 to 0.999999', received: confidence });
}

function checkStep(step: unknown, where: string): number {
  if (typeof step === 'number' && Number.isFinite(step) && step > 0) return step;
  throw new TokumeiError('TOKUMEI_RANK_STEP', { where, parameter: 'step', expected: 'finite and > 0', received: step });
}

/** A value as a number of steps; null where it is no finite number. @throws {TokumeiError} `TOKUMEI_RANK_STEP` */
export function toSteps(value: number | null | undefined, step: number, where: string): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const steps = Math.round(value / step);
  if (Math.abs(value / step - steps) <= 1e-6 && Number.isSafeInteger(steps)) return steps;
  throw new TokumeiError('TOKUMEI_RANK_STEP', { where, parameter: 'values', expected: `multiples of ${step}, as the noise law says` });
}
