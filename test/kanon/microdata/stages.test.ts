import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openProtected } from '../../../src/core/holders/protected.js';
import { personal } from '../../../src/table/index.js';
import { cellSuppressedRows, microaggregateRows, mondrianRows } from '../../../src/kanon/microdata/index.js';
import { classesBy } from './naive.js';

const EDUCATION = ['none', 'school', 'college'];
const people = fc.array(fc.record({ age: fc.integer({ min: -3, max: 40 }), education: fc.constantFrom(...EDUCATION), pay: fc.double({ min: 0, max: 9, noNaN: true }) }), { minLength: 4, maxLength: 60 });
const door = (rows: readonly object[]) => personal(rows.map((row, id) => ({ id, ...row })), { unit: 'person', unitOf: 'id' }) as never;
const sizes = (rows: readonly unknown[], fields: readonly string[]): number[] => [...classesBy(rows as never, fields).values()].map((members) => members.length);

test('Mondrian: every released combination stands for k rows, spans hold their rows, other fields stay with them', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 2, max: 4 }), fc.constantFrom('strict', 'relaxed'), (rows, k, mode) => {
      const result = mondrianRows({ quasiIdentifiers: { age: 'number', education: EDUCATION } as never, k, mode, release: ['age2', 'pay'] as never })(door(rows.map((row) => ({ ...row, age2: row.age }))));
      const { value, report } = openProtected(result, 'test');
      expect(value).toHaveLength(rows.length);
      for (const size of sizes(value, ['age', 'education'])) expect(size).toBeGreaterThanOrEqual(k);
      for (const row of value) {
        const [from, to = from] = String(row['age']).split('…').map(Number);
        expect(row['age2']).toBeGreaterThanOrEqual(from!);
        expect(row['age2']).toBeLessThanOrEqual(to!);
      }
      expect(value.map((row) => row['pay']).sort()).toEqual(rows.map((row) => row.pay + 0).sort());
      expect(report!.figures).toMatchObject({ rows: rows.length, released: rows.length, suppressed: 0 });
      expect(result.guarantee).toEqual({ kind: 'k-anonymity', unit: 'person', k });
    }),
    { seed: 31, numRuns: 60 },
  );
});

test('microaggregation: every released combination stands for k rows, and totals stay', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 2, max: 4 }), fc.constantFrom(['age'], ['age', 'pay']), (rows, k, fields) => {
      const { value } = openProtected(microaggregateRows({ quasiIdentifiers: fields as never, k })(door(rows)), 'test');
      for (const size of sizes(value, fields)) expect(size).toBeGreaterThanOrEqual(k);
      for (const field of fields) {
        const total = (all: readonly object[]): number => all.reduce((sum, row) => sum + (row as Record<string, number>)[field]!, 0);
        expect(total(value)).toBeCloseTo(total(rows), 6);
      }
    }),
    { seed: 32, numRuns: 60 },
  );
});

test('cell suppression: every released combination stands for k rows; a cell that is shown is the true one', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 2, max: 4 }), (rows, k) => {
      const given = rows.map((row, i) => ({ age: row.age % 3, education: i % 7 === 0 ? null : row.education, truth: `${row.age % 3} ${row.education}` }));
      const { value } = openProtected(cellSuppressedRows({ quasiIdentifiers: ['age', 'education'] as never, k, release: ['truth'] as never })(door(given)), 'test');
      for (const size of sizes(value, ['age', 'education'])) expect(size).toBeGreaterThanOrEqual(k);
      for (const row of value) {
        const [age, education] = String(row['truth']).split(' ');
        if (row['age'] !== null) expect(String(row['age'])).toBe(String(Number(age) + 0));
        if (row['education'] !== null) expect(row['education']).toBe(education);
        expect(row['age'] === null && row['education'] === null).toBe(false);
      }
    }),
    { seed: 33, numRuns: 60 },
  );
});

test('what cannot be released is refused', () => {
  const rows = [{ age: 1, education: 'none' }, { age: 2, education: 'college' }];
  expect(() => mondrianRows({ quasiIdentifiers: { age: 'number' } as never, k: 1 })).toThrow('k');
  expect(() => mondrianRows({ quasiIdentifiers: {}, k: 2 })).toThrow('quasiIdentifiers');
  expect(() => mondrianRows({ quasiIdentifiers: { education: ['none', 'none'] } as never, k: 2 })).toThrow('different texts');
  expect(() => mondrianRows({ quasiIdentifiers: { age: 'number' } as never, k: 3 })(door(rows))).toThrow('fewer rows than k');
  expect(() => mondrianRows({ quasiIdentifiers: { education: ['none'] } as never, k: 2 })(door(rows))).toThrow('not in its list');
  expect(() => mondrianRows({ quasiIdentifiers: { age: 'number' } as never, k: 2 })(door([...rows, { age: Number.NaN }]))).toThrow('finite');
  expect(() => microaggregateRows({ quasiIdentifiers: ['education'] as never, k: 2 })(door(rows))).toThrow('finite');
  expect(() => microaggregateRows({ quasiIdentifiers: ['age'] as never, k: 2, release: ['age'] as never })).toThrow('release');
  expect(() => cellSuppressedRows({ quasiIdentifiers: ['age'] as never, k: 2, importance: { age: 0 } as never })).toThrow('importance');
  expect(openProtected(cellSuppressedRows({ quasiIdentifiers: ['age'] as never, k: 3 })(door(rows)), 'test').value).toEqual([]);
});
