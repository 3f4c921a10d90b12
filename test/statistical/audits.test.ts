import { describe, expect, test } from 'vitest';
import { discreteGaussianDelta } from '../../src/dp/accounting/index.js';
import {
  aboveThreshold, correlatedGaussian, discreteGaussianMechanism, discreteLaplaceMechanism, exponentialMechanism, gridGaussian, gridLaplace, jointExponential, limitedDomain, permuteAndFlip, randomizedResponse,
} from '../../src/dp/mechanisms/index.js';
import type { RandomSource } from '../../src/random/index.js';
import { auditEpsilon, seededRandom, type AuditOptions } from '../../src/testing/index.js';

// A small version of `measure -- audit-mechanisms`: fixed seeds, alpha 1e-6 for each audit. TOKUMEI_SAMPLES raises the number of runs a side.
const samples = Number(process.env['TOKUMEI_SAMPLES'] ?? 12_000);
type Sides = Pick<AuditOptions, 'withUnit' | 'withoutUnit'>;
const sides = <T>(run: (data: T, random: RandomSource) => number, without: T, withUnit: T): Sides => ({ withoutUnit: (r) => run(without, r), withUnit: (r) => run(withUnit, r) });
const code = (list: readonly number[], base: number): number => list.reduce((n, item) => n * base + item + 1, 0);
const audit = (o: Sides & { epsilon: number; delta?: number; share?: number; seed: string }): ReturnType<typeof auditEpsilon> =>
  auditEpsilon({ ...o, samples: Math.ceil(samples * (o.share ?? 1)), alpha: 1e-6, random: seededRandom(o.seed) });

describe('claims of epsilon are not refuted', () => {
  const select = { a: [-5, 0, 1], b: [-4, -1, 0] }; // scores of sensitivity 1 that move against each other
  const made = { gridLaplace: gridLaplace({ scale: 0.3 }), gridGaussian: gridGaussian({ sigma: 2 }) };
  const cases: Record<string, Sides & { epsilon: number; delta?: number; share?: number; tight?: number }> = {
    'discrete Laplace': { epsilon: 1, tight: 0.75, ...sides((v: number, r) => discreteLaplaceMechanism({ scale: 2 }).add(v, r), 10, 12) },
    'grid Laplace': { epsilon: 1, ...sides((v: number, r) => made.gridLaplace.add(v, r), 0, 0.3), tight: 0.7 },
    'randomized response': { epsilon: 1, tight: 0.7, ...sides((v: number, r) => randomizedResponse({ epsilon: 1, categories: 4 }).report(v, r), 0, 3) },
    'exponential mechanism': { epsilon: 1, ...sides((s: number[], r) => exponentialMechanism({ scale: 2 }).choose(s, r)[0] as number, select.a, select.b), share: 0.3 },
    'exponential mechanism on counts, three picks': { epsilon: 1.5, ...sides((s: number[], r) => code(exponentialMechanism({ scale: 2, picks: 3 }).choose(s, r), 4), [3, 5, 5, 5], [4, 6, 5, 6]), share: 0.3 },
    'permute-and-flip': { epsilon: 1, ...sides((s: number[], r) => permuteAndFlip({ scale: 2 }).choose(s, r)[0] as number, select.a, select.b), share: 0.3 },
    'joint exponential': { epsilon: 1, ...sides((s: number[], r) => code(jointExponential({ scale: 2, picks: 2 }).choose(s, r), 4), [5, 4, 4, 0], [5, 5, 5, 1]), share: 0.04 },
    'limited domain': { epsilon: 1, delta: 0.05, ...sides((s: number[], r) => code(limitedDomain({ epsilon: 1, delta: 0.05, picks: 2, domain: 3, groupsPerUnit: 2 }).choose(s, (i, j) => i - j, r), 5), [5, 4, 4, 4, 0], [5, 4, 4, 5, 1]), share: 0.3 },
    'above threshold': { epsilon: 1, ...sides((v: number[], r) => aboveThreshold({ threshold: 5, epsilon: 1, sensitivity: 1 }, r).first(v), [4, 4, 6], [5, 5, 5]), share: 0.2 },
    'above threshold, counts': { epsilon: 1, ...sides((v: number[], r) => aboveThreshold({ threshold: 5, epsilon: 1, sensitivity: 1, monotone: true }, r).first(v), [4, 4, 5], [5, 5, 6]), share: 0.2 },
    'discrete Gaussian': { epsilon: 0.3, delta: discreteGaussianDelta({ sigma: 2, epsilon: 0.3 }), tight: 0.05, ...sides((v: number, r) => discreteGaussianMechanism({ sigma: 2 }).add(v, r), 0, 1), share: 2 },
    // On a fine grid the sensitivity is millions of steps, and delta that of the continuous law up to 1e-6.
    'grid Gaussian': { epsilon: 0.5, delta: 0.0524406 + 1e-5, ...sides((v: number, r) => made.gridGaussian.add(v, r), 0, 1) },
    // rho 1/8: (0.5, 0.0665) by the conversion of zCDP would be far off; the sum of the two estimates moves most.
    'correlated Gaussian': { epsilon: 1, delta: 0.02, ...sides((x: { counts: number[]; units: number }, r) => correlatedGaussian({ sigma: 2, size: 2 }).measure(x, r).counts[0] as number, { counts: [5, 5], units: 9 }, { counts: [6, 6], units: 10 }), share: 0.3 },
  };
  test.each(Object.entries(cases))('%s', (seed, { tight, ...o }) => {
    const result = audit({ ...o, seed });
    expect(result.rejected).toBe(false);
    if (tight !== undefined) expect(result.epsilonAtLeast).toBeGreaterThan(tight);
  });
});

describe('noise that is short is found', () => {
  test('discrete Laplace by 10 %, each of five times', () => {
    const noise = discreteLaplaceMechanism({ scale: 0.9 });
    for (let i = 0; i < 5; i++) expect(audit({ ...sides((v: number, r) => noise.add(v, r), 0, 1), epsilon: 1, share: 8, seed: `short ${i}` }).rejected).toBe(true);
  });
  test('randomized response by 20 %', () => {
    const m = randomizedResponse({ epsilon: 1.25, categories: 4 });
    expect(audit({ ...sides((v: number, r) => m.report(v, r), 0, 3), epsilon: 1, share: 3, seed: 'rr' }).rejected).toBe(true);
  });
  test('a sparse vector without noise on its threshold, a known wrong variant (Lyu, Su and Li 2017)', () => {
    // With D' = D shifted by one in opposite directions, over many questions, the noiseless threshold loses far more than epsilon.
    const noise = discreteLaplaceMechanism({ scale: 2 });
    const wrong = (values: number[], r: RandomSource): number => values.findIndex((v) => noise.add(v, r) >= 0);
    const [a, b] = [[...new Array<number>(8).fill(-1), 1], [...new Array<number>(8).fill(0), 0]];
    expect(audit({ ...sides(wrong, a, b), epsilon: 1, seed: 'svt' }).rejected).toBe(true);
    const right = (values: number[], r: RandomSource): number => aboveThreshold({ threshold: 0, epsilon: 1, sensitivity: 1 }, r).first(values);
    expect(audit({ ...sides(right, a, b), epsilon: 1, seed: 'svt', share: 0.2 }).rejected).toBe(false);
  });
});
