import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentileRanks, rankTies, type TieRule } from '../../../src/rank/index.js';

const rules: TieRule[] = ['competition', 'modified', 'dense', 'fractional'];
const ranks = (values: (number | null | undefined)[], ties: TieRule): (number | null)[] =>
  rankTies(values, ties === 'ordinal' ? { ties, tieBreak: values.map((_, i) => i) } : { ties }).map(({ rank }) => rank);

describe('rankTies', () => {
  test('gives the five rules for 10, 20, 20, 30', () => {
    const scores = [10, 20, 20, 30];
    expect(ranks(scores, 'competition')).toEqual([4, 2, 2, 1]);
    expect(ranks(scores, 'modified')).toEqual([4, 3, 3, 1]);
    expect(ranks(scores, 'dense')).toEqual([3, 2, 2, 1]);
    expect(ranks(scores, 'ordinal')).toEqual([4, 2, 3, 1]);
    expect(ranks(scores, 'fractional')).toEqual([4, 2.5, 2.5, 1]);
    expect(rankTies(scores).map(({ interval }) => interval)).toEqual([[4, 4], [2, 3], [2, 3], [1, 1]]);
    expect(rankTies(scores).map(({ state }) => state)).toEqual(['value', 'tied', 'tied', 'value']);
    expect(rankTies(scores, { order: 'ascending' }).map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  });

  test('never ranks what is suppressed or no number, and gives away none of its places', () => {
    const rows = rankTies([5, null, NaN, Infinity, -Infinity, undefined, -0, 0]);
    expect(rows.map(({ state }) => state)).toEqual(['value', 'suppressed', 'not-ranked', 'not-ranked', 'not-ranked', 'not-ranked', 'tied', 'tied']);
    expect(rows.map(({ rank }) => rank)).toEqual([1, null, null, null, null, null, 2, 2]);
    expect(rows[6]!.interval).toEqual([2, 3]);
  });

  test('follows the definitions for all values (hostile ones too)', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constantFrom(null, NaN, -0, 5e-324, 2 ** 53, 2 ** 53 + 2, Number.MAX_VALUE, undefined));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const real = values.filter((v): v is number => Number.isFinite(v));
        const better = (v: number): number => real.filter((w) => w > v).length;
        const betterOrEqual = (v: number): number => real.filter((w) => w >= v).length;
        for (const rule of rules) {
          rankTies(values, { ties: rule as 'dense' }).forEach(({ rank, interval }, at) => {
            const v = values[at];
            if (!Number.isFinite(v)) return expect(rank).toBeNull();
            const low = better(v as number) + 1;
            const high = betterOrEqual(v as number);
            expect(interval).toEqual([low, high]);
            const wanted = { competition: low, modified: high, fractional: (low + high) / 2, dense: new Set(real.filter((w) => w > (v as number))).size + 1, ordinal: NaN }[rule];
            expect(rank).toBe(wanted);
          });
        }
        const fractional = ranks(values, 'fractional').reduce<number>((sum, rank) => sum + (rank ?? 0), 0);
        expect(fractional).toBe((real.length * (real.length + 1)) / 2);
        expect([...ranks(values, 'ordinal')].filter((rank) => rank !== null).sort((a, b) => a - b)).toEqual(real.map((_, i) => i + 1));
      }),
    );
  });

  test('breaks ties by public keys alone, never by arrival', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 12 }), fc.infiniteStream(fc.integer({ min: 0, max: 2 })), (keys, stream) => {
        const rows = keys.map((key) => ({ key, value: stream.next().value }));
        const rankOf = (list: typeof rows): Map<string, number | null> => {
          const ranked = rankTies(list.map(({ value }) => value), { ties: 'ordinal', tieBreak: list.map(({ key }) => key) });
          return new Map(list.map(({ key }, at) => [key, ranked[at]!.rank]));
        };
        expect(rankOf([...rows].reverse())).toEqual(rankOf(rows));
      }),
    );
  });

  test('refuses wrong options', () => {
    expect(() => rankTies([1], { ties: 'best' as never })).toThrow('rankTies: ties must be one of');
    expect(() => rankTies([1], { order: 'up' as never })).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANK_ORDER' }));
    expect(() => rankTies([1, 1], { ties: 'ordinal' } as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_TIE_BREAK' }));
    expect(() => rankTies([1, 1], { ties: 'ordinal', tieBreak: ['secret', 'secret'] })).toThrow(expect.objectContaining({ code: 'TOKUMEI_TIE_BREAK', message: expect.not.stringContaining('secret') }));
  });
});

describe('percentileRanks', () => {
  test('gives the three rules', () => {
    expect(percentileRanks([10, 20, 20, 30])).toEqual([12.5, 50, 50, 87.5]);
    expect(percentileRanks([10, 20, 20, 30], 'below')).toEqual([0, 25, 25, 75]);
    expect(percentileRanks([10, 20, 20, 30], 'at-or-below')).toEqual([25, 75, 75, 100]);
    expect(percentileRanks([1, NaN, null, 3])).toEqual([25, null, null, 75]);
    expect(() => percentileRanks([1], 'strict' as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_PERCENTILE' }));
  });
});
