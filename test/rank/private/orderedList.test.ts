import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderedList } from '../../../src/rank/private/run/orderedList.js';
import { chiSquare } from '../../../src/testing/statistics.js';
import { seededRandom } from '../../../src/testing/index.js';

const lists = (n: number, k: number): number[][] => (k === 0 ? [[]] : lists(n, k - 1).flatMap((list) => Array.from({ length: n }, (_, i) => i).filter((i) => !list.includes(i)).map((i) => [...list, i])));

/** The law by its definition, over all lists. */
function lawOf(counts: readonly number[], scale: number, k: number): Map<string, number> {
  const sorted = [...counts].sort((a, b) => b - a);
  const floor = 2 ** -16;
  const weights = lists(counts.length, k).map((list) => {
    const place = Math.max(...list.map((item, i) => sorted[i]! - counts[item]!));
    const inversion = Math.max(0, ...list.flatMap((item, i) => counts.filter((_, j) => !list.slice(0, i + 1).includes(j)).map((count) => count - counts[item]!)));
    expect(inversion).toBeGreaterThanOrEqual(place);
    return [list.join(), floor * Math.exp(-place / scale) + (1 - floor) * Math.exp(-inversion / scale)] as const;
  });
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(weights.map(([list, weight]) => [list, weight / total]));
}

describe('lists at once by inversions', () => {
  // Each chi-square fails by chance with probability 1e-9 (z > 6); seeds are fixed.
  test.each([
    [[7, 5, 5, 2, 0], 2, 2],
    [[7, 5, 5, 2, 0], 2, 3],
    [[0, 0, 0, 0, 0], 1, 2],
    [[9, 8, 7, 6, 5], 1.5, 3],
    [[3, 40, 1, 2, 2], 5, 4],
    [[5, 9], 3, 2],
  ] as const)('counts %j, scale %j, %j places: the enumerated law', (counts, scale, k) => {
    const random = seededRandom(`ordered ${counts} ${scale} ${k}`);
    const law = lawOf(counts, scale, k);
    const seen = new Map([...law.keys()].map((key) => [key, 0]));
    for (let i = 0; i < 4_000; i++) {
      const key = orderedList(counts, { scale, picks: k }, random).join();
      seen.set(key, (seen.get(key) ?? NaN) + 1);
    }
    expect(chiSquare([...seen.values()], [...law.values()]).z).toBeLessThan(6);
  });

  test('one unit changes no probability by more than exp(2 / scale), and there are data on which it does by nearly that', () => {
    let most = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 4 }), fc.boolean()), { minLength: 3, maxLength: 5 }), fc.integer({ min: 2, max: 3 }), (groups, k) => {
        const before = lawOf(groups.map(([count]) => count), 2, k);
        const after = lawOf(groups.map(([count, more]) => count + Number(more)), 2, k);
        for (const [list, p] of before) {
          const change = Math.abs(Math.log(after.get(list)! / p));
          expect(change).toBeLessThanOrEqual(1 + 1e-9);
          most = Math.max(most, change);
        }
      }),
      { seed: 5, numRuns: 300 },
    );
    expect(most).toBeGreaterThan(0.6);
  });

  test('all, none and more places than groups', () => {
    expect([...orderedList([1, 2, 3], { scale: 2, picks: 9 }, seededRandom(1))].sort()).toEqual([0, 1, 2]);
    expect(orderedList([], { scale: 2, picks: 3 }, seededRandom(1))).toEqual([]);
    expect(orderedList([5], { scale: 2, picks: 1 }, seededRandom(1))).toEqual([0]);
    expect(orderedList([1, 900, 300, 1e6], { scale: 2, picks: 3 }, seededRandom(1))).toEqual([3, 1, 2]);
  });

  test('ends in good time where hardly any list of places is kept', () => {
    // Windows that double from place to place: the worst for keeping.
    const counts = Array.from({ length: 2000 }, (_, i) => 4000 - Math.floor(60 * Math.log2(i + 1)));
    const start = performance.now();
    expect(new Set(orderedList(counts, { scale: 20, picks: 10 }, seededRandom('slow'))).size).toBe(10);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
