import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { dpCountUnits, privacyBudget } from '../../../src/dp/index.js';
import { kCountUnits } from '../../../src/kanon/index.js';
import { auditReleases, release, type Population, type Release } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { personal, publicKeys } from '../../../src/table/index.js';
import { everybody, inCountry, made, signed } from './support.js';

interface Buy {
  readonly user: string;
  readonly item: string;
  readonly country: string;
  readonly day: number;
}

/** A shop: a few popular items and a long tail, most customers from one country. */
function shop(customers: number, items: number, seed: number): readonly Buy[] {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return Array.from({ length: customers }, (_, user) => ({ user: `u${user}`, country: next() < 0.9 ? 'UK' : next() < 0.5 ? 'FR' : 'DE' })).flatMap(({ user, country }) =>
    Array.from({ length: 1 + Math.floor(12 * next() ** 2) }, () => ({ user, country, item: `i${Math.floor(items * next() ** 2.2)}`, day: 1 + Math.floor(28 * next()) })),
  );
}

const iso = (day: number): string => `2026-02-${String(day).padStart(2, '0')}`;

function list(id: string, rows: readonly Buy[], population: Population, days: readonly [number, number] = [1, 28], k = 10): Release<readonly { key: unknown; count: number | null }[]> {
  const inside = rows.filter(({ day }) => days[0] <= day && day <= days[1]);
  return pipe(
    personal(inside, { unit: 'user', unitOf: 'user', fields: ['item'] }),
    kCountUnits({ by: 'item', k }),
    release({ id, period: { from: iso(days[0]), to: iso(days[1]), timeZone: 'UTC' }, purpose: 'service-information', population, previous: 'first' }),
  );
}

const customersOf = (rows: readonly Buy[], item: string): number => new Set(rows.filter((row) => row.item === item).map(({ user }) => user)).size;
const byCountry = (rows: readonly Buy[], ...countries: readonly string[]): readonly Buy[] => rows.filter(({ country }) => countries.includes(country));
const keyOf = (finding: { readonly lines: readonly { readonly key?: unknown }[] }): unknown => finding.lines[0]!.key;

describe('auditReleases', () => {
  test('finds every derivable count of 1 to 9 between a list of everybody and one of a country, and nothing else', () => {
    let total = 0;
    for (const seed of [1, 2]) {
      const rows = shop(1000, 300, seed);
      const lists = [list('all', rows, everybody), list('uk', byCountry(rows, 'UK'), inCountry('UK'))] as const;
      // By plain subtraction of what stands in both lists.
      const uk = new Map(lists[1].data.map(({ key, count }) => [key, count!]));
      const differences = lists[0].data.filter(({ key }) => uk.has(key)).map(({ key, count }) => [key, count! - uk.get(key)!] as const);
      const { findings, undecided, compared } = auditReleases(lists);
      expect([undecided, compared]).toEqual([[], 2]);
      const found = (kind: string): unknown[] => findings.filter((finding) => finding.kind === kind).map((finding) => [keyOf(finding), finding.derived.from]);
      expect(findings.every(({ derived }) => derived.from === derived.to)).toBe(true);
      expect(new Set(found('difference').map(String))).toEqual(new Set(differences.filter(([, d]) => d >= 1 && d <= 9).map(String)));
      expect(new Set(found('zero-difference').map(String))).toEqual(new Set(differences.filter(([, d]) => d === 0).map(String)));
      expect(found('difference').length + found('zero-difference').length).toBe(findings.length);
      // And it is the truth: so many customers are from elsewhere.
      for (const finding of findings) expect(finding.derived.from).toBe(customersOf(byCountry(rows, 'FR', 'DE'), keyOf(finding) as string));
      total += findings.length;
    }
    expect(total).toBeGreaterThan(100);
  });

  test('finds nothing in releases that share nobody: other countries, other periods', () => {
    const rows = shop(800, 200, 9);
    expect(auditReleases(['UK', 'FR', 'DE'].map((country) => list(country, byCountry(rows, country), inCountry(country))))).toEqual({ findings: [], undecided: [], compared: 3 });
    expect(auditReleases([[1, 7], [8, 14], [15, 21]].map((days) => list(`from ${days[0]}`, rows, everybody, days as never)))).toEqual({ findings: [], undecided: [], compared: 3 });
  });

  test('finds what only three releases together give', () => {
    const three = [
      made({ id: 'all', population: everybody, lines: [['lamp', 60]] }),
      made({ id: 'uk', population: inCountry('UK'), lines: [['lamp', 30]] }),
      made({ id: 'fr', population: inCountry('FR'), lines: [['lamp', 26]] }),
    ];
    for (const without of [0, 1, 2]) expect(auditReleases(three.filter((_, at) => at !== without)).findings).toEqual([]);
    const { findings } = auditReleases(three);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'difference', derived: { from: 4, to: 4 }, k: 10, certainty: 'declared' });
    expect(findings[0]!.lines.map(({ release: id }) => id)).toEqual(['all', 'uk', 'fr']);
    expect(findings[0]!.meaning).toContain('the rest');
    // With customers that may be of several countries the two parts may overlap, and nothing is certain.
    expect(auditReleases([three[0]!, ...[['UK', 30], ['FR', 26]].map(([country, n]) => made({ id: String(country), population: inCountry(String(country), 'several'), lines: [['lamp', n as number]] }))]).findings).toEqual([]);
  });

  test('gives back withheld lines, exactly or within an interval', () => {
    const withheld = (fr: number) => auditReleases([
      made({ id: 'both', population: inCountry(['UK', 'FR']), lines: [['lamp', 30 + fr]] }),
      made({ id: 'uk', population: inCountry('UK'), lines: [['lamp', 30]] }),
      made({ id: 'fr', population: inCountry('FR'), lines: [['lamp', null]] }),
    ]).findings;
    expect(withheld(4).map(({ kind, derived, group }) => [kind, derived, group.inAll.map(({ release: id }) => id)])).toEqual([['withheld', { from: 4, to: 4 }, ['fr']]]);
    const narrowed = auditReleases([
      made({ id: 'both', population: inCountry(['UK', 'FR', 'DE']), lines: [['lamp', 43]] }),
      made({ id: 'uk', population: inCountry('UK'), lines: [['lamp', 30]] }),
      made({ id: 'fr', population: inCountry('FR'), zeros: 'published', lines: [['lamp', null]] }),
      made({ id: 'de', population: inCountry('DE'), lines: [['lamp', 11]] }),
    ]).findings;
    expect(narrowed.map(({ kind, derived }) => [kind, derived])).toEqual([['withheld', { from: 2, to: 2 }]]);
    const interval = auditReleases([
      made({ id: 'wide', population: inCountry(['UK', 'FR', 'DE']), lines: [['lamp', 43]] }),
      made({ id: 'uk', population: inCountry('UK'), lines: [['lamp', 40]] }),
      made({ id: 'fr', population: inCountry('FR'), zeros: 'published', lines: [['lamp', null]] }),
    ]).findings;
    expect(interval.find(({ kind }) => kind === 'withheld')!.derived).toEqual({ from: 1, to: 3 });
  });

  test('a missing line of a list whose keys come out of the data is at most k - 1, or behind the last of a ranking', () => {
    const lists = (keys: 'threshold' | 'public') => [
      made({ id: 'both', population: inCountry(['UK', 'FR']), lines: [['lamp', 12]] }),
      made({ id: 'uk', population: inCountry('UK'), keys, lines: [['sofa', 50]] }),
      made({ id: 'fr', population: inCountry('FR'), lines: [['lamp', 11]] }),
    ];
    // UK is withheld and 1: then it is 12 - 11 in any case.
    expect(auditReleases(lists('threshold')).findings.map(({ kind, derived }) => [kind, derived.from, derived.to])).toEqual([['withheld', 1, 1]]);
    // Nothing says that a key that nobody declared was not published for another reason.
    expect(auditReleases(lists('public')).findings.map(({ kind }) => kind)).toEqual(['difference']);
  });

  test('finds what a running total adds, and what overlapping windows exchange', () => {
    const rows = shop(1200, 200, 5);
    const lists = [list('two weeks', rows, everybody, [1, 14]), list('three weeks', rows, everybody, [1, 21])] as const;
    const before = new Map(lists[0].data.map(({ key, count }) => [key, count!]));
    const increments = lists[1].data.filter(({ key }) => before.has(key)).map(({ key, count }) => [key, count! - before.get(key)!] as const).filter(([, d]) => d < 10);
    const { findings } = auditReleases(lists);
    expect(new Set(findings.map((finding) => String([keyOf(finding), finding.derived.from])))).toEqual(new Set(increments.map(String)));
    for (const finding of findings) expect(finding.mend).toContain('periods that do not overlap');
    const windows = auditReleases([
      made({ id: 'w1', from: '2026-02-01', to: '2026-02-07', population: everybody, lines: [['lamp', 40], ['sofa', 40], ['mug', 40]] }),
      made({ id: 'w2', from: '2026-02-02', to: '2026-02-08', population: everybody, lines: [['lamp', 41], ['sofa', 40], ['mug', 50]] }),
    ]).findings;
    expect(windows.map((finding) => [finding.kind, keyOf(finding), finding.derived.from])).toEqual([['net-change', 'lamp', 1]]);
  });

  test('units that belong to one period make periods add up', () => {
    const days = (unitsInTime: 'one-part' | 'several') => [
      made({ id: 'week', unit: 'user-day', population: { all: true, unitsInTime }, lines: [['lamp', 60]] }),
      made({ id: 'workdays', unit: 'user-day', to: '2026-11-20', population: { all: true, unitsInTime }, lines: [['lamp', 30]] }),
      made({ id: 'saturday', unit: 'user-day', from: '2026-11-21', to: '2026-11-21', population: { all: true, unitsInTime }, lines: [['lamp', 26]] }),
    ];
    expect(auditReleases(days('one-part')).findings.map(({ derived }) => derived)).toEqual([{ from: 4, to: 4 }]);
    expect(auditReleases(days('several')).findings).toEqual([]);
  });

  test('what nobody declared is undecided; what would follow from a nesting is said where asked for', () => {
    const pair = [made({ id: 'a', lines: [['lamp', 30]] }), made({ id: 'b', lines: [['lamp', 27]] })];
    expect(auditReleases(pair).findings).toEqual([]);
    expect(auditReleases(pair).undecided).toMatchObject([{ releases: ['a', 'b'], reason: 'population' }]);
    const possible = auditReleases(pair, { undeclared: 'nested' });
    expect(possible.findings).toMatchObject([{ kind: 'difference', derived: { from: 3, to: 3 }, certainty: 'possible' }]);
    expect(possible.undecided).toHaveLength(1);
    // Not nested: each has a line that is larger.
    expect(auditReleases([made({ id: 'a', lines: [['x', 30], ['y', 20]] }), made({ id: 'b', lines: [['x', 28], ['y', 21]] })], { undeclared: 'nested' }).findings).toEqual([]);
    // Other days: two lists of distinct users that follow each other need no declaration.
    expect(auditReleases([pair[0]!, made({ id: 'c', from: '2026-11-23', to: '2026-11-29', lines: [['lamp', 27]] })]).undecided).toEqual([]);
  });

  test('says when declarations contradict each other, the numbers, or the days of another zone', () => {
    const reasons = (...releases: readonly Release<unknown>[]): readonly string[] => auditReleases(releases).undecided.map(({ reason }) => reason);
    expect(reasons(made({ id: 'a', population: everybody, lines: [['x', 20]] }), made({ id: 'b', population: inCountry('UK'), lines: [['x', 25]] }))).toEqual(['contradiction']);
    expect(reasons(made({ id: 'a', population: inCountry('FR', 'several'), lines: [['x', 20]] }), made({ id: 'b', population: inCountry('UK'), lines: [['x', 25]] }))).toEqual(['unitsIn']);
    expect(reasons(made({ id: 'a', population: everybody, lines: [] }), made({ id: 'b', timeZone: 'UTC', population: everybody, lines: [] }))).toEqual(['time-zone']);
    expect(reasons(made({ id: 'a', population: everybody, lines: [['x', 20], ['x', 21]] }))).toEqual(['repeated-keys']);
  });

  test('differential privacy stands by itself; units of another kind are not subtracted', () => {
    const dp = pipe(
      personal([{ user: 1, item: 'lamp' }], { unit: 'user', unitOf: 'user' }),
      dpCountUnits({ by: 'item', keys: publicKeys(['lamp']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
      release({ id: 'dp', period: { from: iso(1), to: iso(28), timeZone: 'UTC' }, purpose: 'service-information' }),
    );
    expect(auditReleases([dp, dp])).toEqual({ findings: [], undecided: [], compared: 0 });
    expect(auditReleases([made({ id: 'a', population: everybody, lines: [['x', 20]] }), made({ id: 'b', unit: 'device', population: everybody, lines: [['x', 19]] })]).findings).toEqual([]);
  });

  test('lists by several fields against lists by one, and against the total', () => {
    const cross = made({ id: 'cross', by: ['item', 'country'], population: { all: true, unitsIn: { country: 'one-part' } }, lines: [[['lamp', 'UK'], 40], [['lamp', 'FR'], 15]] });
    const items = made({ id: 'items', population: everybody, lines: [['lamp', 58]] });
    const total = made({ id: 'total', by: [], population: everybody, lines: [['', 60]] });
    const found = auditReleases([cross, items, total]).findings;
    const said = found.map(({ lines, derived }) => `${lines.map(({ release: id, key }) => `${id}:${String(key ?? '*')}`).join(' - ')} = ${derived.from}`);
    expect(said).toContain('items:lamp - cross:lamp,UK - cross:lamp,FR = 3');
    expect(said).toContain('total:* - items:lamp = 2');
  });

  test('a long series of periods that follow each other stays decided; with a total over all of them pairs are still looked at', () => {
    const week = (at: number, count: number | null) => {
      const day = new Date(Date.UTC(2026, 0, 5 + 7 * at));
      return made({ id: `w${at}`, from: day.toISOString().slice(0, 10), to: new Date(day.getTime() + 6 * 86_400_000).toISOString().slice(0, 10), population: everybody, lines: [['lamp', count]] });
    };
    const weeks = Array.from({ length: 40 }, (_, at) => week(at, 20 + at));
    expect(auditReleases(weeks)).toEqual({ findings: [], undecided: [], compared: 40 });
    const { findings, undecided } = auditReleases([...weeks, made({ id: 'year', from: '2026-01-01', to: '2026-12-31', population: everybody, lines: [['lamp', 63]] })]);
    expect(undecided.map(({ reason }) => reason)).toEqual(['size']);
    expect(findings.map(({ derived, group }) => [derived.from, group.inNone[0]!.release])).toEqual([[9, 'w34'], [8, 'w35'], [7, 'w36'], [6, 'w37'], [5, 'w38'], [4, 'w39']]);
  });

  test('a list by country against its total, with a hundred countries and three populations', () => {
    const countries = Array.from({ length: 100 }, (_, at) => `c${at}`);
    const people = (at: number): number => (at % 7 === 0 ? at % 9 : 20 + at);
    const lines = (share: number) => countries.map((country, at) => [country, Math.floor(people(at) * share) >= 10 ? Math.floor(people(at) * share) : null] as const);
    const total = countries.reduce((sum, _, at) => sum + people(at), 0);
    const one = (id: string, by: readonly string[], plan: string | undefined, of: readonly (readonly [string, number | null])[]) =>
      made({ id, by, population: plan === undefined ? { all: true, unitsIn: { country: 'one-part' } } : { where: { plan }, unitsIn: { plan: 'one-part', country: 'one-part' } }, lines: of });
    const lists = [one('all', ['country'], undefined, lines(1)), one('total', [], undefined, [['', total]]), one('free', ['country'], 'free', lines(0.5))];
    const { findings, undecided } = auditReleases(lists);
    expect(undecided).toEqual([]);
    // The small countries share what the published ones leave of the total: that is no secret of any single one.
    expect(findings).toEqual([]);
    const most = countries.findIndex((_, at) => people(at) > 0 && people(at) < 10);
    const oneHidden = [one('all', ['country'], undefined, countries.map((country, at) => [country, at === most ? null : 20 + at])), one('total', [], undefined, [['', countries.reduce((sum, _, at) => sum + (at === most ? people(at) : 20 + at), 0)]])];
    expect(auditReleases(oneHidden).findings.every(({ derived }) => derived.to === people(most))).toBe(true);
    expect(auditReleases(oneHidden).findings.length).toBeGreaterThan(0);
  });

  test('takes shares and exact totals apart', () => {
    const total = made({ id: 'total', by: [], population: everybody, lines: [['', 160]] });
    const withShares = (lines: readonly object[]) => signed({ ...made({ id: 'shares', population: everybody, lines: [] }), data: lines });
    // 3.1 % of 160 can only be 5; 25 % is 40, which anybody may know.
    const found = auditReleases([total, withShares([{ key: 'lamp', share: 0.031 }, { key: 'sofa', share: 0.25 }])]).findings;
    expect(found.map(({ kind, derived, lines }) => [kind, derived.from, derived.to, lines.map(({ release: id }) => id)])).toEqual([['withheld', 5, 5, ['shares', 'total']]]);
    expect(auditReleases([withShares([{ key: 'lamp', share: 0.031 }])]).findings).toEqual([]);
    // Counts beside shares of a total that nobody published: 60 / 0.9375 is 64, so 4 did not buy the lamp.
    const beside = auditReleases([withShares([{ key: 'lamp', state: 'value', count: 60, share: 0.9375 }, { key: 'sofa', state: 'suppressed', count: null, share: null }])]).findings;
    expect(beside.map(({ kind, derived }) => [kind, derived.from, derived.to])).toEqual([['difference', 4, 4]]);
    // Shares of what is published add nothing.
    expect(auditReleases([withShares([{ key: 'lamp', state: 'value', count: 60, share: 0.6 }, { key: 'sofa', state: 'value', count: 40, share: 0.4 }])]).findings).toEqual([]);
  });

  test('works through a ranking, and reads back from JSON', () => {
    const rows = shop(800, 60, 2);
    const ranked = (id: string, of: readonly Buy[], population: Population) => pipe(
      personal(of, { unit: 'user', unitOf: 'user' }), kCountUnits({ by: 'item', k: 10 }), toRanking({ top: 20 }),
      release({ id, period: { from: iso(1), to: iso(28), timeZone: 'UTC' }, purpose: 'service-information', population, previous: 'first' }),
    );
    const lists = [ranked('all', rows, everybody), ranked('uk', byCountry(rows, 'UK'), inCountry('UK'))];
    const { findings } = auditReleases(lists);
    expect(findings.length).toBeGreaterThan(2);
    for (const { derived, ...finding } of findings) expect([derived.from <= customersOf(byCountry(rows, 'FR', 'DE'), keyOf(finding) as string), derived.to <= 9]).toEqual([true, true]);
    expect(auditReleases(JSON.parse(JSON.stringify(lists)) as Release<unknown>[])).toEqual(auditReleases(lists));
  });

  test('takes hostile keys and any JSON without throwing', () => {
    const hostile = ['__proto__', 'constructor', '', '\ud800', 'a"b', '1'];
    const lines = [...hostile, 1, true, null].map((key, at) => [key, 20 + at] as const);
    const narrow = lines.map(([key, count]) => [key, count - 2] as const);
    const { findings } = auditReleases([made({ id: 'a', population: everybody, lines }), made({ id: 'b', population: { where: JSON.parse('{"__proto__":"x"}') as never, unitsIn: JSON.parse('{"__proto__":"one-part"}') as never }, lines: narrow })]);
    expect(findings.map((finding) => [keyOf(finding), finding.derived.from])).toEqual(lines.map(([key]) => [key, 2]));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.record({ data: fc.jsonValue(), manifest: fc.jsonValue() }), fc.record({ data: fc.array(fc.record({ key: fc.jsonValue(), count: fc.oneof(fc.double(), fc.nat(), fc.constant(null)), state: fc.constantFrom('value', 'suppressed') })), manifest: fc.constant(made({ id: 'x', population: everybody, lines: [] }).manifest) }))), (any) => {
        const { findings: found } = auditReleases(any as never);
        expect(Array.isArray(found)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(() => auditReleases({} as never)).toThrow(/must be a list of releases/);
    expect(() => auditReleases([], { undeclared: 'yes' as never })).toThrow(/undeclared must be one of/);
  });
});

describe('release() of a result that rules alone protect', () => {
  const rows = shop(900, 80, 4);
  const next = (population: Population | undefined, previous: readonly Release<unknown>[]) => pipe(
    personal(byCountry(rows, 'UK'), { unit: 'user', unitOf: 'user' }),
    kCountUnits({ by: 'item', k: 10 }),
    release({ id: 'uk', period: { from: iso(1), to: iso(28), timeZone: 'UTC' }, purpose: 'service-information', ...(population === undefined ? {} : { population }), previous }),
  );

  test('is refused where a count could be derived: names releases and field, neither keys nor figures', () => {
    let message = '';
    try {
      next(inCountry('UK'), [list('all', rows, everybody)]);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/a reader could derive .*field 'item' of all with uk \(difference\)/);
    expect(message).not.toMatch(/i\d/);
    expect(message).not.toMatch(/\d/);
  });

  test('is refused where nobody can tell, and goes out where nothing is derivable', () => {
    expect(() => next(undefined, [list('all', rows, everybody)])).toThrow(/all with uk cannot be compared \(population\): declare population/);
    expect(next(inCountry('UK'), [list('fr', byCountry(rows, 'FR'), inCountry('FR'))]).manifest.population).toEqual(inCountry('UK'));
    expect(next(undefined, []).manifest.population).toBeUndefined();
  });

  test('is not held up by what earlier releases give away among themselves', () => {
    const earlier = [list('all', rows, everybody, [1, 7]), list('old uk', byCountry(rows, 'UK'), inCountry('UK'), [1, 7])];
    expect(auditReleases(earlier).findings.length).toBeGreaterThan(0);
    const later = pipe(
      personal(rows.filter(({ day }) => day > 7), { unit: 'user', unitOf: 'user' }), kCountUnits({ by: 'item', k: 10 }),
      release({ id: 'later', period: { from: iso(8), to: iso(28), timeZone: 'UTC' }, purpose: 'service-information', population: everybody, previous: earlier }),
    );
    expect(later.manifest.id).toBe('later');
  });

  test.each([
    ['neither', {}],
    ['both', { all: true, where: { a: 1 }, unitsIn: { a: 'several' } }],
    ['an empty where', { where: {} }],
    ['a field without unitsIn', { where: { country: 'UK' } }],
    ['unitsIn that is neither', { where: { country: 'UK' }, unitsIn: { country: 'many' } }],
    ['an object as a value', { where: { country: {} }, unitsIn: { country: 'several' } }],
    ['unitsInTime that is neither', { all: true, unitsInTime: 'yes' }],
    ['text', 'all'],
  ])('refuses a population of %s', (_, population) => {
    expect(() => release({ id: 'x', period: { from: iso(1), to: iso(2), timeZone: 'UTC' }, purpose: 'service-information', population: population as never })).toThrow(/release: population/);
  });

  test('a population is scanned for identifiers like all the rest of the manifest', () => {
    expect(() => next({ where: { customer: 'bob.smith@corp.example.jp' }, unitsIn: { customer: 'one-part' } }, [])).toThrow(/manifest\.population/);
  });
});

describe('tables with totals', () => {
  const people = Array.from({ length: 200 }, (_, at) => ({ id: at, city: ['Tokyo', 'Chiba', 'Osaka'][at % 5 < 2 ? 0 : at % 5 < 4 ? 1 : 2]!, plan: at % 10 < 7 ? 'free' : 'paid' }));
  /** As kTable leaves it: every cell a line, the last field fastest, and in the manifest which group is above which. */
  const table = (id: string, of: typeof people, population: Population): Release<readonly { readonly key: readonly string[] }[]> => {
    const cities: readonly (readonly [string, readonly string[]])[] = [['total', ['Tokyo', 'Chiba', 'Osaka']], ['Kanto', ['Tokyo', 'Chiba']], ['Tokyo', ['Tokyo']], ['Chiba', ['Chiba']], ['Kinki', ['Osaka']], ['Osaka', ['Osaka']]];
    const offers: readonly (readonly [string, readonly string[]])[] = [['total', ['free', 'paid']], ['free', ['free']], ['paid', ['paid']]];
    const lines = cities.flatMap(([label, inside]) => offers.map(([offer, plans]) => [[label, offer], of.filter(({ city, plan }) => inside.includes(city) && plans.includes(plan)).length] as const));
    const release = made({ id, by: ['city', 'plan'], from: iso(1), to: iso(28), timeZone: 'UTC', k: 5, guarantee: 'table-control', population, lines });
    const above = { city: { groups: 6, labels: cities.map(([label]) => label), above: [-1, 0, 1, 1, 0, 4] }, plan: { groups: 3, labels: offers.map(([label]) => label), above: [-1, 0, 0] } };
    return signed({ ...release, manifest: { ...release.manifest, parameters: { k: 5, zeros: 'suppressed', table: above } } }) as never;
  };
  const plans = (id: string, of: typeof people, population: Population) => pipe(
    personal(of, { unit: 'user', unitOf: 'id' }),
    kCountUnits({ by: 'plan', k: 5 }),
    release({ id, period: { from: iso(1), to: iso(28), timeZone: 'UTC' }, purpose: 'service-information', population, previous: 'first' }),
  );

  test('totals and sub-totals are read from the table, so that lists are compared with the right lines', () => {
    const cross = table('cross', people, everybody);
    const others = people.filter(({ city, id }) => city !== 'Osaka' && id % 50 !== 1);
    // Kanto by plan without a few people: what is left over is theirs.
    const kanto = plans('kanto', others, { where: { city: ['Tokyo', 'Chiba'], batch: 'most' }, unitsIn: { city: 'one-part', batch: 'one-part' } });
    const { findings, undecided } = auditReleases([cross, kanto]);
    expect(undecided).toEqual([]);
    const missing = people.filter((one) => one.city !== 'Osaka' && !others.includes(one));
    const said = findings.filter(({ kind, derived }) => kind === 'difference' && derived.from === derived.to).map(({ lines, derived }) => [String(lines[0]!.key), derived.from]);
    for (const plan of ['free', 'paid']) {
      const left = missing.filter((one) => one.plan === plan).length;
      if (left > 0) expect(said).toContainEqual([`Kanto,${plan}`, left]);
    }
    expect(missing.length).toBeGreaterThan(0);
  });

  test('agree with lists that say nothing new, and with themselves', () => {
    const cross = table('cross', people, everybody);
    expect(auditReleases([cross])).toEqual({ findings: [], undecided: [], compared: 1 });
    expect(auditReleases([cross, plans('plans', people, everybody)])).toEqual({ findings: [], undecided: [], compared: 2 });
    expect(auditReleases([cross, table('again', people, everybody)])).toEqual({ findings: [], undecided: [], compared: 2 });
  });

  test('whose lines do not fit their manifest are unreadable', () => {
    const cross = table('cross', people, everybody);
    expect(auditReleases([signed({ ...cross, data: cross.data.slice(1) })]).undecided).toMatchObject([{ reason: 'unreadable' }]);
  });

  test('sums under a rule that is not known here are undecided', () => {
    const sums = (id: string) => ({ ...made({ id, population: everybody, lines: [] }), data: [{ key: 'lamp', state: 'value', sum: 30 }] });
    const [a, b] = ['a', 'b'].map((id) => signed({ ...sums(id), manifest: { ...sums(id).manifest, measures: [{ name: 'sum', what: 'sum of yen', noise: { law: 'none' }, step: 1 }] } }));
    expect(auditReleases([a!, b!]).undecided).toMatchObject([{ reason: 'measure', releases: ['a', 'b'] }]);
  });
});
