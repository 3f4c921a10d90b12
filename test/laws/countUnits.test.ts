import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dpCountUnits, privacyBudget, publicKeys } from '../../src/dp/index.js';
import { rankGroups } from '../../src/rank/index.js';
import { personal } from '../../src/table/index.js';
import { arbitraries, auditEpsilon, recordNoise, reveal, seededRandom, sensitivityViolations } from '../../src/testing/index.js';
import type { RandomSource } from '../../src/dp/index.js';
import { runs } from '../support/runs.js';

interface Row {
  readonly user: string;
  readonly app: unknown;
}
const { neighbours, hostileKey, hostileNumber } = arbitraries(fc);
const pairs = neighbours<Row>({ row: (user) => fc.record({ user: fc.constant(user), app: fc.oneof({ weight: 5, arbitrary: hostileKey() }, hostileNumber(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.constant({ a: 1 })) }) });
const door = (rows: readonly Row[]) => personal(rows as readonly { user: string; app: string }[], { unit: 'user', unitOf: 'user', fields: ['app'] });
const declared = publicKeys(['a', 'b', '__proto__', '', 'constructor', null, 0, 2 ** 31]);
const budget = () => privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });

const stages = {
  'counts, declared keys': (l0: number, random: RandomSource) => dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: declared, groupsPerUnit: l0, spend: budget(), random }),
  'counts, discovered keys': (l0: number, random: RandomSource) => dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: 'discover', groupsPerUnit: l0, spend: budget(), random }),
  'counts, Gaussian': (l0: number, random: RandomSource) => dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: 'discover', groupsPerUnit: l0, noise: 'gaussian', spend: budget(), random }),
  'counts, discovered keys with a floor': (l0: number, random: RandomSource) => dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: 'discover', groupsPerUnit: l0, minUnits: 3, spend: budget(), random }),
  ranking: (l0: number, random: RandomSource) => rankGroups<{ app: string }, 'user', 'app'>({ by: 'app', top: 3, keys: declared, groupsPerUnit: l0, spend: budget(), random }),
};

describe.each(Object.entries(stages))('%s', (_, stage) => {
  test('one unit more moves the requests for noise by at most what was declared, in the same sequence', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 4 }), ({ with: more, without }, l0) => {
        const record = (rows: readonly Row[]) => recordNoise((random) => stage(l0, random)(door(rows)));
        expect(sensitivityViolations(record(more), record(without))).toEqual([]);
      }),
      { numRuns: runs(250) },
    );
  });
});

test('the property is able to fail: a bound of two under noise for one is found', () => {
  const record = (rows: readonly Row[]) =>
    recordNoise((random) => {
      const honest = stages['counts, declared keys'](1, random)(door(rows));
      return honest;
    });
  const looser = (rows: readonly Row[]) => {
    const { requests, result } = recordNoise((random) => stages['counts, declared keys'](2, random)(door(rows)));
    return { result, requests: requests.map((request) => ({ ...request, sensitivity: 1 })) };
  };
  const finds = (run: typeof record | typeof looser): boolean =>
    fc.check(fc.property(pairs, ({ with: more, without }) => sensitivityViolations(run(more), run(without)).length === 0), { numRuns: 2000, seed: 7 }).failed;
  expect(finds(record)).toBe(false);
  expect(finds(looser)).toBe(true);
});

describe('audit of a pure count, one group a user, epsilon 1', () => {
  const events = Array.from({ length: 20 }, (_, i) => ({ user: `u${i}`, app: 'a' }));
  const keys = publicKeys(['a']);
  // Each sample is the whole pipeline: door, bound, count, noise.
  const run = (rows: readonly Row[], epsilon: number) => (random: RandomSource) =>
    reveal(dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys, groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon }), random })(door(rows))).value[0]!.count!;
  const audit = (epsilon: number, samples: number, seed: number) =>
    auditEpsilon({ withUnit: run(events, epsilon), withoutUnit: run(events.slice(1), epsilon), epsilon: 1, samples, alpha: 1e-6, random: seededRandom(seed) });

  test('the claim stands at 4,000 samples, and half the noise is found', () => {
    expect(audit(1, 4_000, 1).rejected).toBe(false);
    expect(audit(2, 4_000, 2).rejected).toBe(true);
  });
});
