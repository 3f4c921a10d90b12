import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gaussianDelta, gaussianEpsilon, gaussianSigma } from '../../../src/dp/accounting/gaussian.js';
import { discreteGaussianDelta, discreteGaussianSigma, discreteGaussianSigmaByZcdp } from '../../../src/dp/accounting/discreteGaussian.js';
import { discreteGaussianMass } from '../../../src/dp/accounting/laws/discreteGaussian.js';
import { zcdpDelta, zcdpEpsilon, zcdpRho } from '../../../src/dp/accounting/zcdp.js';
import { codeOf } from './support.js';

const epsilonArb = fc.double({ min: 1e-3, max: 20, noNaN: true });
const deltaArb = fc.double({ min: 1, max: 12, noNaN: true }).map((x) => 10 ** -x);

describe('Gaussian noise on reals', () => {
  test('the three functions invert each other', () => {
    fc.assert(
      fc.property(epsilonArb, deltaArb, fc.double({ min: 0.01, max: 1000, noNaN: true }), (epsilon, delta, sensitivity) => {
        const sigma = gaussianSigma({ epsilon, delta, sensitivity });
        expect(gaussianDelta({ sigma, epsilon, sensitivity }) / delta).toBeCloseTo(1, 10);
        expect(gaussianEpsilon({ sigma, delta, sensitivity }) / epsilon).toBeCloseTo(1, 9);
      }),
      { numRuns: 300 },
    );
  });
  test('keeps its digits for tiny epsilon and for huge sigma', () => {
    // For epsilon = 0: delta = 2 Phi(1 / (2 s)) - 1, so s = 1 / (delta sqrt(2 pi)) in the limit.
    expect(gaussianSigma({ epsilon: 0, delta: 1e-9 }) * 1e-9 * Math.sqrt(2 * Math.PI)).toBeCloseTo(1, 12);
    const sigma = gaussianSigma({ epsilon: 1e-12, delta: 1e-15 });
    expect(gaussianDelta({ sigma, epsilon: 1e-12 }) / 1e-15).toBeCloseTo(1, 9);
    expect(gaussianEpsilon({ sigma: 1e9, delta: 0.5 })).toBe(0);
    expect(gaussianDelta({ sigma: 1e-3, epsilon: 1 })).toBe(1);
  });
  test('more noise, less delta', () => {
    fc.assert(
      fc.property(epsilonArb, fc.double({ min: 0.05, max: 100, noNaN: true }), (epsilon, sigma) => {
        const delta = gaussianDelta({ sigma, epsilon });
        expect(gaussianDelta({ sigma: sigma * 1.01, epsilon })).toBeLessThanOrEqual(delta);
        expect(gaussianDelta({ sigma, epsilon: epsilon * 1.01 })).toBeLessThanOrEqual(delta);
      }),
    );
  });
  test.each([
    [{ epsilon: -1, delta: 1e-6 }, 'TOKUMEI_EPSILON_RANGE'],
    [{ epsilon: NaN, delta: 1e-6 }, 'TOKUMEI_EPSILON_RANGE'],
    [{ epsilon: 1, delta: 0 }, 'TOKUMEI_DELTA_RANGE'],
    [{ epsilon: 1, delta: 1 }, 'TOKUMEI_DELTA_RANGE'],
    [{ epsilon: 1, delta: 1e-6, sensitivity: 0 }, 'TOKUMEI_SENSITIVITY_RANGE'],
  ])('refuses %o', (options, code) => {
    expect(codeOf(() => gaussianSigma(options))).toBe(code);
  });
});

describe('discrete Gaussian noise on integers', () => {
  const { rows } = JSON.parse(readFileSync(new URL('./discreteGaussianDelta.json', import.meta.url), 'utf8')) as {
    rows: [number, number, number, number][];
  };
  test.each(rows)('sigma %d, epsilon %d, shift %d', (sigma, epsilon, linf, delta) => {
    const got = discreteGaussianDelta({ sigma, epsilon, linf });
    if (delta === 0) expect(got).toBeLessThan(1e-300);
    // What zCDP promises is an upper bound of its own and may be taken instead.
    else expect(Math.abs(got / delta - 1)).toBeLessThan(1e-11);
  });

  test('both sides of each change of method agree with the plain sum', () => {
    const plain = (sigma: number, epsilon: number, shift: number): number => {
      let sum = 0;
      for (let k = -Math.ceil(40 * sigma); k <= 40 * sigma; k++) {
        sum += discreteGaussianMass(sigma, k) * Math.max(0, -Math.expm1(epsilon - ((2 * k + shift) * shift) / (2 * sigma * sigma)));
      }
      return sum;
    };
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 200, noNaN: true }), fc.double({ min: 0.05, max: 6, noNaN: true }), fc.integer({ min: 1, max: 400 }), (sigma, x, shift) => {
        const epsilon = (x * shift) / sigma;
        const truth = plain(sigma, epsilon, shift);
        if (truth > 1e-200) expect(Math.abs(discreteGaussianDelta({ sigma, epsilon, linf: shift }) / truth - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 150 },
    );
  });

  /** The delta of independent discrete Gaussians moved by `v`, by enumeration of all outcomes: the definition, no theorem. */
  const enumerated = (sigma: number, epsilon: number, v: readonly number[]): number => {
    const reach = Math.ceil(9 * sigma) + Math.max(...v);
    const mass = (k: number): number => discreteGaussianMass(sigma, k);
    const walk = (i: number, p: number, q: number): number => {
      if (i === v.length) return Math.max(0, p - Math.exp(epsilon) * q);
      let sum = 0;
      for (let k = -reach; k <= reach; k++) sum += walk(i + 1, p * mass(k), q * mass(k + (v[i] as number)));
      return sum;
    };
    return walk(0, 1, 1);
  };
  test.each([
    [2.1, 1.2, 2, 1],
    [2.5, 2, 2, 2],
    [1.6, 2.5, 3, 1],
    [1.1, 5, 2, 1],
    [2.2, 0.7, 2, 3],
  ])('vectors: sigma %d, epsilon %d, l0 %d, linf %d; every smaller move is covered', (sigma, epsilon, l0, linf) => {
    const bound = discreteGaussianDelta({ sigma, epsilon, l0, linf });
    const worst = enumerated(sigma, epsilon, Array<number>(l0).fill(linf));
    expect(worst).toBeLessThanOrEqual(bound * (1 + 1e-12));
    // The factor for the lattice is 1 + 4 l0 exp(-(pi sigma)^2), or so: 5e-5 at sigma 1.1.
    expect(bound / worst - 1).toBeLessThan(1e-9 + 5 * l0 * Math.exp(-((Math.PI * sigma) ** 2)));
    for (let a = 0; a <= linf; a++) {
      for (let b = 0; b <= linf; b++) expect(enumerated(sigma, epsilon, [a, b])).toBeLessThanOrEqual(bound * (1 + 1e-12));
    }
  });

  test('calibration holds at the sigma it returns, wastes little, and never asks for more than zCDP', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 8, noNaN: true }), deltaArb, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 }), (epsilon, delta, l0, linf) => {
        const sigma = discreteGaussianSigma({ epsilon, delta, l0, linf });
        expect(discreteGaussianDelta({ sigma, epsilon, l0, linf })).toBeLessThan(delta);
        expect(sigma).toBeLessThanOrEqual(discreteGaussianSigmaByZcdp({ rho: zcdpRho({ epsilon, delta }), l0, linf }) * (1 + 1e-8));
        if (sigma > 2) expect(discreteGaussianDelta({ sigma: sigma * 0.999, epsilon, l0, linf })).toBeGreaterThan(delta * 0.9999);
        // The analytic sigma is a good guess and no more: on integers it may be too small.
        expect(sigma / gaussianSigma({ epsilon, delta, sensitivity: Math.sqrt(l0) * linf })).toBeGreaterThan(0.6);
      }),
      { numRuns: 200 },
    );
  });

  test('the analytic sigma breaks the promise on integers', () => {
    const sigma = gaussianSigma({ epsilon: 3, delta: 1e-6 });
    expect(discreteGaussianDelta({ sigma, epsilon: 3 })).toBeGreaterThan(1.38e-6);
    expect(discreteGaussianSigma({ epsilon: 3, delta: 1e-6 })).toBeGreaterThan(sigma);
  });

  test.each([
    [{ sigma: 0, epsilon: 1 }, 'TOKUMEI_SIGMA_RANGE'],
    [{ sigma: 1, epsilon: NaN }, 'TOKUMEI_EPSILON_RANGE'],
    [{ sigma: 1, epsilon: 1, l0: 0 }, 'TOKUMEI_SENSITIVITY_RANGE'],
    [{ sigma: 1, epsilon: 1, linf: 1.5 }, 'TOKUMEI_SENSITIVITY_RANGE'],
    [{ sigma: 1, epsilon: 1, linf: 2 ** 53 }, 'TOKUMEI_SENSITIVITY_RANGE'],
  ])('refuses %o', (options, code) => {
    expect(codeOf(() => discreteGaussianDelta(options))).toBe(code);
  });
});

describe('zCDP', () => {
  /** The definition, on a grid of orders: every order gives a valid bound. */
  const onGrid = (rho: number, delta: number): number => {
    let best = Infinity;
    for (let t = -12; t < 12; t += 1e-3) {
      const u = Math.exp(t);
      best = Math.min(best, (1 + u) * rho + (-Math.log(delta) - u * Math.log1p(1 / u) - Math.log1p(u)) / u);
    }
    return Math.max(0, best);
  };
  test('is the least over the orders', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: 1, noNaN: true }), deltaArb, (logRho, delta) => {
        const rho = 10 ** logRho;
        const epsilon = zcdpEpsilon({ rho, delta });
        const grid = onGrid(rho, delta);
        expect(epsilon).toBeLessThanOrEqual(grid * (1 + 1e-12));
        expect(epsilon).toBeGreaterThan(grid * (1 - 1e-5) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });
  test('the three functions invert each other', () => {
    fc.assert(
      fc.property(epsilonArb, deltaArb, (epsilon, delta) => {
        const rho = zcdpRho({ epsilon, delta });
        expect(zcdpEpsilon({ rho, delta }) / epsilon).toBeCloseTo(1, 11);
        expect(zcdpDelta({ rho, epsilon }) / delta).toBeCloseTo(1, 9);
      }),
    );
  });
  test('extremes', () => {
    expect(zcdpEpsilon({ rho: 0, delta: 0.1 })).toBe(0);
    expect(zcdpDelta({ rho: 0, epsilon: 1 })).toBe(0);
    expect(zcdpEpsilon({ rho: 1e-30, delta: 1e-6 })).toBeGreaterThanOrEqual(0);
    expect(zcdpEpsilon({ rho: 1e6, delta: 1e-6 })).toBeGreaterThan(1e6);
    expect(zcdpEpsilon({ rho: 1, delta: 5e-324 })).toBeLessThan(56);
    expect(zcdpDelta({ rho: 1e-300, epsilon: 1 })).toBe(0);
    expect(codeOf(() => zcdpEpsilon({ rho: -1, delta: 0.1 }))).toBe('TOKUMEI_RHO_RANGE');
    expect(codeOf(() => zcdpEpsilon({ rho: 1, delta: 0 }))).toBe('TOKUMEI_DELTA_RANGE');
  });
});
