import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discreteGaussianDelta } from '../../../src/dp/accounting/discreteGaussian.js';
import { gaussianEpsilon } from '../../../src/dp/accounting/gaussian.js';
import { optimalDelta, optimalEpsilon } from '../../../src/dp/accounting/optimal.js';
import {
  approximateLoss,
  discreteGaussianLoss,
  discreteLaplaceLoss,
  gaussianLoss,
  laplaceLoss,
  lossDelta,
  lossEpsilon,
  pureLoss,
  type Loss,
} from '../../../src/dp/accounting/pld/index.js';
import { discreteLaplaceMass } from '../../../src/dp/accounting/laws/discreteLaplace.js';
import { transform } from '../../../src/dp/accounting/pld/fft.js';
import { codeOf } from './support.js';

/** The hockey-stick divergence of a law on a grid, at one of its points. */
function deltaOnGrid(loss: Loss, step: number, epsilon: number): number {
  const { first, masses, infinite } = loss.onGrid(step);
  let sum = infinite;
  masses.forEach((mass, i) => {
    sum += mass * Math.max(0, -Math.expm1(epsilon - step * (first + i)));
  });
  return sum;
}

describe('losses on a grid', () => {
  const step = 1 / 64;
  const points = [0, 4, 9, 20, 40, 63, 64, 65, 100].map((i) => i * step);
  test('have the exact divergence at its points, whatever the losses are', () => {
    for (const scale of [0.7, 1, 3, 10]) {
      for (const epsilon of points) {
        // Laplace on reals: 1 - exp((epsilon - 1 / b) / 2) where positive.
        expect(deltaOnGrid(laplaceLoss({ scale }), step, epsilon)).toBeCloseTo(Math.max(0, -Math.expm1((epsilon - 1 / scale) / 2)), 14);
      }
    }
    for (const [scale, sensitivity] of [[0.7, 1], [3, 2], [10, 7], [50, 30]] as const) {
      for (const epsilon of points) {
        let truth = 0;
        for (let k = -4000; k < 4000; k++) truth += Math.max(0, discreteLaplaceMass(scale, k) - Math.exp(epsilon) * discreteLaplaceMass(scale, k + sensitivity));
        expect(deltaOnGrid(discreteLaplaceLoss({ scale, sensitivity }), step, epsilon)).toBeCloseTo(truth, 13);
      }
    }
    for (const sigma of [0.8, 3, 20]) {
      for (const epsilon of points) {
        expect(deltaOnGrid(discreteGaussianLoss({ sigma, linf: 2 }), step, epsilon)).toBeCloseTo(discreteGaussianDelta({ sigma, epsilon, linf: 2 }), 13);
      }
    }
  });
  test('are probabilities under both data sets', () => {
    const losses = [laplaceLoss({ scale: 3 }), gaussianLoss({ sigma: 2 }), discreteLaplaceLoss({ scale: 3, sensitivity: 4 }), discreteGaussianLoss({ sigma: 5 }), pureLoss(0.37)];
    for (const loss of losses) {
      const { first, masses } = loss.onGrid(0.01);
      expect(Math.min(...masses)).toBeGreaterThanOrEqual(0);
      expect(masses.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
      expect(masses.reduce((sum, mass, i) => sum + mass * Math.exp(-0.01 * (first + i)), 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('composed losses', () => {
  test('the figures to reach: 40 of Laplace(3), 100 of discrete Laplace with a = 0.1', () => {
    const laplace = lossEpsilon({ releases: [{ loss: laplaceLoss({ scale: 3 }), count: 40 }], delta: 1e-6 });
    expect(laplace).toBeGreaterThan(10.18986);
    expect(laplace).toBeLessThan(10.19137);
    const discrete = lossEpsilon({ releases: [{ loss: discreteLaplaceLoss({ scale: 10 }), count: 100 }], delta: 1e-6 });
    expect(discrete.toFixed(5)).toBe('4.77457');
    // Fast enough for interactive use: some 50 ms alone, here with a generous margin for a busy machine.
    const start = performance.now();
    lossEpsilon({ releases: [{ loss: laplaceLoss({ scale: 3 }), count: 40 }], delta: 1e-6 });
    expect(performance.now() - start).toBeLessThan(1500);
  });
  test('of one sort of pure releases are what optimal composition says', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 2, noNaN: true }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 14 }), (epsilon, count, digits) => {
        const delta = 10 ** -digits;
        const releases = [{ loss: pureLoss(epsilon), count }];
        const best = optimalEpsilon({ epsilon, count, totalDelta: delta });
        const found = lossEpsilon({ releases, delta });
        // Never below the exact figure beyond rounding of doubles, and hardly above.
        expect(found).toBeGreaterThanOrEqual(best * (1 - 1e-9));
        expect(found - best).toBeLessThan(1e-6 * best + 1e-9);
        const at = 0.5 * best;
        expect(lossDelta({ releases, epsilon: at })).toBeCloseTo(optimalDelta({ epsilon, count, totalEpsilon: at }), 7);
      }),
      { numRuns: 60 },
    );
  });
  test('count failures', () => {
    const releases = [{ loss: approximateLoss({ epsilon: 0.1, delta: 1e-9 }), count: 100 }];
    const best = optimalEpsilon({ epsilon: 0.1, delta: 1e-9, count: 100, totalDelta: 1e-6 });
    expect(lossEpsilon({ releases, delta: 1e-6 }) / best).toBeCloseTo(1, 7);
    expect(lossEpsilon({ releases, delta: 9e-8 })).toBe(Infinity);
    expect(lossDelta({ releases, epsilon: 1000 })).toBeCloseTo(1e-7, 12);
  });
  test('of Gaussians are one Gaussian', () => {
    for (const [sigma, count, delta] of [[1, 10, 1e-6], [5, 100, 1e-10], [20, 1000, 1e-5], [0.5, 1, 1e-3], [30, 3, 1e-15]] as const) {
      const exact = gaussianEpsilon({ sigma: sigma / Math.sqrt(count), delta });
      const found = lossEpsilon({ releases: [{ loss: gaussianLoss({ sigma }), count }], delta });
      expect(found / exact).toBeGreaterThan(1 - 1e-12);
      expect(found / exact - 1).toBeLessThan(5e-6);
    }
  });
  test('of discrete Gaussians are the exact figure for a vector of that length', () => {
    for (const [sigma, count, epsilon] of [[2.5, 2, 2], [3, 10, 5], [8, 20, 2], [40, 7, 0.3]] as const) {
      const exact = discreteGaussianDelta({ sigma, epsilon, l0: count });
      const found = lossDelta({ releases: [{ loss: discreteGaussianLoss({ sigma }), count }], epsilon });
      expect(found / exact).toBeGreaterThan(1 - 1e-9);
      expect(found / exact - 1).toBeLessThan(1e-4);
      expect(lossDelta({ releases: [{ loss: discreteGaussianLoss({ sigma, l0: count }) }], epsilon }) / exact - 1).toBeLessThan(1e-4);
    }
  });
  test('keep the laws: order does not matter, counts are repetition, more costs more, never above the plain sum', () => {
    const a = discreteLaplaceLoss({ scale: 5 });
    const b = discreteGaussianLoss({ sigma: 8 });
    const delta = 1e-6;
    const together = lossEpsilon({ releases: [{ loss: a, count: 3 }, { loss: b }], delta, step: 1e-3 });
    expect(lossEpsilon({ releases: [{ loss: b }, { loss: a, count: 3 }], delta, step: 1e-3 })).toBeCloseTo(together, 9);
    expect(lossEpsilon({ releases: [{ loss: a }, { loss: b }, { loss: a }, { loss: a }], delta, step: 1e-3 })).toBeCloseTo(together, 9);
    expect(lossEpsilon({ releases: [{ loss: a, count: 4 }, { loss: b }], delta, step: 1e-3 })).toBeGreaterThan(together);
    expect(lossEpsilon({ releases: [{ loss: a, count: 3 }], delta, step: 1e-3 })).toBeLessThan(together);
    expect(lossEpsilon({ releases: [{ loss: a, count: 3 }], delta: 1e-300 })).toBeLessThanOrEqual(3 * 0.2);
    expect(lossEpsilon({ releases: [{ loss: a, count: 3 }], delta: 0 })).toBe(3 * 0.2);
    expect(lossDelta({ releases: [{ loss: a, count: 3 }], epsilon: 0.7 })).toBe(0);
    expect(lossEpsilon({ releases: [{ loss: a }], delta: 0.5 })).toBe(0);
  });
  test('a coarser grid is never more optimistic', () => {
    const releases = [{ loss: laplaceLoss({ scale: 3 }), count: 10 }, { loss: discreteGaussianLoss({ sigma: 7 }), count: 2 }];
    const fine = lossEpsilon({ releases, delta: 1e-7 });
    for (const step of [3e-3, 1e-2, 0.1]) {
      const coarse = lossEpsilon({ releases, delta: 1e-7, step });
      expect(coarse).toBeGreaterThan(fine);
    }
  });
  test('refuse nonsense', () => {
    const releases = [{ loss: pureLoss(1) }];
    expect(codeOf(() => lossEpsilon({ releases: [], delta: 1e-6 }))).toBe('TOKUMEI_RELEASES');
    expect(codeOf(() => lossEpsilon({ releases: [{ loss: pureLoss(1), count: 0 }], delta: 1e-6 }))).toBe('TOKUMEI_COUNT_RANGE');
    expect(codeOf(() => lossEpsilon({ releases, delta: NaN }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => lossEpsilon({ releases, delta: 1e-6, step: 0 }))).toBe('TOKUMEI_STEP_RANGE');
    expect(codeOf(() => lossDelta({ releases, epsilon: -1 }))).toBe('TOKUMEI_EPSILON_RANGE');
    expect(codeOf(() => discreteLaplaceLoss({ scale: 1, sensitivity: 0.5 }))).toBe('TOKUMEI_SENSITIVITY_RANGE');
    expect(codeOf(() => discreteGaussianLoss({ sigma: 1e6 }))).toBe('TOKUMEI_SIGMA_RANGE');
    expect(codeOf(() => discreteGaussianLoss({ sigma: 0.5, l0: 100 }))).toBe('TOKUMEI_SIGMA_RANGE');
  });
});

test('the transform is the definition, and leads back', () => {
  const n = 16;
  const re = Float64Array.from({ length: n }, (_, i) => Math.sin(i * i + 1));
  const im = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i));
  const [x, y] = [re.slice(), im.slice()];
  transform(x, y);
  for (let k = 0; k < n; k++) {
    let [a, b] = [0, 0];
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * j * k) / n;
      a += (re[j] as number) * Math.cos(angle) - (im[j] as number) * Math.sin(angle);
      b += (re[j] as number) * Math.sin(angle) + (im[j] as number) * Math.cos(angle);
    }
    expect(x[k]).toBeCloseTo(a, 12);
    expect(y[k]).toBeCloseTo(b, 12);
  }
});
