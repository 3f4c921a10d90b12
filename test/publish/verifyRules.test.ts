import { describe, expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { cellKeyCounts, kCountUnits, perturbationTable, randomRounding } from '../../src/kanon/index.js';
import { contentHash } from '../../src/hash/contentHash.js';
import { release, verifyManifest, type Manifest, type Release } from '../../src/publish/index.js';
import { toRanking } from '../../src/rank/index.js';
import { personal, publicKeys } from '../../src/table/index.js';

const rows = Array.from({ length: 60 }, (_, user) => ({ user, app: user % 20 === 0 ? 'chess' : user % 2 === 0 ? 'maps' : 'mail' }));
const people = personal(rows, { unit: 'user', unitOf: 'user' });
const keys = publicKeys(['maps', 'mail', 'chess', 'none']);
const out = release({ id: 'a', period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'service-information', previous: 'first' });
const secret = new Uint8Array(32).fill(3);

/** The same release with something else in it, and a hash that fits. */
function forged(published: Release<unknown>, data: unknown, over: Partial<Manifest> = {}): unknown {
  const manifest = { ...published.manifest, ...over };
  return { data, manifest: { ...manifest, contentHash: contentHash(data, manifest) } };
}
const failed = (published: unknown): readonly string[] => verifyManifest(published).checks.filter(({ ok }) => !ok).map(({ name }) => name);

describe('verifyManifest of a threshold', () => {
  const published = pipe(people, kCountUnits({ by: 'app', k: 10, keys }), out);
  const [first, ...rest] = published.data;

  test('passes what was released, ranked or not, with keys declared or not', () => {
    expect(verifyManifest(published).valid).toBe(true);
    expect(verifyManifest(pipe(people, kCountUnits({ by: 'app', k: 10 }), out)).valid).toBe(true);
    expect(verifyManifest(pipe(people, kCountUnits({ by: 'app', k: 2, keys, zeros: 'published' }), out)).valid).toBe(true);
    expect(verifyManifest(pipe(people, kCountUnits({ by: 'app', k: 10, keys }), toRanking({ top: 1 }), out)).valid).toBe(true);
  });

  test('finds a count below k, a zero that is none, another k, a missing line, a changed line', () => {
    expect(failed(forged(published, [{ ...first, count: 9 }, ...rest]))).toEqual(['published counts']);
    expect(failed(forged(published, [{ ...first, count: 0 }, ...rest]))).toEqual(['published counts']);
    expect(failed(forged(published, [{ ...first, state: 'suppressed' }, ...rest]))).toEqual(['published counts']);
    expect(failed(forged(published, published.data, { guarantee: { kind: 'k-anonymity', unit: 'user', k: 5 } }))).toEqual(['not covered', 'k']);
    expect(failed(forged(published, published.data, { guarantee: { kind: 'k-anonymity', unit: 'user', k: 1 } }))).toEqual(['parameters']);
    expect(failed(forged(published, rest))).toEqual(['number of lines']);
    expect(failed({ ...published, data: [{ ...first, count: 999 }, ...rest] })).toEqual(['content hash']);
    expect(failed(forged(published, 'text'))).toEqual(['lines']);
  });
});

describe('verifyManifest of noise by cell key', () => {
  const noisy = pipe(people, cellKeyCounts({ by: 'app', keys, secret, noise: perturbationTable({ maximumNoise: 3, variance: 2, forbiddenUpTo: 1 }) }), out);
  const rounded = pipe(people, cellKeyCounts({ by: 'app', keys, secret, noise: randomRounding({ base: 5 }) }), out);

  test('passes what was released', () => {
    expect(verifyManifest(noisy).valid).toBe(true);
    expect(verifyManifest(rounded).valid).toBe(true);
  });

  test('finds what the stated noise cannot give, and noise that does not exist', () => {
    const [first, ...rest] = noisy.data;
    expect(failed(forged(noisy, [{ ...first, count: 1 }, ...rest]))).toEqual(['published counts']);
    expect(failed(forged(noisy, [{ ...first, count: -1 }, ...rest]))).toEqual(['published counts']);
    expect(failed(forged(rounded, [{ ...rounded.data[0], count: 12 }, ...rounded.data.slice(1)]))).toEqual(['published counts']);
    expect(failed(forged(noisy, noisy.data, { parameters: { ...noisy.manifest.parameters, variance: 9 } }))).toEqual(['parameters']);
    expect(failed(forged(noisy, noisy.data, { parameters: { ...noisy.manifest.parameters, epsilon: 1 } }))).toEqual(['parameters']);
    expect(failed(forged(noisy, rest))).toEqual(['number of lines']);
    expect(failed(forged(noisy, {}))).toEqual(['guarantee']);
  });
});
