import { describe, expect, test } from 'vitest';
import { aboveThreshold, correlatedGaussian, randomizedResponse } from '../../../src/dp/mechanisms/index.js';
import { unbounded } from '../../../src/dp/mechanisms/selection/aboveThreshold.js';
import { keepsSensitivity, recordNoise, sensitivityViolations } from '../../../src/testing/record.js';
import { seededRandom } from '../../../src/testing/seeded.js';
import { chiSquare } from '../../../src/testing/statistics.js';
import { gaussianPmf } from '../../random/support/cells.js';

const withCode = (code: string): unknown => expect.objectContaining({ code });

describe('randomized response', () => {
  test.each([[Math.log(3), 2], [1, 5], [0.1, 3], [3, 20]])('has the exact law at epsilon %d with %i answers (false alarm 1e-9)', (epsilon, categories) => {
    const m = randomizedResponse({ epsilon, categories });
    const random = seededRandom(`${epsilon}`);
    const counts = new Array<number>(categories).fill(0);
    for (let i = 0; i < 50_000; i++) (counts[m.report(1, random)] as number)++;
    const other = 1 / (Math.exp(epsilon) + categories - 1);
    expect(chiSquare(counts, counts.map((_, i) => (i === 1 ? other * Math.exp(epsilon) : other))).z).toBeLessThan(6);
  });
  test('estimates are unbiased', () => {
    // p = 3/4, q = 1/4: of 100 people of whom t say yes in truth, 25 + t/2 are expected to report it
    const m = randomizedResponse({ epsilon: Math.log(3), categories: 2 });
    expect([...m.estimate([60, 40])].map((x) => Math.round(x * 1e9) / 1e9)).toEqual([70, 30]);
    expect([...m.estimate([20, 80])].map((x) => Math.round(x * 1e9) / 1e9)).toEqual([-10, 110]);
    expect([...randomizedResponse({ epsilon: 800, categories: 3 }).estimate([5, 6, 7])]).toEqual([5, 6, 7]);
    expect(m.spend().epsilon).toBe(Math.log(3));
  });
  test('a truth that is no answer is refused, and not shown', () => {
    const m = randomizedResponse({ epsilon: 1, categories: 3 });
    for (const bad of [3, -1, 1.5, NaN, Infinity]) {
      expect(() => m.report(bad)).toThrowError(withCode('TOKUMEI_CATEGORIES'));
      try {
        m.report(bad);
      } catch (error) {
        expect(String(error)).not.toContain(`got ${bad}`);
      }
    }
    expect(() => m.estimate([1, 2])).toThrowError(withCode('TOKUMEI_CATEGORIES'));
    for (const bad of [0, NaN, Infinity, -1]) expect(() => randomizedResponse({ epsilon: bad, categories: 2 })).toThrowError(withCode('TOKUMEI_EPSILON_RANGE'));
    for (const bad of [1, 2.5, NaN]) expect(() => randomizedResponse({ epsilon: 1, categories: bad })).toThrowError(withCode('TOKUMEI_CATEGORIES'));
  });
});

describe('above threshold', () => {
  /** P[first yes at i] by summing over the noisy threshold; the last is that of no yes. */
  const law = (values: number[], threshold: number, s1: number, s2: number): number[] => {
    const pmf = (k: number, s: number): number => ((1 - Math.exp(-1 / s)) / (1 + Math.exp(-1 / s))) * Math.exp(-Math.abs(k) / s);
    const atLeast = (k: number, s: number): number => (k > 0 ? Math.exp(-k / s) / (1 + Math.exp(-1 / s)) : 1 - Math.exp((k - 1) / s) / (1 + Math.exp(-1 / s)));
    const out = new Array<number>(values.length + 1).fill(0);
    for (let z = -400; z <= 400; z++) {
      let left = pmf(z, s1);
      values.forEach((value, i) => {
        const yes = atLeast(threshold + z - value, s2);
        (out[i] as number) += left * yes;
        left *= 1 - yes;
      });
      (out[values.length] as number) += left;
    }
    return out;
  };
  test.each([true, false])('the first yes comes where it should, monotone: %s (false alarm 1e-9)', (monotone) => {
    const values = [3, 8, 9, 14, 10];
    const o = { threshold: 10, epsilon: 1, sensitivity: 1, monotone };
    const { thresholdScale, valueScale } = aboveThreshold(o);
    const random = seededRandom(`svt ${monotone}`);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 3000; i++) (counts[(aboveThreshold(o, random).first(values) + 6) % 6] as number)++;
    const exact = law(values, 10, thresholdScale, valueScale);
    expect(exact.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(chiSquare(counts, exact).z).toBeLessThan(6);
  });
  test('neighbouring data change no outcome by more than exp(epsilon), for all patterns of change', () => {
    for (const monotone of [true, false]) {
      const o = { threshold: 5, epsilon: 0.7, sensitivity: 1, monotone };
      const { thresholdScale, valueScale } = aboveThreshold(o);
      const a = law([4, 6, 2, 5], 5, thresholdScale, valueScale);
      for (let pattern = 0; pattern < 81; pattern++) {
        const moves = [0, 1, 2, 3].map((i) => (Math.floor(pattern / 3 ** i) % 3) - 1);
        if (monotone && moves.includes(1) && moves.includes(-1)) continue;
        const b = law([4, 6, 2, 5].map((v, i) => v + (moves[i] as number)), 5, thresholdScale, valueScale);
        a.forEach((p, i) => expect(Math.abs(Math.log(p / (b[i] as number)))).toBeLessThanOrEqual(0.7));
      }
    }
  });
  test('costs at most what was given, and nearly that', () => {
    for (const epsilon of [0.1, 1 / 3, 1, 7.7]) {
      for (const monotone of [true, false]) {
        const { epsilon: spent } = aboveThreshold({ threshold: 0, epsilon, sensitivity: 3, monotone }).spend();
        expect(spent).toBeLessThanOrEqual(epsilon);
        expect(spent).toBeGreaterThan(epsilon * (1 - 1e-14));
      }
    }
  });
  test('no more questions after a yes', () => {
    const search = aboveThreshold({ threshold: 10, epsilon: 1000, sensitivity: 1 }, seededRandom(1));
    expect([search.ask(0), search.ask(5), search.ask(20)]).toEqual([false, false, true]);
    expect(() => search.ask(0)).toThrowError(withCode('TOKUMEI_THRESHOLD_PASSED'));
    expect(aboveThreshold({ threshold: 10, epsilon: 1000, sensitivity: 1 }, seededRandom(1)).first([1, 2, 3])).toBe(-1);
  });
  test('hostile values and options', () => {
    const o = { threshold: 10, epsilon: 1, sensitivity: 1 };
    for (const bad of [NaN, Infinity, 0.5, 2 ** 53]) {
      expect(() => aboveThreshold(o, seededRandom(1)).ask(bad)).toThrowError(withCode('TOKUMEI_NOISE_VALUE'));
      expect(() => aboveThreshold({ ...o, threshold: bad })).toThrowError(withCode('TOKUMEI_THRESHOLD'));
      if (bad !== 0.5) expect(() => aboveThreshold({ ...o, sensitivity: bad })).toThrowError(withCode('TOKUMEI_SENSITIVITY'));
    }
    for (const bad of [0, -1, NaN, Infinity]) expect(() => aboveThreshold({ ...o, epsilon: bad })).toThrowError(withCode('TOKUMEI_EPSILON_RANGE'));
  });
  test('a draw at the limit of the sampler goes on from there', () => {
    const limit = 2 ** 53;
    const scripted = (draws: number[]): bigint => unbounded({ sample: () => draws.shift() as number, fill: (out) => out }, seededRandom(1));
    expect(scripted([-5])).toBe(-5n);
    expect(scripted([-limit, -3, 7])).toBe(-(2n ** 53n) - 7n);
    expect(scripted([limit, limit, -1, 0])).toBe(2n ** 54n);
  });
});

describe('correlated Gaussian', () => {
  test('costs 1 / (2 sigma²) and no more, for any number of counts', () => {
    for (const size of [1, 2, 3, 10, 20, 1000, 12345]) {
      const m = correlatedGaussian({ sigma: 3, size });
      expect(m.spend().rho).toBeLessThanOrEqual(1 / 18 + 1e-17);
      expect(m.spend().rho).toBeGreaterThan((1 / 18) * (1 - 1e-14));
      expect(m.standardDeviation).toBeCloseTo(((Math.sqrt(size) + 1) / 2) * 3, 9);
      for (const rho of [0.01, 1 / 3]) expect(correlatedGaussian({ rho, size }).spend().rho).toBeLessThanOrEqual(rho);
    }
  });
  test('the estimates have the law of half a sum of two discrete Gaussians (false alarm 1e-9)', () => {
    const m = correlatedGaussian({ sigma: 1.5, size: 2 });
    const random = seededRandom('correlated');
    const reach = 40;
    const [a, b] = [gaussianPmf(m.sigmaEach, reach), gaussianPmf(m.sigmaShared, reach)];
    const sum = new Array<number>(4 * reach + 1).fill(0);
    a.forEach((p, i) => b.forEach((q, j) => ((sum[i + j] as number) += p * q)));
    const counts = new Array<number>(4 * reach + 1).fill(0);
    const product: number[] = [];
    for (let i = 0; i < 10_000; i++) {
      const { counts: c, units } = m.measure({ counts: [30, 7], units: 50 }, random);
      (counts[2 * ((c[0] as number) - 30) + 2 * reach] as number)++;
      if (!Number.isInteger(units)) expect.unreachable('a number of units is whole');
      product.push(((c[0] as number) - 30) * ((c[1] as number) - 7));
    }
    expect(chiSquare(counts, sum).z).toBeLessThan(6);
    // What two estimates share is the shared noise: covariance sigmaShared² / 4.
    const mean = product.reduce((x, y) => x + y, 0) / product.length;
    expect(Math.abs(mean - m.sigmaShared ** 2 / 4)).toBeLessThan(0.35);
  });
  test('recorded on neighbours: 2 count - units moves by one everywhere, units by one', () => {
    const m = correlatedGaussian({ sigma: 2, size: 3 });
    const record = (counts: number[], units: number): ReturnType<typeof recordNoise> => recordNoise((random) => m.measure({ counts, units, keys: ['a', 'b', 'c'] }, random));
    const before = record([5, 3, 0], 8);
    expect(before.result).toEqual({ counts: Float64Array.of(5, 3, 0), units: 8 });
    for (const added of [[0, 0, 0], [1, 0, 1], [1, 1, 1]]) expect(keepsSensitivity(before, record([5 + added[0]!, 3 + added[1]!, added[2]!], 9))).toBe(true);
    // Replacing a unit, or a count of rows, is not covered, and is seen.
    expect(sensitivityViolations(before, record([6, 3, 1], 8))).toHaveLength(1);
    expect(sensitivityViolations(before, record([7, 3, 0], 9))).toHaveLength(1);
  });
  test('options that make no sense', () => {
    for (const size of [0, 1.5, NaN]) expect(() => correlatedGaussian({ sigma: 1, size })).toThrowError(withCode('TOKUMEI_DIMENSIONS'));
    expect(() => correlatedGaussian({ sigma: 2 ** 44, size: 9 })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
    expect(() => correlatedGaussian({ rho: 0, size: 9 })).toThrowError(withCode('TOKUMEI_RHO_RANGE'));
    expect(() => correlatedGaussian({ sigma: 1, size: 2 }).measure({ counts: [1], units: 1 })).toThrowError(withCode('TOKUMEI_DIMENSIONS'));
  });
});
