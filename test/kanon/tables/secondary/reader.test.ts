import { describe, expect, test } from 'vitest';
import { openProtected } from '../../../../src/core/holders/protected.js';
import { kTable, operatorReport } from '../../../../src/kanon/index.js';
import { personal } from '../../../../src/table/index.js';
import { runs } from '../../../support/runs.js';
import { fewest, linearReader, madeTable, readTable, shapeOf, trueCounts, type Line, type Made, type Model } from '../support/bench.js';
import { enumerate } from '../support/enumerate.js';

const publish = (made: Made): { lines: readonly Line[]; figures: Readonly<Record<string, unknown>> } => {
  const table = kTable<(typeof made.rows)[number], 'user', string[]>({ by: [...made.by], groups: made.groups, k: made.k, zeros: made.zeros })(
    personal(made.rows, { unit: 'user', unitOf: 'id' }) as never,
  );
  return { lines: openProtected(table, 'test').value, figures: operatorReport(table)!.figures };
};

describe('a reader who shares no code with the library', () => {
  test('recovers nothing and narrows nothing down, in tables up to three fields with totals and groups of groups', () => {
    let withheld = 0;
    let sets = 0;
    for (let seed = 0; seed < runs(40); seed++) {
      const made = madeTable(seed);
      // Larger ones are read by `measure -- tables`, which takes minutes.
      if (shapeOf(made).keys.length > 300) continue;
      const verdict = readTable(made, publish(made).lines);
      withheld += verdict.withheld;
      sets += verdict.sets;
      expect({ seed, recovered: verdict.recovered, within: verdict.recoveredWithinInterval }).toEqual({ seed, recovered: 0, within: 0 });
      expect({ seed, sets: verdict.setsRecovered, within: verdict.setsWithinInterval }).toEqual({ seed, sets: 0, within: 0 });
    }
    expect(withheld).toBeGreaterThan(500);
    expect(sets).toBeGreaterThan(5000);
  });

  test('finds what is wrong where one withheld cell is published after all', () => {
    let caught = 0;
    let tried = 0;
    for (let seed = 0; seed < 25; seed++) {
      const made = madeTable(seed, true);
      const { lines } = publish(made);
      const shape = shapeOf(made);
      const truth = trueCounts(made, shape);
      const spared = lines.find(({ key, state }) => state === 'suppressed' && truth[shape.place.get(JSON.stringify(key))!]! >= made.k);
      if (spared === undefined || lines.every(({ state }) => state === 'suppressed')) continue;
      tried++;
      const leaky = lines.map((line) => (line === spared ? { ...line, state: 'value', count: truth[shape.place.get(JSON.stringify(line.key))!]! } : line));
      const { recovered, recoveredWithinInterval } = readTable(made, leaky);
      if (recovered + recoveredWithinInterval > 0) caught++;
    }
    // Not every such cell is indispensable by itself (somebody alone in a cell is a reader of their own), but most are.
    expect(tried).toBeGreaterThan(5);
    expect(caught / tried).toBeGreaterThan(0.6);
  });

  test('agrees with trying all tables where there are few', () => {
    let compared = 0;
    for (let seed = 0; seed < 60 && compared < 12; seed++) {
      const made = madeTable(seed, true);
      const shape = shapeOf(made);
      const truth = trueCounts(made, shape);
      const withheld = Uint8Array.from(truth, (count) => (count < made.k ? 1 : 0));
      publish(made).lines.forEach(({ key, state }) => (withheld[shape.place.get(JSON.stringify(key))!] = state === 'suppressed' ? 1 : 0));
      // Everything bounded, so that it can be tried.
      const model: Model = { truth, withheld, lower: truth.map(() => 0), upper: truth.map((count) => count + 3), relations: shape.relations };
      const all = enumerate(model, 20_000);
      if (all === undefined || all.size === 0) continue;
      compared++;
      const reader = linearReader(model);
      for (const [cell, values] of all) {
        const up = reader.reach(cell, 1, Infinity);
        const down = reader.reach(cell, -1, Infinity);
        expect(Math.max(...values) - truth[cell]!).toBeLessThanOrEqual(up.reach + 1e-6);
        expect(truth[cell]! - Math.min(...values)).toBeLessThanOrEqual(down.reach + 1e-6);
        if (up.whole) expect(Math.max(...values) - truth[cell]!).toBeCloseTo(up.reach, 6);
      }
    }
    expect(compared).toBeGreaterThanOrEqual(8);
  });

  test('needs nearly as many cells as the library withholds', () => {
    let ours = 0;
    let least = 0;
    let tables = 0;
    for (let seed = 0; seed < 400 && tables < 12; seed++) {
      const made = madeTable(1_000_000 + seed, true);
      const { lines, figures } = publish(made);
      if (figures['nothingPublished'] === true) continue;
      const optimum = fewest(made, lines);
      if (optimum === undefined) continue;
      tables++;
      const withheld = lines.filter(({ state }) => state === 'suppressed').length;
      ours += withheld;
      least += optimum;
    }
    expect(tables).toBe(12);
    expect(ours / least).toBeLessThanOrEqual(1.2);
  });
});
