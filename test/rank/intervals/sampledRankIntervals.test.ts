import { describe, expect, test } from 'vitest';
import type { NoiseLaw } from '../../../src/core/index.js';
import { rankIntervals, sampledRankIntervals } from '../../../src/rank/index.js';
import { gaussianDraw, laplaceDraw, seededUniform } from '../support/draws.js';

describe('sampledRankIntervals', () => {
  test('tests exact counts as coins: 60 against 40 has two-sided p 0.0569', () => {
    const apart = (confidence: number): boolean => sampledRankIntervals([60, 40], { comparison: 'pairwise', confidence }).intervals[1]![0] === 2;
    expect(apart(1 - 0.0569)).toBe(true);
    expect(apart(1 - 0.0568)).toBe(false);
    expect(sampledRankIntervals([60, 40])).toMatchObject({ intervals: [[1, 2], [1, 2]], target: 'population', error: 'sampling' });
    expect(sampledRankIntervals([5, null, NaN, 5, 0]).intervals).toEqual([[1, 3], null, null, [1, 3], [1, 3]]);
  });

  test('is never narrower than intervals for the noise alone', () => {
    const counts = Array.from({ length: 30 }, (_, i) => 2000 - 60 * i);
    for (const noise of [{ law: 'discrete-laplace', scale: 5 }, { law: 'discrete-gaussian', sigma: 12 }] as NoiseLaw[]) {
      const both = sampledRankIntervals(counts, { noise });
      expect(both.error).toBe('both');
      const alone = rankIntervals(counts, { noise, target: 'bounded-counts' });
      both.intervals.forEach((interval, i) => {
        expect(interval![0]).toBeLessThanOrEqual(alone.intervals[i]![0]);
        expect(interval![1]).toBeGreaterThanOrEqual(alone.intervals[i]![1]);
      });
      expect(both.intervals[0]![1]).toBeLessThan(10);
    }
  });

  // The population's ranks, from samples of 400 units that are each in several groups; a true 0.95 misses in more than
  // 12 % of 150 samples with probability 3e-4. Seeds are fixed.
  test.each([
    ['exact counts', undefined],
    ['Laplace noise', { law: 'discrete-laplace', scale: 3 }],
    ['Gaussian noise', { law: 'discrete-gaussian', sigma: 8 }],
  ] as [string, NoiseLaw | undefined][])('covers the ranks of the population: %s', (_, noise) => {
    const uniform = seededUniform(51);
    const popularity = [0.62, 0.6, 0.4, 0.38, 0.38, 0.2, 0.1, 0.09, 0.09, 0.02];
    let missed = 0;
    let width = 0;
    for (let run = 0; run < 150; run++) {
      const counts = popularity.map(() => 0);
      for (let unit = 0; unit < 400; unit++) {
        // Keen units are in more groups, so that groups overlap.
        const keen = 0.5 + uniform();
        popularity.forEach((p, i) => (counts[i]! += Number(uniform() < p * keen)));
      }
      const noisy = counts.map((count) => count + (noise === undefined ? 0 : noise.law === 'discrete-laplace' ? laplaceDraw(3, uniform) : gaussianDraw(8, uniform)));
      const { intervals } = sampledRankIntervals(noisy, noise === undefined ? {} : { noise });
      missed += Number(!intervals.every((interval, i) => interval![0] <= 1 + popularity.filter((p) => p > popularity[i]!).length && interval![1] >= popularity.filter((p) => p >= popularity[i]!).length));
      width += intervals.reduce((sum, interval) => sum + interval![1] - interval![0] + 1, 0) / 10;
    }
    expect(missed / 150).toBeLessThan(0.12);
    expect(width / 150).toBeLessThan(5);
  });

  test('refuses wrong options', () => {
    expect(() => sampledRankIntervals([1], { confidence: 2 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_CONFIDENCE' }));
    expect(() => sampledRankIntervals([1], { comparison: 'all' as never })).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANK_COMPARISON' }));
    expect(() => sampledRankIntervals([1], { noise: { law: 'x' } as never })).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANK_NOISE' }));
    for (const counts of [[1.5, 1], [3, -1]]) expect(() => sampledRankIntervals(counts)).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANK_STEP' }));
  });
});
