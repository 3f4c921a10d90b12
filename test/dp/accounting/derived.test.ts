import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discreteGaussianDelta } from '../../../src/dp/accounting/discreteGaussian.js';
import { gaussianSigma } from '../../../src/dp/accounting/gaussian.js';
import { optimalEpsilon } from '../../../src/dp/accounting/optimal.js';
import { discreteLaplaceLoss, laplaceLoss, lossEpsilon } from '../../../src/dp/accounting/pld/index.js';
import { zcdpDelta, zcdpEpsilon } from '../../../src/dp/accounting/zcdp.js';
import { optimalSelection } from '../../../src/dp/selection/optimal.js';

// From the definitions, with 60 digits: made by tools/derive/accounting.py, which shares no formula with src.
type Row = readonly [number, number, number, ...number[]];
const derived = JSON.parse(readFileSync(new URL('./derived.json', import.meta.url), 'utf8')) as Record<string, readonly Row[]>;

/** The largest relative error of a function over all rows; the last number of a row is what is expected. */
function worst(name: string, f: (...parameters: number[]) => number): number {
  const rows = derived[name] ?? [];
  expect(rows.length).toBeGreaterThan(0);
  return Math.max(...rows.map((row) => Math.abs(f(...row.slice(0, -1)) / (row.at(-1) as number) - 1)));
}
const keep = (epsilon: number, delta: number, n: number): number => optimalSelection({ epsilon, delta, groupsPerUnit: 1 }).keepProbability(n);

describe('figures derived with 60 digits', () => {
  test('analytic sigma to 1e-11', () => {
    expect(worst('gaussianSigma', (epsilon, delta) => gaussianSigma({ epsilon: epsilon as number, delta: delta as number }))).toBeLessThan(1e-11);
  });
  test('zCDP to 1e-13', () => {
    expect(worst('zcdpEpsilon', (rho, delta) => zcdpEpsilon({ rho: rho as number, delta: delta as number }))).toBeLessThan(1e-14);
    expect(worst('zcdpDelta', (rho, epsilon) => zcdpDelta({ rho: rho as number, epsilon: epsilon as number }))).toBeLessThan(1e-14);
  });
  test('probabilities of selection to 1e-13', () => {
    expect(worst('keepProbability', keep as (...parameters: number[]) => number)).toBeLessThan(1e-13);
  });
  test('the exact delta of the discrete Gaussian to 1e-12', () => {
    expect(worst('discreteGaussianDelta', (sigma, epsilon, linf) => discreteGaussianDelta({ sigma: sigma as number, epsilon: epsilon as number, linf: linf as number }))).toBeLessThan(1e-12);
  });
  test('optimal composition to 1e-11', () => {
    expect(worst('optimalEpsilon', (epsilon, count, totalDelta) => optimalEpsilon({ epsilon: epsilon as number, count: count as number, totalDelta: totalDelta as number }))).toBeLessThan(1e-11);
  });
  test('composed losses: never below the exact figure, and above it by at most 1e-6 of it', () => {
    const laplace = (scale: number, count: number, delta: number): number => lossEpsilon({ releases: [{ loss: laplaceLoss({ scale }), count }], delta });
    const discrete = (scale: number, count: number, delta: number): number => lossEpsilon({ releases: [{ loss: discreteLaplaceLoss({ scale }), count }], delta });
    for (const [name, f] of [['laplaceComposed', laplace], ['discreteLaplaceComposed', discrete]] as const) {
      for (const [scale, count, delta, epsilon] of derived[name] ?? []) {
        const got = f(scale, count, delta);
        expect(got).toBeGreaterThanOrEqual((epsilon as number) * (1 - 1e-15));
        expect(got).toBeLessThan((epsilon as number) * (1 + 1e-6));
      }
    }
  });
});
