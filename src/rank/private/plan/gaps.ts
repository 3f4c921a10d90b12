import type { NoiseLaw } from '../../../core/statement.js';
import { noiseDifference } from '../../intervals/noiseDifference.js';
import { rangeQuantile } from '../../intervals/noiseRange.js';
import type { MeasurementDesign } from './types.js';

/** With this probability at most, two given groups that differ by the gap stand in the wrong order. */
const WRONG = 0.05;

/** For a gap, a bound on the probability that a pair which differs by it comes out in the wrong order. */
export type WrongOrder = (gap: number) => number;

/** For independent noise on each: the smaller one is not below with P[D >= gap], D the difference of two draws. In steps. */
export function noiseGap(noise: NoiseLaw): number {
  // P[|D| <= w] >= 0.9 leaves 0.05 above w on one side.
  return rangeQuantile([{ law: noise, count: 2 }], 1 - 2 * WRONG) + 1;
}

/**
 * For choices with probability proportional to exp(count / scale): of two groups the smaller is chosen first with
 * probability 1 / (1 + exp(gap / scale)), whatever else there is. Permute-and-flip errs no more often.
 */
export const choiceGap = (scale: number): number => scale * Math.log(1 / WRONG - 1);

export const wrongByChoice = (scale: number): WrongOrder => (gap) => 1 / (1 + Math.exp(gap / scale));

export function wrongByNoise({ noise, step }: MeasurementDesign): WrongOrder {
  const difference = noiseDifference(noise, noise, 1, 'level');
  return (gap) => difference.reduce((sum, { value, probability }) => sum + (value * step >= gap ? probability : 0), 0);
}

/** The gap for two steps of which either may get the order wrong. */
export function eitherGap(first: WrongOrder, second: WrongOrder): number {
  const few = (gap: number): boolean => first(gap) + second(gap) <= WRONG;
  let high = 1;
  while (!few(high)) high *= 2;
  // Both fall with the gap, in jumps; of the bracket the end is taken at which they are small enough. Counts are whole: less than a thousandth of one is nothing.
  for (let low = 0; high - low > Math.max(high, 1) / 1000; ) {
    const middle = (low + high) / 2;
    if (few(middle)) high = middle;
    else low = middle;
  }
  return high;
}
