import { describe, expect, test } from 'vitest';
import { dpCountUnits, dpCountUnitsInParts, privacyBudget, publicKeys, secureRandom, type RandomSource } from '../../src/dp/index.js';
import { release, verifyManifest } from '../../src/publish/index.js';
import { rankGroups } from '../../src/rank/index.js';
import { personal, where } from '../../src/table/index.js';
import { recordNoise, reveal, seededRandom } from '../../src/testing/index.js';
import { TokumeiError } from '../../src/core/errors.js';

// Each of these went through once.
const events = Array.from({ length: 300 }, (_, i) => ({ userId: `u${i % 100}`, app: ['maps', 'mail', 'chess'][i % 3]! }));
const records = (over: object = {}) => personal(events, { unit: 'user', unitOf: 'userId', ...over });
const keys = () => publicKeys(['maps', 'mail', 'chess']);
const description = { id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' } as const;
const budget = (epsilon: number, delta = 0) => privacyBudget({ unit: 'user', epsilon, delta });
type Row = { app: string };

describe('who pays', () => {
  test.each([
    ['dpCountUnits', (o: object) => dpCountUnits<Row, 'user', 'app'>(o as never)],
    ['rankGroups', (o: object) => rankGroups<Row, 'user', 'app'>(o as never)],
  ])('%s spends the slice that its noise was designed for, whatever becomes of the options', (_, make) => {
    const big = budget(10);
    const options = { by: 'app', top: 3, keys: keys(), groupsPerUnit: 3, spend: big };
    const stage = make(options);
    options.spend = budget(1e-3);
    stage(records());
    expect(() => stage(records())).toThrow(/spent before/);
    expect(() => make({ ...options, spend: big })(records())).toThrow(/spent before/);
  });

  test('a list of keys that grows after the noise was designed changes nothing', () => {
    const list = ['maps'];
    const stage = dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: { origin: 'public', keys: list }, groupsPerUnit: 3, spend: budget(1) });
    list.push('mail', 'chess');
    expect(reveal(stage(records())).value).toHaveLength(1);
  });
});

describe('who makes the noise', () => {
  test('a port of one own is a test, whatever it says', () => {
    let symbol: symbol | undefined;
    recordNoise((random) => void (symbol = Object.getOwnPropertySymbols(random)[0]));
    const exact = ({ values }: { values: ArrayLike<number> }) => Float64Array.from(values);
    const random = { secure: true, uint32: () => 1, [symbol!]: { secure: true, random: secureRandom(), laplace: exact, gaussian: exact } } as unknown as RandomSource;
    const counts = dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: keys(), groupsPerUnit: 3, spend: budget(1), random })(records());
    expect(() => release(description)(counts)).toThrow(/seeded/);
  });

  test('the platform source cannot be replaced piece by piece', () => {
    const seeded = seededRandom(1);
    const source = secureRandom() as { uint32: () => number };
    expect(() => (source.uint32 = () => seeded.uint32())).toThrow(TypeError);
    expect(() => (Object.getPrototypeOf(source) as typeof source).uint32 = () => 1).toThrow(TypeError);
  });
});

describe('who is there decides nothing but numbers', () => {
  test('a field that one person alone has, also an opted-out one', () => {
    const run = (rows: readonly object[]) => reveal(dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: keys(), groupsPerUnit: 1, spend: budget(1) })(personal(rows as { userId: string; app: string }[], { unit: 'user', unitOf: 'userId', optOut: ['bob'] }))).value.length;
    expect(run([{ userId: 'a' }])).toBe(3);
    expect(run([{ userId: 'a' }, { userId: 'bob', app: 'zzz' }])).toBe(3);
    expect(run([])).toBe(3);
  });

  test('who opted out as a number is out as a text too', () => {
    const counts = dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: 'discover', groupsPerUnit: 1, spend: budget(1, 0.5) });
    const rows = Array.from({ length: 500 }, () => ({ userId: '7', app: 'maps' }));
    expect(reveal(counts(personal(rows, { unit: 'user', unitOf: 'userId', optOut: [7] }))).value).toEqual([]);
  });

  test("a getter's error keeps its text to itself", () => {
    const row = { userId: 'a', get app(): string { throw new Error('secret row of bob'); } };
    expect(() => personal([row], { unit: 'user', unitOf: 'userId' })).toThrow(/^personal: a row threw when it was read$/);
  });
});

describe('what a manifest can claim', () => {
  type Open = { data: Record<string, unknown>[]; manifest: Record<string, never> & { guarantee: Record<string, unknown> } };
  const forged = (change: (copy: Open) => void, discover = false): boolean => {
    const counts = dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: discover ? 'discover' : keys(), groupsPerUnit: 3, spend: budget(1, discover ? 1e-3 : 0) });
    const copy = JSON.parse(JSON.stringify(release(description)(counts(records())))) as Open;
    change(copy);
    // The hash of a forgery would be made anew; everything else has to find it out.
    return verifyManifest(copy).checks.every(({ name, ok }) => ok || name === 'content hash');
  };

  test('the honest one stands', () => {
    expect(forged(() => {})).toBe(true);
    expect(forged(() => {}, true)).toBe(true);
  });

  test.each<[string, boolean, (copy: Open & { manifest: any }) => void]>([ // eslint-disable-line @typescript-eslint/no-explicit-any -- forging needs a free hand
    ['a share of a key', false, ({ manifest }) => { manifest.keys.declared = 0.001; manifest.measures[0].noise.scale = 0.001; }],
    ['a share of a group', false, ({ manifest }) => { manifest.bounds.groupsPerUnit = 0.001; manifest.measures[0].noise.scale = 0.001; }],
    ['fewer keys than lines', false, ({ manifest }) => { manifest.keys.declared = 1; manifest.measures[0].noise.scale = 1; }],
    ['an exact column', false, ({ manifest, data }) => { manifest.measures.push({ name: 'exact', what: 'x', noise: { law: 'none' }, step: 1 }); data[0]!['exact'] = 1; }],
    ['a column that nobody declared', false, ({ data }) => { data[0]!['users'] = ['u1']; }],
    ['keys without a threshold', true, ({ manifest, data }) => { manifest.keys = { origin: 'threshold', k: 1 }; data.push({ key: 'alice', state: 'value', count: 1 }); }],
    ['a count that is text', true, ({ data }) => { data.push({ key: 'alice', state: 'value', count: '1' }); }],
    ['a count that is nothing', true, ({ data }) => { data.push({ key: 'alice', state: 'value', count: null }); }],
    ['another law', false, ({ manifest }) => { manifest.measures[0].noise = { law: 'uniform', sigma: 9 }; }],
    ['another unit', false, ({ manifest }) => { manifest.guarantee.unit = 'planet'; }],
    ['no error at all', false, ({ manifest }) => { manifest.accuracy.count.halfWidth = 0; }],
    ['another delta of the keys', true, ({ manifest }) => { manifest.keys.delta = 0; }],
    ['no delta', true, ({ manifest }) => { delete manifest.guarantee.delta; }],
  ])('%s is found out', (_, discover, change) => {
    expect(forged(change, discover)).toBe(false);
  });

  test('nothing makes it throw or wait', () => {
    const round: { data: unknown; manifest: object } = { data: [], manifest: {} };
    round.data = [round];
    const getter = { data: [], get manifest(): never { throw new Error('x'); } };
    const shape = { manifestVersion: 1, mechanism: 'noisy counts of units', guarantee: {}, bounds: {}, parameters: {}, keys: {}, measures: [] };
    for (const odd of [round, getter, { data: [1n], manifest: shape }, { data: round, manifest: shape }]) expect(verifyManifest(odd).valid).toBe(false);
  });
});

describe('what the guard sees', () => {
  const refused = (key: unknown, by: 'app' | readonly ['a', 'b'] | readonly ['a', 'b', 'c'] = 'app', over: object = {}) => {
    const parts = Array.isArray(key) ? key as unknown[] : [key];
    const fields = typeof by === 'string' ? [by] : by;
    const rows = [{ userId: 'u', ...Object.fromEntries(fields.map((field, i) => [field, parts[i]])) }];
    const counts = dpCountUnits<never, 'user', never>({ by, keys: publicKeys([key as string]), groupsPerUnit: 1, spend: budget(1) } as never)(personal(rows, { unit: 'user', unitOf: 'userId' }) as never);
    try {
      release({ ...description, ...over })(counts);
      return false;
    } catch (error) {
      return error instanceof TokumeiError && ['TOKUMEI_IDENTIFIER_IN_OUTPUT', 'TOKUMEI_GUARD_OPTIONS'].includes(error.code);
    }
  };

  test('numbers over several fields, without zero or plus, behind invisible signs, in odd digits, in the name of a release', () => {
    expect(refused(['090', '1234', '5678'], ['a', 'b', 'c'])).toBe(true);
    expect(refused(['yamada@', 'corp-a.jp'], ['a', 'b'])).toBe(true);
    expect(refused(819012345678)).toBe(true);
    expect(refused(-9012345678)).toBe(true);
    expect(refused('9012345678')).toBe(true);
    expect(refused('819012345678')).toBe(true);
    expect(refused('090\u200b1234\u200b5678')).toBe(true);
    expect(refused('𝟎𝟗𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖')).toBe(true);
    expect(refused('maps', 'app', { id: 'apps-090-1234-5678' })).toBe(true);
    expect(refused('maps')).toBe(false);
    expect(refused(['maps', 'jp'], ['a', 'b'])).toBe(false);
  });

  test('it cannot be told to look for less', () => {
    for (const less of [{ classes: [] }, { minScore: 1 }, { allow: ['x'] }, { offsets: 'utf8' }]) expect(refused('maps', 'app', { identifiers: less })).toBe(true);
  });
});

test('parts that went through different stages are not joined', () => {
  const run = dpCountUnitsInParts<Row, 'user', 'app'>({ by: 'app', keys: keys(), groupsPerUnit: 1, spend: budget(1) });
  const a = run.add(run.init(), where<Row, 'user'>(() => true, { name: 'adults' })(records({ shard: 'a' })));
  expect(() => run.add(a, records({ shard: 'b' }))).toThrow(/different doors or stages/);
});

test.each([[5e-324, 0, 1], [1e-15, 0, 3], [1, 1e-320, 3]])('a budget out of range (epsilon %s, delta %s) is refused before data, by name', (epsilon, delta, l0) => {
  expect(() => dpCountUnits<Row, 'user', 'app'>({ by: 'app', keys: delta === 0 ? keys() : 'discover', groupsPerUnit: l0, spend: budget(epsilon, delta) })).toThrow(TokumeiError);
});
