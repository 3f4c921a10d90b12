import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { dpSum, privacyBudget, type RandomSource } from '../../src/dp/index.js';
import { derive, joinPublic, personal, where } from '../../src/table/index.js';
import { arbitraries, recordNoise, sensitivityViolations } from '../../src/testing/index.js';
import { runs } from '../support/runs.js';

/*
 * Row-wise stages have stability 1: what one unit can move after them is what it could before, since each row that comes out is made
 * of one row that went in, and of public things.
 */

interface Row {
  readonly user: string;
  readonly app: string;
  readonly x: number;
}
const { neighbours, hostileKey, hostileNumber } = arbitraries(fc);
const pairs = neighbours<Row>({ units: 5, row: (user) => fc.record({ user: fc.constant(user), app: fc.oneof(fc.constantFrom('a', 'b', '__proto__', ''), hostileKey()), x: hostileNumber([-3, 5]) }) });
const kinds = [{ app: 'a', kind: 'one', factor: 2 }, { app: '__proto__', kind: 'two', factor: -1 }, { app: '', kind: 'two', factor: NaN }, { app: '\ud800', kind: 'constructor', factor: 1 }] as const;

test('where, derive and joinPublic before an aggregate: one unit more moves its requests by no more than was declared, in the same sequence', () => {
  const run = (rows: readonly Row[], discover: boolean) => (random: RandomSource) =>
    pipe(
      personal(rows, { unit: 'user', unitOf: 'user', fields: ['app', 'x'] }),
      where((row) => row.app !== 'b'),
      joinPublic({ on: 'app', table: kinds }),
      derive({ y: (row) => row.x * (row.factor ?? 1), twice: (row) => `${row.kind}${row.kind}` }),
      where((row) => !(row.y > 1e300)),
      dpSum({ by: discover ? 'twice' : 'kind', value: 'y', lower: -3, upper: 5, keys: 'discover', groupsPerUnit: 2, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random }),
    );
  let groups = 0;
  fc.assert(
    fc.property(pairs, fc.boolean(), ({ with: more, without }, discover) => {
      const [one, other] = [recordNoise(run(more, discover)), recordNoise(run(without, discover))];
      expect(sensitivityViolations(one, other)).toEqual([]);
      groups += one.requests.at(-1)!.values.length;
    }),
    { numRuns: runs(100) },
  );
  expect(groups).toBeGreaterThan(100);
});

test('the property is able to fail: a function that remembers the rows before is found', () => {
  const run = (rows: readonly Row[]) => (random: RandomSource) => {
    let seen = 0;
    return pipe(
      personal(rows, { unit: 'user', unitOf: 'user', fields: ['app', 'x'] }),
      derive({ y: () => ++seen }),
      dpSum({ by: 'app', value: 'y', lower: 0, upper: 5, keys: 'discover', groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random }),
    );
  };
  expect(fc.check(fc.property(pairs, ({ with: more, without }) => sensitivityViolations(recordNoise(run(more)), recordNoise(run(without))).length === 0), { numRuns: 300, seed: 7 }).failed).toBe(true);
});
