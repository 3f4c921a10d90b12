import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  discreteGaussianMass,
  discreteGaussianSurvival,
  discreteGaussianTotal,
  discreteGaussianVariance,
} from '../../../src/dp/accounting/laws/discreteGaussian.js';
import {
  discreteLaplaceMass,
  discreteLaplaceSurvival,
  discreteLaplaceVariance,
} from '../../../src/dp/accounting/laws/discreteLaplace.js';
import { noiseHalfWidth } from '../../../src/dp/accounting/laws/noiseLaw.js';
import { zcdpDelta } from '../../../src/dp/accounting/zcdp.js';

const parameter = fc.oneof(fc.double({ min: 0.05, max: 5, noNaN: true }), fc.double({ min: 5, max: 300, noNaN: true }));
const laws = [
  { name: 'discrete Laplace', reach: 80, mass: discreteLaplaceMass, survival: discreteLaplaceSurvival, variance: discreteLaplaceVariance, halfWidth: (scale: number, alpha: number) => noiseHalfWidth({ law: 'discrete-laplace', scale }, alpha) },
  { name: 'discrete Gaussian', reach: 40, mass: discreteGaussianMass, survival: discreteGaussianSurvival, variance: discreteGaussianVariance, halfWidth: (sigma: number, alpha: number) => noiseHalfWidth({ law: 'discrete-gaussian', sigma }, alpha) },
] as const;

describe.each(laws)('$name', ({ reach, mass, survival, variance, halfWidth }) => {
  test('masses sum to 1 and give the variance', () => {
    fc.assert(
      fc.property(parameter, (p) => {
        let sum = 0;
        let square = 0;
        for (let k = -Math.ceil(reach * p) - 3; k <= reach * p + 3; k++) {
          sum += mass(p, k);
          square += k * k * mass(p, k);
        }
        expect(sum).toBeCloseTo(1, 11);
        expect(Math.abs(square / variance(p) - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 60 },
    );
  });
  test('survival is the sum of masses, also far out', () => {
    fc.assert(
      fc.property(parameter, fc.double({ min: -4, max: 12, noNaN: true }), (p, x) => {
        const k = Math.round(x * p);
        let sum = 0;
        for (let j = Math.ceil(reach * p + Math.abs(k)) + 3; j >= k; j--) sum += mass(p, j);
        if (sum > 1e-290) expect(Math.abs(survival(p, k) / sum - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 100 },
    );
  });
  test('the half width is the least that covers', () => {
    fc.assert(
      fc.property(parameter, fc.double({ min: 1e-9, max: 0.999, noNaN: true }), (p, alpha) => {
        const h = halfWidth(p, alpha);
        expect(Number.isInteger(h) && h >= 0).toBe(true);
        expect(2 * survival(p, h + 1)).toBeLessThanOrEqual(alpha);
        if (h > 0) expect(2 * survival(p, h)).toBeGreaterThan(alpha);
      }),
    );
  });
});

test('the total by Poisson summation and by plain summation agree where they meet', () => {
  const plain = (sigma: number): number => {
    let sum = 1;
    for (let k = 1; k < 100; k++) sum += 2 * Math.exp(-0.5 * (k / sigma) ** 2);
    return sum;
  };
  for (const sigma of [0.3, 0.9, 0.9999, 1, 1.0001, 1.5, 5]) expect(Math.abs(discreteGaussianTotal(sigma) / plain(sigma) - 1)).toBeLessThan(1e-15 * 4);
});

test('the delta of zCDP is a probability at any size, falls with epsilon and rises with rho', () => {
  const size = fc.double({ min: -320, max: 308, noNaN: true }).map((exponent) => 10 ** exponent).filter((x) => x > 0);
  fc.assert(
    fc.property(size, size, fc.double({ min: 1, max: 4, noNaN: true }), (rho, epsilon, more) => {
      const delta = zcdpDelta({ rho, epsilon });
      expect(delta).toBeGreaterThanOrEqual(0);
      expect(delta).toBeLessThanOrEqual(1);
      const slack = 1 + 1e-12;
      expect(zcdpDelta({ rho, epsilon: Math.min(epsilon * more, 1e308) })).toBeLessThanOrEqual(delta * slack);
      expect(zcdpDelta({ rho: Math.min(rho * more, 1e308), epsilon }) * slack).toBeGreaterThanOrEqual(delta);
    }),
    { numRuns: 300 },
  );
});
