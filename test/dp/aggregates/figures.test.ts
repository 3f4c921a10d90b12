import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe, type Personal, type Protected } from '../../../src/core/index.js';
import type { DifferentialPrivacy } from '../../../src/core/guarantee.js';
import {
  dpBounds, dpCountRows, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, privacyBudget, publicKeys, type RandomSource,
} from '../../../src/dp/index.js';
import { meanLine } from '../../../src/dp/aggregates/sums/mean.js';
import { reachOf } from '../../../src/dp/aggregates/sums/moments.js';
import { varianceLine } from '../../../src/dp/aggregates/sums/variance.js';
import { personal } from '../../../src/table/index.js';
import { auditEpsilon, recordNoise, reveal, seededRandom } from '../../../src/testing/index.js';
import { codeOf } from '../accounting/support.js';

type Sale = { shop: string; yen: number; tax: number };
type Records = Personal<Sale, 'user'>;
interface Row extends Sale {
  user: string;
}
const door = (rows: readonly object[]): Records => personal(rows as readonly Row[], { unit: 'user', unitOf: 'user', fields: ['shop', 'yen', 'tax'] });
const keys = publicKeys(['a', 'b']);
const pure = () => privacyBudget({ unit: 'user', epsilon: 1 });
const value = { by: 'shop', keys, value: 'yen', groupsPerUnit: 2 } as const;
/** What an aggregate would publish without noise. */
const exact = <Line>(rows: readonly object[], stage: (random: RandomSource) => (p: Records) => Protected<readonly Line[], DifferentialPrivacy<'user'>>): readonly Line[] =>
  reveal(recordNoise((random) => pipe(door(rows), stage(random))).result).value;

describe('without noise the figures are those of the definition', () => {
  const rowsArb = fc.array(fc.record({ user: fc.constantFrom('u', 'v', 'w', 'x'), shop: fc.constantFrom('a', 'b'), yen: fc.integer({ min: 0, max: 1000 }), tax: fc.integer({ min: -9, max: 9 }) }), { minLength: 1, maxLength: 40 });
  const of = (rows: readonly Row[], shop: string): number[] => rows.filter((row) => row.shop === shop).map((row) => row.yen);

  test('counts, sums, means, variances, histograms, vectors', () => {
    fc.assert(
      fc.property(rowsArb, (rows) => {
        const bounded = { ...value, lower: 0, upper: 1000, rowsPerGroup: 40 };
        const counts = exact(rows, (random) => dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, groupsPerUnit: 2, rowsPerGroup: 40, spend: pure(), random }));
        const sums = exact(rows, (random) => dpSum<Sale, 'user', 'shop', 'yen'>({ ...value, lower: 0, upper: 40_000, spend: pure(), random }));
        const means = exact(rows, (random) => dpMean<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: pure(), random }));
        const variances = exact(rows, (random) => dpVariance<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: pure(), random }));
        const histograms = exact(rows, (random) => dpHistogram<Sale, 'user', 'shop', 'yen'>({ ...value, edges: [0, 10, 500, 900], rowsPerGroup: 40, spend: pure(), random }));
        const vectors = exact(rows, (random) => dpVectorSum<Sale, 'user', 'shop', 'yen' | 'tax'>({ by: 'shop', keys, groupsPerUnit: 2, values: ['yen', 'tax'], bound: 1e6, norm: 'l1', spend: pure(), random }));
        const distinct = exact(rows, (random) => dpDistinct<Sale, 'user', 'shop', 'yen'>({ ...value, valuesPerGroup: 40, spend: pure(), random }));
        ['a', 'b'].forEach((shop, at) => {
          const yen = of(rows, shop);
          const n = yen.length;
          const sum = yen.reduce((x, y) => x + y, 0);
          expect(counts[at]).toMatchObject({ key: shop, count: n });
          expect(sums[at]!.sum).toBe(sum);
          expect(distinct[at]!.distinct).toBe(new Set(yen).size);
          expect(vectors[at]!.sums[0]).toBeCloseTo(sum, 0);
          expect(histograms[at]!.counts).toEqual([yen.filter((x) => x < 10).length, yen.filter((x) => x >= 10 && x < 500).length, yen.filter((x) => x >= 500 && x <= 900).length]);
          if (n === 0) return;
          expect(means[at]!.count).toBe(n);
          expect(means[at]!.mean).toBeCloseTo(sum / n, 2);
          expect(variances[at]!.mean).toBeCloseTo(sum / n, 2);
          expect(Math.abs(variances[at]!.variance! - yen.reduce((x, y) => x + (y - sum / n) ** 2, 0) / n)).toBeLessThan(4);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('quantiles lie within a bin of those of the sorted rows, and rise with the rank', () => {
    const ranks = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];
    fc.assert(
      fc.property(rowsArb, fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(256, 700)), (rows, bins) => {
        const [line] = exact(rows, (random) => dpQuantiles<Sale, 'user', 'shop', 'yen'>({ ...value, lower: 0, upper: 1000, bins, ranks, rowsPerGroup: 40, spend: pure(), random }));
        const sorted = of(rows, 'a').sort((x, y) => x - y);
        expect([...line!.quantiles].sort((x, y) => x - y)).toEqual(line!.quantiles);
        if (sorted.length === 0) return;
        expect(line!.count).toBeCloseTo(sorted.length, 6);
        ranks.forEach((rank, i) => {
          // Any value between the two neighbours of the rank is a quantile; the bin adds its width.
          const at = rank * sorted.length;
          const [low, high] = [sorted[Math.max(0, Math.ceil(at) - 1)]!, sorted[Math.min(sorted.length - 1, Math.floor(at))]!];
          expect(line!.quantiles[i]).toBeGreaterThanOrEqual(low - 1000 / bins - 1e-9);
          expect(line!.quantiles[i]).toBeLessThanOrEqual(high + 1000 / bins + 1e-9);
        });
      }),
      { numRuns: 50 },
    );
  });

  test('a unit above the bound on rows counts as that many rows of its average', () => {
    const rows = [...[0, 100, 200, 300].map((yen) => ({ user: 'u', shop: 'a', yen, tax: 0 })), { user: 'v', shop: 'a', yen: 1000, tax: 0 }];
    const bounded = { ...value, lower: 0, upper: 1000, rowsPerGroup: 1 };
    expect(exact(rows, (random) => dpMean<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: pure(), random }))[0]).toMatchObject({ count: 2, mean: expect.closeTo(575, 2) as number });
    expect(exact(rows, (random) => dpHistogram<Sale, 'user', 'shop', 'yen'>({ ...value, edges: [0, 150, 1000], rowsPerGroup: 1, spend: pure(), random }))[0]!.counts).toEqual([0.5, 1.5]);
    expect(exact(rows, (random) => dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, groupsPerUnit: 1, rowsPerGroup: 3, spend: pure(), random }))[0]!.count).toBe(4);
    expect(exact(rows, (random) => dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, rowsPerUnit: 2, spend: pure(), random }))[0]!.count).toBe(3);
  });

  test('of a total of rows as many are kept as there are, up to the bound', () => {
    for (let n = 1; n <= 10; n++) {
      const rows = Array.from({ length: n }, (_, i) => ({ user: 'u', shop: i % 3 === 0 ? 'a' : 'b', yen: 0, tax: 0 }));
      for (const rowsPerUnit of [1, 2, 5, 9]) {
        const [a, b] = exact(rows, (random) => dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, rowsPerUnit, spend: pure(), random }));
        expect(a!.count! + b!.count!).toBe(Math.min(n, rowsPerUnit));
      }
    }
  });

  test('rows beyond a total are drawn from all groups alike, by no order', () => {
    let first = 0;
    for (let seed = 0; seed < 400; seed++) {
      const rows = [...Array.from({ length: 30 }, () => ({ user: 'u', shop: 'a', yen: 0, tax: 0 })), ...Array.from({ length: 10 }, () => ({ user: 'u', shop: 'b', yen: 0, tax: 0 }))];
      const { result } = recordNoise((random) => dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, rowsPerUnit: 8, spend: pure(), random })(door(rows)), seed);
      const [a, b] = reveal(result).value;
      expect(a!.count! + b!.count!).toBe(8);
      first += a!.count!;
    }
    // Mean 6 of 8 each time, standard deviation 1.11: 2,400 +- 22, seven of them either way.
    expect(Math.abs(first - 2400)).toBeLessThan(160);
  });
});

describe('what values are', () => {
  const odd = [NaN, undefined, null, '7', 'text', true, {}, [], () => 1, Symbol('x')];
  test.each(odd.map((yen) => [typeof yen === 'object' ? JSON.stringify(yen) : String(yen), yen]))('%s is no number: its row is left out', (_, yen) => {
    const rows = [{ user: 'u', shop: 'a', yen, tax: 0 }, { user: 'v', shop: 'a', yen: 3, tax: 0 }];
    const bounds = { ...value, lower: 1, upper: 10 };
    expect(exact(rows, (random) => dpSum<Sale, 'user', 'shop', 'yen'>({ ...bounds, spend: pure(), random }))[0]!.sum).toBe(3);
    expect(exact(rows, (random) => dpMean<Sale, 'user', 'shop', 'yen'>({ ...bounds, rowsPerGroup: 1, spend: pure(), random }))[0]!.count).toBe(1);
    expect(exact(rows, (random) => dpVectorSum<Sale, 'user', 'shop', 'yen' | 'tax'>({ by: 'shop', keys, groupsPerUnit: 1, values: ['tax', 'yen'], bound: 10, norm: 'l1', spend: pure(), random }))[0]!.sums).toEqual([0, 3]);
  });

  test('infinities are very large, and totals are clamped once', () => {
    const sumOf = (...yen: number[]) => exact(yen.map((x) => ({ user: 'u', shop: 'a', yen: x, tax: 0 })), (random) => dpSum<Sale, 'user', 'shop', 'yen'>({ ...value, lower: -5, upper: 10, spend: pure(), random }))[0]!.sum;
    expect(sumOf(Infinity)).toBe(10);
    expect(sumOf(-Infinity)).toBe(-5);
    expect(sumOf(1e300, -1e300, 4)).toBe(4);
    expect(sumOf(100, -98)).toBe(2);
    expect(sumOf(2 ** 53, 1, -(2 ** 53))).toBe(1);
    const inSteps = (...yen: number[]) => exact(yen.map((x) => ({ user: 'u', shop: 'a', yen: x, tax: 0 })), (random) => dpSum<Sale, 'user', 'shop', 'yen'>({ ...value, lower: -5, upper: 10, step: 1, spend: pure(), random }))[0]!.sum;
    // In doubles these would be 0: 2^53 swallows the 1.
    expect(inSteps(2 ** 52, 2 ** 52, 1, -(2 ** 52), -(2 ** 52))).toBe(1);
    expect(inSteps(-(2 ** 60), -(2 ** 60), 3, 2 ** 60, 2 ** 60)).toBe(3);
    expect(Object.is(sumOf(-0), 0)).toBe(true);
    expect(sumOf(5e-324)).toBe(0);
  });

  test('a total vector is shortened to its bound exactly, whatever it was, and keeps its direction', () => {
    const bound = 3;
    const step = 2 ** -22;
    fc.assert(
      fc.property(fc.constantFrom('l1', 'l2'), fc.integer({ min: -999, max: 999 }).map((n) => 1 + n / 1e5), fc.double({ min: 0, max: 6.3, noNaN: true }), (norm, length, angle) => {
        const size = norm === 'l1' ? Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)) : 1;
        const [x, y] = [(bound * length * Math.cos(angle)) / size, (bound * length * Math.sin(angle)) / size];
        const row = { user: 'u', shop: 'a', yen: x, tax: y };
        const spend = privacyBudget({ unit: 'user', rho: 1 });
        const [a, b] = exact([row], (random) => dpVectorSum<Sale, 'user', 'shop', 'yen' | 'tax'>({ by: 'shop', keys, groupsPerUnit: 1, values: ['yen', 'tax'], bound, norm, noise: 'gaussian', spend, random }))[0]!.sums.map((sum) => BigInt(sum / step)) as [bigint, bigint];
        const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);
        const most = BigInt(bound / step);
        expect(norm === 'l1' ? magnitude(a) + magnitude(b) <= most : a * a + b * b <= most * most).toBe(true);
        expect(Math.abs(Number(a) * y - Number(b) * x) * step).toBeLessThan(1e-4);
      }),
    );
  });

  test('0.1 ten times and 1 are one sum on whole tenths', () => {
    const rows = Array.from({ length: 10 }, () => ({ user: 'u', shop: 'a', yen: 0.1, tax: 0 }));
    expect(exact(rows, (random) => dpSum<Sale, 'user', 'shop', 'yen'>({ ...value, lower: 0, upper: 10, step: 0.1, spend: pure(), random }))[0]!.sum).toBe(1);
  });
});

describe('options are checked before any data', () => {
  const base = { by: 'shop', keys, groupsPerUnit: 1, value: 'yen', lower: 0, upper: 10, rowsPerGroup: 1, ranks: [0.5] };
  test.each([
    [dpCountRows, { by: 'shop', keys, groupsPerUnit: 1 }, 'TOKUMEI_ROWS_PER_GROUP'],
    [dpCountRows, { by: 'shop', keys, groupsPerUnit: 1, rowsPerUnit: 3 }, 'TOKUMEI_ROW_BOUND'],
    [dpCountRows, { by: 'shop', keys, rowsPerUnit: 0 }, 'TOKUMEI_ROWS_PER_UNIT'],
    [dpCountRows, { by: 'shop', keys, rowsPerGroup: 1 }, 'TOKUMEI_GROUPS_PER_UNIT'],
    [dpDistinct, { ...base, valuesPerGroup: 0 }, 'TOKUMEI_VALUES_PER_GROUP'],
    [dpSum, { ...base, value: 7 }, 'TOKUMEI_VALUE'],
    [dpSum, { ...base, lower: 10 }, 'TOKUMEI_BOUNDS'],
    [dpSum, { ...base, upper: Infinity }, 'TOKUMEI_BOUNDS'],
    [dpSum, { ...base, upper: NaN }, 'TOKUMEI_BOUNDS'],
    [dpSum, { ...base, step: 0 }, 'TOKUMEI_STEP_RANGE'],
    [dpSum, { ...base, step: 1e-12 }, 'TOKUMEI_STEP_RANGE'],
    [dpSum, { ...base, keyRule: 'best' }, 'TOKUMEI_KEY_RULE'],
    [dpSum, { ...base, keysShare: 1 }, 'TOKUMEI_SHARES'],
    [dpSum, { ...base, keyRule: 'optimal' }, 'TOKUMEI_KEY_RULE'],
    [dpSum, { ...base, keysShare: 0.3 }, 'TOKUMEI_SHARES'],
    [dpSum, { ...base, minUnits: 3 }, 'TOKUMEI_MIN_UNITS'],
    [dpSum, { ...base, noise: 'normal' }, 'TOKUMEI_NOISE'],
    [dpSum, { ...base, keys: 'discover' }, 'TOKUMEI_DELTA_NEEDED'],
    [dpMean, { ...base, rowsPerGroup: undefined }, 'TOKUMEI_ROWS_PER_GROUP'],
    [dpVariance, { ...base, rowsPerGroup: 1e9 }, 'TOKUMEI_ROWS_PER_GROUP'],
    [dpQuantiles, { ...base, ranks: [2] }, 'TOKUMEI_RANKS'],
    [dpQuantiles, { ...base, ranks: [] }, 'TOKUMEI_RANKS'],
    [dpQuantiles, { ...base, bins: 0 }, 'TOKUMEI_BINS'],
    [dpHistogram, { ...base, edges: [3, 3] }, 'TOKUMEI_EDGES'],
    [dpHistogram, { ...base, edges: [0, NaN] }, 'TOKUMEI_EDGES'],
    [dpVectorSum, { ...base, values: ['yen', 'yen'], bound: 1, norm: 'l1' }, 'TOKUMEI_VALUE'],
    [dpVectorSum, { ...base, values: ['yen'], bound: 1, norm: 'max' }, 'TOKUMEI_NORM'],
    [dpBounds, { ...base, leastPower: 3, largestPower: 2 }, 'TOKUMEI_POWERS'],
    [dpBounds, { ...base, leastPower: 0, largestPower: 2, cut: 0.5 }, 'TOKUMEI_CUT'],
    [dpBounds, { ...base, keys: 'discover', leastPower: 0, largestPower: 2, minUnits: 3 }, 'TOKUMEI_MIN_UNITS'],
    [dpBounds, { ...base, keys: 'discover', leastPower: 0, largestPower: 2, keyRule: 'optimal' }, 'TOKUMEI_KEY_RULE'],
    [dpBounds, { ...base, keys: 'discover', leastPower: 0, largestPower: 2, keysShare: 0.3 }, 'TOKUMEI_SHARES'],
    [dpVectorSum, { ...base, values: ['yen'], bound: 0, norm: 'l1' }, 'TOKUMEI_BOUNDS'],
    [dpVectorSum, { ...base, values: ['yen'], bound: 1, norm: 'l2' }, 'TOKUMEI_DELTA_NEEDED'],
  ] as const)('%o %o', (make, options, code) => {
    const spend = pure();
    expect(codeOf(() => (make as (o: object) => unknown)({ ...options, spend }))).toBe(code);
    // Nothing was spent by what was refused.
    expect(codeOf(() => dpSum<Sale, 'user', 'shop', 'yen'>({ ...value, lower: 0, upper: 1, spend })(door([])))).toBeUndefined();
  });
  test('edges beyond 2^900 are told why', () => {
    expect(() => (dpHistogram as (o: object) => unknown)({ ...base, edges: [0, 1e300], spend: pure() })).toThrow(/magnitude at most 2\^900/);
  });
});

test('whatever the numbers are, the intervals of mean and variance hold for all noises within their reach', () => {
  const noise = { law: 'discrete-laplace', scale: 2 ** 21 } as const;
  const number = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(0)).map((rows) => rows * 2 ** 20);
  const inReach = fc.oneof(fc.constantFrom(-1, 1), fc.double({ min: -1, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.tuple(number, number, number), fc.tuple(inReach, inReach, inReach), ([a, b, c], shares) => {
      const meanNoises = shares.map((share) => share * reachOf(noise, 2));
      const line = meanLine(noise, 10, 30)(Float64Array.of(a + meanNoises[0]!, c + meanNoises[1]!));
      expect(line.mean).toBeGreaterThanOrEqual(line.interval[0]);
      expect(line.mean).toBeLessThanOrEqual(line.interval[1]);
      if (a + c > 0) {
        expect(10 + (20 * a) / (a + c)).toBeGreaterThanOrEqual(line.interval[0] - 1e-9);
        expect(10 + (20 * a) / (a + c)).toBeLessThanOrEqual(line.interval[1] + 1e-9);
      }
      // The middle number is at most 2 sqrt(a c), by which the three belong to some values.
      const middle = Math.min(b, 2 * Math.sqrt(a * c));
      const n = a + middle + c;
      if (n === 0) return;
      const noisy = Float64Array.from([a, middle, c], (x, i) => x + shares[i]! * reachOf(noise, 3));
      const spread = varianceLine(noise, 10, 30)(noisy);
      const mean = (a + middle / 2) / n;
      const variance = 400 * (mean * (1 - mean) - middle / n / 2);
      expect(variance).toBeGreaterThanOrEqual(spread.interval[0] - 1e-6);
      expect(variance).toBeLessThanOrEqual(spread.interval[1] + 1e-6);
    }),
    { numRuns: 2000 },
  );
});

/*
 * Intervals of 95 %, 400 releases each with a seeded source: more than 50 misses have a chance below 1e-8 if the promise
 * holds. Five figures: a false alarm in one of 2e7 changes of the seed.
 */
describe('intervals hold', () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ user: `u${i}`, shop: 'a', yen: (i * i) % 1000, tax: 0 }));
  const yen = rows.map((row) => row.yen).sort((a, b) => a - b);
  const mean = yen.reduce((a, b) => a + b, 0) / 300;
  const variance = yen.reduce((a, b) => a + (b - mean) ** 2, 0) / 300;
  const records = door(rows);
  const misses = (missed: (random: RandomSource) => boolean): number => {
    let count = 0;
    for (let seed = 0; seed < 400; seed++) if (missed(seededRandom(`interval ${seed}`))) count++;
    return count;
  };
  const outside = ([low, high]: readonly [number, number], truth: number): boolean => truth < low || truth > high;
  const bounded = { by: 'shop', keys: publicKeys(['a']), groupsPerUnit: 1, rowsPerGroup: 1, value: 'yen', lower: 0, upper: 1000 } as const;
  const spend = () => privacyBudget({ unit: 'user', epsilon: 0.2 });
  const gaussian = () => privacyBudget({ unit: 'user', rho: 0.02 });

  test.each([['Laplace', spend], ['Gaussian', gaussian]] as const)('of means, variances and medians under %s noise', (_, budget) => {
    const means = misses((random) => outside(reveal(dpMean<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: budget(), random })(records)).value[0]!.interval, mean));
    const variances = misses((random) => outside(reveal(dpVariance<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: budget(), random })(records)).value[0]!.interval, variance));
    const medians = misses((random) => {
      const [line] = reveal(dpQuantiles<Sale, 'user', 'shop', 'yen'>({ ...bounded, bins: 64, ranks: [0.5], spend: budget(), random })(records)).value;
      return outside(line!.intervals[0]!, (yen[149]! + yen[150]!) / 2);
    });
    expect([means, variances, medians].filter((count) => count > 50)).toEqual([]);
  });

  test('of sums and counts of rows, by the stated half width', () => {
    const sums = misses((random) => {
      const { value: lines, statement } = reveal(dpSum<Sale, 'user', 'shop', 'yen'>({ ...bounded, spend: spend(), random })(records));
      return Math.abs(lines[0]!.sum! - 300 * mean) > (statement.accuracy['sum'] as { halfWidth: number }).halfWidth;
    });
    const counts = misses((random) => {
      const { value: lines, statement } = reveal(dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys, groupsPerUnit: 1, rowsPerGroup: 2, spend: spend(), random })(records));
      return Math.abs(lines[0]!.count! - 300) > (statement.accuracy['count'] as { halfWidth: number }).halfWidth;
    });
    expect(Math.max(sums, counts)).toBeLessThanOrEqual(50);
    // And they are not far too wide: on integers a little more than 95 % is covered, not nearly all.
    expect(Math.min(sums, counts)).toBeGreaterThan(2);
  });
});

/* Each audit rejects a right claim with a chance of 1e-6; each plants half the noise and must find it. */
describe('audits', () => {
  const rows = Array.from({ length: 6 }, (_, i) => ({ user: `u${i}`, shop: 'a', yen: 10, tax: 0 }));
  const one = publicKeys(['a']);
  type Run = (epsilon: number) => (rows: readonly object[]) => (random: RandomSource) => number;
  const cases: Readonly<Record<string, Run>> = {
    'count of rows': (epsilon) => (data) => (random) =>
      reveal(dpCountRows<Sale, 'user', 'shop'>({ by: 'shop', keys: one, groupsPerUnit: 1, rowsPerGroup: 2, spend: privacyBudget({ unit: 'user', epsilon }), random })(door([...data, ...data]))).value[0]!.count!,
    sum: (epsilon) => (data) => (random) =>
      Math.round(reveal(dpSum<Sale, 'user', 'shop', 'yen'>({ by: 'shop', keys: one, value: 'yen', groupsPerUnit: 1, lower: 0, upper: 10, spend: privacyBudget({ unit: 'user', epsilon }), random })(door(data))).value[0]!.sum!),
    mean: (epsilon) => (data) => (random) =>
      Math.round(10 * reveal(dpMean<Sale, 'user', 'shop', 'yen'>({ by: 'shop', keys: one, value: 'yen', groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: 10, spend: privacyBudget({ unit: 'user', epsilon }), random })(door(data))).value[0]!.count!),
  };
  test.each(Object.entries(cases))('%s: the claim stands at 3,000 samples, and a third of the noise is found', (_, run) => {
    const audit = (epsilon: number, seed: number) =>
      auditEpsilon({ withUnit: run(epsilon)(rows), withoutUnit: run(epsilon)(rows.slice(1)), epsilon: 1, samples: 3000, alpha: 1e-6, random: seededRandom(seed) });
    expect(audit(1, 1).rejected).toBe(false);
    expect(audit(3, 2).rejected).toBe(true);
  });
});
