import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import type { GroupRow, KAnonymity, Key, Protected } from '../../../../src/core/index.js';
import { openProtected } from '../../../../src/core/holders/protected.js';
import { kCountUnits } from '../../../../src/kanon/index.js';
import { personal, personalColumns, publicKeys } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { naiveUnitCounts } from '../../../support/naive.js';
import { codeOf } from '../../../support/codeOf.js';

interface Row {
  readonly u: string | number | null;
  readonly g: string | number | null | undefined;
}

const unit = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom('a', 'b', '__proto__', ''), fc.constant(null));
const group = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom('1', '', '__proto__', 'constructor', '\ud800', 'ü'), fc.constantFrom(null, undefined));
const rowsOf: fc.Arbitrary<Row[]> = fc.array(fc.record({ u: unit, g: group }), { maxLength: 60 });
const door = { unit: 'user', unitOf: 'u' } as const;
const lines = (rows: readonly Row[], k: number): readonly GroupRow[] => reveal(pipe(personal(rows, door), kCountUnits({ by: 'g', k }))).value;

describe('kCountUnits', () => {
  test('publishes exactly the groups with at least k distinct units, with their true count', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 2, max: 5 }), (rows, k) => {
        const truth = [...naiveUnitCounts(rows)].filter(([, count]) => count >= k);
        const seen = lines(rows, k);
        expect(new Map(seen.map((line) => [line.key, line.count]))).toEqual(new Map(truth));
        expect(seen.every((line) => line.state === 'value')).toBe(true);
      }),
    );
  });

  test('counts people, not rows, and says nothing of the order in which they came', () => {
    fc.assert(
      fc.property(rowsOf, fc.func(fc.integer()), (rows, order) => {
        const shuffled = [...rows, ...rows].map((row, at) => [order(at), row] as const).sort((a, b) => a[0] - b[0]).map(([, row]) => row);
        expect(lines(shuffled, 2)).toEqual(lines(rows, 2));
      }),
    );
  });

  test('gives each declared key a line in the declared order, suppressed below k and never zero', () => {
    const rows = [1, 2, 3].map((u) => ({ u, g: 'b' as string })).concat([{ u: 1, g: 'a' }, { u: 9, g: 'other' }]);
    const run = (zeros?: 'published') => reveal(pipe(personal(rows, door), kCountUnits({ by: 'g', k: 3, keys: publicKeys(['a', 'b', 'none']), ...(zeros ? { zeros } : {}) }))).value;
    expect(run()).toEqual([
      { key: 'a', state: 'suppressed', count: null },
      { key: 'b', state: 'value', count: 3 },
      { key: 'none', state: 'suppressed', count: null },
    ]);
    expect(run('published')[2]).toEqual({ key: 'none', state: 'value', count: 0 });
    expect(run('published')[0]).toEqual({ key: 'a', state: 'suppressed', count: null });
  });

  test('crosses several fields; keys are tuples', () => {
    const rows = [1, 2].flatMap((u) => [{ u, app: 'maps', country: 'JP' }, { u, app: 'maps', country: 'JP' }]).concat({ u: 3, app: 'maps', country: 'FR' });
    const result = pipe(personal(rows, door), kCountUnits({ by: ['app', 'country'], k: 2 }));
    expect(reveal(result).value).toEqual([{ key: ['maps', 'JP'], state: 'value', count: 2 }]);
    expectTypeOf(result).toEqualTypeOf<Protected<readonly GroupRow<readonly Key[]>[], KAnonymity<'user'>>>();
  });

  test('takes typed columns and an empty table', () => {
    const columns = { u: Int32Array.from([1, 2, 3, 3]), g: Int32Array.from([5, 5, 5, 6]) };
    expect(reveal(pipe(personalColumns(columns, door), kCountUnits({ by: 'g', k: 3 }))).value).toEqual([{ key: 5, state: 'value', count: 3 }]);
    expect(reveal(pipe(personal([] as Row[], door), kCountUnits({ by: 'g', k: 3, keys: publicKeys(['x']) }))).value).toEqual([{ key: 'x', state: 'suppressed', count: null }]);
  });

  test('states declared parameters only: two data sets leave the same statement', () => {
    fc.assert(
      fc.property(rowsOf, rowsOf, (a, b) => {
        const statement = (rows: readonly Row[]) => reveal(pipe(personal(rows, door), kCountUnits({ by: 'g', k: 4 }))).statement;
        expect(JSON.stringify(statement(a))).toBe(JSON.stringify(statement(b)));
      }),
      { numRuns: 30 },
    );
  });

  test('tells the operator what was withheld', () => {
    const rows = [1, 2, 3, 4].map((u) => ({ u, g: 'b' })).concat([{ u: 1, g: 'a' }, { u: 2, g: 'a' }]);
    const { report } = openProtected(pipe(personal(rows, door), kCountUnits({ by: 'g', k: 3 })), 'test');
    expect(report!.figures).toMatchObject({ groups: 2, published: 1, withheld: 1, attainedK: 4, pairsWithheld: 2 });
  });

  test('refuses wrong options before any record is seen', () => {
    for (const k of [1, 0, -3, 2.5, NaN, Infinity, '3' as never]) expect(codeOf(() => kCountUnits<Row, 'user', 'g'>({ by: 'g', k }))).toBe('TOKUMEI_K_RANGE');
    expect(codeOf(() => kCountUnits<Row, 'user', 'g'>({ by: [] as never, k: 3 }))).toBe('TOKUMEI_BY');
    expect(codeOf(() => kCountUnits<Row, 'user', 'g'>({ by: 'g', k: 3, keys: ['a'] as never }))).toBe('TOKUMEI_KEYS');
    expect(codeOf(() => kCountUnits<Row, 'user', 'g'>({ by: 'g', k: 3, zeros: 'no' as never }))).toBe('TOKUMEI_ZEROS');
    expect(codeOf(() => kCountUnits(undefined as never))).toBe('TOKUMEI_OPTIONS');
    expect(codeOf(() => pipe(personal([{ u: 1, g: 'a' }], { ...door, fields: ['g'] }), kCountUnits({ by: 'h' as never, k: 3 })))).toBe('TOKUMEI_FIELD');
  });
});
