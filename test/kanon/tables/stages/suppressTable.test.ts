import { describe, expect, expectTypeOf, test } from 'vitest';
import type { GroupRow, Key, Protected, TableControl } from '../../../../src/core/index.js';
import { kTable, operatorReport, suppressTable } from '../../../../src/kanon/index.js';
import { release, verifyManifest } from '../../../../src/publish/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { madeTable, shapeOf, trueCounts } from '../support/bench.js';

const lines = [
  { key: 'total', count: 42 },
  { key: 'Tokyo', count: 30 },
  { key: 'Osaka', count: 10 },
  { key: 'Kobe', count: 2 },
] as const;
const options = { unit: 'user', by: 'city', groups: { city: ['Tokyo', 'Osaka', 'Kobe'] }, k: 5 } as const;
const failure = (run: () => unknown): { readonly code: string; readonly message: string } => {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string };
  }
  return { code: 'no error', message: '' };
};

describe('suppressTable', () => {
  test('withholds just what kTable does of the same people, in whatever order the lines come', () => {
    for (let seed = 0; seed < 25; seed++) {
      const made = madeTable(seed, true);
      const shape = shapeOf(made);
      const truth = trueCounts(made, shape);
      const { k, zeros } = made;
      const counted = shape.keys.map((key, cell) => ({ key, count: truth[cell]! })).reverse();
      const table = suppressTable<'user', readonly string[]>({ unit: 'user', by: made.by, groups: made.groups, k, zeros })(counted);
      const own = kTable<(typeof made.rows)[number], 'user', string[]>({ by: [...made.by], groups: made.groups, k, zeros })(personal(made.rows, { unit: 'user', unitOf: 'id' }) as never);
      expect(reveal(table).value).toEqual(reveal(own).value);
      expect(operatorReport(table)!.figures['byReason']).toEqual(operatorReport(own)!.figures['byReason']);
    }
  });

  test('takes groups that share people where they are declared', () => {
    const shared = lines.map((line) => (line.key === 'total' ? { ...line, count: 35 } : line));
    expect(failure(() => suppressTable(options)(shared)).code).toBe('TOKUMEI_TABLE_TOTALS');
    const table = suppressTable({ ...options, overlapping: 'city' })(shared);
    expect(reveal(table).value.map(({ count }) => count)).toEqual([35, 30, 10, null]);
    expectTypeOf(table).toEqualTypeOf<Protected<readonly GroupRow<Key>[], TableControl<'user'>>>();
    for (const total of [29, 43]) expect(failure(() => suppressTable({ ...options, overlapping: 'city' })(lines.map((line) => (line.key === 'total' ? { ...line, count: total } : line)))).code).toBe('TOKUMEI_TABLE_TOTALS');
  });

  test('says what to do with a table that is none, and shows none of its figures', () => {
    const run = (given: unknown) => failure(() => suppressTable(options)(given as never));
    const without = lines.slice(0, 3);
    const cases: readonly (readonly [unknown, string])[] = [
      [lines, 'no error'],
      [[], 'TOKUMEI_TABLE_EMPTY'],
      [undefined, 'TOKUMEI_TABLE_CELLS'],
      [without, 'TOKUMEI_TABLE_CELLS'],
      [[...lines, lines[1]], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: 'Naha', count: 2 }], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: ['Kobe', 'x'], count: 2 }], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: 'Kobe', count: null }], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: 'Kobe', count: 2.5 }], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: 'Kobe', count: NaN }], 'TOKUMEI_TABLE_CELLS'],
      [[...without, null], 'TOKUMEI_TABLE_CELLS'],
      [[...without, { key: 'Kobe', count: -2 }], 'TOKUMEI_NEGATIVE_MAGNITUDE'],
      [[...without, { key: 'Kobe', count: 777 }], 'TOKUMEI_TABLE_TOTALS'],
    ];
    for (const [given, code] of cases) {
      const found = run(given);
      expect(found.code).toBe(code);
      expect(found.message).not.toMatch(/777|Naha|Kobe|\b2\.5\b|42/);
    }
  });

  test('leaves a statement that holds', () => {
    const out = release({ id: 'cities', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' })(suppressTable(options)(lines));
    expect(verifyManifest(out).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('names the field whose totals do not add up', () => {
    const two = { unit: 'user', by: ['city', 'plan'], groups: { city: ['Tokyo', 'Osaka'], plan: ['free', 'paid'] }, k: 5 } as const;
    const cell = (city: string, plan: string): number => (city === 'total' ? 2 : 1) * (plan === 'total' ? 2 : 1) * 10;
    const all = ['total', 'Tokyo', 'Osaka'].flatMap((city) => ['total', 'free', 'paid'].map((plan) => ({ key: [city, plan], count: cell(city, plan) })));
    expect(failure(() => suppressTable(two)(all)).code).toBe('no error');
    const wrong = (city: string, plan: string, by: number) => failure(() => suppressTable(two)(all.map((line) => (line.key[0] === city && line.key[1] === plan ? { ...line, count: line.count + by } : line)))).message;
    expect(wrong('total', 'free', 1)).toContain("'city'");
    expect(wrong('Tokyo', 'total', 1)).toMatch(/'city'|'plan'/);
    // Both cities and their sum off alike: only the plans do not add up.
    const plans = all.map((line) => (line.key[1] === 'total' ? { ...line, count: line.count + (line.key[0] === 'total' ? 2 : 1) } : line));
    expect(failure(() => suppressTable(two)(plans)).message).toContain("'plan'");
  });

  test('refuses wrong options', () => {
    const one = (more: object) => failure(() => suppressTable({ ...options, ...more } as never)).code;
    expect(one({ unit: '' })).toBe('TOKUMEI_UNIT');
    expect(one({ k: 1 })).toBe('TOKUMEI_K_RANGE');
    expect(one({ groups: { city: { Kanto: ['Tokyo'], East: ['Tokyo'] } } })).toBe('TOKUMEI_HIERARCHY');
    expect(one({ overlapping: 'plan' })).toBe('TOKUMEI_OVERLAPPING');
    expect(failure(() => suppressTable(undefined as never)).code).toBe('TOKUMEI_OPTIONS');
  });
});
