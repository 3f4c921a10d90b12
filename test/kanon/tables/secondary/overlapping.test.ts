import { describe, expect, test } from 'vitest';
import { openProtected } from '../../../../src/core/holders/protected.js';
import { kTable } from '../../../../src/kanon/index.js';
import { personal } from '../../../../src/table/index.js';
import { between } from '../support/between.js';
import { generator, shapeOf, trueCounts, type Made } from '../support/bench.js';
import { enumerate } from '../support/enumerate.js';

/** People of several groups of `f0`, in one group of `f1`. */
function overlappingTable(seed: number): Made {
  const random = generator(seed);
  const groups = { f0: random() < 0.5 ? ['a', 'b', 'c'] : { g: ['a', 'b'], h: ['c'] }, f1: ['x', 'y'] };
  const by = random() < 0.5 ? ['f0'] : ['f0', 'f1'];
  const rows: { id: number; f0: string; f1: string }[] = [];
  for (let id = 0; id < between(random, 4, 16); id++) {
    const f1 = random() < 0.6 ? 'x' : 'y';
    for (const [f0, chance] of [['a', 0.7], ['b', 0.3], ['c', 0.15]] as const) if (random() < chance) rows.push({ id, f0, f1 });
  }
  return { by, groups: (by.length === 1 ? { f0: groups.f0 } : groups) as never, rows, k: 3, zeros: 'published' };
}

describe('tables whose groups share people', () => {
  test('leave every count of 1 to k - 1 possible, by all tables with largest part <= total <= sum', () => {
    let small = 0;
    let overlaps = 0;
    for (let seed = 0; seed < 80; seed++) {
      const made = overlappingTable(seed);
      const shape = shapeOf({ by: made.by, groups: made.groups });
      const truth = trueCounts(made, shape);
      const { value, report } = openProtected(
        kTable<(typeof made.rows)[number], 'user', string[]>({ by: [...made.by], groups: made.groups, k: made.k, zeros: 'published', overlapping: 'f0' })(personal(made.rows, { unit: 'user', unitOf: 'id' }) as never),
        'test',
      );
      const figures = report!.figures as { nothingPublished: boolean; narrowedIntervals: number };
      if (figures.nothingPublished) continue;
      const withheld = Uint8Array.from(value, ({ state }) => (state === 'suppressed' ? 1 : 0));
      const isSmall = truth.map((count) => (count < made.k ? 1 : 0));
      // Parts of small totals may be empty.
      const inSmall = new Uint8Array(truth.length);
      const mark = (cell: number): void => {
        for (const { total, parts } of shape.relations) for (const part of total === cell ? parts : []) if (inSmall[part] === 0) {
          inSmall[part] = 1;
          mark(part);
        }
      };
      truth.forEach((count, cell) => {
        if (count > 0 && isSmall[cell] === 1) mark(cell);
      });
      const relations = shape.relations.map((relation) => ({ ...relation, union: relation.field === 'f0' }));
      overlaps += relations.filter(({ total, parts, union }) => union && truth[total]! < parts.reduce((sum, part) => sum + truth[part]!, 0)).length;
      const lower = truth.map((count, cell) => (isSmall[cell] === 0 ? made.k : inSmall[cell]! > 0 || count === 0 ? 0 : 1));
      const upper = truth.map((count, cell) => (isSmall[cell] === 1 ? made.k - 1 : count + made.k));
      const all = enumerate({ truth, withheld, lower, upper, relations }, 200_000);
      if (all === undefined) continue;
      truth.forEach((count, cell) => {
        if (count === 0 || count >= made.k) return;
        small++;
        const values = all.get(cell)!;
        expect({ seed, cell, certain: values.size < 2 }).toEqual({ seed, cell, certain: false });
        if (inSmall[cell] === 0 && figures.narrowedIntervals === 0) expect([...values].sort()).toEqual([1, 2]);
      });
    }
    expect(small).toBeGreaterThan(40);
    expect(overlaps).toBeGreaterThan(40);
  });
});
