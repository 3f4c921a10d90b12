import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { kCountUnits, kSum, protectBeside } from '../../../src/kanon/index.js';
import { auditReleases, release, type Release } from '../../../src/publish/index.js';
import { personal, publicKeys, where } from '../../../src/table/index.js';
import { everybody, inCountry, made } from './support.js';

const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' };
const base = { period, purpose: 'service-information' } as const;
const rows = Array.from({ length: 90 }, (_, id) => ({ id, item: ['lamp', 'sofa'][id % 2]!, country: id < 84 ? 'UK' : 'FR', yen: 10 + id }));
const people = (unit = 'user') => personal(rows, { unit, unitOf: 'id' });
const counted = { by: 'item', k: 5, keys: publicKeys(['lamp', 'sofa']) } as const;
const all = release({ ...base, id: 'all', population: everybody, previous: 'first' })(pipe(people(), kCountUnits(counted)));
const uk = pipe(people(), where(({ country }) => country === 'UK'), kCountUnits(counted));
const beside = (...previous: readonly unknown[]) => () => release({ ...base, id: 'uk', population: inCountry('UK'), previous: previous as readonly Release<unknown>[] })(uk);

/** Each blinds an audit that does not look whether it reads what was published. */
const CHANGED: readonly (readonly [string, unknown])[] = [
  ['no lines', { ...all, data: [] }],
  ['a line less', { ...all, data: all.data.slice(1) }],
  ['another figure', { ...all, data: all.data.map((line) => ({ ...line, count: 12 })) }],
  ['other days', { ...all, manifest: { ...all.manifest, period: { ...period, from: '2025-01-01', to: '2025-01-02' } } }],
  ['another unit', { ...all, manifest: { ...all.manifest, unit: 'users' } }],
  ['no hash', { ...all, manifest: { ...all.manifest, contentHash: undefined } }],
  ['another guarantee', { ...all, manifest: { ...all.manifest, guarantee: { kind: 'differential-privacy' } } }],
  ['members that cannot be read', { get data(): never { throw new Error('x'); }, manifest: all.manifest }],
  ['no release', null],
];

describe('a release that is not as it was published', () => {
  test('whole, it shows that the country leaves three people of each item', () => {
    expect(beside(all)).toThrow(/field 'item' of all with uk \(difference\)/);
    expect(beside(JSON.parse(JSON.stringify(all)))).toThrow(/\(difference\)/);
  });

  test.each(CHANGED)('%s: undecided, and release() refuses', (_, changed) => {
    expect(auditReleases([all, changed as never]).undecided).toMatchObject([{ releases: ['release 2'], reason: 'unreadable' }]);
    expect(beside(changed)).toThrow(expect.objectContaining({ code: 'TOKUMEI_CROSS_RELEASE', message: expect.stringContaining('release 1 cannot be compared (unreadable)') as string }));
    expect(() => protectBeside({ ...base, id: 'uk', population: inCountry('UK'), previous: [changed as never] })(uk)).toThrow(expect.objectContaining({ code: 'TOKUMEI_CROSS_RELEASE' }));
  });
});

describe('another unit', () => {
  const lines = [['x', 20]] as const;
  test('on days that meet is undecided, and release() refuses', () => {
    expect(auditReleases([all, made({ id: 'b', unit: 'users', population: everybody, lines })]).undecided).toMatchObject([{ releases: ['all', 'b'], reason: 'unit' }]);
    const users = release({ ...base, id: 'users', population: everybody, previous: 'first' })(pipe(people('users'), kCountUnits(counted)));
    expect(beside(users)).toThrow(/users with uk cannot be compared \(unit\)/);
  });
  test('on other days says nothing, nor do sums, which are compared whatever their unit', () => {
    expect(auditReleases([all, made({ id: 'b', unit: 'users', from: '2026-11-23', to: '2026-11-29', population: everybody, lines })]).undecided).toEqual([]);
    const sums = release({ ...base, id: 'sums', population: everybody, previous: 'first' })(pipe(people('shop'), kSum({ by: 'item', groups: { item: ['lamp', 'sofa'] }, value: 'yen', k: 5 })));
    expect(auditReleases([all, sums]).undecided).toEqual([]);
  });
});
