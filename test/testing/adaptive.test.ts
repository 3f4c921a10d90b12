import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personal, pipe, privacyBudget, publicKeys, rankGroups } from '../../src/index.js';
import { noisePort } from '../../src/dp/mechanisms/port.js';
import { keepsSensitivity, recordNoise, type Recording } from '../../src/testing/index.js';

const APPS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const rows = fc.array(fc.record({ user: fc.integer({ min: 0, max: 9 }), app: fc.constantFrom(...APPS, 'other') }), { minLength: 1, maxLength: 60 });
interface Event { readonly user: number; readonly app: string }

const plans = [
  { strategy: 'survey-then-measure', show: 'counts', keys: publicKeys(APPS) },
  { strategy: 'select-then-measure', show: 'counts', keys: publicKeys(APPS) },
  { strategy: 'limited-domain-then-measure', show: 'counts', keys: 'discover' },
] as const;

test.each(plans)('$strategy: the second request is compared after the same first answer', (plan) => {
  const run = (events: readonly Event[], like?: Recording<unknown>): Recording<unknown> =>
    recordNoise((random) => pipe(personal(events, { unit: 'user', unitOf: 'user' }), rankGroups({ ...plan, by: 'app', top: 2, groupsPerUnit: 2, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random } as never)), 0, like);
  fc.assert(
    fc.property(rows, (events) => {
      const without = run(events.filter(({ user }) => user !== events[0]!.user));
      expect(keepsSensitivity(without, run(events, without))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a second request that looks past the first answer is still found', () => {
  const peeking = (counts: readonly number[], like?: Recording<unknown>): Recording<unknown> =>
    recordNoise((random) => {
      const port = noisePort(random);
      port.laplace({ values: counts, keys: ['x', 'y'], sensitivity: 1, scale: 1 });
      const best = counts[0]! >= counts[1]! ? 0 : 1;
      port.laplace({ values: [counts[best]!], keys: [['x', 'y'][best]], sensitivity: 1, scale: 1 });
    }, 0, like);
  const without = peeking([3, 3]);
  expect(keepsSensitivity(without, peeking([3, 4], without))).toBe(false);
});
