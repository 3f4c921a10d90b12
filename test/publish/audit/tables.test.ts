import { expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { kCountUnits, kTable } from '../../../src/kanon/index.js';
import { auditReleases, release, type Population, type Release } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { personal } from '../../../src/table/index.js';
import { everybody } from './support.js';

const people = Array.from({ length: 400 }, (_, at) => ({
  id: at,
  city: ['Tokyo', 'Chiba', 'Osaka', 'Kobe'][at % 9 < 4 ? 0 : at % 9 < 6 ? 1 : at % 9 < 8 ? 2 : 3] ?? 'Kobe',
  plan: at % 10 < 7 ? 'free' : 'paid',
  app: at % 2 === 0 ? 'maps' : 'mail',
})).flatMap((row) => (row.id % 3 === 0 ? [row, { ...row, app: 'chess' }] : [row]));
type People = typeof people;
const groups = { city: { Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka', 'Kobe'] }, plan: ['free', 'paid'] } as const;
const base = { period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'service-information' } as const;
const door = { unit: 'user', unitOf: 'id' } as const;

const table = (id: string, of: People, population: Population, previous: readonly Release<unknown>[] | 'first') =>
  pipe(personal(of, door), kTable({ by: ['city', 'plan'], groups, k: 5 }), release({ ...base, id, population, previous }));

test('a table goes out beside other tables and lists of the same people, where totals agree', () => {
  const cross = table('cross', people, everybody, 'first');
  const apps = pipe(personal(people, door), kTable({ by: ['app', 'plan'], groups: { app: ['maps', 'mail', 'chess'], plan: ['free', 'paid'] }, k: 5, overlapping: 'app' }), release({ ...base, id: 'apps', population: everybody, previous: [cross] }));
  const plans = pipe(personal(people, door), kCountUnits({ by: 'plan', k: 5 }), release({ ...base, id: 'plans', population: everybody, previous: [cross, apps] }));
  expect(auditReleases([cross, apps, plans])).toEqual({ findings: [], undecided: [], compared: 3 });
});

test('a table of nearly the same people is refused, and each cell that it gives away is named', () => {
  const cross = table('cross', people, everybody, 'first');
  const fewer = people.filter(({ id }) => id % 100 !== 7);
  const others: Population = { where: { batch: 'most' }, unitsIn: { batch: 'one-part' } };
  expect(() => table('fewer', fewer, others, [cross])).toThrow(/field 'city', 'plan' of cross with fewer \(difference\)/);
  const { findings } = auditReleases([cross, table('fewer', fewer, others, 'first')]);
  const gone = new Map<string, Set<number>>();
  for (const one of people.filter(({ id }) => id % 100 === 7)) {
    for (const city of [one.city, ['Tokyo', 'Chiba'].includes(one.city) ? 'Kanto' : 'Kinki', 'total']) for (const plan of [one.plan, 'total']) {
      const key = `${city},${plan}`;
      gone.set(key, (gone.get(key) ?? new Set()).add(one.id));
    }
  }
  const told = new Map(findings.filter(({ kind, derived }) => kind === 'difference' && derived.from === derived.to).map(({ group, derived }) => [String(group.inAll[0]!.key), derived.from]));
  expect(told.size).toBeGreaterThan(3);
  for (const [key, count] of told) expect(count).toBe(gone.get(key)!.size);
  expect(told.get('total,total')).toBe(4);
});

test('a ranked table, cut off or not, is read by its labels and not by the order of its lines', () => {
  const cross = pipe(personal(people, door), kTable({ by: 'city', groups: { city: groups.city }, k: 5 }));
  const fewer = pipe(personal(people.filter(({ id }) => id % 100 !== 7), door), kCountUnits({ by: 'city', k: 5 }));
  const most: Population = { where: { batch: 'most' }, unitsIn: { batch: 'one-part', city: 'one-part' } };
  const seen = [pipe(cross, toRanking()), pipe(cross, toRanking({ top: 5 }))].map((ranked, at) => {
    const all = release({ ...base, id: `all ${at}`, population: everybody, previous: 'first' })(ranked);
    const { findings, undecided } = auditReleases([all, release({ ...base, id: 'fewer', population: most, previous: 'first' })(fewer)]);
    expect(undecided).toEqual([]);
    return findings.filter(({ kind, group: { inAll, inNone } }) => kind === 'difference' && inNone.every(({ key }) => key === inAll[0]!.key)).map(({ group, derived }) => [group.inAll[0]!.key, derived.from, derived.to]);
  });
  const away = new Map(['total', 'Kanto', 'Kinki', 'Tokyo', 'Chiba', 'Osaka', 'Kobe'].map((name) => [name, 0]));
  for (const { city } of new Map(people.filter(({ id }) => id % 100 === 7).map((one) => [one.id, one])).values()) {
    for (const name of ['total', ['Tokyo', 'Chiba'].includes(city) ? 'Kanto' : 'Kinki', city]) away.set(name, away.get(name)! + 1);
  }
  expect(seen.every((found) => found.length > 0)).toBe(true);
  for (const [name, from, to] of seen.flat()) expect([from, to]).toEqual([away.get(name as string), away.get(name as string)]);
});
