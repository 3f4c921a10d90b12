import { expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { kCountUnits, kSum, kTable } from '../../../src/kanon/index.js';
import { auditReleases, release, type Population, type Release } from '../../../src/publish/index.js';
import { personal } from '../../../src/table/index.js';
import { everybody } from './support.js';

const people = Array.from({ length: 400 }, (_, at) => ({
  id: at,
  city: ['Tokyo', 'Chiba', 'Osaka', 'Kobe'][at % 9 < 4 ? 0 : at % 9 < 6 ? 1 : at % 9 < 8 ? 2 : 3] ?? 'Kobe',
  plan: at % 10 < 7 ? 'free' : 'paid',
  app: at % 2 === 0 ? 'maps' : 'mail',
  yen: 100 + at,
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

test('sums of the same days are refused as undecided, those of the next week go out', () => {
  const sum = (id: string, from: string, to: string, previous: readonly Release<unknown>[] | 'first') =>
    pipe(personal(people, door), kSum({ by: 'city', groups: { city: groups.city }, value: 'yen', k: 3, concentration: { rule: 'p-percent', p: 10 } }), release({ ...base, id, period: { from, to, timeZone: 'UTC' }, population: everybody, previous }));
  const first = sum('first', '2026-02-01', '2026-02-07', 'first');
  expect(() => sum('again', '2026-02-07', '2026-02-13', [first])).toThrow(/cannot be compared \(measure\)/);
  expect(sum('next', '2026-02-08', '2026-02-14', [first]).manifest.id).toBe('next');
});
