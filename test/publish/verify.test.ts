import { describe, expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { dpBounds, dpCountRows, dpCountUnits, dpCountUnitsInParts, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, privacyBudget, publicKeys } from '../../src/dp/index.js';
import { contentHash } from '../../src/hash/contentHash.js';
import { release, verifyManifest, type ReleaseDescription } from '../../src/publish/index.js';
import { rankGroups, toBuckets, toRanking, withShares } from '../../src/rank/index.js';
import { deidentify, NUMBERING_JP } from '../../src/identifiers/index.js';
import { derive, joinPublic, personal, where } from '../../src/table/index.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- forging needs a free hand */
const description: ReleaseDescription = { id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' };
const APPS = Array.from({ length: 40 }, (_, i) => `app ${String.fromCharCode(97 + (i % 26))}${i}`);
const rows = Array.from({ length: 12_000 }, (_, i) => ({ user: `u${i % 3000}`, app: APPS[(i * i) % 40]!, shop: ['ueno', 'ginza', 'nara', 'a@corp-a.jp'][i % 4]!, yen: (i * 37) % 1000, tax: i % 100 }));
const records = () => personal(rows, { unit: 'user', unitOf: 'user' });
const keys = publicKeys(APPS);
const shops = publicKeys(['ueno', 'ginza', 'nara']);
const spend = (epsilon = 4, delta = 1e-6) => privacyBudget({ unit: 'user', epsilon, delta });
const rank = (over: object) => () => pipe(records(), rankGroups({ by: 'app', keys, top: 5, spend: spend(), ...over } as never), release(description));
const by = { by: 'shop', keys: shops, groupsPerUnit: 2 } as const;
const moments = { ...by, value: 'yen', lower: 0, upper: 1000, rowsPerGroup: 2 } as const;
const total = () => pipe(records(), derive({ all: () => 'all' }), dpCountUnits({ by: 'all', keys: publicKeys(['all']), groupsPerUnit: 1, spend: spend(1, 0) }));
const counts = () => pipe(records(), dpCountUnits({ by: 'app', keys, groupsPerUnit: 4, spend: spend() }));

const honest: Readonly<Record<string, () => any>> = {
  counts: () => pipe(counts(), release(description)),
  'counts of discovered keys': () => pipe(records(), dpCountUnits({ by: 'app', keys: 'discover', groupsPerUnit: 4, spend: spend() }), release(description)),
  'counts in parts': () => {
    const parts = dpCountUnitsInParts<Omit<(typeof rows)[0], 'user'>, 'user', 'app'>({ by: 'app', keys, groupsPerUnit: 4, spend: spend() });
    return release(description)(parts.finish(parts.add(parts.init(), personal(rows, { unit: 'user', unitOf: 'user', shard: 'a' }) as never)));
  },
  'counts after stages': () =>
    pipe(
      records(),
      deidentify(),
      where((row) => row.yen > 10, { name: 'above 10' }),
      joinPublic({ on: 'app', table: APPS.map((app, i) => ({ app, kind: i % 3 })) }),
      dpCountUnits({ by: ['kind', 'shop'], keys: publicKeys([[0, 'ueno'], [1, 'nara']]), groupsPerUnit: 2, spend: spend() }),
      release(description),
    ),
  'counts in rho': () => pipe(records(), dpCountUnits({ ...by, spend: privacyBudget({ unit: 'user', rho: 1 }) }), release(description)),
  ...Object.fromEntries((['competition', 'modified', 'dense', 'ordinal', 'fractional'] as const).map((ties) => [`ranked counts, ${ties}`, () => pipe(counts(), toRanking({ top: 15, ties }), release(description))])),
  'ranked, ascending, discovered': () => pipe(records(), dpCountUnits({ by: 'app', keys: 'discover', groupsPerUnit: 4, spend: spend() }), toRanking({ order: 'ascending' }), release(description)),
  buckets: () => pipe(counts(), toRanking(), toBuckets({ widest: 3 }), release(description)),
  shares: () => pipe(counts(), toRanking({ top: 5 }), withShares({ of: 'published-items' }), release(description)),
  'shares of a total': () => pipe(counts(), withShares({ of: total() }), release(description)),
  'ranked shops suppressed': () => pipe(records(), dpCountUnits({ ...by, keys: publicKeys(['ueno', 'a@corp-a.jp', 'ginza']), spend: spend() }), toRanking(), release({ ...description, onIdentifier: 'suppress' })),
  'shops suppressed': () => pipe(records(), dpCountUnits({ ...by, keys: publicKeys(['ueno', 'a@corp-a.jp', 'ginza']), spend: spend() }), release({ ...description, onIdentifier: 'suppress' })),
  'shops labelled': () => pipe(records(), dpCountUnits({ ...by, keys: publicKeys(['ueno', 'a@corp-a.jp', 'b@corp-a.jp']), spend: spend() }), release({ ...description, onIdentifier: 'label' })),
  'capped counts': rank({ groupsPerUnit: 2, strategy: 'capped-counts' }),
  'capped counts, discovered': rank({ groupsPerUnit: 2, keys: 'discover', strategy: 'capped-counts' }),
  'capped names': rank({ groupsPerUnit: 2, strategy: 'capped-counts', show: 'names' }),
  'capped names, discovered': rank({ groupsPerUnit: 2, keys: 'discover', strategy: 'capped-counts', show: 'names' }),
  'measure all': rank({ strategy: 'measure-all' }),
  'measure all, pure, fractional': rank({ strategy: 'measure-all', ties: 'fractional', confidence: 0.8, spend: spend(4, 0) }),
  'measure all, names, dense': rank({ strategy: 'measure-all', show: 'names', ties: 'dense' }),
  select: rank({ strategy: 'select', show: 'names' }),
  'select, pure': rank({ strategy: 'select', show: 'names', spend: spend(4, 0) }),
  'select then measure': rank({ strategy: 'select-then-measure', countsShare: 0.6 }),
  'survey then measure': rank({ strategy: 'survey-then-measure' }),
  'limited domain': rank({ strategy: 'limited-domain', keys: 'discover', show: 'names' }),
  'limited domain then measure': rank({ strategy: 'limited-domain-then-measure', keys: 'discover', groupsPerUnit: 20 }),
  rows: () => pipe(records(), dpCountRows({ ...by, rowsPerGroup: 2, spend: spend() }), release(description)),
  sums: () => pipe(records(), dpSum({ ...by, value: 'yen', lower: 0, upper: 2000, step: 0.1, spend: spend() }), toRanking({ measure: 'sum' }), release(description)),
  means: () => pipe(records(), dpMean({ ...moments, spend: spend() }), release(description)),
  variances: () => pipe(records(), dpVariance({ ...moments, by: 'app', keys: 'discover', spend: spend() }), release(description)),
  quantiles: () => pipe(records(), dpQuantiles({ ...moments, bins: 20, ranks: [0.9, 0.5], spend: spend() }), release(description)),
  histograms: () => pipe(records(), dpHistogram({ ...by, value: 'yen', rowsPerGroup: 1, edges: [0, 100, 1000], spend: spend() }), release(description)),
  'distinct values': () => pipe(records(), dpDistinct({ ...by, value: 'app', valuesPerGroup: 3, spend: spend() }), toRanking({ measure: 'distinct' }), release(description)),
  bounds: () => pipe(records(), dpBounds({ by: ['shop', 'app'], keys: 'discover', value: 'yen', leastPower: 0, largestPower: 12, groupsPerUnit: 2, spend: spend() }), release(description)),
  vectors: () => pipe(records(), dpVectorSum({ ...by, values: ['yen', 'tax'], bound: 2000, norm: 'l2', spend: spend() }), release(description)),
};

const failed = (published: unknown): string[] => verifyManifest(published).checks.filter(({ ok }) => !ok).map(({ name }) => name);
const copyOf = (published: unknown): any => JSON.parse(JSON.stringify(published));
const rehashed = (copy: any): any => ({ ...copy, manifest: { ...copy.manifest, contentHash: contentHash(copy.data, copy.manifest) } });

const FREE = /^(?:id|period|purpose|population|library\.version|contentHash|mechanism|steps\.\d+\.(?:fields|on|name|policy|why|ties).*|parameters\.(?:edges|ranks)\.\d+|parameters\.cut|guard\.(?:allow|onIdentifier).*|accuracy\.rankIntervals\.confidence)/;
// Laplace noise on declared keys leaves the delta unspent.
const FREE_CAPPED = /^(?:id|period|purpose|population|library\.version|contentHash|mechanism|steps\.\d+\.(?:fields|on|name|policy|why|ties).*|parameters\.inputs\.delta|parameters\.(?:edges|ranks)\.\d+|parameters\.cut|guard\.(?:allow|onIdentifier).*|accuracy\.rankIntervals\.confidence)/;

describe('the stages that a release says it went through', () => {
  const published = copyOf(honest['counts after stages']!());
  const [door, ...rest] = published.manifest.steps;
  const withSteps = (steps: unknown): unknown => rehashed({ ...published, manifest: { ...published.manifest, steps } });
  test.each<[string, readonly unknown[]]>([
    ['no door', rest],
    ['two doors', [door, door, ...rest]],
    ['a door that is not first', [rest[0], door, ...rest.slice(1)]],
    ['a door of another unit', [{ ...door, unit: 'device' }, ...rest]],
    ...[null, {}, [], 'user', [5]].map((unitOf): [string, readonly unknown[]] => [`a unit of ${JSON.stringify(unitOf)}`, [{ ...door, unitOf }, ...rest]]),
    ['an empty rule for rows without a unit', [{ ...door, missingUnit: '' }, ...rest]],
    ['a length of the list of those who opted out', [{ ...door, optOut: 5 }, ...rest]],
    ['fields that are none', [{ ...door, fields: { a: 1 } }, ...rest]],
  ])('%s is found', (_, steps) => {
    expect(failed(withSteps([door, ...rest]))).toEqual([]);
    expect(failed(withSteps(steps))).toEqual(['steps before']);
  });
  test('a count in parts to which nothing was added has no door, and no other stage instead', () => {
    const parts = dpCountUnitsInParts<Omit<(typeof rows)[0], 'user'>, 'user', 'app'>({ by: 'app', keys, groupsPerUnit: 4, spend: spend() });
    const empty = copyOf(release(description)(parts.finish(parts.init())));
    expect(failed(empty)).toEqual([]);
    expect(failed(rehashed({ ...empty, manifest: { ...empty.manifest, steps: [rest[1], ...empty.manifest.steps] } }))).toEqual(['steps before']);
  });
  test('a region twice is found', () => {
    const guard = { ...published.manifest.guard, regions: ['JP', 'JP'] };
    expect(failed(rehashed({ ...published, manifest: { ...published.manifest, guard } }))).toEqual(['guard']);
  });
  test('an own table of a region that is there already says the region once', () => {
    const again = pipe(counts(), release({ ...description, identifiers: { regions: [{ ...NUMBERING_JP }] } }));
    expect(again.manifest.guard.regions).toEqual(['JP']);
    expect(failed(again)).toEqual([]);
  });
  test('edges, ranks and bounds are taken from the manifest, which is said', () => {
    for (const kind of ['quantiles', 'histograms', 'sums']) expect(verifyManifest(honest[kind]!()).notChecked).toContain('that edges, ranks and bounds were those that were used');
  });
});

describe.each(Object.entries(honest))('%s', (title, make) => {
  const published = make();

  test('an honest release stands, as made and as read back', () => {
    expect(failed(published)).toEqual([]);
    expect(failed(copyOf(published))).toEqual([]);
  });

  // Of releases of one kind one is enough.
  test.skipIf(/^ranked counts, [mdof]|parts|labelled|discovered$/.test(title))('a changed value, a dropped member or one too many anywhere in the manifest is found', () => {
    // Free words and dates of the publisher's own, and inputs from which nothing else in the manifest follows.
    const free = title.startsWith('capped names') ? FREE_CAPPED : FREE;
    const missed: string[] = [];
    const visit = (value: any, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const name of Object.keys(value)) {
        const at = path === '' ? name : `${path}.${name}`;
        const before = value[name];
        visit(before, at);
        if (free.test(at)) continue;
        for (const after of [undefined, typeof before === 'number' ? before * 1.01 + 1e-9 : { a: 1 }]) {
          value[name] = after;
          if (after === undefined && Array.isArray(value)) continue;
          if (verifyManifest(rehashed(copyOf(copy))).valid) missed.push(`${at} ${JSON.stringify(after)}`);
        }
        value[name] = before;
      }
      if (!Array.isArray(value) && !free.test(`${path}.x`)) {
        value['exact'] = { a: 300 };
        if (verifyManifest(rehashed(copyOf(copy))).valid) missed.push(`${path} one too many`);
        delete value['exact'];
      }
    };
    const copy = copyOf(published);
    visit(copy.manifest, '');
    expect(missed).toEqual([]);
  });

  test('lines with other columns, other types, keys twice or none at all are found', () => {
    const forgeries: Readonly<Record<string, (copy: any) => void>> = {
      'no list': (copy) => (copy.data = 'everything'),
      'a list of texts': (copy) => (copy.data = ['everything']),
      'an exact column': (copy) => copy.data.forEach((line: any) => (line.exactCount = 300)),
      'who it was': (copy) => (copy.data[0].users = ['u1']),
      'a key that is an object': (copy) => (copy.data[0].key = { users: ['u1'] }),
      'a state that says more': (copy) => (copy.data[0].state = 'exact 300'),
      'a key twice': (copy) => copy.data.push(copy.data[0]),
      'one line 200 times': (copy) => (copy.data = Array.from({ length: 200 }, () => copy.data[0])),
      'a release beside': (copy) => (copy.note = 300),
    };
    for (const column of Object.keys((published as any).data[0] ?? {})) {
      if (column === 'key') continue;
      Object.assign(forgeries, {
        [`${column} as text`]: (copy: any) => (copy.data[0][column] = 'u1,u2'),
        [`${column} as a list`]: (copy: any) => (copy.data[0][column] = ['u1']),
        [`${column} off the grid`]: (copy: any) => (copy.data[0][column] = -1.00037),
        [`${column} missing`]: (copy: any) => delete copy.data[0][column],
      });
    }
    const missed = Object.entries(forgeries).filter(([, change]) => {
      const copy = copyOf(published);
      change(copy);
      return verifyManifest(rehashed(copy)).valid;
    });
    expect(missed.map(([name]) => name)).toEqual([]);
  });
});

describe('single claims', () => {
  test.each<[string, string, (copy: any) => void]>([
    ['a bound for the noise and another for the data', 'counts', ({ manifest }) => (manifest.steps.at(-1).groupsPerUnit = 99)],
    ['a share that is a count', 'shares', ({ data }) => (data[0].share = 300)],
    ['a bucket that is no edge', 'buckets', ({ data }) => (data.at(-1).bucket = 37)],
    ['a rank between', 'ranked counts, competition', ({ data }) => (data[1].rank = 1.0003)],
    ['ranks that the counts do not give', 'ranked counts, ordinal', ({ data }) => ([data[0].rank, data[1].rank] = [2, 1])],
    ['600 lines of a top 5', 'measure all', (copy) => (copy.data = Array.from({ length: 600 }, (_, i) => ({ ...copy.data[0], key: `k${i}` })))],
    ['names with counts', 'select', ({ data }) => data.forEach((line: any) => (line.count = 300))],
    ['regions without Japan', 'counts', ({ manifest }) => (manifest.guard.regions = ['US'])],
    ['inputs with more in them', 'select', ({ manifest }) => (manifest.parameters.inputs.exact = { a: 300 })],
    ['a total with less noise', 'shares of a total', ({ manifest }) => (manifest.steps.at(-1).of.measures[0].noise.scale = 0.5)],
    ['a total that costs nothing', 'shares of a total', ({ manifest }) => (manifest.guarantee = manifest.steps.at(-1).of.paid.table)],
  ])('%s', (_, from, change) => {
    const copy = copyOf(honest[from]!());
    change(copy);
    expect(failed(rehashed(copy))).not.toEqual([]);
  });

  test('a line that was suppressed is no forgery, a line too few without it is', () => {
    const copy = copyOf(honest['counts']!());
    copy.data.pop();
    expect(failed(rehashed(copy))).toEqual(['number of lines']);
  });

  test('nothing makes it throw', () => {
    const counted = copyOf(honest['counts']!());
    for (const odd of [null, 3, 'x', [], {}, [[]], { data: null, manifest: null }, { data: [], manifest: [] }, { data: [null], manifest: counted.manifest }, { data: counted.data, manifest: { manifestVersion: 1 } }]) {
      expect(verifyManifest(odd).valid).toBe(false);
    }
    for (const name of Object.keys(counted.manifest)) {
      if (name === 'contentHash') continue;
      for (const odd of [null, 3, '', 'x', [], {}, [null], [[]], { kind: 'differential-privacy' }, { origin: 'public' }, -1, 1e308]) {
        expect(verifyManifest(rehashed({ ...counted, manifest: { ...counted.manifest, [name]: odd } })).valid).toBe(name === 'id' && odd === 'x');
      }
    }
  });
});
