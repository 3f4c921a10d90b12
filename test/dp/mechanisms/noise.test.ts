import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discreteGaussianMechanism, discreteLaplaceMechanism, gridGaussian, gridLaplace } from '../../../src/dp/mechanisms/index.js';
import { rootUp, scaleFor, sigmaFor } from '../../../src/dp/mechanisms/cost.js';
import { addNoise } from '../../../src/dp/mechanisms/noise/addNoise.js';
import { nextDown } from '../../../src/numeric/doubles.js';
import { compareRational, divideRational, multiplyRational, rational, rationalOf } from '../../../src/numeric/rational.js';
import { seededRandom } from '../../../src/testing/seeded.js';
import { chiSquare } from '../../../src/testing/statistics.js';
import { gaussianPmf, laplaceCdf, tally } from '../../random/support/cells.js';

const withCode = (code: string): unknown => expect.objectContaining({ code });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const square = (x: number): ReturnType<typeof rationalOf> => multiplyRational(rationalOf(x), rationalOf(x));

describe('privacy maps round outward', () => {
  test('Laplace: the smallest double that is not below sensitivity / scale', () => {
    fc.assert(
      fc.property(positive, positive, (sensitivity, scale) => {
        const { epsilon, rho } = discreteLaplaceMechanism({ scale }).spend(sensitivity);
        const exact = divideRational(rationalOf(sensitivity), rationalOf(scale));
        expect(compareRational(rationalOf(epsilon), exact)).toBeGreaterThanOrEqual(0);
        expect(compareRational(rationalOf(nextDown(epsilon)), exact)).toBeLessThan(0);
        expect(rho).toBeGreaterThanOrEqual(((sensitivity / scale) ** 2 / 2) * (1 - 1e-15));
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(discreteLaplaceMechanism({ scale: 3 }).spend(1)).toEqual({ epsilon: 0.33333333333333337, rho: 0.05555555555555556 });
  });
  test('a scale found for an epsilon pays for it, and none smaller does', () => {
    fc.assert(
      fc.property(positive, positive, (sensitivity, epsilon) => {
        const scale = scaleFor(sensitivity, epsilon);
        const pays = (s: number): boolean => compareRational(rationalOf(sensitivity), multiplyRational(rationalOf(epsilon), rationalOf(s))) <= 0;
        expect([pays(scale), pays(nextDown(scale))]).toEqual([true, false]);
        expect(discreteLaplaceMechanism({ epsilon, sensitivity }).spend(sensitivity).epsilon).toBeLessThanOrEqual(epsilon);
      }),
      { seed: 2, numRuns: 60 },
    );
  });
  test('a sigma found for a rho pays for it, and none smaller does', () => {
    fc.assert(
      fc.property(positive, positive, (sensitivity, rho) => {
        const sigma = sigmaFor(sensitivity, rho);
        const pays = (s: number): boolean => compareRational(square(sensitivity), multiplyRational(rationalOf(2 * rho), square(s))) <= 0;
        expect([pays(sigma), pays(nextDown(sigma))]).toEqual([true, false]);
        expect(discreteGaussianMechanism({ rho, sensitivity }).spend(sensitivity).rho).toBeLessThanOrEqual(rho);
      }),
      { seed: 3, numRuns: 60 },
    );
    expect(discreteGaussianMechanism({ sigma: 2 }).spend(1)).toEqual({ epsilon: Infinity, rho: 0.125 });
  });
  test('roots round up', () => {
    expect([rootUp(rational(4n)), rootUp(rational(2n)), rootUp(rational(1n, 4n)), rootUp(rational(0n))]).toEqual([2, 1.4142135623730951, 0.5, 0]);
    expect(rootUp(rational(3n))).toBe(1.7320508075688774); // Math.sqrt(3) = 1.7320508075688772 is below
  });
  test('nothing costs nothing; more costs more', () => {
    for (const m of [discreteLaplaceMechanism({ scale: 2 }), discreteGaussianMechanism({ sigma: 2 }), gridLaplace({ scale: 2 }), gridGaussian({ sigma: 2 })]) {
      expect(m.spend(0).rho).toBe(0);
      expect(m.spend(2).rho).toBeGreaterThan(m.spend(1).rho);
      for (const bad of [-1, NaN, Infinity, '1' as unknown as number]) expect(() => m.spend(bad)).toThrowError(withCode('TOKUMEI_SENSITIVITY'));
    }
  });
});

describe('noise on whole numbers (false alarm 1e-9)', () => {
  test('value plus discrete Laplace noise', () => {
    const noised = discreteLaplaceMechanism({ scale: 3 }).addAll(new Float64Array(100_000).fill(1000), seededRandom('l'));
    const edges = Array.from({ length: 41 }, (_, i) => 980 + i);
    const counts = tally(noised, edges);
    const p = edges.map((e, i) => laplaceCdf(e - 1000, 3) - (i === 0 ? 0 : laplaceCdf(e - 1001, 3)));
    expect(chiSquare(counts.slice(0, -1), p, counts.at(-1)).z).toBeLessThan(6);
  });
  test('value plus discrete Gaussian noise', () => {
    const noised = discreteGaussianMechanism({ sigma: 3 }).addAll(new Float64Array(100_000).fill(-7), seededRandom('g'));
    const counts = tally(noised, Array.from({ length: 37 }, (_, i) => -25 + i));
    expect(chiSquare(counts.slice(0, -1), gaussianPmf(3, 18), counts.at(-1)).z).toBeLessThan(6);
  });
  test('one value is noised by the platform unless told otherwise', () => {
    expect(Number.isInteger(discreteLaplaceMechanism({ scale: 5 }).add(10))).toBe(true);
    expect(discreteLaplaceMechanism({ scale: 1e-9 }).add(10)).toBe(10);
  });
  test('values that are no whole numbers up to 2^52 are refused, and not shown', () => {
    const m = discreteLaplaceMechanism({ scale: 1 });
    for (const bad of [NaN, Infinity, -Infinity, 0.5, 2 ** 53, 2 ** 52 + 1, -(2 ** 52) - 1, 5e-324]) {
      expect(() => m.addAll([1, bad], seededRandom(1))).toThrowError(withCode('TOKUMEI_NOISE_VALUE'));
      try {
        m.addAll([bad]);
      } catch (error) {
        expect(JSON.stringify(error) + String(error)).not.toContain(String(bad));
      }
    }
    expect(Object.is(discreteLaplaceMechanism({ scale: 1e-9 }).add(-0), 0)).toBe(true);
  });
  test('sums stay within 2^52, as if the true noise had been added and the sum clamped', () => {
    const top = 2 ** 52;
    expect([addNoise(top, 5), addNoise(-top, 2 ** 53), addNoise(top, -(2 ** 53)), addNoise(-top, -1), addNoise(top, -1)]).toEqual([top, top, -top, -top, top - 1]);
  });
  test('options that make no sense', () => {
    for (const bad of [0, -1, NaN, Infinity, 2 ** 53]) {
      expect(() => discreteLaplaceMechanism({ scale: bad })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
      expect(() => discreteGaussianMechanism({ sigma: bad })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
    }
    expect(() => discreteLaplaceMechanism({ epsilon: 0, sensitivity: 1 })).toThrowError(withCode('TOKUMEI_EPSILON_RANGE'));
    expect(() => discreteGaussianMechanism({ rho: NaN, sensitivity: 1 })).toThrowError(withCode('TOKUMEI_RHO_RANGE'));
    expect(() => discreteLaplaceMechanism({ epsilon: 1, sensitivity: 0 })).toThrowError(withCode('TOKUMEI_SENSITIVITY'));
    expect(() => discreteLaplaceMechanism({ scale: 1, epsilon: 1 } as never)).toThrowError(withCode('TOKUMEI_OPTIONS'));
    expect(() => discreteGaussianMechanism(undefined as never)).toThrowError(withCode('TOKUMEI_OPTIONS'));
  });
});

describe('noise on a grid', () => {
  test('the step is a power of two that follows from the scale alone', () => {
    for (const scale of [1, 0.7, 1.9999999999999998, 2, 3e-7, 1e200, 2 ** -900, 2 ** 900]) {
      const { step } = gridLaplace({ scale });
      expect(Number.isInteger(Math.log2(step))).toBe(true);
      expect(scale / step >= 2 ** 24 && scale / step < 2 ** 25).toBe(true);
      expect(gridGaussian({ sigma: scale }).step).toBe(step);
    }
    for (const bad of [0, NaN, 5e-324, 2 ** 901, Infinity]) expect(() => gridLaplace({ scale: bad })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
  });
  test('results are multiples of the step, whatever the value', () => {
    const m = gridLaplace({ scale: 0.37 });
    const random = seededRandom('grid');
    const values = [0.1, -12.345678901234567, 1e-300, 5e-324, 123456.789, NaN, Infinity, -Infinity, Number.MAX_VALUE, -0];
    for (const x of m.addAll(values, random)) expect(Number.isInteger(x / m.step)).toBe(true);
    const tiny = gridLaplace({ scale: 2 ** -900 });
    expect([NaN, -0].map((x) => tiny.add(x) / tiny.scale).every((x) => Math.abs(x) < 100)).toBe(true);
    expect(tiny.add(1) / tiny.step).toBeGreaterThan(2 ** 51); // clamped to the ends of the grid, not an error
  });
  test('rounding to the grid moves neighbours apart by at most what is paid for', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), (x, d) => {
        const m = gridLaplace({ scale: 1 });
        const [a, b] = [Math.round(x / m.step), Math.round((x + d) / m.step)];
        const apart = x + d - x; // the sensitivity of the doubles that were passed in
        expect(Math.abs(a - b) * m.step).toBeLessThanOrEqual(m.spend(apart).epsilon);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
  test('the scale found for an epsilon or a rho covers the rounding', () => {
    fc.assert(
      fc.property(positive, fc.double({ min: 1e-3, max: 100, noNaN: true }), (sensitivity, price) => {
        expect(gridLaplace({ epsilon: price, sensitivity }).spend(sensitivity).epsilon).toBeLessThanOrEqual(price);
        expect(gridGaussian({ rho: price, sensitivity }).spend(sensitivity).rho).toBeLessThanOrEqual(price);
        expect(gridLaplace({ epsilon: price, sensitivity }).scale).toBeLessThan((sensitivity / price) * (1 + 2 ** -13));
      }),
      { seed: 5, numRuns: 60 },
    );
    expect(gridLaplace({ epsilon: 1, sensitivity: 1 }).scale).toBe(1);
  });
  test('several values pay for one step each', () => {
    const m = gridLaplace({ scale: 1 });
    expect(m.spend(1, 4).epsilon).toBe(1 + 4 * m.step);
    expect(gridGaussian({ sigma: 1 }).spend(1, 4).rho).toBe((1 + 2 * m.step) ** 2 / 2);
    expect(() => m.spend(1, 0)).toThrowError(withCode('TOKUMEI_DIMENSIONS'));
  });
  test('the laws are right in units of the scale (false alarm 1e-9)', () => {
    const l = gridLaplace({ scale: 0.3 }).addAll(new Float64Array(50_000).fill(5.5), seededRandom('gl'));
    const edges = Array.from({ length: 21 }, (_, i) => 5.5 + 0.3 * (i - 10) * 0.4);
    const cdf = (x: number): number => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2);
    const counts = tally(l, edges);
    const p = edges.map((e, i) => cdf((e - 5.5) / 0.3) - (i === 0 ? 0 : cdf(((edges[i - 1] as number) - 5.5) / 0.3)));
    expect(chiSquare(counts.slice(0, -1), p, counts.at(-1)).z).toBeLessThan(6);
  });
});
