import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import type { GroupRow, Key, Protected, TableControl } from '../../../../src/core/index.js';
import { hierarchy, japaneseCell, kTable, operatorReport, sdmxStatus } from '../../../../src/kanon/index.js';
import { release, toCsv } from '../../../../src/publish/index.js';
import { rankedDots, toRanking } from '../../../../src/rank/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { madeTable, shapeOf, trueCounts } from '../support/bench.js';
import { codeOf } from '../../../support/codeOf.js';

interface Row {
  readonly id: number;
  readonly city: string;
  readonly plan: string;
}

const door = { unit: 'user', unitOf: 'id' } as const;
const groups = { city: { Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka', 'Kobe'] }, plan: ['free', 'paid'] } as const;
const description = { id: 't', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'Asia/Tokyo' }, purpose: 'statistical-service', previous: 'first' } as const;

const rowsOf: fc.Arbitrary<Row[]> = fc
  .array(fc.record({ city: fc.constantFrom('Tokyo', 'Tokyo', 'Tokyo', 'Chiba', 'Osaka', 'Kobe', 'Naha'), plan: fc.constantFrom('free', 'free', 'paid') }), { maxLength: 120 })
  .map((list) => list.map((row, id) => ({ ...row, id })));


describe('kTable', () => {
  test('counts distinct units in every cell, totals too, and publishes no other figure', () => {
    for (let seed = 50; seed < 60; seed++) {
      const made = madeTable(seed, true);
      const shape = shapeOf(made);
      const truth = trueCounts(made, shape);
      const twice = [...made.rows, ...made.rows];
      const table = kTable<(typeof made.rows)[number], 'user', string[]>({ by: [...made.by], groups: made.groups, k: made.k, zeros: made.zeros })(personal(twice, door) as never);
      const lines = reveal(table).value;
      expect(lines.map(({ key }) => key)).toEqual(shape.keys);
      lines.forEach(({ state, count }, cell) => {
        if (state === 'suppressed') expect(count).toBeNull();
        else expect(count).toBe(truth[cell]);
        if (truth[cell]! > 0 && truth[cell]! < made.k) expect(state).toBe('suppressed');
        if (truth[cell] === 0 && made.zeros === 'suppressed') expect(state).toBe('suppressed');
      });
    }
  });

  test('says nothing of the order of rows, and states declared parameters only', () => {
    fc.assert(
      fc.property(rowsOf, rowsOf, fc.func(fc.integer()), (rows, others, order) => {
        const stage = kTable<Row, 'user', readonly ['city', 'plan']>({ by: ['city', 'plan'], groups, k: 4 });
        const shuffled = rows.map((row, at) => [order(at), row] as const).sort((a, b) => a[0] - b[0]).map(([, row]) => row);
        const one = reveal(stage(personal(rows, door) as never));
        expect(reveal(stage(personal(shuffled, door) as never)).value).toEqual(one.value);
        expect(JSON.stringify(reveal(stage(personal(others, door) as never)).statement)).toBe(JSON.stringify(one.statement));
      }),
      { numRuns: 25 },
    );
  });

  test('shows the same suppression in every shape: lines, CSV, JSON, a ranking, a chart, flags', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom('suppressed', 'published'), (rows, zeros) => {
        const table = pipe(personal(rows, door), kTable({ by: ['city', 'plan'], groups, k: 4, zeros }));
        const published = release(description)(table);
        const hidden = new Set(published.data.filter(({ state }) => state === 'suppressed').map(({ key }) => JSON.stringify(key)));
        const json = JSON.parse(JSON.stringify(published)) as typeof published;
        expect(json.data).toEqual(published.data);
        const csv = toCsv(published).trimEnd().split('\r\n').slice(1).map((line) => line.split(','));
        expect(csv.length).toBe(published.data.length);
        for (const [city, plan, state, count] of csv) {
          expect(state === 'suppressed').toBe(hidden.has(JSON.stringify([city, plan])));
          expect(count === '').toBe(state === 'suppressed');
        }
        const ranking = release(description)(toRanking()(table)).data;
        const shown = published.data.filter(({ state }) => state === 'value');
        for (const line of ranking) {
          if (!hidden.has(JSON.stringify(line.key))) continue;
          expect(line).toMatchObject({ rank: null, interval: null, count: null, state: 'suppressed' });
        }
        // The ranks of those shown are what they would be if the others did not exist: no gap, no place taken.
        for (const line of ranking) {
          if (line.rank === null) continue;
          expect(line.rank).toBe(1 + shown.filter(({ count }) => count! > line.count!).length);
        }
        expect(ranking.filter(({ rank }) => rank !== null).length).toBe(shown.length);
        const chart = JSON.stringify(rankedDots(ranking.map((line) => ({ ...line, key: line.key.join('/') })), { title: 'People' }));
        for (const key of hidden) expect(chart.includes(`"${(JSON.parse(key) as string[]).join('/')}"`)).toBe(false);
        for (const line of published.data) {
          expect(sdmxStatus(line).CONF_STATUS).toBe(line.state === 'suppressed' ? 'C' : 'F');
          expect(japaneseCell(line)).toBe(line.state === 'suppressed' ? 'x' : line.count === 0 ? '-' : String(line.count));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('gives one code whatever the reason, and the reasons to the operator alone', () => {
    const rows = Array.from({ length: 60 }, (_, id): Row => ({ id, city: id < 2 ? 'Kobe' : id < 20 ? 'Osaka' : id < 40 ? 'Chiba' : 'Tokyo', plan: id % 4 === 0 ? 'paid' : 'free' }));
    const table = pipe(personal(rows, door), kTable({ by: ['city', 'plan'], groups, k: 4 }));
    const { byReason, attainedK, informationLost } = operatorReport(table)!.figures as { byReason: Record<string, number>; attainedK: number; informationLost: number };
    expect(byReason['A']).toBeGreaterThan(0);
    expect(byReason['D']).toBeGreaterThan(0);
    expect(attainedK).toBeGreaterThanOrEqual(4);
    expect(informationLost).toBeGreaterThan(0);
    expect(new Set(reveal(table).value.map(({ state }) => state))).toEqual(new Set(['value', 'suppressed']));
    expect(() => JSON.stringify(operatorReport(table))).toThrow(expect.objectContaining({ code: 'TOKUMEI_OPERATOR_REPORT' }));
    expect(JSON.stringify(release(description)(table))).not.toContain('byReason');
  });

  test('counts a unit of several groups once in their total, and refuses it where that was not declared', () => {
    const rows = Array.from({ length: 40 }, (_, id) => ['a', 'b', 'c'].filter((_app, at) => (id + at) % 3 !== 0).map((app) => ({ id, app, sex: id % 2 === 0 ? 'f' : 'm' }))).flat();
    const apps = { app: hierarchy(['a', 'b', 'c']), sex: ['f', 'm'] } as const;
    expect(codeOf(() => pipe(personal(rows, door), kTable({ by: ['app', 'sex'], groups: apps, k: 5 })))).toBe('TOKUMEI_TABLE_OVERLAP');
    const lines = reveal(pipe(personal(rows, door), kTable({ by: ['app', 'sex'], groups: apps, k: 5, overlapping: 'app' }))).value;
    expect(lines.find(({ key }) => key[0] === 'total' && key[1] === 'total')).toMatchObject({ count: 40 });
    expect(lines.filter(({ key }) => key[0] !== 'total' && key[1] === 'total').reduce((sum, { count }) => sum + count!, 0)).toBeGreaterThan(40);
    // Without totals nothing adds up, so nothing need be declared.
    const flat = { app: hierarchy(['a', 'b', 'c'], { total: false }), sex: ['f', 'm'] } as const;
    expect(reveal(pipe(personal(rows, door), kTable({ by: ['app', 'sex'], groups: flat, k: 5 }))).value.every(({ state }) => state === 'value')).toBe(true);
  });

  test('leaves a small group of people who share groups uncertain: between the largest part and the sum nothing is given away', () => {
    // 30 with a alone, 3 with b alone: total 33. Were the total published, b could not be 1 or 2.
    const rows = [...Array.from({ length: 30 }, (_, id) => ({ id, app: 'a' })), ...Array.from({ length: 3 }, (_, at) => ({ id: 100 + at, app: 'b' }))];
    const state = (people: typeof rows) => new Map(reveal(pipe(personal(people, door), kTable({ by: 'app', groups: { app: ['a', 'b'] }, k: 5, zeros: 'published', overlapping: 'app' }))).value.map((line) => [line.key, line.state]));
    const alone = state(rows);
    expect(alone.get('b')).toBe('suppressed');
    expect([alone.get('a'), alone.get('total')]).toContain('suppressed');
    // With 20 people in both, b may be anything up to the total: neither has to go.
    const many = [...rows, ...Array.from({ length: 3 }, (_, at) => ({ id: 100 + at, app: 'a' }))];
    expect(Object.fromEntries(state(many))).toEqual({ total: 'value', a: 'value', b: 'suppressed' });
  });

  test('publishes nothing of a table of too few people, and takes an empty one', () => {
    const few = [{ id: 1, city: 'Tokyo', plan: 'free' }];
    for (const rows of [few, [] as Row[]]) {
      const table = pipe(personal(rows, door), kTable({ by: ['city', 'plan'], groups, k: 3 }));
      expect(reveal(table).value.every(({ state }) => state === 'suppressed')).toBe(true);
    }
    const table = pipe(personal([] as Row[], door), kTable({ by: 'city', groups: { city: ['Tokyo'] }, k: 3, zeros: 'published' }));
    expect(reveal(table).value).toEqual([{ key: 'total', state: 'value', count: 0 }, { key: 'Tokyo', state: 'value', count: 0 }]);
  });

  test('has the types of its keys and its guarantee', () => {
    const table = pipe(personal([] as Row[], door), kTable({ by: ['city', 'plan'], groups, k: 3 }));
    expectTypeOf(table).toEqualTypeOf<Protected<readonly GroupRow<readonly Key[]>[], TableControl<'user'>>>();
  });

  test('refuses wrong options before any record is seen, and says what to do', () => {
    const with_ = (more: object) => codeOf(() => kTable<Row, 'user', 'city'>({ by: 'city', groups: { city: ['Tokyo', 'Osaka'] }, k: 3, ...more }));
    expect(with_({})).toBe('no error');
    for (const k of [1, 0, NaN, Infinity, 2.5, '3']) expect(with_({ k })).toBe('TOKUMEI_K_RANGE');
    expect(with_({ k: 2, zeros: 'published' })).toBe('TOKUMEI_K_RANGE');
    expect(with_({ by: [] })).toBe('TOKUMEI_BY');
    expect(with_({ groups: undefined })).toBe('TOKUMEI_GROUPS');
    expect(with_({ groups: {} })).toBe('TOKUMEI_GROUPS');
    expect(with_({ groups: { city: ['Tokyo', 'Tokyo'] } })).toBe('TOKUMEI_HIERARCHY');
    expect(with_({ groups: { city: { Kanto: ['Tokyo'], East: ['Tokyo'] } } })).toBe('TOKUMEI_HIERARCHY');
    expect(with_({ groups: { city: [] } })).toBe('TOKUMEI_HIERARCHY');
    expect(with_({ groups: { city: ['total'] } })).toBe('TOKUMEI_HIERARCHY');
    const many = Array.from({ length: 1500 }, (_, at) => at);
    expect(with_({ by: ['city', 'plan'], groups: { city: many, plan: many } })).toBe('TOKUMEI_TABLE_SIZE');
    expect(with_({ overlapping: 'plan' })).toBe('TOKUMEI_OVERLAPPING');
    expect(with_({ zeros: 'no' })).toBe('TOKUMEI_ZEROS');
    expect(with_({ protect: 0 })).toBe('TOKUMEI_PROTECT');
    expect(with_({ cost: 'dear' })).toBe('TOKUMEI_CELL_COST');
    expect(codeOf(() => kTable(undefined as never))).toBe('TOKUMEI_OPTIONS');
  });
});

test('the operator is told of how many cells only certainty is kept', () => {
  const users = Array.from({ length: 90 }, (_, id) => ({ id, city: id < 2 ? 'Kobe' : id < 20 ? 'Osaka' : 'Tokyo', plan: id % 3 === 0 ? 'paid' : 'free' }));
  const table = (k: number) => pipe(personal(users, { unit: 'user', unitOf: 'id' }), kTable({ by: ['city', 'plan'], groups: { city: ['Tokyo', 'Osaka', 'Kobe'], plan: ['free', 'paid'] }, k }));
  // Kobe has two people: its two cells are parts of a small total. Osaka's six and twelve are parts of no small total.
  expect(operatorReport(table(4))!.figures['partsOfSmallTotals']).toBe(2);
  expect(operatorReport(table(7))!.figures['partsOfSmallTotals']).toBe(2);
  expect(operatorReport(table(2))!.figures['partsOfSmallTotals']).toBe(0);
});
