import { describe, expect, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import { kSum, kTable, operatorReport } from '../../../../src/kanon/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { chains, contributions, type Row } from '../support/chains.js';
import { generator, linearReader, shapeOf } from '../support/bench.js';
import { enumerate } from '../support/enumerate.js';

const door = { unit: 'shop', unitOf: 'shop' } as const;

describe('who is alone in several cells', () => {
  test('two cells of one shop and one of another: the chain does not work the other out', () => {
    const rows = [{ shop: 'x', g: 'A', v: 100 }, { shop: 'x', g: 'B', v: 100 }, { shop: 'y', g: 'C', v: 50 }];
    for (let i = 0; i < 12; i++) rows.push({ shop: `d${i}`, g: 'D', v: 90 + i });
    const lines = reveal(pipe(personal(rows, door), kSum({ by: 'g', groups: { g: ['A', 'B', 'C', 'D'] }, value: 'v', k: 3 }))).value;
    const at = (key: string) => lines.find((line) => line.key === key)!;
    // The total and D together would be A + B + C.
    expect(['A', 'B', 'C'].map((key) => at(key).state)).toEqual(['suppressed', 'suppressed', 'suppressed']);
    expect([at('total').state, at('D').state]).toContain('suppressed');
  });

  test('kSum: no shop that makes cells up alone finds another sum, by a reader of its own', () => {
    let several = 0;
    let asked = 0;
    let published = 0;
    for (let seed = 0; seed < 150; seed++) {
      const { rows, by, groups } = chains(seed);
      const shape = shapeOf({ by, groups });
      const all = contributions(rows, shape, groups, by);
      const truth = Float64Array.from(all, (shops) => [...shops.values()].reduce((a, b) => a + b, 0));
      const table = pipe(personal(rows, door), kSum({ by: by as readonly ['g', 'h'], groups: Object.fromEntries(by.map((field) => [field, groups[field]])) as never, value: 'v', k: 3, zeros: 'published' }));
      const lines = reveal(table).value;
      const withheld = Uint8Array.from(lines, ({ state }) => (state === 'suppressed' ? 1 : 0));
      published += lines.length - withheld.reduce((a, b) => a + b, 0);
      if (operatorReport(table)!.figures['nothingPublished'] === true) continue;
      for (const shop of new Set(rows.map((row) => row.shop))) {
        const alone = all.flatMap((shops, cell) => (shops.size === 1 && shops.has(shop) ? [cell] : []));
        if (alone.length === 0) continue;
        // The parts of what one makes up alone hold nobody else.
        const knows = new Set(all.flatMap((shops, cell) => ([...shops.keys()].every((name) => name === shop) && shops.size > 0 ? [cell] : [])));
        if (by.length === 1 && alone.length > 1) several++;
        // Where others are beside it, it knows that at least its own share is there.
        const lower = Float64Array.from(all, (shops) => shops.get(shop) ?? 0);
        const reader = linearReader({ truth, withheld, lower, upper: truth.map(() => Infinity), relations: shape.relations }, knows);
        all.forEach((shops, cell) => {
          if (withheld[cell] === 0 || shops.size === 0 || shops.size >= 3 || knows.has(cell)) return;
          asked++;
          const width = reader.reach(cell, 1, 1e9).reach + reader.reach(cell, -1, 1e9).reach;
          expect({ seed, shop, cell, certain: width < 1 }).toEqual({ seed, shop, cell, certain: false });
        });
      }
    }
    expect(several).toBeGreaterThan(30);
    expect(asked).toBeGreaterThan(200);
    expect(published).toBeGreaterThan(300);
  });

  test('kTable: who is alone in several groups that share people, or in totals that cross, finds no other count, by all tables that fit', () => {
    let several = 0;
    let asked = 0;
    for (let seed = 0; seed < 90; seed++) {
      const random = generator(1000 + seed);
      const { rows: made, by, groups } = chains(seed);
      const overlapping = seed % 2 === 0;
      // One group of `h` for each shop, and one of `g` where totals of `g` are to add up.
      const first = new Map<string, Row>();
      for (const row of made) if (!first.has(row.shop)) first.set(row.shop, row);
      const extra = overlapping || random() < 0.5 ? [] : [{ shop: 'far', g: 'A', h: 'q', v: 1 }];
      const rows = overlapping ? made.map((row) => ({ ...row, h: first.get(row.shop)!.h })) : [...first.values(), ...extra];
      const shape = shapeOf({ by, groups });
      const all = contributions(rows, shape, groups, by);
      const truth = Float64Array.from(all, (shops) => shops.size);
      const options = { by: by as readonly ['g', 'h'], groups: Object.fromEntries(by.map((field) => [field, groups[field]])) as never, k: 3, zeros: 'published', ...(overlapping ? { overlapping: 'g' as const } : {}) } as const;
      const table = pipe(personal(rows, door), kTable(options));
      if (operatorReport(table)!.figures['nothingPublished'] === true) continue;
      const withheld = Uint8Array.from(reveal(table).value, ({ state }) => (state === 'suppressed' ? 1 : 0));
      const relations = shape.relations.map((relation) => ({ ...relation, union: overlapping && relation.field === 'g' }));
      for (const shop of new Set(rows.map((row) => row.shop))) {
        const knows = new Set(all.flatMap((shops, cell) => (shops.size === 1 && shops.has(shop) ? [cell] : [])));
        if (knows.size === 0) continue;
        for (const cell of knows) for (const { total, parts } of relations) if (total === cell) for (const part of parts) knows.add(part);
        if (knows.size > 1) several++;
        const open = withheld.map((hidden, cell) => (knows.has(cell) ? 0 : hidden));
        const values = enumerate({ truth, withheld: open, lower: truth.map(() => 0), upper: truth.map((count) => count + 3), relations }, 4000);
        if (values === undefined) continue;
        all.forEach((shops, cell) => {
          if (open[cell] === 0 || shops.size === 0 || shops.size >= 3) return;
          asked++;
          expect({ seed, shop, cell, certain: values.get(cell)!.size < 2 }).toEqual({ seed, shop, cell, certain: false });
        });
      }
    }
    expect(several).toBeGreaterThan(30);
    expect(asked).toBeGreaterThan(100);
  });
});
