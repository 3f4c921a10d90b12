import { describe, expect, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import { kSum, kTable, operatorReport, suppressTable, type Concentration } from '../../../../src/kanon/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { followsFrom, innermost, madeTable, setsOf, shapeOf, trueCounts, withSums } from '../support/bench.js';
import { chains, contributions } from '../support/chains.js';
import { enumerate } from '../support/enumerate.js';

const door = { unit: 'shop', unitOf: 'shop' } as const;
const hidden = (lines: readonly { readonly state: string }[]): Uint8Array => Uint8Array.from(lines, ({ state }) => (state === 'suppressed' ? 1 : 0));
const total = (list: Iterable<number>): number => [...list].reduce((a, b) => a + b, 0);

describe('several withheld cells together', () => {
  test('two towns of one shop do not add up to what is published', () => {
    const rows = [{ shop: 'x', g: 'A', v: 100 }, { shop: 'x', g: 'B', v: 100 }];
    for (let i = 0; i < 12; i++) rows.push({ shop: `c${i}`, g: 'C', v: 50 }, { shop: `d${i}`, g: 'D', v: 90 + i });
    const table = pipe(personal(rows, door), kSum({ by: 'g', groups: { g: ['A', 'B', 'C', 'D'] }, value: 'v', k: 3 }));
    const state = new Map(reveal(table).value.map(({ key, state: own }) => [key, own]));
    // The total less C and D is all that x sold.
    expect(['A', 'B'].map((key) => state.get(key))).toEqual(['suppressed', 'suppressed']);
    expect(['total', 'C', 'D'].filter((key) => state.get(key) === 'suppressed')).toHaveLength(1);
  });

  test('one and two people are three, and nobody and one are one', () => {
    const stage = suppressTable({ unit: 'user', by: 'g', groups: { g: ['A', 'B', 'C', 'D'] }, k: 4 });
    for (const [a, b] of [[1, 2], [0, 1], [0, 3]] as const) {
      const lines = reveal(stage([{ key: 'total', count: a + b + 110 }, { key: 'A', count: a }, { key: 'B', count: b }, { key: 'C', count: 50 }, { key: 'D', count: 60 }])).value;
      expect(lines.filter(({ state }) => state === 'suppressed').map(({ key }) => key), `${a} ${b}`).toEqual(['A', 'B', 'C']);
    }
  });

  test('two and three people in a table of too many small cells to look at all sets of them', () => {
    const many = Array.from({ length: 400 }, (_, at) => `m${at}`);
    const stage = suppressTable({ unit: 'user', by: 'g', groups: { g: { few: ['A', 'B', 'C'], many } }, k: 6 });
    const line = (key: string, count: number): { key: string; count: number } => ({ key, count });
    const lines = reveal(stage([line('total', 455), line('few', 55), line('A', 2), line('B', 3), line('C', 50), line('many', 400), ...many.map((key) => line(key, 1))])).value;
    const state = new Map(lines.map(({ key, state: own }) => [key, own]));
    expect(['few', 'C'].filter((key) => state.get(key) === 'suppressed')).toHaveLength(1);
  });

  test('counts: no set of cells with fewer than k people has one possible sum, by all tables that fit', () => {
    let sets = 0;
    for (let seed = 0; seed < 70; seed++) {
      const made = madeTable(2000 + seed, true);
      const shape = shapeOf(made);
      const truth = trueCounts(made, shape);
      const table = pipe(personal(made.rows as never, { unit: 'user', unitOf: 'id' as never }), kTable({ by: [...made.by] as never, groups: made.groups as never, k: made.k, zeros: made.zeros }));
      if (operatorReport(table)!.figures['nothingPublished'] === true) continue;
      const withheld = hidden(reveal(table).value);
      const few = setsOf(innermost({ truth, relations: shape.relations }).filter((cell) => withheld[cell] === 1 && truth[cell]! < made.k), (set) => total(set.map((cell) => truth[cell]!)) < made.k, 300);
      if (few === undefined) continue;
      // Each set as one more cell, the total of its cells.
      const some = few.filter((set) => set.some((cell) => truth[cell]! > 0));
      const wide = Float64Array.of(...truth, ...some.map((set) => total(set.map((cell) => truth[cell]!))));
      const relations = [...shape.relations, ...some.map((parts, at) => ({ total: truth.length + at, parts }))];
      const values = enumerate({ truth: wide, withheld: Uint8Array.of(...withheld, ...some.map(() => 1)), lower: wide.map(() => 0), upper: wide.map((count) => count + 2), relations }, 3000);
      if (values === undefined) continue;
      some.forEach((set, at) => {
        sets++;
        expect({ seed, set, certain: values.get(truth.length + at)!.size < 2 }).toEqual({ seed, set, certain: false });
      });
    }
    expect(sets).toBeGreaterThan(100);
  });

  test('sums: no set of cells that would be sensitive as one follows by any subtraction, and of one shop all stay uncertain by their share', () => {
    const seen = { sets: 0, oneShop: 0, concentrated: 0 };
    for (let seed = 0; seed < 120; seed++) {
      const { rows, by, groups } = chains(seed);
      const rule = ([undefined, { rule: 'p-percent', p: 20 }, { rule: 'dominance', n: 1, percent: 75 }] as const)[seed % 3] as Concentration | undefined;
      const k = 3 + (seed % 2);
      const shape = shapeOf({ by, groups });
      const all = contributions(rows, shape, groups, by);
      const truth = Float64Array.from(all, (shops) => total(shops.values()));
      const options = { by: by as readonly ['g', 'h'], groups: Object.fromEntries(by.map((field) => [field, groups[field]])) as never, value: 'v', k, zeros: 'published' } as const;
      const table = pipe(personal(rows, door), kSum(rule === undefined ? options : { ...options, concentration: rule }));
      expect(operatorReport(table)!.figures).toMatchObject({ nothingPublished: false, narrowedTogether: 0 });
      const withheld = hidden(reveal(table).value);
      const model = { truth, withheld, lower: truth.map(() => 0), upper: truth.map(() => Infinity), relations: shape.relations };
      const sets = setsOf(innermost(model).filter((cell) => withheld[cell] === 1 && truth[cell]! > 0), () => true, 5000)!;
      const byShop = (set: readonly number[]): readonly number[] => {
        const shops = new Map<string, number>();
        for (const cell of set) for (const [shop, v] of all[cell]!) shops.set(shop, (shops.get(shop) ?? 0) + v);
        return [...shops.values()].sort((a, b) => b - a);
      };
      const follows = followsFrom(model);
      const one: (readonly number[])[] = [];
      for (const set of sets) {
        const x = byShop(set);
        const sum = total(x);
        const concentrated = rule?.rule === 'p-percent' ? sum - x[0]! - (x[1] ?? 0) <= 0.2 * x[0]! : rule !== undefined && x[0]! >= 0.75 * sum;
        if (x.length >= k && !concentrated) continue;
        seen.sets++;
        if (x.length >= k) seen.concentrated++;
        if (x.length === 1) one.push(set);
        expect({ seed, set, follows: follows(set) }).toEqual({ seed, set, follows: false });
      }
      const { reader, sumOf } = withSums(model, one);
      one.forEach((set, at) => {
        seen.oneShop++;
        const { cell, value } = sumOf(at);
        const need = Math.ceil(0.2 * value);
        expect({ seed, set, up: reader.reach(cell, 1, need).reach >= need - 1e-6, down: reader.reach(cell, -1, need).reach >= need - 1e-6 }).toEqual({ seed, set, up: true, down: true });
      });
    }
    expect(seen.sets).toBeGreaterThan(1000);
    expect(seen.oneShop).toBeGreaterThan(300);
    expect(seen.concentrated).toBeGreaterThan(50);
  });
});
