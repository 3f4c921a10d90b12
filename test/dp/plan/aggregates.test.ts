import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noiseVariance } from '../../../src/dp/accounting/laws/noiseLaw.js';
import {
  dpBounds, dpCountRows, dpCountUnits, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, plan, privacyBudget, publicKeys, type PlanQuery, type Slice,
} from '../../../src/dp/index.js';
import { release } from '../../../src/publish/index.js';
import { personal } from '../../../src/table/index.js';
import { reveal, seededRandom } from '../../../src/testing/index.js';

type Sale = { shop: string; yen: number; km: number; item: string };
const sales = personal([{ user: 'u', shop: 'a', yen: 1, km: 2, item: 'x' }], { unit: 'user', unitOf: 'user', fields: ['shop', 'yen', 'km', 'item'] });
const declared = ['a', 'b', 'c'];
const when = { period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' } as const;

/** The same options go to both: the aggregate gets the fields and the keys themselves besides. */
const AGGREGATES = {
  'count-units': (o: never) => dpCountUnits<Sale, 'user', 'shop'>(o)(sales),
  'count-rows': (o: never) => dpCountRows<Sale, 'user', 'shop'>(o)(sales),
  distinct: (o: never) => dpDistinct<Sale, 'user', 'shop', 'item'>(o)(sales),
  sum: (o: never) => dpSum<Sale, 'user', 'shop', 'yen'>(o)(sales),
  'vector-sum': (o: never) => dpVectorSum<Sale, 'user', 'shop', 'yen' | 'km'>(o)(sales),
  mean: (o: never) => dpMean<Sale, 'user', 'shop', 'yen'>(o)(sales),
  variance: (o: never) => dpVariance<Sale, 'user', 'shop', 'yen'>(o)(sales),
  quantiles: (o: never) => dpQuantiles<Sale, 'user', 'shop', 'yen'>(o)(sales),
  histogram: (o: never) => dpHistogram<Sale, 'user', 'shop', 'yen'>(o)(sales),
  bounds: (o: never) => dpBounds<Sale, 'user', 'shop', 'yen'>(o)(sales),
} as const;
const NAMES = Object.keys(AGGREGATES) as (keyof typeof AGGREGATES)[];

const optionsArb = fc.record({
  groupsPerUnit: fc.integer({ min: 1, max: 20 }),
  rowsPerGroup: fc.integer({ min: 1, max: 9 }),
  valuesPerGroup: fc.integer({ min: 1, max: 9 }),
  lower: fc.integer({ min: -500, max: 10 }),
  upper: fc.integer({ min: 11, max: 5000 }),
  bins: fc.integer({ min: 1, max: 300 }),
  bound: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
  norm: fc.constantFrom('l1', 'l2'),
  leastPower: fc.integer({ min: -20, max: 0 }),
  largestPower: fc.integer({ min: 1, max: 60 }),
  cut: fc.constantFrom(undefined, 0.001, 0.1),
  keysShare: fc.constantFrom(undefined, 0.1, 0.3, 0.5),
  keyRule: fc.constantFrom(undefined, 'optimal', 'gaussian'),
  minUnits: fc.constantFrom(undefined, 2, 30),
});
/** The options that each takes. */
const TAKES: { readonly [Name in keyof typeof AGGREGATES]: readonly string[] } = {
  'count-units': ['keysShare', 'keyRule', 'minUnits'],
  'count-rows': ['rowsPerGroup', 'keysShare', 'keyRule', 'minUnits'],
  distinct: ['valuesPerGroup', 'keysShare', 'keyRule', 'minUnits'],
  sum: ['lower', 'upper', 'keysShare', 'keyRule', 'minUnits'],
  'vector-sum': ['bound', 'norm', 'keysShare', 'keyRule', 'minUnits'],
  mean: ['lower', 'upper', 'rowsPerGroup', 'keysShare', 'keyRule', 'minUnits'],
  variance: ['lower', 'upper', 'rowsPerGroup', 'keysShare', 'keyRule', 'minUnits'],
  quantiles: ['lower', 'upper', 'bins', 'rowsPerGroup', 'keysShare', 'keyRule', 'minUnits'],
  bounds: ['leastPower', 'largestPower', 'cut'],
  histogram: ['lower', 'upper', 'bins', 'rowsPerGroup', 'keysShare', 'keyRule', 'minUnits'],
};
const FIELDS = { distinct: { value: 'item' }, 'vector-sum': { values: ['yen', 'km'] } } as { readonly [name: string]: object };

describe('a plan is what the manifest of the release says', () => {
  test.each(NAMES)('%s', (aggregate) => {
    const budgetArb = fc.oneof(
      fc.record({ epsilon: fc.double({ min: 0.2, max: 5, noNaN: true }), delta: fc.constantFrom(1e-6, 1e-9) }),
      fc.record({ rho: fc.double({ min: 0.05, max: 2, noNaN: true }), delta: fc.constantFrom(1e-6, 1e-9) }),
      fc.record({ epsilon: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
    );
    fc.assert(
      fc.property(optionsArb, budgetArb, fc.boolean(), fc.constantFrom('laplace', 'gaussian', undefined), (all, budget, discover, noise) => {
        const taken = ['groupsPerUnit', ...TAKES[aggregate]].map((name) => [name, all[name as keyof typeof all]] as const);
        const own = Object.fromEntries(taken.filter(([name, value]) => value !== undefined && ((discover && aggregate !== 'bounds') || !['minUnits', 'keyRule', 'keysShare'].includes(name))));
        const l2 = own['norm'] === 'l2';
        fc.pre('delta' in budget || !((discover && aggregate !== 'bounds') || noise === 'gaussian' || l2));
        fc.pre(!(l2 && noise === 'laplace'));
        const slice = (): Slice<'user'> => privacyBudget({ unit: 'user', ...budget } as never) as never;
        const options = { ...own, ...(noise === undefined ? {} : { noise }) };
        const p = plan({ ...options, aggregate, keys: discover ? 'discover' : declared.length, spend: slice() } as unknown as PlanQuery, { delta: 1e-5 });
        const made = AGGREGATES[aggregate]({
          value: 'yen', ...FIELDS[aggregate], ...(aggregate === 'quantiles' ? { ranks: [0.5] } : {}), ...options, by: 'shop', keys: discover ? 'discover' : publicKeys(declared), spend: slice(),
        } as never);
        const { manifest } = release({ id: 'r', ...when })(made as never) as unknown as {
          manifest: { measures: { noise: object; step: number }[]; guarantee: object; keys: { origin: string; threshold?: number } };
        };
        expect(manifest.measures).toHaveLength(1);
        expect(manifest.measures[0]).toMatchObject({ noise: p.noise, step: p.step });
        expect(manifest.guarantee).toMatchObject(p.cost);
        expect(manifest.keys.origin === 'discovered' ? manifest.keys.threshold : null).toBe(p.threshold);
        expect(p.standardDeviation).toBe(Math.sqrt(noiseVariance(p.noise)) * p.step);
        if (discover && aggregate !== 'bounds') expect(p.expected[2]!.shown).toBeGreaterThanOrEqual(p.expected[0]!.shown);
        expect(JSON.parse(JSON.stringify(p))).toEqual(p);
      }),
      { numRuns: 15 },
    );
  });
});

describe('the expected error', () => {
  const R = 1000;
  const size = 200;
  const keys = Array.from({ length: 250 }, (_, i) => `k${i}`);
  /** Rows at the ends and in the middle, so that no bounding and no rounding stands beside the noise. */
  const rows = (at: (i: number) => number): { unit: string; key: string; x: number }[] => keys.flatMap((key) => Array.from({ length: size }, (_, i) => ({ unit: `${key}/${i}`, key, x: at(i) })));
  const slice = (): Slice<'unit'> => privacyBudget({ unit: 'unit', epsilon: 0.5 });
  const common = { by: 'key', value: 'x', keys: publicKeys(keys), groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: R } as const;
  const query = { keys: 'public', groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: R, spend: { epsilon: 0.5 } } as const;
  const meanOf = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  type Row = { key: string; x: number };

  // 250 groups each: the mean error comes within 25 % of what is said, at 3.9 standard errors; where the mean lies at an end it is the bound itself.
  test.each([['all at the lower end', () => 0, 0], ['one in four above', (i: number) => (i % 4 === 0 ? R : 0), R / 4]] as const)('of means: %s', (name, at, truth) => {
    const data = personal(rows(at), { unit: 'unit', unitOf: 'unit', fields: ['key', 'x'] });
    const said = plan({ ...query, aggregate: 'mean' }, { sizes: [size] }).expected[0]!;
    const made = reveal(dpMean<Row, 'unit', 'key', 'x'>({ ...common, spend: slice(), random: seededRandom(name) })(data)).value;
    const error = meanOf(made.map((row) => Math.abs((row.mean as number) - truth)));
    expect(error).toBeLessThan(1.25 * said.meanError);
    expect(error).toBeGreaterThan(0.3 * said.meanError);
    expect(said.relativeError).toBeCloseTo(said.meanError / R, 12);
  });
  test('of variances', () => {
    const data = personal(rows((i) => (i % 8 === 0 ? R : 0)), { unit: 'unit', unitOf: 'unit', fields: ['key', 'x'] });
    const said = plan({ ...query, aggregate: 'variance' }, { sizes: [size] }).expected[0]!;
    const made = reveal(dpVariance<Row, 'unit', 'key', 'x'>({ ...common, spend: slice(), random: seededRandom('variance') })(data)).value;
    const error = meanOf(made.map((row) => Math.abs((row.variance as number) - R * R * (1 / 8) * (7 / 8))));
    expect(error).toBeLessThan(1.25 * said.meanError);
    expect(error).toBeGreaterThan(0.2 * said.meanError);
  });
  test('of variances: the weights of the three noises never sum to more than 1', () => {
    for (let m = 0; m <= 1; m += 1 / 64) {
      for (let q = 0; q <= 2 * Math.min(m, 1 - m) + 1e-12; q += 1 / 64) {
        const weights = [(1 - 2 * m) * (1 - m) + q / 2, ((1 - 2 * m) ** 2 - (1 - q)) / 2, -(1 - 2 * m) * m + q / 2];
        expect(weights.reduce((a, w) => a + Math.abs(w), 0)).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });
  test('of quantiles: a rank is off by no more rows', () => {
    // One row in each of 200 bins: the quantile's distance from the median is its rank error, in rows.
    const data = personal(rows((i) => 5 * i + 2.5), { unit: 'unit', unitOf: 'unit', fields: ['key', 'x'] });
    const said = plan({ ...query, aggregate: 'quantiles', bins: 200 }, { sizes: [size] }).expected[0]!;
    const { rowsPerGroup, groupsPerUnit, by, value, lower, upper } = common;
    const made = reveal(dpQuantiles<Row, 'unit', 'key', 'x'>({ by, value, keys: common.keys, groupsPerUnit, rowsPerGroup, lower, upper, bins: 200, ranks: [0.5], spend: slice(), random: seededRandom('ranks') })(data)).value;
    const error = meanOf(made.map((row) => Math.abs((row.quantiles[0] as number) - R / 2) / 5));
    expect(error).toBeLessThan(said.meanError);
    expect(error).toBeGreaterThan(0.1 * said.meanError);
  });
  test('never leaves the range', () => {
    const p = plan({ ...query, aggregate: 'variance', spend: { epsilon: 1e-3 } }, { sizes: [1] });
    expect(p.expected[0]).toMatchObject({ meanError: R * R, relativeError: 1 });
  });
});

test('of bounds: what lies beyond an end is off by no more, and pure epsilon is enough for discovered keys', () => {
  const p = plan({ aggregate: 'bounds', keys: 'discover', groupsPerUnit: 2, leastPower: 0, largestPower: 20, spend: { epsilon: 1 } }, { sizes: [1000] });
  expect(p.cost).toEqual({ measure: 'pure', epsilon: 1, delta: 0 });
  expect([p.threshold, p.smallestShown]).toEqual([null, null]);
  expect(p.text.join('\n')).toMatch(/At 1,000 totals of a user in a key: what lies beyond an end is off by at most about [\s\S]*One line for all keys together/u);
  // Two levels of nodes of scale 2 groups times 2 levels: at most 31 of them make up what lies before a boundary and after it.
  expect(p.expected[0]!.meanError).toBeCloseTo(0.99 * Math.sqrt(31 * noiseVariance({ law: 'discrete-laplace', scale: 6 })), -2);
  expect(() => plan({ aggregate: 'bounds', keys: 'public', groupsPerUnit: 1, spend: { epsilon: 1 } })).toThrow(/leastPower/u);
});

test('in words: what carries the noise, and what the error is a share of', () => {
  const spend = { epsilon: 1, delta: 1e-6 };
  const words = (aggregate: PlanQuery['aggregate'], more: object): string => plan({ aggregate, keys: 'discover', groupsPerUnit: 1, spend, ...more }, { sizes: [100] }).text.join('\n');
  expect(words('mean', { lower: 0, upper: 50, rowsPerGroup: 2 })).toMatch(/two numbers behind a mean[\s\S]*At 100 users with a row each: off by at most about .* of the range/u);
  expect(words('quantiles', { lower: 0, upper: 50, rowsPerGroup: 2 })).toMatch(/the rank is off by at most about/u);
  expect(words('distinct', { valuesPerGroup: 2, minUnits: 30 })).toMatch(/usually not shown at all, those of fewer than 30 never\./u);
  expect(words('distinct', { valuesPerGroup: 2 })).toMatch(/At 100 distinct values: off by/u);
  expect(plan({ aggregate: 'vector-sum', keys: 2, groupsPerUnit: 1, bound: 5, norm: 'l1', spend }).notCovered.join('\n')).toMatch(/shortened together to a length of 5 \(l1\)/u);
});
