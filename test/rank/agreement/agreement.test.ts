import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ballotOf, kendallTau, rankBiasedOverlap, spearman, topKFootrule, topKKendall, type Ballot } from '../../../src/rank/index.js';

const values = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 20 });

describe('kendallTau and spearman', () => {
  test('give the checked figures', () => {
    expect(kendallTau([1, 2, 2, 4, 5], [1, 3, 2, 4, 4])).toBeCloseTo(0.888889, 6);
    expect(spearman([1, 2, 2, 4, 5], [1, 3, 2, 4, 4])).toBeCloseTo(0.947368, 6);
    expect(kendallTau([1, 1], [1, 2])).toBeNull();
    expect(spearman([], [])).toBeNull();
  });

  test('follow the definition by pairs and by the correlation of ranks', () => {
    fc.assert(
      fc.property(values, (pairs) => {
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        let [both, tiesX, tiesY] = [0, 0, 0];
        pairs.forEach(([a, b], i) => {
          for (const [c, d] of pairs.slice(0, i)) {
            both += Math.sign(a - c) * Math.sign(b - d);
            tiesX += Number(a !== c);
            tiesY += Number(b !== d);
          }
        });
        const tau = kendallTau(x, y);
        if (tiesX * tiesY === 0) {
          expect([tau, spearman(x, y)]).toEqual([null, null]);
          return;
        }
        expect(tau).toBeCloseTo(both / Math.sqrt(tiesX * tiesY), 12);
        expect(kendallTau(y, x)).toBeCloseTo(tau!, 12);
        expect(kendallTau(x, y.map((b) => -b))).toBeCloseTo(-tau!, 12);
        expect(spearman(x, x)).toBeCloseTo(1, 12);
        expect(spearman(x, y.map((b) => -b))).toBeCloseTo(-spearman(x, y)!, 12);
      }),
    );
  });

  test('refuse lists that do not pair', () => {
    for (const [x, y] of [[[1], [1, 2]], [[NaN], [1]], [[Infinity], [1]], ['12', '12']] as [number[], number[]][]) {
      expect(() => kendallTau(x, y)).toThrow(expect.objectContaining({ code: 'TOKUMEI_PAIRS' }));
      expect(() => spearman(x, y)).toThrow(expect.objectContaining({ code: 'TOKUMEI_PAIRS' }));
    }
  });
});

// Extrapolated value, lower and upper bound for ties w, a and b, as the code of Corsi and Urbano (2024) computes them.
const reference: { x: (string | string[])[]; y: (string | string[])[]; p: number; w: number[]; a: number[]; b: number[] }[] = [
  { x: ["l", ["f", "i"], "a", ["h", "g"], ["b", "j", "k"], "e"], y: ["h", "a", ["l", "d", "g"], ["e", "c", "n"], ["j", "i"]], p: 0.8, w: [0.334093395876, 0.312417148146, 0.360969479107], a: [0.313256150552, 0.291579902823, 0.340132233783], b: [0.329168349172, 0.307492101443, 0.356044432403] },
  { x: ["a", "d", "i"], y: ["g", ["i", "k"], "n", "d", "c"], p: 0.98, w: [0.474476272107, 0.088965781718, 0.931480204704], a: [0.474476272107, 0.088965781718, 0.931480204704], b: [0.474476272107, 0.088965781718, 0.931480204704] },
  { x: ["e", ["b", "f"]], y: ["a", "j", ["k", "l"], ["f", "b"], "e", "m", "o", "d"], p: 0.9, w: [0.214828412125, 0.17150404615, 0.646589863636], a: [0.204092230307, 0.160767864331, 0.6382395], b: [0.204802032793, 0.161477666817, 0.640368907457] },
  { x: ["j", "f", "c", "m", "e", "i"], y: ["j", "h", "c"], p: 0.98, w: [0.670066666667, 0.129874408385, 0.972388831371], a: [0.670066666667, 0.129874408385, 0.972388831371], b: [0.670066666667, 0.129874408385, 0.972388831371] },
  { x: ["i", "f", ["k", "e"], "h", "m", ["p", "o"], "j"], y: ["e", "i", ["c", "d"], "f", "h"], p: 0.98, w: [0.641710787004, 0.180165829935, 0.922084088022], a: [0.642076372748, 0.180840757463, 0.922927747433], b: [0.644427111779, 0.183143725491, 0.925326257467] },
  { x: [["e", "g"], "a", "f", "m"], y: ["d"], p: 0.98, w: [0.0, 0.0, 0.955401900693], a: [0.0, 0.0, 0.955401900693], b: [0.0, 0.0, 0.955401900693] },
];

describe('rankBiasedOverlap', () => {
  test('gives the checked figures', () => {
    expect(rankBiasedOverlap([...'abcde'], [...'bacfg'], { p: 0.9 }).extrapolated).toBeCloseTo(0.619335, 6);
    for (const { x, y, p, ...wanted } of reference) {
      for (const ties of ['w', 'a', 'b'] as const) {
        for (const [a, b] of [[x, y], [y, x]] as const) {
          const got = rankBiasedOverlap(a, b, { p, ties });
          [got.extrapolated, got.min, got.max].forEach((value, at) => expect(value).toBeCloseTo(wanted[ties][at]!, 10));
        }
      }
    }
  });

  test('variant a is the mean over all orders of the ties', () => {
    const [x, y]: [Ballot<string>, Ballot<string>] = [['a', ['b', 'c', 'd'], 'e'], [['b', 'a'], 'x', ['e', 'c']]];
    const orders = (ballot: Ballot<string>): string[][] =>
      ballot.reduce<string[][]>((lists, entry) => lists.flatMap((list) => permutations([entry].flat()).map((part) => [...list, ...part])), [[]]);
    const all = orders(x).flatMap((a) => orders(y).map((b) => rankBiasedOverlap(a, b, { p: 0.8 })));
    const mean = (pick: 'min' | 'max' | 'extrapolated'): number => all.reduce((sum, value) => sum + value[pick], 0) / all.length;
    const tied = rankBiasedOverlap(x, y, { p: 0.8, ties: 'a' });
    for (const pick of ['min', 'max', 'extrapolated'] as const) expect(tied[pick]).toBeCloseTo(mean(pick), 12);
  });

  test('bounds hold whatever follows, equal lists agree fully, all variants agree without ties', () => {
    const list = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(list, list, list, list, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (a, b, moreA, moreB, p) => {
        const { min, max, extrapolated, residual } = rankBiasedOverlap(a, b, { p });
        expect(min).toBeLessThanOrEqual(extrapolated + 1e-12);
        expect(extrapolated).toBeLessThanOrEqual(max + 1e-12);
        expect(residual).toBeCloseTo(max - min, 12);
        const longer = rankBiasedOverlap([...new Set([...a, ...moreA])], [...new Set([...b, ...moreB])], { p });
        expect(longer.min).toBeGreaterThanOrEqual(min - 1e-12);
        expect(longer.max).toBeLessThanOrEqual(max + 1e-12);
        expect(rankBiasedOverlap(a, a, { p }).extrapolated).toBeCloseTo(1, 12);
        for (const ties of ['w', 'b'] as const) expect(rankBiasedOverlap(a, b, { p, ties }).extrapolated).toBeCloseTo(extrapolated, 12);
      }),
    );
  });

  test('refuses what has no value', () => {
    for (const p of [0, 1, NaN]) expect(() => rankBiasedOverlap(['a'], ['a'], { p })).toThrow(expect.objectContaining({ code: 'TOKUMEI_OVERLAP' }));
    expect(() => rankBiasedOverlap(['a'], [], { p: 0.5 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_OVERLAP' }));
    expect(() => rankBiasedOverlap(['a', 'a'], ['a'], { p: 0.5 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => rankBiasedOverlap(['a'], [NaN] as never, { p: 0.5 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => rankBiasedOverlap(['a'], ['b'], { p: 0.5, ties: 'c' as never })).toThrow(expect.objectContaining({ code: 'TOKUMEI_OVERLAP' }));
  });
});

describe('topKKendall and topKFootrule', () => {
  test('give the checked figures', () => {
    for (const p of [0, 0.5]) expect(topKKendall([...'abc'], [...'bad'], { p })).toEqual({ distance: 2, normalized: 2 / (9 + 6 * p) });
    expect(topKFootrule([...'abc'], [...'bad'])).toEqual({ distance: 4, normalized: 4 / 12 });
    expect(topKKendall([...'abc'], [...'xyz'], { p: 0.5 }).normalized).toBe(1);
    expect(topKFootrule<string>([...'abc'], [...'xy']).normalized).toBe(1);
    expect(topKKendall([], [], { p: 0.5 })).toEqual({ distance: 0, normalized: 0 });
  });

  test('for full lists K counts discordant pairs; both are symmetric and zero for equal lists', () => {
    const list = fc.shuffledSubarray<string>([...'abcdefg'], { minLength: 7 });
    fc.assert(
      fc.property(list, list, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, p) => {
        const place = (keys: readonly string[]): number[] => [...'abcdefg'].map((key) => keys.indexOf(key));
        expect(topKKendall(a, b, { p }).distance).toBe(Math.round((21 * (1 - kendallTau(place(a), place(b))!)) / 2));
        expect(topKKendall(a, b.slice(2), { p }).distance).toBeCloseTo(topKKendall(b.slice(2), a, { p }).distance, 12);
        expect(topKFootrule(a.slice(3), b)).toEqual(topKFootrule(b, a.slice(3)));
        expect(topKKendall(a, a, { p }).distance + topKFootrule(a, a).distance).toBe(0);
      }),
    );
  });

  test('refuse ties and parameters out of range', () => {
    expect(() => topKKendall([['a', 'b']], ['a'], { p: 0 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_BALLOT' }));
    expect(() => topKKendall(['a'], ['a'], { p: 2 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_TOP_K' }));
    expect(() => topKFootrule(['a', 'b'], ['a'], { location: 2 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_TOP_K' }));
  });
});

test('ballotOf groups rows of equal rank and leaves out what is not ranked', () => {
  expect(ballotOf([{ key: 'd', rank: null }, { key: 'b', rank: 2 }, { key: 'a', rank: 1 }, { key: 'c', rank: 2 }])).toEqual(['a', ['b', 'c']]);
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) => permutations(items.filter((_, i) => i !== at)).map((rest) => [item, ...rest]));
}
