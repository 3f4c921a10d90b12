import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { pipe, type Guarantee, type Protected } from '../../src/core/index.js';
import { hierarchy, japaneseCell, kCountUnits, kSum, kTable, sdmxStatus } from '../../src/kanon/index.js';
import { release, toCsv, type Release } from '../../src/publish/index.js';
import { rankedDots, toRanking, withShares, type DotRow } from '../../src/rank/index.js';
import { TIE_RULES } from '../../src/rank/order/rankTies.js';
import { personal, publicKeys } from '../../src/table/index.js';

/**
 * One protected result in every shape that it can leave in, each read back by what others read it with. `x` stands for withheld.
 * Every shape has to show the same cells as the list itself, and nothing beside them.
 */
type Cells = ReadonlyMap<string, number | 'x'>;
type Line = { readonly key: unknown; readonly state: 'value' | 'suppressed' | 'tied' | 'not-ranked' } & Readonly<Record<string, unknown>>;

const CITIES = ['Tokyo', 'Chiba', 'Osaka', 'Kobe'];
const PLANS = ['free', 'paid'];
const row = fc.record({ user: fc.nat(25), city: fc.constantFrom(...CITIES, 'elsewhere'), plan: fc.constantFrom(...PLANS), yen: fc.nat(900) });
type Row = { user: number; city: string; plan: string; yen: number };

const people = (rows: readonly Row[]) => personal(rows, { unit: 'user', unitOf: 'user' });
const city = hierarchy({ Kanto: ['Tokyo', 'Chiba'], Kansai: ['Osaka', 'Kobe'] }, { total: 'Japan' });
const rules = fc.record({ k: fc.integer({ min: 3, max: 6 }), zeros: fc.constantFrom('published' as const, 'suppressed' as const) });

type Made = { readonly measure: 'count' | 'sum'; readonly by: readonly string[]; readonly result: Protected<readonly Line[], Guarantee>; readonly ranked: (ties: (typeof TIE_RULES)[number]) => Protected<readonly Line[], Guarantee>; readonly shares?: Protected<readonly Line[], Guarantee> };

const MAKE: readonly ((rows: readonly Row[], o: { readonly k: number; readonly zeros: 'published' | 'suppressed' }) => Made)[] = [
  (rows, { k, zeros }) => {
    const result = pipe(people(rows), kCountUnits({ by: 'city', k, zeros, keys: publicKeys([...CITIES, 'nowhere']) }));
    return { measure: 'count', by: ['city'], result, ranked: (ties) => pipe(result, toRanking({ ties })), shares: pipe(result, withShares({ of: 'published-items' })) };
  },
  (rows, { k }) => {
    const result = pipe(people(rows), kCountUnits({ by: ['city', 'plan'], k }));
    return { measure: 'count', by: ['city', 'plan'], result, ranked: (ties) => pipe(result, toRanking({ ties })), shares: pipe(result, withShares({ of: 'published-items' })) };
  },
  (rows, { k, zeros }) => {
    const result = pipe(people(rows), kTable({ by: ['city', 'plan'], groups: { city, plan: hierarchy(PLANS, { total: false }) }, overlapping: 'city', k, zeros }));
    return { measure: 'count', by: ['city', 'plan'], result, ranked: (ties) => pipe(result, toRanking({ ties })) };
  },
  (rows, { k, zeros }) => {
    const result = pipe(people(rows), kSum({ by: ['city', 'plan'], groups: { city, plan: PLANS }, value: 'yen', k, zeros, concentration: { rule: 'p-percent', p: 20 } }));
    return { measure: 'sum', by: ['city', 'plan'], result, ranked: (ties) => pipe(result, toRanking({ ties, measure: 'sum' })) };
  },
];

const out = <T>(result: Protected<T, Guarantee>): Release<T> =>
  release({ id: 'r', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-information', previous: 'first' })(result);
const name = (key: unknown): string => (Array.isArray(key) ? key.join('|') : String(key));
const cellOf = (value: unknown): number | 'x' => (value === null || value === '' ? 'x' : Number(value));
const inOrder = (cells: Cells): readonly unknown[] => [...cells].sort(([a], [b]) => (a < b ? -1 : 1));

function ofLines(lines: readonly Line[], measure: string, members: readonly string[]): Cells {
  for (const line of lines) {
    expect(Object.keys(line).sort()).toEqual([...members].sort());
    // A withheld line has its key and its state, and no other member says anything.
    if (line[measure] === null) for (const [member, value] of Object.entries(line)) if (member !== 'key' && member !== 'state') expect(value).toBe(null);
  }
  return new Map(lines.map((line) => [name(line.key), cellOf(line[measure])]));
}

function ofCsv(published: Release<readonly Line[]>, measure: string, by: readonly string[], columns: readonly string[]): Cells {
  const lines = parse(toCsv(published), { columns: true }) as Readonly<Record<string, string>>[];
  for (const line of lines) {
    expect(Object.keys(line).sort()).toEqual([...by, ...columns].sort());
    if (line[measure] === '') for (const column of columns) if (column !== 'state') expect(line[column]).toBe('');
  }
  return new Map(lines.map((line) => [by.map((field) => line[field]).join('|'), cellOf(line[measure])]));
}

/** What is printed for people, and the codes for machines. */
function ofPrinted(lines: readonly Line[], measure: string): Cells {
  return new Map(lines.map((line) => {
    const text = japaneseCell(line, measure);
    const { CONF_STATUS, OBS_STATUS } = sdmxStatus(line);
    expect(CONF_STATUS + OBS_STATUS).toBe(text === 'x' ? 'CQ' : 'FA');
    return [name(line.key), text === 'x' ? 'x' : text === '-' ? 0 : Number(text.replaceAll(',', ''))];
  }));
}

interface Spec { readonly height: number; readonly data: { readonly values: readonly { readonly name: string; readonly count: number | null; readonly rank: number; readonly words: string }[] } }

/** A chart shows what is shown and is silent on the rest: withheld cells are added here from nothing but their absence. */
function ofChart(lines: readonly Line[], show: 'places' | 'counts'): Cells {
  const spec = JSON.parse(JSON.stringify(rankedDots(lines as unknown as readonly DotRow[], { title: 'T', show }))) as Spec;
  const drawn = new Map(spec.data.values.map(({ name: label, count }) => [label.replaceAll(' / ', '|'), count!] as const));
  for (const line of lines) {
    if (line.state !== 'not-ranked' && line.state !== 'suppressed') continue;
    // Quoted, since one label may stand within another.
    expect(JSON.stringify(spec)).not.toContain(`"${name(line.key).replaceAll('|', ' / ')}"`);
  }
  const numbers = spec.data.values.flatMap(({ words }) => words.match(/\d[\d,]*(?= count$)/g) ?? []).map((text) => Number(text.replaceAll(',', '')));
  expect(numbers).toEqual([...drawn.values()]);
  expect(spec.height).toBe(24 * Math.max(1, drawn.size));
  return new Map(lines.map(({ key }) => [name(key), drawn.get(name(key)) ?? 'x']));
}

function everyShape(made: Made, ties: (typeof TIE_RULES)[number]): readonly (readonly [string, Cells])[] {
  const { measure, by } = made;
  const shapes: [string, Cells][] = [];
  const both = (label: string, published: Release<readonly Line[]>, members: readonly string[], columns: readonly string[]): void => {
    const again = (JSON.parse(JSON.stringify(published)) as Release<readonly Line[]>).data;
    shapes.push([`${label} as JSON`, ofLines(again, measure, members)], [`${label} as CSV`, ofCsv(published, measure, by, columns)], [`${label} in print`, ofPrinted(published.data, measure)]);
  };
  both('list', out(made.result), ['key', 'state', measure], ['state', measure]);
  const ranked = out(made.ranked(ties));
  const anyRank = ranked.data.some(({ interval }) => interval !== null);
  both('ranking', ranked, ['rank', 'interval', 'key', measure, 'state'], ['rank', ...(anyRank || ranked.data.length === 0 ? ['interval_low', 'interval_high'] : ['interval']), measure, 'state']);
  if (measure === 'count') {
    shapes.push(['chart of places', ofChart(ranked.data, 'places')]);
    if (anyRank) shapes.push(['chart of counts', ofChart(ranked.data, 'counts')]);
  }
  if (made.shares !== undefined) both('list with shares', out(made.shares), ['key', 'state', measure, 'share'], ['state', measure, 'share']);
  return shapes;
}

test.each(MAKE.map((make, at) => [['a list of declared keys', 'a list of found keys', 'a table of people', 'a table of sums'][at]!, make] as const))('%s shows the same cells in every shape, and withholds the same', (_, make) => {
  let withheld = 0;
  let shown = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 20, maxLength: 90 }), rules, fc.constantFrom(...TIE_RULES), (rows, o, ties) => {
      const made = make(rows, o);
      const [first, ...others] = everyShape(made, ties);
      for (const [shape, cells] of others) expect(inOrder(cells), shape).toEqual(inOrder(first![1]));
      for (const cell of first![1].values()) if (cell === 'x') withheld++; else shown++;
      // Whatever the shape, what it shows keeps the rule on people, counted here by hand.
      if (made.measure === 'count') for (const cell of first![1].values()) if (cell !== 'x') expect(cell >= o.k || (cell === 0 && o.zeros === 'published')).toBe(true);
    }),
    { numRuns: 60 },
  );
  expect(shown).toBeGreaterThan(60);
  if (make !== MAKE[1]) expect(withheld).toBeGreaterThan(60);
});
