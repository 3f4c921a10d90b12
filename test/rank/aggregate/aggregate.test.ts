import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { borda, copeland, dowdall, kemeny, schulze, type AggregateRow, type Ballot } from '../../../src/rank/index.js';

const ballots = ['ABCD', 'BADC', 'ACBD'].map((ballot) => [...ballot]);
const scores = (rows: readonly AggregateRow<string>[]): Record<string, number> => Object.fromEntries(rows.map(({ key, score }) => [key, score]));
const mean = { unranked: 'mean' } as const;
const zero = { unranked: 'zero' } as const;

const letters = [...'abcdef'];
const ballotOfLetters = fc.shuffledSubarray(letters, { minLength: 1 }).chain((order) =>
  fc.array(fc.boolean(), { minLength: order.length, maxLength: order.length }).map((joined) => {
    const list: string[][] = [];
    order.forEach((key, at) => (joined[at] && list.length > 0 ? list[list.length - 1]!.push(key) : list.push([key])));
    return list as Ballot<string>;
  }),
);
const someBallots = fc.array(ballotOfLetters, { minLength: 1, maxLength: 5 });

describe('aggregates of ABCD, BADC, ACBD', () => {
  test('give the checked figures', () => {
    expect(scores(borda(ballots, mean))).toEqual({ A: 8, B: 6, C: 3, D: 1 });
    const points = scores(dowdall(ballots, mean));
    expect(Object.values(points).map((value) => value.toFixed(4))).toEqual(['2.5000', '1.8333', '1.0833', '0.8333']);
    expect(scores(copeland(ballots, mean))).toEqual({ A: 3, B: 1, C: -1, D: -3 });
    expect(scores(schulze(ballots, mean))).toEqual({ A: 3, B: 2, C: 1, D: 0 });
    expect(kemeny(ballots, mean)).toEqual({ order: ['A', 'B', 'C', 'D'], distance: 3, exact: true, lowerBound: 3 });
  });

  test('say what being left out means', () => {
    const partial: Ballot<string>[] = [['A', 'B', 'C', 'D'], ['D']];
    expect(scores(borda(partial, zero))).toEqual({ A: 3, B: 2, C: 1, D: 3 });
    expect(scores(borda(partial, mean))).toEqual({ A: 4, B: 3, C: 2, D: 3 });
    expect(scores(dowdall(partial, mean))['A']).toBeCloseTo(1 + (1 / 2 + 1 / 3 + 1 / 4) / 3, 12);
    expect(scores(copeland(partial, zero))).toEqual({ A: 3, B: 1, C: -1, D: -3 });
    expect(scores(copeland(partial, mean))).toEqual({ A: 2, B: 0, C: -2, D: 0 });
  });
});

describe('schulze', () => {
  test('follows the example of 45 voters of Schulze 2011', () => {
    const votes: [number, string][] = [[5, 'ACBED'], [5, 'ADECB'], [8, 'BEDAC'], [3, 'CABED'], [7, 'CAEBD'], [2, 'CBADE'], [7, 'DCEBA'], [8, 'EBADC']];
    const rows = schulze(votes.flatMap(([count, order]) => Array.from({ length: count }, () => [...order])), mean);
    expect(rows.map(({ key }) => key).join('')).toBe('EACBD');
  });

  test('elects whoever beats all others, as copeland does', () => {
    fc.assert(
      fc.property(someBallots, (lists) => {
        const best = copeland(lists, mean)[0]!;
        const n = copeland(lists, mean).length;
        if (best.score === n - 1) expect(schulze(lists, mean)[0]!.key).toBe(best.key);
      }),
    );
  });
});

describe('kemeny', () => {
  const distance = (order: readonly string[], lists: readonly Ballot<string>[], unranked: 'mean' | 'zero'): number => {
    let sum = 0;
    for (const list of lists) {
      const at = new Map(list.flatMap((group, place) => [group].flat().map((key) => [key, place] as const)));
      for (let a = 0; a < order.length; a++) {
        for (let b = a + 1; b < order.length; b++) {
          const [x, y] = [at.get(order[a]!), at.get(order[b]!)];
          if (y !== undefined && (x === undefined ? unranked === 'mean' : y < x)) sum++;
        }
      }
    }
    return sum;
  };

  test('finds the least distance of all orders', () => {
    fc.assert(
      fc.property(someBallots, fc.constantFrom('mean', 'zero'), (lists, unranked) => {
        const result = kemeny(lists, { unranked });
        const all = permutations([...result.order].sort());
        const least = Math.min(...all.map((order) => distance(order, lists, unranked)));
        expect(result).toMatchObject({ distance: least, exact: true, lowerBound: least });
        // The first by keys among the best, whatever the order of the ballots.
        expect(result.order).toEqual(all.find((order) => distance(order, lists, unranked) === least));
        expect(kemeny([...lists].reverse(), { unranked }).order).toEqual(result.order);
      }),
      { numRuns: 40 },
    );
  });

  test('beyond ten items searches within its moves and says whether it is exact', () => {
    const items = Array.from({ length: 14 }, (_, i) => `item ${String(i).padStart(2, '0')}`);
    expect(kemeny([items, items, [...items].reverse()], mean)).toEqual({ order: items, distance: 91, exact: true, lowerBound: 91 });
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(items, { minLength: 14 }), { minLength: 3, maxLength: 5 }), (lists) => {
        const found = kemeny(lists, mean);
        expect(found.distance).toBe(distance(found.order, lists, 'mean'));
        expect(found.lowerBound).toBeLessThanOrEqual(found.distance);
        expect(found.exact).toBe(found.lowerBound === found.distance);
        expect(found.distance).toBeLessThanOrEqual(kemeny(lists, { ...mean, moves: 0 }).distance);
        // No single move makes it better.
        for (let i = 0; i < 14; i++) for (let j = 0; j < 14; j++) {
          const moved = [...found.order];
          moved.splice(j, 0, ...moved.splice(i, 1));
          expect(distance(moved, lists, 'mean')).toBeGreaterThanOrEqual(found.distance);
        }
      }),
      { numRuns: 8 },
    );
  });
});

test('positions share their points among ties, and totals do not depend on ties', () => {
  fc.assert(
    fc.property(someBallots, (lists) => {
      const n = borda(lists, mean).length;
      const total = (rows: readonly AggregateRow<string>[]): number => rows.reduce((sum, { score }) => sum + score, 0);
      expect(total(borda(lists, mean))).toBeCloseTo((lists.length * n * (n - 1)) / 2, 9);
      const harmonic = Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
      expect(total(dowdall(lists, mean))).toBeCloseTo(lists.length * harmonic, 9);
      // Rank and interval follow the score.
      for (const rows of [borda(lists, zero), schulze(lists, mean)]) rows.forEach((row) => expect(row.interval[0]).toBe(1 + rows.filter(({ score }) => score > row.score).length));
    }),
    { numRuns: 50 },
  );
});

test('refuses what is no ballot', () => {
  for (const rule of [borda, dowdall, copeland, schulze, kemeny]) {
    expect(() => rule([], mean)).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => rule([['a', ['a']]], mean)).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => rule([['a', {} as never]], mean)).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => rule([['a']], {} as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_UNRANKED' }));
  }
  expect(() => kemeny([['a']], { ...mean, moves: -1 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_MOVES' }));
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => permutations(items.filter((_, i) => i !== at)).map((rest) => [item, ...rest]));
}

test('dowdall: six sixths are as much as one, in whatever order they come', () => {
  // a is sixth six times; b is first once and nowhere else.
  const sixth = ['1', '2', '3', '4', '5', 'a'];
  const ballots = [...Array.from({ length: 6 }, () => sixth), ['b']];
  const rows = dowdall(ballots, { unranked: 'zero' }).filter(({ key }) => key === 'a' || key === 'b');
  expect(rows.map(({ key, score, state }) => [key, score, state])).toEqual([['a', 1, 'tied'], ['b', 1, 'tied']]);
});
