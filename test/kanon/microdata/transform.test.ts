import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMeans, mdav, microaggregateUnivariate, mondrian, suppressCells, topBottomCode } from '../../../src/kanon/microdata/index.js';

test('Mondrian: every class has k rows, spans hold its rows, strict keeps equal rows together', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3 })), { minLength: 4, maxLength: 80 }), fc.integer({ min: 2, max: 4 }), fc.constantFrom('strict', 'relaxed'), fc.constantFrom('tight', 'cuts'), (rows, k, mode, spans) => {
      const columns = [rows.map((row) => row[0]), rows.map((row) => row[1])];
      const { classOf, classes, low, high, ncp } = mondrian(columns, { k, mode, spans });
      const sizes = new Int32Array(classes);
      for (const c of classOf) sizes[c]!++;
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(k);
      rows.forEach((row, i) => row.forEach((value, a) => {
        expect(value).toBeGreaterThanOrEqual(low[a]![classOf[i]!]!);
        expect(value).toBeLessThanOrEqual(high[a]![classOf[i]!]!);
      }));
      if (mode === 'strict') {
        const where = new Map<string, number>();
        rows.forEach((row, i) => {
          const known = where.get(row.join());
          if (known !== undefined) expect(classOf[i]).toBe(known);
          where.set(row.join(), classOf[i]!);
        });
      }
      expect(ncp).toBeGreaterThanOrEqual(0);
      expect(ncp).toBeLessThanOrEqual(1);
    }),
    { seed: 5 },
  );
  expect(() => mondrian([[1, 2]], { k: 3 })).toThrow('fewer rows than k');
  expect(() => mondrian([[1, Number.NaN]], { k: 2 })).toThrow('finite');
  expect(mondrian([[7, 7, 7, 7]], { k: 2 }).classes).toBe(1);
});

test('univariate microaggregation is optimal: no other division into groups of k or more has a smaller sum of squares', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 11 }), fc.integer({ min: 2, max: 3 }), (values, k) => {
      fc.pre(values.length >= k);
      const sorted = [...values].sort((a, b) => a - b);
      const cost = (from: number, to: number): number => {
        const part = sorted.slice(from, to);
        const mean = part.reduce((a, b) => a + b, 0) / part.length;
        return part.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      };
      const best = (from: number): number => {
        let least = cost(from, sorted.length);
        for (let to = from + k; to <= sorted.length - k; to++) least = Math.min(least, cost(from, to) + best(to));
        return least;
      };
      expect(microaggregateUnivariate(values, k).sse).toBeCloseTo(best(0), 6);
    }),
    { seed: 5, numRuns: 200 },
  );
  // Differences far below the size of the values.
  expect(microaggregateUnivariate([1e12, 1e12 + 1, 1e12 + 10, 1e12 + 11], 2).groups).toBe(2);
});

test('MDAV: groups of k to 2k-1 rows, and means keep the total', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9 })), { minLength: 3, maxLength: 60 }), fc.integer({ min: 2, max: 3 }), (rows, k) => {
      const columns = [rows.map((row) => row[0]), rows.map((row) => row[1])];
      const { groupOf, groups } = mdav(columns, k);
      const sizes = new Int32Array(groups);
      for (const group of groupOf) sizes[group]!++;
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(k);
      expect(Math.max(...sizes)).toBeLessThan(2 * k);
      const means = groupMeans(columns[0]!, groupOf);
      expect(means.reduce((a, b) => a + b, 0)).toBeCloseTo(columns[0]!.reduce((a, b) => a + b, 0), 6);
    }),
    { seed: 5 },
  );
});

test('cell suppression: what a row still shows is shared by k rows, withheld cells counting as a value of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 40 }), fc.integer({ min: 2, max: 3 }), (rows, k) => {
      const columns = [0, 1, 2].map((a) => Int32Array.from(rows, (row) => row[a as 0 | 1 | 2]));
      const { withheld } = suppressCells(columns, { k });
      const keys = rows.map((_, i) => columns.map((column, a) => (withheld[a]![i] === 1 ? '*' : column[i])).join());
      keys.forEach((key, i) => {
        if (withheld.every((column) => column[i] === 1)) return;
        expect(keys.filter((other) => other === key).length).toBeGreaterThanOrEqual(k);
      });
    }),
    { seed: 5 },
  );
});

test('top and bottom coding', () => {
  expect(topBottomCode([3, 50, 120, -Infinity], { bottom: 18, top: 90 })).toEqual([18, 50, 90, 18]);
  expect(() => topBottomCode([1], { bottom: 2, top: 1 })).toThrow('bottom <= top');
});
