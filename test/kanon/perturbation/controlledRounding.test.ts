import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlledRounding } from '../../../src/kanon/index.js';
import { seededRandom } from '../../../src/testing/index.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const table = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) => fc.array(fc.array(fc.oneof(fc.nat(30), fc.nat(1_000_000)), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }));

describe('controlledRounding', () => {
  test('rounds every number and every total to a near multiple, and totals add up', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 12 }), fc.nat(), (cells, base, seed) => {
        const { cells: rounded, rowTotals, columnTotals, total } = controlledRounding(cells, { base, random: seededRandom(seed) });
        const near = (out: number, truth: number): void => {
          expect(out % base).toBe(0);
          expect(Math.abs(out - truth)).toBeLessThan(base);
          if (truth % base === 0) expect(out).toBe(truth);
        };
        rounded.forEach((row, r) => {
          row.forEach((n, c) => near(n, cells[r]![c]!));
          expect(rowTotals[r]).toBe(sum(row));
          near(rowTotals[r]!, sum(cells[r]!));
        });
        columnTotals.forEach((n, c) => {
          expect(n).toBe(sum(rounded.map((row) => row[c]!)));
          near(n, sum(cells.map((row) => row[c]!)));
        });
        expect(total).toBe(sum(rowTotals));
        expect(total).toBe(sum(columnTotals));
        near(total, sum(cells.flat()));
      }),
      { numRuns: 300 },
    );
  });

  test('gives no negative zero', () => {
    expect(controlledRounding([[0]], { base: 2 })).toEqual({ cells: [[0]], rowTotals: [0], columnTotals: [0], total: 0 });
    expect(controlledRounding([[-0, 3]], { base: 3 })).toEqual({ cells: [[0, 3]], rowTotals: [3], columnTotals: [0, 3], total: 3 });
  });

  test('has no bias: over many draws every cell and total has its true mean', () => {
    const cells = [[1, 2, 3], [4, 6, 7], [8, 9, 2]];
    const draws = 20_000;
    const random = seededRandom('rounding');
    const means = Array.from({ length: 9 }, () => 0);
    let total = 0;
    for (let i = 0; i < draws; i++) {
      const rounded = controlledRounding(cells, { base: 5, random });
      rounded.cells.flat().forEach((n, at) => (means[at]! += n / draws));
      total += rounded.total / draws;
    }
    // Each is one of two multiples five apart: its standard deviation is at most 2.5, here 5.5 of the mean's.
    const allowed = (5.5 * 2.5) / Math.sqrt(draws);
    cells.flat().forEach((n, at) => expect(Math.abs(means[at]! - n)).toBeLessThan(allowed));
    expect(Math.abs(total - sum(cells.flat()))).toBeLessThan(allowed);
  });

  test('takes a single row and a large table', () => {
    const one = controlledRounding([[1, 1, 1, 1, 1, 1]], { base: 3 });
    expect(one.total).toBe(6);
    expect(sum(one.cells[0]!)).toBe(6);
    const large = Array.from({ length: 60 }, (_, r) => Array.from({ length: 60 }, (_, c) => (r * 31 + c * 17) % 23));
    const rounded = controlledRounding(large, { base: 5 });
    expect(sum(rounded.rowTotals)).toBe(rounded.total);
  });

  test.each([
    ['no rows', []],
    ['an empty row', [[]]],
    ['ragged rows', [[1, 2], [3]]],
    ['a fraction', [[1.5]]],
    ['a negative number', [[-1]]],
    ['NaN', [[NaN]]],
    ['a total of 2^53', [[2 ** 52, 2 ** 52]]],
    ['text', 'table'],
  ])('refuses %s', (_, cells) => {
    expect(() => controlledRounding(cells as never, { base: 5 })).toThrow(/controlledRounding: cells must be/);
  });

  test.each([1, 0, 2.5, NaN, '5'])('refuses the base %s', (base) => {
    expect(() => controlledRounding([[1]], { base: base as never })).toThrow(/base must be/);
  });
});
