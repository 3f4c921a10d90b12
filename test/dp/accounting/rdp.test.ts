import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  composeRenyi,
  discreteLaplaceRenyi,
  exponentialRenyi,
  gaussianRenyi,
  laplaceRenyi,
  pureRenyi,
  renyiDelta,
  renyiEpsilon,
  repeatRenyi,
  zcdpRenyi,
  type RenyiCurve,
} from '../../../src/dp/accounting/rdp/index.js';
import { discreteGaussianMass } from '../../../src/dp/accounting/laws/discreteGaussian.js';
import { discreteLaplaceMass } from '../../../src/dp/accounting/laws/discreteLaplace.js';
import { lossEpsilon, discreteLaplaceLoss } from '../../../src/dp/accounting/pld/index.js';
import { zcdpEpsilon } from '../../../src/dp/accounting/zcdp.js';
import { codeOf } from './support.js';

/** The definition, by summation. */
function divergence(order: number, p: (k: number) => number, q: (k: number) => number, reach: number): number {
  let sum = 0;
  for (let k = -reach; k <= reach; k++) if (p(k) > 0 && q(k) > 0) sum += p(k) * Math.exp((order - 1) * Math.log(p(k) / q(k)));
  return Math.log(sum) / (order - 1);
}

const orders = [1.05, 1.5, 2, 3.7, 8, 20];

describe('Rényi curves', () => {
  test('discrete Laplace: the definition', () => {
    for (const [scale, sensitivity] of [[0.8, 1], [2, 1], [3, 4], [20, 13]] as const) {
      const curve = discreteLaplaceRenyi({ scale, sensitivity });
      for (const order of orders) {
        const truth = divergence(order, (k) => discreteLaplaceMass(scale, k), (k) => discreteLaplaceMass(scale, k - sensitivity), 600);
        expect(curve(order)).toBeCloseTo(truth, 10);
      }
      expect(curve(Infinity)).toBe(sensitivity / scale);
      expect(curve(1e7)).toBeCloseTo(sensitivity / scale, 5);
    }
  });
  test('discrete Gaussian: at whole orders exactly, at others below', () => {
    const [sigma, sensitivity] = [1.3, 2];
    const curve = gaussianRenyi({ sigma, sensitivity });
    for (const order of [2, 3, 6]) {
      expect(curve(order)).toBeCloseTo(divergence(order, (k) => discreteGaussianMass(sigma, k), (k) => discreteGaussianMass(sigma, k - sensitivity), 40), 10);
    }
    for (const order of [1.1, 1.5, 2.5]) {
      expect(divergence(order, (k) => discreteGaussianMass(0.5, k), (k) => discreteGaussianMass(0.5, k - 1), 19)).toBeLessThanOrEqual(gaussianRenyi({ sigma: 0.5 })(order) + 1e-12);
    }
  });
  test('pure epsilon and Laplace on reals', () => {
    const e = 0.7;
    const two = (k: number): number => (k === 1 ? Math.exp(e) / (1 + Math.exp(e)) : k === -1 ? 1 / (1 + Math.exp(e)) : 0);
    for (const order of orders) {
      expect(pureRenyi(e)(order)).toBeCloseTo(divergence(order, two, (k) => two(-k), 1), 12);
      // Laplace noise, by the middle rule on a fine grid.
      let sum = 0;
      for (let i = -200000; i < 201000; i++) sum += 0.5 * Math.exp(-order * Math.abs((i + 0.5) / 1000) * e + (order - 1) * Math.abs((i + 0.5) / 1000 - 1) * e) * e * 0.001;
      expect(laplaceRenyi({ scale: 1 / e })(order)).toBeCloseTo(Math.log(sum) / (order - 1), 5);
    }
  });
  test('the exponential mechanism: no pair of its kind is worse, and it is below all cruder bounds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 5, noNaN: true }), fc.constantFrom(...orders, 100), (epsilon, order) => {
        const bound = exponentialRenyi(epsilon)(order);
        let worst = 0;
        for (let i = 0; i <= 1000; i++) {
          const t = (epsilon * i) / 1000;
          const p = Math.max(0, (Math.exp(epsilon) - Math.exp(t)) / Math.expm1(epsilon));
          worst = Math.max(worst, Math.log(p * Math.exp((order - 1) * t) + (1 - p) * Math.exp((order - 1) * (t - epsilon))) / (order - 1));
        }
        expect(worst).toBeLessThanOrEqual(bound + 1e-9);
        expect(worst).toBeGreaterThanOrEqual(bound - 1e-3);
        expect(bound).toBeLessThanOrEqual(Math.min((order * epsilon * epsilon) / 8, epsilon) + 1e-9);
      }),
      { numRuns: 60 },
    );
    // Of range epsilon: two real exponential mechanisms on neighbouring scores.
    const softmax = (scores: readonly number[]): number[] => {
      const w = scores.map(Math.exp);
      const total = w.reduce((a, b) => a + b, 0);
      return w.map((x) => x / total);
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 2, maxLength: 6 }), fc.constantFrom(...orders), (scores, order) => {
        const p = softmax(scores.map(([s]) => s));
        const q = softmax(scores.map(([s, move]) => s + move));
        expect(divergence(order, (k) => p[k] ?? 0, (k) => q[k] ?? 1, 6)).toBeLessThanOrEqual(exponentialRenyi(1)(order) + 1e-12);
      }),
    );
  });
});

describe('Rényi accounts', () => {
  const curves: readonly RenyiCurve[] = [gaussianRenyi({ sigma: 3 }), discreteLaplaceRenyi({ scale: 4 }), pureRenyi(0.3), exponentialRenyi(0.5), zcdpRenyi(0.02)];
  test('keep the laws of composition', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(curves.length - 1), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 100 }), fc.constantFrom(...orders), (picks, n, order) => {
        const list = picks.map((i) => curves[i] as RenyiCurve);
        const sum = composeRenyi(list)(order);
        expect(composeRenyi([...list].reverse())(order)).toBe(sum);
        expect(composeRenyi(Array<RenyiCurve>(n).fill(list[0] as RenyiCurve))(order)).toBe(repeatRenyi(list[0] as RenyiCurve, n)(order));
        expect(composeRenyi([...list, zcdpRenyi(0)])(order)).toBe(sum);
        expect(composeRenyi([...list, curves[0] as RenyiCurve])(order)).toBeGreaterThan(sum);
      }),
    );
  });
  test('a count is not dropped: 100 exponential mechanisms are not one', () => {
    const once = renyiEpsilon({ curve: exponentialRenyi(1), delta: 1e-6 }).epsilon;
    const many = renyiEpsilon({ curve: repeatRenyi(exponentialRenyi(1), 100), delta: 1e-6 }).epsilon;
    expect(once).toBeLessThanOrEqual(1);
    expect(many).toBeGreaterThan(36);
    // The cruder curve epsilon^2 / 8 and its offset give 37.26.
    expect(many).toBeLessThan(37.26);
  });
  test('never above the plain sum of pure epsilons, never below the exact composition', () => {
    const scale = 10;
    for (const count of [1, 10, 100]) {
      const { epsilon } = renyiEpsilon({ curve: repeatRenyi(discreteLaplaceRenyi({ scale }), count), delta: 1e-6 });
      expect(epsilon).toBeLessThanOrEqual(count / scale);
      expect(epsilon).toBeGreaterThan(lossEpsilon({ releases: [{ loss: discreteLaplaceLoss({ scale }), count }], delta: 1e-6 }) * (1 - 1e-9));
    }
  });
  test('of zCDP is the conversion of zCDP', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 5, noNaN: true }), fc.integer({ min: 2, max: 15 }), (rho, digits) => {
        const delta = 10 ** -digits;
        const exact = zcdpEpsilon({ rho, delta });
        const { epsilon } = renyiEpsilon({ curve: zcdpRenyi(rho), delta });
        expect(epsilon).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
        expect(epsilon).toBeLessThan(exact * (1 + 1e-9) + 1e-12);
        if (exact > 0) expect(renyiDelta({ curve: zcdpRenyi(rho), epsilon: exact }) / delta).toBeCloseTo(1, 6);
      }),
    );
  });
  test('refuse nonsense', () => {
    const curve = zcdpRenyi(1);
    expect(codeOf(() => renyiEpsilon({ curve, delta: 0 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => renyiEpsilon({ curve, delta: 1e-6, orders: [1] }))).toBe('TOKUMEI_ORDER_RANGE');
    expect(codeOf(() => renyiDelta({ curve, epsilon: NaN }))).toBe('TOKUMEI_EPSILON_RANGE');
    expect(codeOf(() => repeatRenyi(curve, 0))).toBe('TOKUMEI_COUNT_RANGE');
    expect(renyiDelta({ curve: pureRenyi(1), epsilon: 1 })).toBe(0);
  });
});
