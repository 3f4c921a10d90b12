import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { kCountUnits, kTables, operatorReport, protectBeside } from '../../../src/kanon/index.js';
import { release, type Release } from '../../../src/publish/index.js';
import { personal, publicKeys, where } from '../../../src/table/index.js';
import { reveal } from '../../../src/testing/reveal.js';
import { between } from './support/between.js';
import { generator } from './support/bench.js';

// A reader who writes down every way the people could be that fits all that is published and the rules, and looks at what is left.
// It knows people, not cells, and shares no code with the library.

/** By city: how many people bought tea alone, rice alone, both. */
type City = readonly [number, number, number];
const ITEMS = ['tea', 'rice'];
const inCell = (city: City, item: string): number => (item === 'tea' ? city[0] + city[2] : item === 'rice' ? city[1] + city[2] : city[0] + city[1] + city[2]);
const LABELS = ['total', ...ITEMS];

function* cities(most: number): Generator<City> {
  for (let a = 0; a <= most; a++) for (let b = 0; b <= most; b++) for (let both = 0; both <= most; both++) yield [a, b, both];
}

/** What a reader knows of a cell: its count, or the rule by which it went, or nothing where no table shows it. */
type Known = (count: number) => boolean;

describe('linked tables of people in several groups', () => {
  const shapes = [[['city', 'item'], ['item']], [['city'], ['item']], [['item', 'city'], ['city'], ['item']]] as const;

  test('every withheld count keeps what is promised of it, in all worlds that fit', () => {
    const seen = { ranges: 0, uncertain: 0, unseen: 0 };
    for (let seed = 0; seed < 45; seed++) {
      const random = generator(seed);
      const shape = shapes[seed % 3]!;
      const k = 3 + (seed % 2);
      const zeros = seed % 4 < 2 ? 'suppressed' : 'published';
      const draw = (): City => [0, 0, 0].map(() => Math.floor(-Math.log(1 - random()) * [1.5, 3][seed % 2]!)) as unknown as City;
      const truth = [draw(), draw()] as const;
      const rows = truth.flatMap((city, c) => city.flatMap((people, s) => Array.from({ length: people }, (_, at) => (s === 2 ? ITEMS : [ITEMS[s]!]).map((item) => ({ id: `${c}${s}${at}`, city: `c${c}`, item }))).flat()));
      const groups = { city: ['c0', 'c1'], item: ITEMS };
      const tables = Object.fromEntries(shape.map((by, at) => [`t${at}`, { by: by as readonly ('city' | 'item')[], groups }]));
      const results = Object.values(pipe(personal(rows, { unit: 'user', unitOf: 'id' }), kTables({ tables, k, zeros, overlapping: 'item' })));
      if (results.some((result) => operatorReport(result)!.figures['nothingPublished'] === true)) continue;
      const narrowed = results.some((result) => (operatorReport(result)!.figures['narrowedIntervals'] as number) > 0);
      const lines = new Map(results.flatMap((result, at) => reveal(result).value.map((line) => [nameOf(shape[at]!, line.key), line.count] as const)));
      const count = (city: string, item: string): number => truth.reduce((sum, one, c) => sum + (city === 'total' || city === `c${c}` ? inCell(one, item) : 0), 0);
      const isSmall = (city: string, item: string): boolean => lines.has(`${city} ${item}`) && count(city, item) > 0 && count(city, item) < k;
      const inSmall = (city: string, item: string): boolean =>
        (city !== 'total' && (isSmall('total', item) || isSmall('total', 'total'))) || (item !== 'total' && (isSmall(city, 'total') || isSmall('total', 'total')));
      const low = (city: string, item: string): number => (zeros === 'suppressed' || inSmall(city, item) || count(city, item) === 0 ? 0 : 1);
      const known = (city: string, item: string): Known => {
        const published = lines.get(`${city} ${item}`);
        if (published === undefined) return () => true;
        if (published !== null) return (value) => value === published;
        return count(city, item) < k ? (value) => value < k && value >= low(city, item) : (value) => value >= k;
      };
      const fits = [0, 1].map((c) => [...cities(Math.max(...truth.flat()) + k)].filter((city) => LABELS.every((item) => known(`c${c}`, item)(inCell(city, item)))));
      const values = new Map(['total', 'c0', 'c1'].flatMap((city) => LABELS.map((item) => [`${city} ${item}`, new Set<number>()] as const)));
      const together = LABELS.map((item) => known('total', item));
      for (const one of fits[0]!) {
        for (const other of fits[1]!) {
          if (!LABELS.every((item, at) => together[at]!(inCell(one, item) + inCell(other, item)))) continue;
          for (const item of LABELS) {
            values.get(`c0 ${item}`)!.add(inCell(one, item));
            values.get(`c1 ${item}`)!.add(inCell(other, item));
            values.get(`total ${item}`)!.add(inCell(one, item) + inCell(other, item));
          }
        }
      }
      for (const [name, left] of values) {
        const [city, item] = name.split(' ') as [string, string];
        const own = count(city, item);
        expect(left.has(own), `${seed} ${name}`).toBe(true);
        if (!lines.has(name)) {
          // A small group that no table shows is kept from being certain, and nothing else.
          if (own === 0 || own >= k) continue;
          seen.unseen++;
          expect(left.size, `${seed} ${name}, seen nowhere`).toBeGreaterThan(1);
        } else if (lines.get(name) !== null) expect([...left], `${seed} ${name}`).toEqual([own]);
        else if (own < k && (own > 0 || zeros === 'suppressed')) {
          seen.uncertain++;
          expect(left.size, `${seed} ${name}`).toBeGreaterThan(1);
          if (narrowed || inSmall(city, item)) continue;
          seen.ranges++;
          expect([...left].sort((a, b) => a - b), `${seed} ${name}`).toEqual(Array.from({ length: k - low(city, item) }, (_, at) => low(city, item) + at));
        }
      }
    }
    expect(seen.ranges).toBeGreaterThan(20);
    expect(seen.uncertain).toBeGreaterThan(60);
    expect(seen.unseen).toBeGreaterThan(5);
  });
});

const nameOf = (by: readonly string[], key: unknown): string => {
  const labels = [key].flat();
  return ['city', 'item'].map((field) => (by.includes(field) ? String(labels[by.indexOf(field)]) : 'total')).join(' ');
};

describe('protectBeside', () => {
  const COUNTRIES = ['JP', 'FR', 'DE'];
  /** Bit c: the country is in it. */
  const UNIONS = [1, 2, 3, 4, 5, 6, 7];
  const sizeOf = (union: number, people: readonly number[]): number => people.reduce((sum, n, c) => sum + (union & (1 << c) ? n : 0), 0);
  const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' };
  const purpose = 'service-information' as const;

  test('of no union of countries is more known than the rules say, unless it may be k or more, in all worlds that fit', () => {
    const k = 4;
    let withheld = 0;
    let shown = 0;
    for (let seed = 0; seed < 16; seed++) {
      const random = generator(500 + seed);
      const keys = ['tea', 'rice', 'salt', 'oil'];
      const truth = keys.map(() => COUNTRIES.map(() => between(random, 0, 9)));
      const rows = truth.flatMap((people, at) => people.flatMap((n, c) => Array.from({ length: n }, (_, i) => ({ user: `${at} ${c} ${i}`, item: keys[at]!, country: COUNTRIES[c]! }))));
      const records = personal(rows, { unit: 'user', unitOf: 'user' });
      const counted = { by: 'item', k, keys: publicKeys(keys) } as const;
      const releases: Release<readonly { readonly key: unknown; readonly count: number | null }[]>[] = [];
      releases.push(pipe(records, kCountUnits(counted), release({ id: 'all', period, purpose, population: { all: true }, previous: 'first' })));
      for (const country of COUNTRIES.slice(0, 2)) {
        const as = { id: country, period, population: { where: { country }, unitsIn: { country: 'one-part' } }, previous: [...releases] } as const;
        const part = pipe(records, where((row) => row.country === country), kCountUnits(counted), protectBeside(as));
        releases.push(release({ ...as, purpose })(part) as (typeof releases)[number]);
      }
      keys.forEach((key, at) => {
        const figures = releases.map(({ data }) => data.find((line) => line.key === key)!.count);
        withheld += figures.filter((count, r) => count === null && r > 0 && truth[at]![r - 1]! >= k).length;
        shown += figures.filter((count, r) => count !== null && r > 0).length;
        // Of the first list a withheld line is below k; behind protectBeside it may be any number.
        const fits = (totals: readonly number[], exact: boolean): boolean => totals.every((count, r) => (figures[r] === null ? r > 0 || count < k : exact ? count === figures[r] : count >= k));
        const left = UNIONS.map(() => new Set<number>());
        const byRules = UNIONS.map(() => new Set<number>());
        for (let jp = 0; jp <= 30; jp++) {
          for (let fr = 0; fr <= 30; fr++) {
            for (let de = 0; de <= 30; de++) {
              const totals = [jp + fr + de, jp, fr];
              const [possible, ruled] = [fits(totals, true), fits(totals, false)];
              if (possible || ruled) UNIONS.forEach((union, u) => {
                const size = sizeOf(union, [jp, fr, de]);
                if (possible) left[u]!.add(size);
                if (ruled && size < k) byRules[u]!.add(size);
              });
            }
          }
        }
        UNIONS.forEach((union, u) => {
          expect(left[u]!.has(sizeOf(union, truth[at]!)), `${seed} ${key} ${union}`).toBe(true);
          if (Math.max(...left[u]!) < k) expect([...left[u]!].sort(), `${seed} ${key} ${union}`).toEqual([...byRules[u]!].sort());
        });
      });
    }
    expect(withheld).toBeGreaterThan(4);
    expect(shown).toBeGreaterThan(30);
  });
});
