import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Personal, Protected } from '../../src/core/index.js';
import type { DifferentialPrivacy } from '../../src/core/guarantee.js';
import {
  dpBounds, dpCountRows, dpCountRowsInParts, dpCountUnits, dpCountUnitsInParts, dpDistinct, dpDistinctInParts, dpHistogram, dpHistogramInParts, dpMean, dpMeanInParts, dpQuantiles, dpQuantilesInParts, dpSum, dpSumInParts,
  dpVariance, dpVarianceInParts, dpVectorSum, dpVectorSumInParts, privacyBudget, publicKeys, type Accumulator, type PersonalState, type RandomSource,
} from '../../src/dp/index.js';
import { personal } from '../../src/table/index.js';
import { NOISE_PORT } from '../../src/dp/mechanisms/port.js';
import { arbitraries, recordNoise, reveal, seededRandom, sensitivityViolations, type NoiseRecord } from '../../src/testing/index.js';
import { runs } from '../support/runs.js';

/*
 * What every aggregate promises, on recorded requests for noise: one unit more moves them by at most what was declared, and
 * no order of rows and no way of cutting into shards changes them.
 */

interface Row {
  readonly user: string;
  readonly app: unknown;
  readonly x: unknown;
  readonly y: unknown;
}
type Typed = { app: string; x: number; y: number };
type Records = Personal<Typed, 'user'>;
type Result = Protected<readonly unknown[], DifferentialPrivacy<'user'>>;

const { neighbours, hostileKey, hostileNumber, shards } = arbitraries(fc);
const BOUNDS = [-3, 5, 0.1];
const row = (user: string): fc.Arbitrary<Row> =>
  fc.record({
    user: fc.constant(user),
    app: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c') }, hostileKey(), hostileNumber(), fc.constantFrom(null, undefined, true, { a: 1 })),
    x: fc.oneof({ weight: 6, arbitrary: hostileNumber(BOUNDS) }, fc.double({ min: -10, max: 10, noNaN: true }), hostileKey(), fc.constantFrom(undefined, null, 'text', '7', true, 9n, { a: 1 })),
    y: fc.oneof(fc.double({ min: -10, max: 10 }), fc.constant(1)),
  });
const pairs = neighbours<Row>({ row, units: 5 });
const door = (rows: readonly Row[], shard?: string): Records => personal(rows as readonly (Typed & { user: string })[], { unit: 'user', unitOf: 'user', fields: ['app', 'x', 'y'], ...(shard === undefined ? {} : { shard }) });
const declared = publicKeys(['a', 'b', '__proto__', '', null]);
const budget = () => privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });

interface Drawn {
  readonly l0: number;
  readonly rows: number;
  readonly noise: 'laplace' | 'gaussian';
  readonly keyRule: 'optimal' | 'gaussian' | 'weighted';
  readonly discover: boolean;
  readonly minUnits: number;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  l0: fc.integer({ min: 1, max: 3 }),
  rows: fc.integer({ min: 1, max: 4 }),
  noise: fc.constantFrom('laplace', 'gaussian'),
  keyRule: fc.constantFrom('optimal', 'gaussian', 'weighted'),
  discover: fc.boolean(),
  minUnits: fc.constantFrom(1, 1, 2, 3),
});

const common = (o: Drawn, random: RandomSource) => ({ by: 'app', keys: o.discover ? 'discover' : declared, groupsPerUnit: o.l0, noise: o.noise, ...(o.discover ? { keyRule: o.keyRule, minUnits: o.minUnits } : {}), spend: budget(), random }) as const;
const real = { value: 'x', lower: -3, upper: 5 } as const;

type Stage = (o: Drawn, random: RandomSource) => (p: Records) => Result;
type Parts = (o: Drawn, random: RandomSource) => Accumulator<Typed, 'user', PersonalState, Result>;
const CASES: Readonly<Record<string, readonly [Stage, Parts]>> = {
  'count of units, keys selected first': [(o, r) => dpCountUnits<Typed, 'user', 'app'>(common(o, r)), (o, r) => dpCountUnitsInParts<Typed, 'user', 'app'>(common(o, r))],
  'count of rows': [(o, r) => dpCountRows<Typed, 'user', 'app'>({ ...common(o, r), rowsPerGroup: o.rows }), (o, r) => dpCountRowsInParts<Typed, 'user', 'app'>({ ...common(o, r), rowsPerGroup: o.rows })],
  'count of rows by one total': [
    (o, r) => dpCountRows<Typed, 'user', 'app'>({ ...common(o, r), groupsPerUnit: undefined, rowsPerUnit: o.rows } as never),
    (o, r) => dpCountRowsInParts<Typed, 'user', 'app'>({ ...common(o, r), groupsPerUnit: undefined, rowsPerUnit: o.rows } as never),
  ],
  'distinct values': [
    (o, r) => dpDistinct<Typed, 'user', 'app', 'x'>({ ...common(o, r), value: 'x', valuesPerGroup: o.rows }),
    (o, r) => dpDistinctInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), value: 'x', valuesPerGroup: o.rows }),
  ],
  sum: [(o, r) => dpSum<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real }), (o, r) => dpSumInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real })],
  'sum on a coarse grid': [(o, r) => dpSum<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, step: 0.7 }), (o, r) => dpSumInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, step: 0.7 })],
  mean: [(o, r) => dpMean<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, rowsPerGroup: o.rows }), (o, r) => dpMeanInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, rowsPerGroup: o.rows })],
  variance: [(o, r) => dpVariance<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, rowsPerGroup: o.rows }), (o, r) => dpVarianceInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, rowsPerGroup: o.rows })],
  histogram: [
    (o, r) => dpHistogram<Typed, 'user', 'app', 'x'>({ ...common(o, r), value: 'x', edges: [-3, 0, 0.1, 5], rowsPerGroup: o.rows }),
    (o, r) => dpHistogramInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), value: 'x', edges: [-3, 0, 0.1, 5], rowsPerGroup: o.rows }),
  ],
  quantiles: [
    (o, r) => dpQuantiles<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, bins: 40, ranks: [0.5], rowsPerGroup: o.rows }),
    (o, r) => dpQuantilesInParts<Typed, 'user', 'app', 'x'>({ ...common(o, r), ...real, bins: 40, ranks: [0.5], rowsPerGroup: o.rows }),
  ],
  'vector sum, l1': [
    (o, r) => dpVectorSum<Typed, 'user', 'app', 'x' | 'y'>({ ...common(o, r), values: ['x', 'y'], bound: 3, norm: 'l1' }),
    (o, r) => dpVectorSumInParts<Typed, 'user', 'app', 'x' | 'y'>({ ...common(o, r), values: ['x', 'y'], bound: 3, norm: 'l1' }),
  ],
  'vector sum, l2': [
    (o, r) => dpVectorSum<Typed, 'user', 'app', 'x' | 'y'>({ ...common(o, r), noise: 'gaussian', values: ['x', 'y'], bound: 3, norm: 'l2' }),
    (o, r) => dpVectorSumInParts<Typed, 'user', 'app', 'x' | 'y'>({ ...common(o, r), noise: 'gaussian', values: ['x', 'y'], bound: 3, norm: 'l2' }),
  ],
};

/** Requests with values by key: what must not depend on order or shards. */
const contentOf = (requests: readonly NoiseRecord[]): unknown => requests.map(({ keys, values, ...rest }) => ({ ...rest, values: keys === undefined ? values : keys.map((key, at) => `${key} ${values[at]}`).sort() }));

describe.each(Object.entries(CASES))('%s', (_, [stage, parts]) => {
  const record = (o: Drawn, rows: readonly Row[]) => recordNoise((random) => stage(o, random)(door(rows)));

  test('one unit more moves the requests for noise by at most what was declared, in the same sequence', () => {
    fc.assert(
      fc.property(pairs, drawn, ({ with: more, without }, o) => {
        expect(sensitivityViolations(record(o, more), record(o, without))).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });

  test('no order of rows and no way of cutting into shards changes the exact numbers', () => {
    const some = fc.array(fc.constantFrom('u', 'v', 'w').chain(row), { maxLength: 20 });
    fc.assert(
      fc.property(shards(some, (r) => r.user), drawn, fc.infiniteStream(fc.nat()), (cut, o, dice) => {
        const whole = cut.flat();
        const shuffled = whole.map((r) => [dice.next().value as number, r] as const).sort((a, b) => a[0] - b[0]).map(([, r]) => r);
        const inParts = recordNoise((random) => {
          const run = parts(o, random);
          return run.finish(cut.map((rows, at) => run.add(run.init(), door(rows, `shard ${at}`))).reduce((a, b) => run.merge(b, a), run.init()));
        });
        const one = contentOf(record(o, whole).requests);
        expect(contentOf(record(o, shuffled).requests)).toEqual(one);
        expect(contentOf(inParts.requests)).toEqual(one);
      }),
      { numRuns: runs(25) },
    );
  });
});

describe.each(Object.entries(CASES))('a floor on units: %s', (_, [stage]) => {
  /** All noise far above any threshold, all coins heads: only the floor hides. */
  const generous = (): RandomSource => {
    const up = ({ values }: { readonly values: ArrayLike<number> }): Float64Array => Float64Array.from(values, (value) => value + 2 ** 40);
    const seeded = seededRandom(1);
    return Object.assign({ secure: false, uint32: () => seeded.uint32() }, { [NOISE_PORT]: { secure: false, random: seeded, laplace: up, gaussian: up, coins: ({ values }: { readonly values: ArrayLike<number> }) => new Uint8Array(values.length).fill(1), choose: () => [] } });
  };

  test('no key that fewer units have is shown, whatever the noise; one that enough have is', () => {
    const rows = fc.array(fc.constantFrom('u', 'v', 'w', 'x').chain(row), { maxLength: 30 });
    fc.assert(
      fc.property(rows, drawn, (data, o) => {
        const shown = reveal(stage({ ...o, discover: true, keyRule: o.keyRule }, generous())(door(data))).value as readonly { readonly key: unknown }[];
        for (const { key } of shown) expect(new Set(data.filter(({ app }) => [app ?? null].includes(key as never)).map(({ user }) => user)).size).toBeGreaterThanOrEqual(o.minUnits);
      }),
      { numRuns: runs(40) },
    );
    for (const [units, expected] of [[2, []], [3, ['a']]] as const) {
      const data = Array.from({ length: units }, (_, i) => ({ user: `u${i}`, app: 'a', x: 1, y: 1 }));
      for (const keyRule of ['optimal', 'gaussian', 'weighted'] as const) {
        const shown = reveal(stage({ l0: 1, rows: 1, noise: 'gaussian', keyRule, discover: true, minUnits: 3 }, generous())(door(data))).value as readonly { readonly key: unknown }[];
        expect([keyRule, shown.map(({ key }) => key)]).toEqual([keyRule, expected]);
      }
    }
  });
});

test('bounds: one unit more moves the requests by at most what was declared, in the same sequence; order does not matter', () => {
  const record = (o: Drawn, rows: readonly Row[]) =>
    recordNoise((random) => dpBounds<Typed, 'user', 'app', 'x'>({ by: 'app', keys: o.discover ? 'discover' : declared, groupsPerUnit: o.l0, noise: o.noise, value: 'x', leastPower: -3, largestPower: 20, spend: budget(), random })(door(rows)));
  fc.assert(
    fc.property(pairs, drawn, ({ with: more, without }, o) => {
      expect(sensitivityViolations(record(o, more), record(o, without))).toEqual([]);
      expect(contentOf(record(o, [...more].reverse()).requests)).toEqual(contentOf(record(o, more).requests));
    }),
    { numRuns: runs(80) },
  );
});

test('the property is able to fail: for each aggregate, a sensitivity a step too small is found', () => {
  for (const [name, [stage]] of Object.entries(CASES)) {
    const looser = (o: Drawn, rows: readonly Row[]) => {
      const { requests, result } = recordNoise((random) => stage(o, random)(door(rows)));
      return { result, requests: requests.map((request) => (request.mechanism === 'discrete-laplace' || request.mechanism === 'discrete-gaussian' ? { ...request, sensitivity: request.sensitivity * (1 - 2 ** -20) - 1e-9 } : request)) };
    };
    // Whole numbers between the bounds reach the bound exactly.
    const full = neighbours<Row>({ units: 2, rowsPerUnit: 6, row: (user) => fc.record({ user: fc.constant(user), app: fc.constantFrom('a', 'b', 'c'), x: fc.constantFrom(-10, 0.05, 10, -3, 5, 6), y: fc.constantFrom(0, 0, 4) }) });
    const o: Drawn = { l0: 1, rows: 2, noise: 'laplace', keyRule: 'gaussian', discover: false, minUnits: 1 };
    const found = fc.check(fc.property(full, ({ with: more, without }) => sensitivityViolations(looser(o, more), looser(o, without)).length === 0), { numRuns: 3000, seed: 7 }).failed;
    expect([name, found]).toEqual([name, true]);
  }
});
