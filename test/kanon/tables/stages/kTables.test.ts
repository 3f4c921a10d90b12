import { describe, expect, expectTypeOf, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import type { GroupRow, Key, Protected, TableControl } from '../../../../src/core/index.js';
import { hierarchy, kTable, kTables, operatorReport } from '../../../../src/kanon/index.js';
import { release, verifyManifest, type Release } from '../../../../src/publish/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { runs } from '../../../support/runs.js';
import { madeSet, readSet, shapeOf, type Line } from '../support/bench.js';
import { codeOf } from '../../../support/codeOf.js';

const door = { unit: 'user', unitOf: 'id' } as const;
const description = { period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'Asia/Tokyo' }, purpose: 'statistical-service' } as const;

interface Row {
  readonly id: number;
  readonly city: string;
  readonly month: number;
  readonly item: string;
}
const city = ['Tokyo', 'Osaka', 'Kobe'];
const rows: readonly Row[] = Array.from({ length: 200 }, (_, id) => ({ id, city: city[id < 3 ? 2 : id % 7 === 0 ? 1 : 0]!, month: 1 + (id % 3), item: ['tea', 'rice', 'salt'][Math.floor(((id * 31) % 100) / 45)]! }));
const groups = { city, month: hierarchy({ winter: [1, 2], spring: [3] }, { total: 'year' }), item: ['tea', 'rice', 'salt'] } as const;
const tables = { months: { by: ['city', 'month'], groups }, items: { by: ['city', 'item'], groups } } as const;

const setOf = (seed: number): { made: ReturnType<typeof madeSet>; lines: readonly (readonly Line[])[] } => {
  const made = madeSet(seed);
  const stage = kTables<(typeof made.rows)[number], 'user', Record<string, readonly string[]>>({ tables: Object.fromEntries(made.tables.map((table, at) => [`t${at}`, table])), k: made.k, zeros: made.zeros });
  return { made, lines: Object.values(stage(personal(made.rows, door) as never)).map((table) => reveal(table).value) };
};

const cellsOf = (made: ReturnType<typeof madeSet>): number => made.tables.reduce((sum, table) => sum + shapeOf(table).keys.length, 0);

describe('kTables', () => {
  test('a reader of all tables, who shares no code with the library, recovers nothing and narrows nothing down', () => {
    let withheld = 0;
    let published = 0;
    for (let seed = 0; seed < runs(30); seed++) {
      // Larger ones are read by `measure -- tables`, which takes minutes.
      if (cellsOf(madeSet(seed)) > 70) continue;
      const { made, lines } = setOf(seed);
      const verdict = readSet(made, lines);
      withheld += verdict.withheld;
      published += verdict.cells - verdict.withheld;
      expect({ seed, ...verdict }).toMatchObject({ recovered: 0, recoveredWithinInterval: 0, unseenRecovered: 0, insidersRecovered: 0, inconsistent: 0 });
    }
    expect(withheld).toBeGreaterThan(200);
    expect(published).toBeGreaterThan(50);
  });

  test('tables protected each by itself do not pass that reader', () => {
    let broken = 0;
    for (let seed = 0; seed < 30; seed++) {
      const made = madeSet(seed);
      if (cellsOf(made) > 110) continue;
      const lines = made.tables.map(({ by, groups: own }) => reveal(kTable<(typeof made.rows)[number], 'user', string[]>({ by: [...by], groups: own, k: made.k, zeros: made.zeros })(personal(made.rows, door) as never)).value);
      const { recovered, recoveredWithinInterval, inconsistent } = readSet(made, lines);
      if (recovered + recoveredWithinInterval + inconsistent > 0) broken++;
    }
    expect(broken).toBeGreaterThan(3);
  });

  test('gives each table as kTable does: all lines, true counts, shared groups alike', () => {
    const { months, items } = pipe(personal(rows, door), kTables({ tables, k: 4 }));
    expectTypeOf(months).toEqualTypeOf<Protected<readonly GroupRow<readonly Key[]>[], TableControl<'user'>>>();
    const [a, b] = [reveal(months).value, reveal(items).value];
    expect(a.length).toBe(4 * 6);
    expect(b.length).toBe(4 * 4);
    for (const place of ['total', ...city]) {
      const one = a.find(({ key }) => key[0] === place && key[1] === 'year')!;
      const other = b.find(({ key }) => key[0] === place && key[1] === 'total')!;
      expect([one.state, one.count]).toEqual([other.state, other.count]);
    }
    // A group of one part is that part.
    for (const place of ['total', ...city]) expect(a.find(({ key }) => key[0] === place && key[1] === 'spring')!.count).toBe(a.find(({ key }) => key[0] === place && key[1] === 3)!.count);
    for (const { key, count } of b) {
      const truth = rows.filter((row) => (key[0] === 'total' || row.city === key[0]) && (key[1] === 'total' || row.item === key[1])).length;
      expect([null, truth]).toContain(count);
      if (truth < 4) expect(count).toBeNull();
    }
    expect(reveal(months).value.some(({ state }) => state === 'value')).toBe(true);
    expect(operatorReport(items)!.figures).toMatchObject({ cells: 16, nothingPublished: false });
    expect(reveal(months).statement.parameters['linked']).toEqual([['city', 'month'], ['city', 'item']]);
  });

  test('tables of one call may follow each other out; beside anything else the audit decides', () => {
    const { months, items } = pipe(personal(rows, door), kTables({ tables, k: 4 }));
    const first = release({ ...description, id: 'months', previous: 'first' })(months);
    const second = release({ ...description, id: 'items', previous: [first] })(items);
    expect(second.data.length).toBe(16);
    for (const one of [first, second]) expect(verifyManifest(one).checks.filter(({ ok }) => !ok)).toEqual([]);
    // Another table of the same people, whose population nobody declared.
    const other: Release<unknown> = pipe(personal(rows, door), kTable({ by: 'item', groups: { item: groups.item }, k: 4 }), release({ ...description, id: 'other', previous: 'first' }));
    const refused = (previous: readonly Release<unknown>[]) => codeOf(() => release({ ...description, id: 'items', previous })(items));
    expect(refused([other])).toBe('TOKUMEI_CROSS_RELEASE');
    expect(refused([first, other])).toBe('TOKUMEI_CROSS_RELEASE');
    // The same lines under another period are about others.
    const later = release({ ...description, period: { ...description.period, to: '2026-02-28' }, id: 'months', previous: 'first' })(months);
    expect(refused([later])).toBe('TOKUMEI_CROSS_RELEASE');
  });

  test('leaves rows outside any table out of all, and counts a unit of several groups once', () => {
    const more = [...rows, { id: 900, city: 'Naha', month: 1, item: 'tea' }];
    const run = (list: readonly Row[], overlapping?: string) => Object.values(pipe(personal(list, door), kTables({ tables, k: 4, ...(overlapping === undefined ? {} : { overlapping }) }))).map((table) => reveal(table).value);
    expect(run(more)).toEqual(run(rows));
    // Nothing small here, so that figures are published.
    const fair = rows.map((row) => ({ ...row, city: city[Math.floor(row.id / 3) % 3]! }));
    const twice = [...fair, ...fair.filter(({ id }) => id % 2 === 0).map((row) => ({ ...row, item: row.item === 'rice' ? 'salt' : 'rice' }))];
    expect(codeOf(() => run(twice))).toBe('TOKUMEI_TABLE_OVERLAP');
    const lines = run(twice, 'item')[1]!;
    expect(lines.find(({ key }) => key[0] === 'total' && key[1] === 'total')!.count).toBe(200);
    expect(lines.filter(({ key }) => key[0] === 'total' && key[1] !== 'total').reduce((sum, { count }) => sum + count!, 0)).toBe(300);
  });

  test('refuses what cannot be linked before any record is seen', () => {
    const linked = (given: object, more: object = {}) => codeOf(() => kTables<Row, 'user', Record<string, 'city'>>({ tables: given as never, k: 4, ...more }));
    const one = (groups_: object) => ({ by: 'city', groups: { city: groups_ } });
    expect(linked({})).toBe('TOKUMEI_LINKED_TABLES');
    expect(linked([one(city)])).toBe('TOKUMEI_LINKED_TABLES');
    expect(linked({ a: one(city), b: one(['Tokyo', 'Osaka']) })).toBe('TOKUMEI_LINKED_GROUPS');
    expect(linked({ a: one(city), b: one(['Tokyo', 'Osaka', 'Naha']) })).toBe('TOKUMEI_LINKED_GROUPS');
    const crossing = { a: one({ east: ['Tokyo', 'Osaka'], west: ['Kobe'] }), b: one({ old: ['Osaka', 'Kobe'], young: ['Tokyo'] }) };
    expect(linked(crossing)).toBe('no error');
    expect(linked(crossing, { overlapping: 'city' })).toBe('TOKUMEI_LINKED_GROUPS');
    expect(linked({ a: one(city) }, { overlapping: 'item' })).toBe('TOKUMEI_OVERLAPPING');
    expect(linked({ a: one(city) }, { k: 1 })).toBe('TOKUMEI_K_RANGE');
    const many = Array.from({ length: 1500 }, (_, at) => at);
    expect(linked({ a: one(many), b: { by: 'item', groups: { item: many } } })).toBe('TOKUMEI_TABLE_SIZE');
    expect(codeOf(() => kTables(undefined as never))).toBe('TOKUMEI_OPTIONS');
    // A rule given to one table alone would not be applied.
    expect(linked({ a: { ...one(city), k: 9 } })).toBe('TOKUMEI_OPTIONS');
    expect(linked({ a: one(city) }, { overlaping: 'city' })).toBe('TOKUMEI_OPTIONS');
  });
});
