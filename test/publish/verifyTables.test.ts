import { describe, expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { hierarchy, kSum, kTable } from '../../src/kanon/index.js';
import { contentHash } from '../../src/hash/contentHash.js';
import { auditReleases, release, verifyManifest, type Manifest, type Release } from '../../src/publish/index.js';
import { toRanking, withShares } from '../../src/rank/index.js';
import { personal } from '../../src/table/index.js';
import { madeTable } from '../kanon/tables/support/bench.js';

const rows = Array.from({ length: 90 }, (_, user) => ({ user, city: user < 2 ? 'Kobe' : user < 20 ? 'Osaka' : user < 50 ? 'Chiba' : 'Tokyo', plan: user % 3 === 0 ? 'paid' : 'free', yen: 100 + ((user * 53) % 200) }));
const people = personal(rows, { unit: 'user', unitOf: 'user' });
const groups = { city: hierarchy({ Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka', 'Kobe'] }, { total: 'Japan' }), plan: ['free', 'paid'] };
const out = release({ id: 'a', period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' });
const counts = pipe(people, kTable({ by: ['city', 'plan'], groups, k: 4 }));
const sums = pipe(people, kSum({ by: ['city', 'plan'], groups, value: 'yen', k: 4, step: 10, concentration: [{ rule: 'p-percent', p: 10 }, { rule: 'dominance', n: 2, percent: 80 }] }));

function forged(published: Release<unknown>, data: unknown, over: Partial<Manifest> = {}): unknown {
  const manifest = { ...published.manifest, ...over };
  return { data, manifest: { ...manifest, contentHash: contentHash(data, manifest) } };
}
const failed = (published: unknown): readonly string[] => verifyManifest(published).checks.filter(({ ok }) => !ok).map(({ name }) => name);
type Line = Readonly<Record<string, unknown>> & { readonly key: readonly string[] };
/** The table with some lines changed. */
const changed = (published: Release<readonly unknown[]>, over: Readonly<Record<string, Readonly<Record<string, unknown>>>>): unknown =>
  forged(published, (published.data as readonly Line[]).map((line) => ({ ...line, ...over[line.key.join('/')] })));

describe('verifyManifest of a table of counts', () => {
  const published = out(counts);

  test('passes what was released: as a table, ranked, cut off, with shares, read back from its JSON', () => {
    for (const one of [published, out(pipe(counts, toRanking())), out(pipe(counts, toRanking({ top: 3, ties: 'dense' }))), out(pipe(counts, withShares({ of: 'published-items' }))), JSON.parse(JSON.stringify(published))]) {
      expect(failed(one)).toEqual([]);
      expect(verifyManifest(one).valid).toBe(true);
    }
    expect(published.data.some(({ state }) => state === 'suppressed')).toBe(true);
  });

  test('says in words what it cannot find out', () => {
    expect(verifyManifest(published).notChecked.join()).toMatch(/which withheld counts are below k/);
    expect(verifyManifest(out(sums)).notChecked.join()).toMatch(/how many contribute/);
  });

  test('finds a count below k, totals that do not add up, a withheld count that follows', () => {
    expect(failed(changed(published, { 'Tokyo/free': { count: 3 } }))).toEqual(expect.arrayContaining(['published figures']));
    expect(failed(changed(published, { 'Tokyo/free': { count: 41 } }))).toEqual(['totals']);
    // With Osaka out, Kobe is the rest of Kinki.
    expect(failed(changed(published, { 'Osaka/total': { state: 'value', count: 18 } }))).toEqual(['withheld figures']);
  });

  test('finds lines that are withheld and shown at once, that are gone, twice there or of no group', () => {
    expect(failed(changed(published, { 'Tokyo/free': { state: 'suppressed' } }))).toContain('published figures');
    expect(failed(changed(published, { 'Osaka/total': { state: 'value' } }))).toContain('published figures');
    expect(failed(forged(published, published.data.slice(1)))).toContain('number of lines');
    expect(failed(changed(published, { 'Tokyo/free': { key: ['Tokyo', 'paid'] } }))).toEqual(expect.arrayContaining(['different keys', 'groups']));
    expect(failed(changed(published, { 'Tokyo/free': { key: ['Kyoto', 'free'] } }))).toEqual(['groups']);
    expect(failed(changed(published, { 'Tokyo/free': { reason: 'A' } }))).toEqual(['columns']);
  });

  test('finds a statement of another rule, of other groups, of another stage', () => {
    const { manifest, data } = published;
    expect(failed(forged(published, data, { parameters: { ...manifest.parameters, k: 3 } }))).toEqual(expect.arrayContaining(['rules', 'step of the mechanism']));
    expect(failed(forged(published, data, { guarantee: { kind: 'table-control', unit: 'user', rules: ['nobody is known'] } }))).toEqual(['rules']);
    const table = { ...(manifest.parameters['table'] as object), city: { groups: 7, labels: ['Japan', 'Kanto', 'Tokyo', 'Chiba', 'Kinki', 'Osaka', 'Kobe'], above: [-1, 0, 0, 0, 0, 0, 0] } };
    expect(failed(forged(published, data, { parameters: { ...manifest.parameters, table }, steps: manifest.steps.map((step) => (step.stage === 'kTable' ? { ...step, table } : step)) }))).toEqual(['totals']);
    expect(failed(forged(published, data, { steps: [...manifest.steps, { stage: 'smoothed' }] }))).toEqual(['steps after']);
    for (const wrong of [null, {}, { city: 1 }, { ...table, plan: { groups: 3, labels: ['a', 'a', 'b'], above: [-1, 0, 0] } }]) {
      expect(failed(forged(published, data, { parameters: { ...manifest.parameters, table: wrong as never } }))).toContain('groups');
    }
  });

  test('reads parts that share people as a union', () => {
    const visits = rows.flatMap(({ user, city }) => (user % 2 === 0 ? [{ user, city }, { user, city: 'Tokyo' }] : [{ user, city }]));
    const table = out(pipe(personal(visits, { unit: 'user', unitOf: 'user' }), kTable({ by: 'city', groups: { city: groups.city }, overlapping: 'city', k: 4 })));
    expect(failed(table)).toEqual([]);
    expect(failed(forged(table, table.data.map((line) => (line.key === 'Japan' ? { ...line, count: 30 } : line))))).toEqual(['totals']);
  });
});

describe('verifyManifest of a table of sums', () => {
  const published = out(sums);
  const value = (key: string): number => (published.data as unknown as readonly Line[]).find((line) => line.key.join('/') === key)!['sum'] as number;

  test('passes what was released, ranked or not', () => {
    expect(failed(published)).toEqual([]);
    expect(failed(out(pipe(sums, toRanking({ measure: 'sum' }))))).toEqual([]);
    expect(published.data.some(({ state }) => state === 'suppressed')).toBe(true);
  });

  test('finds sums off the grid, below nothing, that do not add up or give a withheld one away', () => {
    expect(failed(changed(published, { 'Tokyo/free': { sum: value('Tokyo/free') + 1 } }))).toContain('published figures');
    expect(failed(changed(published, { 'Tokyo/free': { sum: -10 } }))).toContain('published figures');
    expect(failed(changed(published, { 'Tokyo/free': { sum: value('Tokyo/free') + 10 } }))).toEqual(['totals']);
    expect(failed(changed(published, { 'Osaka/total': { state: 'value', sum: 1000 } }))).toEqual(['withheld figures']);
  });
});

test('made tables of one to three fields all pass', () => {
  let withheld = 0;
  // Of so many a third party can tell that the whole range is kept.
  let ranges = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { by, groups: of, rows: made, k, zeros } = madeTable(seed, true);
    const table = out(pipe(personal(made as never, { unit: 'user', unitOf: 'id' as never }), kTable({ by: by as never, groups: of as never, k, zeros }) as never) as typeof counts);
    const { checks } = verifyManifest(table);
    expect(checks.filter(({ ok }) => !ok), String(seed)).toEqual([]);
    ranges += Number(/of (\d+) withheld/.exec(checks.find(({ name }) => name === 'intervals')?.detail ?? '')?.[1] ?? 0);
    withheld += table.data.filter(({ state }) => state === 'suppressed').length;
  }
  expect(withheld).toBeGreaterThan(100);
  expect(ranges).toBeGreaterThan(30);
});

test('a table whose empty cells are withheld to hide others is compared as what it is', () => {
  let empty = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { by, groups: of, rows: made, k } = madeTable(seed, true);
    const table = pipe(personal(made as never, { unit: 'user', unitOf: 'id' as never }), kTable({ by: by as never, groups: of as never, k, zeros: 'published' }) as never) as typeof counts;
    const base = { period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'statistical-service', population: { all: true } } as const;
    const first = release({ ...base, id: 'first', previous: 'first' })(table);
    // The same table again says nothing new, and contradicts nothing.
    const { findings, undecided } = auditReleases([first, release({ ...base, id: 'again', previous: 'first' })(table)]);
    expect(findings, String(seed)).toEqual([]);
    expect(undecided.filter(({ reason }) => reason !== 'size'), String(seed)).toEqual([]);
    const has = (line: Line): boolean => (made as readonly Readonly<Record<string, unknown>>[]).some((row) => line.key.every((part, d) => part === 'total' || String(row[by[d]!]).startsWith(part)));
    empty += (first.data as unknown as readonly Line[]).filter((line) => line['state'] === 'suppressed' && !has(line)).length;
  }
  expect(empty).toBeGreaterThan(10);
});

describe('the interval of a withheld count', () => {
  const shops = ['a', 'b', 'c'];
  const sizes = new Map([['a', 2], ['b', 7], ['c', 30]]);
  const visits = personal([...sizes].flatMap(([shop, size]) => Array.from({ length: size }, (_, at) => ({ user: `${shop}${at}`, shop }))), { unit: 'user', unitOf: 'user' });
  const table = (protect: 'range' | number) => out(pipe(visits, kTable({ by: 'shop', groups: { shop: shops }, k: 6, protect })));
  const intervals = (published: unknown) => verifyManifest(published).checks.find(({ name }) => name === 'intervals');

  test('is held to the range where no total of the cell can be small', () => {
    expect(intervals(table('range'))).toMatchObject({ ok: true });
    // Nothing of the kind is promised of a width.
    expect(intervals(table(1))).toBeUndefined();
  });

  test('is found to be too narrow', () => {
    // The total now says that a and c are 4 together: each may be 0 to 4, and 5 is withheld as well.
    const published = table('range');
    expect(published.data.map(({ count }) => count)).toEqual([39, null, 7, null]);
    const less = (published.data as unknown as readonly { key: string; count: number | null }[]).map((line) => (line.key === 'total' ? { ...line, count: 11 } : line));
    expect(failed(forged(published, less))).toEqual(['intervals']);
  });
});
