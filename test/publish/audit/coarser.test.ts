import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { hierarchy, kCountUnits, kSum, kTable } from '../../../src/kanon/index.js';
import { auditReleases, release, verifyManifest, type Population } from '../../../src/publish/index.js';
import { personal } from '../../../src/table/index.js';
import { signed } from './support.js';

const CITIES = { Tokyo: ['Shinjuku', 'Hachioji'], Osaka: ['Sakai', 'Suita', 'Ibaraki'] } as const;
const prefectureOf = (city: string): string => (CITIES.Tokyo.includes(city as never) ? 'Tokyo' : 'Osaka');
const people = Array.from({ length: 120 }, (_, id) => {
  const city = ['Shinjuku', 'Hachioji', 'Sakai', 'Suita', 'Ibaraki'][id % 30 === 29 ? 4 : id % 4]!;
  return { id, city, prefecture: prefectureOf(city), yen: 100 + id };
});
type Person = (typeof people)[number];
const base = { period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'statistical-service' } as const;
const records = (of: readonly Person[]) => personal(of, { unit: 'user', unitOf: 'id' });
const coarser = { prefecture: { of: 'city', groups: CITIES } };
const declared: Population = { all: true, unitsIn: { city: 'one-part' }, coarser };
const silent: Population = { all: true, unitsIn: { city: 'one-part' } };
const byCity = release({ ...base, id: 'cities', population: silent, previous: 'first' })(pipe(records(people), kCountUnits({ by: 'city', k: 6 })));
const prefectures = pipe(records(people), kCountUnits({ by: 'prefecture', k: 6 }));

describe('a field that is a coarser version of another', () => {
  const truth = people.filter(({ city }) => city === 'Ibaraki').length;

  test('gives back what the finer list withholds, where it is declared', () => {
    expect(truth).toBe(4);
    expect(byCity.data.map(({ key }) => key)).not.toContain('Ibaraki');
    expect(() => release({ ...base, id: 'prefectures', population: declared, previous: [byCity] })(prefectures)).toThrow(/\(difference\)/);
    const list = release({ ...base, id: 'prefectures', population: declared, previous: 'first' })(prefectures);
    const { findings, undecided } = auditReleases([byCity, list]);
    expect(undecided).toEqual([]);
    expect(findings.map(({ group, derived }) => [group.inAll[0]!.key, derived.from, derived.to])).toContainEqual(['Osaka', truth, truth]);
    expect(verifyManifest(list).valid).toBe(true);
    // Undeclared, the two fields know nothing of each other.
    expect(auditReleases([byCity, release({ ...base, id: 'prefectures', population: silent, previous: 'first' })(prefectures)]).findings).toEqual([]);
  });

  test('is one of the populations too', () => {
    const osaka: Population = { where: { prefecture: 'Osaka' }, unitsIn: { city: 'one-part', prefecture: 'one-part' }, coarser };
    const suita: Population = { where: { city: ['Sakai', 'Suita'] }, unitsIn: { city: 'one-part' } };
    const list = (id: string, population: Population, of: readonly Person[]) => release({ ...base, id, population, previous: 'first' })(pipe(records(of), kTable({ by: 'prefecture', groups: { prefecture: hierarchy(['Osaka'], { total: false }) }, k: 6 })));
    const { findings, undecided } = auditReleases([list('osaka', osaka, people.filter(({ prefecture }) => prefecture === 'Osaka')), list('two', suita, people.filter(({ city }) => ['Sakai', 'Suita'].includes(city)))]);
    expect(undecided).toEqual([]);
    expect(findings.map(({ derived }) => derived)).toContainEqual({ from: truth, to: truth });
  });

  test('holds for sums, without any word on units', () => {
    const sum = (id: string, by: 'city' | 'prefecture', labels: readonly string[], population: Population) => release({ ...base, id, population, previous: 'first' })(pipe(records(people), kSum({ by, groups: { [by]: hierarchy(labels, { total: false }) } as never, value: 'yen', k: 6 })));
    const { findings } = auditReleases([sum('cities', 'city', ['Sakai', 'Suita', 'Shinjuku', 'Hachioji'], silent), sum('prefectures', 'prefecture', ['Osaka', 'Tokyo'], declared)]);
    const yen = people.filter(({ city }) => city === 'Ibaraki').reduce((total, one) => total + one.yen, 0);
    expect(findings.filter(({ measure }) => measure === 'sum').map(({ derived }) => derived)).toContainEqual({ from: yen, to: yen });
  });

  test('a group that one table takes apart is taken apart in the lists that name it', () => {
    const table = release({ ...base, id: 'table', population: silent, previous: 'first' })(pipe(records(people), kTable({ by: 'city', groups: { city: hierarchy(CITIES, { total: false }) }, k: 6 })));
    // The same field, named by its prefecture, without those of Hachioji who are new.
    const most = people.filter(({ id }) => id % 40 !== 5).map((one) => ({ ...one, city: one.prefecture }));
    const list = release({ ...base, id: 'list', population: { where: { batch: 'old' }, unitsIn: { batch: 'one-part', city: 'one-part' } }, previous: 'first' })(pipe(records(most as never), kCountUnits({ by: 'city', k: 6 })));
    const gone = people.filter(({ id, prefecture }) => id % 40 === 5 && prefecture === 'Tokyo').length;
    expect(gone).toBeGreaterThan(0);
    expect(auditReleases([table, list]).findings.filter(({ kind, group }) => kind === 'difference' && group.inAll[0]!.key === 'Tokyo').map(({ derived }) => derived)).toContainEqual({ from: gone, to: gone });
  });

  test('fails closed where a label, or what it stands for, is unknown or said in two ways', () => {
    const only = { prefecture: { of: 'city', groups: { Tokyo: CITIES.Tokyo } } };
    expect(() => release({ ...base, id: 'p', population: { ...declared, coarser: only }, previous: [byCity] })(prefectures)).toThrow(/cannot be compared \(groups\)/);
    const other = { prefecture: { of: 'city', groups: { ...CITIES, Osaka: ['Sakai'] } } };
    const first = release({ ...base, id: 'first', population: declared, previous: 'first' })(prefectures);
    expect(() => release({ ...base, id: 'p', population: { ...declared, coarser: other }, previous: [first] })(prefectures)).toThrow(/cannot be compared \(groups\)/);
    for (const wrong of [null, 1, 'x', { prefecture: 1 }, { prefecture: { of: 'city' } }, { prefecture: { of: 'city', groups: {} } }, { prefecture: { of: 'prefecture', groups: CITIES } }, { prefecture: { of: 'city', groups: { a: [] } } }, { prefecture: { of: 'city', groups: { a: 'Sakai' } } }]) {
      const odd = signed({ ...first, manifest: { ...first.manifest, population: { ...declared, coarser: wrong } } });
      expect(auditReleases([byCity, odd]).undecided).toMatchObject([{ reason: 'unreadable' }]);
    }
    const apart: Population = { ...declared, unitsIn: { city: 'one-part', prefecture: 'several' } };
    expect(() => release({ ...base, id: 'p', population: apart, previous: [byCity] })(prefectures)).toThrow(/cannot be compared \(unitsIn\)/);
  });
});

test('differences between bands and single values are exactly those of subtraction', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(fc.record({ age: fc.integer({ min: 20, max: 25 }), item: fc.constantFrom('a', 'b') }), { minLength: 30, maxLength: 80 }), fc.integer({ min: 3, max: 6 }), (rows, k) => {
      const K = k;
      const bands = { young: [20, 21, 22], older: [23, 24, 25] };
      const records2 = personal(rows.map((row, id) => ({ ...row, id, band: row.age < 23 ? 'young' : 'older' })), { unit: 'user', unitOf: 'id' });
      const unitsIn = { age: 'one-part' } as const;
      const fine = release({ ...base, id: 'fine', population: { all: true, unitsIn }, previous: 'first' })(pipe(records2, kCountUnits({ by: ['item', 'age'], k })));
      const wide = release({ ...base, id: 'wide', population: { all: true, unitsIn, coarser: { band: { of: 'age', groups: bands } } }, previous: 'first' })(pipe(records2, kCountUnits({ by: ['item', 'band'], k })));
      const { findings } = auditReleases([fine, wide]);
      const exact = new Map(findings.filter(({ group, derived }) => group.inAll.length === 1 && group.inAll[0]!.release === 'wide' && derived.from === derived.to).map(({ group, derived }) => [String(group.inAll[0]!.key), [...(new Set([derived.from]))]]));
      for (const { key, count } of wide.data) {
        const [item, band] = key as readonly [string, 'young' | 'older'];
        const parts = fine.data.filter(({ key: other }) => (other as readonly unknown[])[0] === item && bands[band].includes((other as readonly number[])[1]!));
        const rest = count! - parts.reduce((sum, part) => sum + part.count!, 0);
        const left = bands[band].length - parts.length;
        // Nothing left over where all ages are shown; more than k - 1 is no finding; what two missing ages may be by rule is none.
        if (left === 0 || rest >= K || (left > 0 && rest === left * (K - 1))) continue;
        const said = findings.some(({ group, derived }) => derived.to <= rest && derived.to < K && [...group.inAll, ...group.inNone].some(({ release: id, key: at }) => id === 'wide' ? String(at) === String(key) : String((at as readonly unknown[])[0]) === item));
        expect(said, JSON.stringify({ key, rest, left })).toBe(true);
        if (exact.has(String(key))) found++;
      }
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(5);
});
