import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noisePort, type NoisePort } from '../../src/dp/mechanisms/port.js';
import { secureRandom } from '../../src/random/index.js';
import { arbitraries, keepsSensitivity, recordNoise, seededRandom, sensitivityViolations } from '../../src/testing/index.js';

interface Visit {
  readonly user: string;
  readonly app: string;
  readonly minutes: number;
}
const { hostileKey, hostileNumber, neighbours, shards } = arbitraries(fc);
const APPS = ['__proto__', '', 'a', '\ud800'];
const visits = neighbours<Visit>({ row: (user) => fc.record({ user: fc.constant(user), app: fc.oneof(fc.constantFrom(...APPS), hostileKey()), minutes: hostileNumber([0, 60]) }) });

type Query = (rows: readonly Visit[], port: NoisePort) => void;
const violations = (query: Query, rows: fc.Arbitrary<{ with: readonly Visit[]; without: readonly Visit[] }>, runs = 300): number => {
  let broken = 0;
  fc.assert(
    fc.property(rows, (n) => {
      const [a, b] = [n.with, n.without].map((side) => recordNoise((random) => query(side, noisePort(random))));
      if (!keepsSensitivity(a as never, b as never)) broken++;
    }),
    { seed: 8, numRuns: runs },
  );
  return broken;
};

/** Counts distinct users of declared apps, each user in at most `most` of them. */
const bounded = (most: number): Query => (rows, port) => {
  const seen = new Map<string, Set<string>>();
  for (const { user, app } of rows) {
    const apps = seen.get(user) ?? new Set();
    if (APPS.includes(app) && apps.size < most) seen.set(user, apps.add(app));
  }
  const values = APPS.map((app) => [...seen.values()].filter((apps) => apps.has(app)).length);
  port.laplace({ values, keys: APPS, sensitivity: 2, scale: 2 });
};

describe('keepsSensitivity', () => {
  test('passes a count that is bounded as declared, on 1,000 hostile neighbours', () => {
    expect(violations(bounded(2), visits, 1000)).toBe(0);
  });
  test('finds a bound that is larger than declared', () => {
    expect(violations(bounded(3), visits)).toBeGreaterThan(0);
  });
  test('finds rows counted instead of users', () => {
    expect(violations((rows, port) => port.laplace({ values: APPS.map((app) => rows.filter((r) => r.app === app).length), keys: APPS, sensitivity: 2, scale: 2 }), visits)).toBeGreaterThan(0);
  });
  test('finds NaN that passes a clamp', () => {
    const clampedSum: Query = (rows, port) => {
      const perUser = new Map(rows.map((r) => [r.user, Math.min(Math.max(r.minutes, 0), 60)]));
      const sum = [...perUser.values()].reduce((x, y) => x + Math.round(y), 0);
      port.laplace({ values: [Number.isNaN(sum) ? -1 : sum], sensitivity: 60, scale: 60 });
    };
    expect(violations(clampedSum, visits)).toBeGreaterThan(0);
  });
  test('finds a request that only some data make', () => {
    const adaptive: Query = (rows, port) => {
      if (rows.some((r) => r.app === 'a')) port.gaussian({ values: [0], sensitivity: 0, sigma: 1 });
    };
    expect(violations(adaptive, visits)).toBeGreaterThan(0);
  });
  test('finds parameters that depend on data', () => {
    const scaled: Query = (rows, port) => void port.gaussian({ values: [0], sensitivity: 0, sigma: 1 + new Set(rows.map((r) => r.user)).size });
    expect(violations(scaled, visits)).toBeGreaterThan(0);
  });
  test('discovered keys: at most the declared number on one side only, matched by key and not by place', () => {
    const discovered = (newKeys: number): Query => (rows, port) => {
      const first = new Map<string, string>();
      for (const { user, app } of rows) if (!first.has(user)) first.set(user, app);
      const counts = new Map<string, number>();
      for (const app of first.values()) counts.set(app, (counts.get(app) ?? 0) + 1);
      const request = { values: [...counts.values()], keys: [...counts.keys()], sensitivity: 1, newKeys };
      const kept = port.coins({ ...request, law: 'a coin for each', probability: () => 0.5 });
      const keys = request.keys.filter((_, i) => kept[i]);
      port.gaussian({ values: keys.map((key) => counts.get(key) as number), keys, sensitivity: 1, newKeys, sigma: 1 });
    };
    expect(violations(discovered(1), visits)).toBe(0);
    expect(violations(discovered(0), visits)).toBeGreaterThan(0);
  });
  test('says what is wrong', () => {
    const record = (values: number[], keys?: unknown[]): ReturnType<typeof recordNoise> =>
      recordNoise((random) => noisePort(random).laplace({ values, sensitivity: 1, scale: 1, ...(keys === undefined ? {} : { keys }) }));
    expect(sensitivityViolations(record([1]), record([3]))).toEqual(['request 0 moves by 2 in l1, 1 declared']);
    expect(sensitivityViolations(record([1]), record([1, 2]))).toEqual(['request 0 has 1 values on one side, 2 on the other']);
    expect(sensitivityViolations(record([1, 2], ['1', 1]), record([1, 2], [1, '1']))).toEqual(['request 0 has declared keys that are not the same on both sides']);
    expect(sensitivityViolations(record([1, 2], ['a', 'a']), record([1, 2], ['a', 'a']))).toEqual(['request 0 has a key twice, or not one key for each value']);
    expect(sensitivityViolations(record([1]), record([1], ['a']))[0]).toContain('is another request');
    expect(sensitivityViolations(record([1]), { requests: [], result: 0 })).toEqual(['1 requests on one side, 0 on the other']);
  });
  test('counts the keys that stand on one side only', () => {
    const record = (keys: string[], newKeys: number): ReturnType<typeof recordNoise> =>
      recordNoise((random) => noisePort(random).laplace({ values: keys.map(() => 1), keys, sensitivity: 2, scale: 1, newKeys }));
    expect(sensitivityViolations(record(['a', 'b'], 1), record(['b'], 1))).toEqual([]);
    expect(sensitivityViolations(record(['a', 'b', 'c'], 1), record(['b'], 1))).toEqual(['request 0 has 2 keys on one side only, 1 declared']);
    expect(sensitivityViolations(record(['a', 'b'], 2), record(['b', 'c'], 2))).toEqual([]);
  });
  test('L2 and L-infinity are what they say', () => {
    const gaussian = (values: number[]): ReturnType<typeof recordNoise> => recordNoise((random) => noisePort(random).gaussian({ values, sensitivity: Math.SQRT2, sigma: 1 }));
    expect(keepsSensitivity(gaussian([1, 1]), gaussian([0, 0]))).toBe(true);
    expect(keepsSensitivity(gaussian([1, 1, 1]), gaussian([0, 0, 0]))).toBe(false);
    const choice = (values: number[]): ReturnType<typeof recordNoise> =>
      recordNoise((random) => noisePort(random).choose({ values, sensitivity: 1, law: 'exponential', picks: 2, choose: () => [] }));
    expect(choice([5, 6, 7]).result).toEqual([0, 1]);
    expect(keepsSensitivity(choice([1, 1, 1]), choice([0, 0, 0]))).toBe(true);
    expect(keepsSensitivity(choice([2]), choice([0]))).toBe(false);
  });
  test('values that a mechanism would refuse are refused here too', () => {
    expect(() => recordNoise((random) => noisePort(random).laplace({ values: [0.5], sensitivity: 1, scale: 1 }))).toThrowError(expect.objectContaining({ code: 'TOKUMEI_NOISE_VALUE' }));
  });
});

describe('the port of a real source', () => {
  test('adds noise, tosses coins, lets mechanisms choose', () => {
    const port = noisePort(seededRandom('port'));
    expect(port.secure).toBe(false);
    expect(noisePort(secureRandom()).secure).toBe(true);
    expect(noisePort({ secure: true, uint32: () => 0 }).secure).toBe(false);
    expect([...port.laplace({ values: [5, 6], sensitivity: 1, scale: 1e-9 })]).toEqual([5, 6]);
    expect([...port.gaussian({ values: [5, 6], sensitivity: 1, sigma: 1e-9 })]).toEqual([5, 6]);
    expect([...port.coins({ values: [0, 1], sensitivity: 1, law: 'value', probability: (v) => v })]).toEqual([0, 1]);
    expect(port.choose({ values: [3, 4], sensitivity: 1, law: 'last', picks: 1, choose: (v) => [v.length - 1] })).toEqual([1]);
    expect(() => port.choose({ values: [3], sensitivity: 1, law: 'all', picks: 0, choose: () => [0] })).toThrowError(expect.objectContaining({ code: 'TOKUMEI_NOISE_PORT' }));
  });
});

describe('arbitraries', () => {
  test('neighbours differ by all rows of one unit, in any places, and by nothing else', () => {
    const places = new Set<string>();
    fc.assert(
      fc.property(visits, (n) => {
        expect(n.with.filter((r) => r.user !== n.unit)).toEqual(n.without);
        const own = n.with.filter((r) => r.user === n.unit).length;
        expect(own).toBeGreaterThan(0);
        places.add(`${own} ${n.with.findIndex((r) => r.user === n.unit) === 0} ${n.with.at(-1)?.user === n.unit}`);
      }),
      { seed: 9, numRuns: 300 },
    );
    expect(places.size).toBeGreaterThan(10);
  });
  test('hostile values do occur', () => {
    const numbers = fc.sample(hostileNumber([3]), { seed: 1, numRuns: 2000 });
    for (const wanted of [NaN, Infinity, -0, 5e-324, 2 ** 53, 3, 3 * (1 + Number.EPSILON)]) expect(numbers.some((x) => Object.is(x, wanted))).toBe(true);
    const keys = fc.sample(hostileKey(), { seed: 1, numRuns: 2000 });
    for (const wanted of ['__proto__', '', '\ud800', 'e\u0301', '=1+1']) expect(keys).toContain(wanted);
  });
  test('shards have all rows and no unit twice', () => {
    const rows = visits.map((n) => n.with);
    fc.assert(
      fc.property(shards(rows, (r) => r.user, 3), (parts) => {
        expect(parts).toHaveLength(3);
        const homes = parts.map((part) => new Set(part.map((r) => r.user)));
        expect(homes.reduce((n, home) => n + home.size, 0)).toBe(new Set(parts.flat().map((r) => r.user)).size);
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});
