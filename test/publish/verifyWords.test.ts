import { describe, expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { contentHash } from '../../src/hash/contentHash.js';
import { cellKeyCounts, kCountUnits, kSum, kTable, perturbationTable, protectBeside, randomRounding } from '../../src/kanon/index.js';
import { release, verifyManifest, type Release } from '../../src/publish/index.js';
import { toRanking } from '../../src/rank/index.js';
import { personal, publicKeys } from '../../src/table/index.js';

const period = { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' };
const rows = Array.from({ length: 90 }, (_, user) => ({ user, city: user < 2 ? 'Kobe' : user < 50 ? 'Chiba' : 'Tokyo', yen: 100 + user }));
const people = personal(rows, { unit: 'user', unitOf: 'user' });
const cities = ['Tokyo', 'Chiba', 'Kobe'];
const keys = publicKeys(cities);
const groups = { city: cities };
const out = release({ id: 'a', period, purpose: 'statistical-service', previous: 'first' });
const table = pipe(people, kTable({ by: 'city', groups, k: 4 }));
const listed = pipe(people, kCountUnits({ by: 'city', k: 4, keys }));
const secret = new Uint8Array(32).fill(7);
const keyed = pipe(people, cellKeyCounts({ by: 'city', keys, secret, noise: perturbationTable({ maximumNoise: 3, variance: 2 }) }));

const RELEASES: readonly (readonly [string, Release<unknown>])[] = [
  ['kTable', out(table)],
  ['kTable, ranked', out(pipe(table, toRanking()))],
  ['kSum', out(pipe(people, kSum({ by: 'city', groups, value: 'yen', k: 4 })))],
  ['kCountUnits', out(listed)],
  ['kCountUnits without keys', out(pipe(people, kCountUnits({ by: 'city', k: 4 })))],
  ['kCountUnits, all shown and ranked', out(pipe(people, kCountUnits({ by: 'city', k: 2, keys }), toRanking()))],
  ['protectBeside', out(pipe(listed, protectBeside({ id: 'a', period, population: { all: true }, previous: [] })))],
  ['cellKeyCounts', out(keyed)],
  ['cellKeyCounts by rounding', out(pipe(people, cellKeyCounts({ by: 'city', keys, secret, noise: randomRounding({ base: 5 }) })))],
];

const failed = ({ data, manifest }: Release<unknown>, over: object): readonly string[] => {
  const forged = { ...manifest, ...over };
  return verifyManifest({ data, manifest: { ...forged, contentHash: contentHash(data, forged) } }).checks.filter(({ ok }) => !ok).map(({ name }) => name);
};

describe.each(RELEASES)('%s', (_, published) => {
  const { accuracy, notCovered } = published.manifest;
  test('passes as it was released', () => expect(failed(published, {})).toEqual([]));

  test('does not pass with other words on what is not covered', () => {
    for (const words of [[], notCovered.slice(1), [...notCovered, 'nothing else'], ['nothing']]) expect(failed(published, { notCovered: words })).toEqual(['not covered']);
  });

  test('does not pass with an accuracy that its mechanism does not have', () => {
    for (const more of [{ exact: true, eps: 1 }, { ...accuracy, eps: 1 }, { ...accuracy, rankIntervals: { confidence: 1 } }, {}]) expect(failed(published, { accuracy: more })).toEqual(['accuracy']);
  });
});
