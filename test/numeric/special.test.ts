import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  chiSquareSurvival,
  clopperPearsonLower,
  clopperPearsonUpper,
  digamma,
  erf,
  erfc,
  gammaCdf,
  gammaSurvival,
  logGamma,
  millsRatio,
  normalCdf,
  normalDensity,
  normalQuantile,
  normalSurvival,
  normalUpperQuantile,
  trigamma,
} from '../../src/numeric/index.js';

type Rows = readonly (readonly number[])[];
const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Record<string, Rows>;

/** The largest relative error over rows whose last column is the value. */
function worst(rows: Rows, f: (...x: number[]) => number): number {
  let largest = 0;
  for (const row of rows) {
    const value = row.at(-1) as number;
    const got = f(...row.slice(0, -1));
    const error = value === 0 ? Math.abs(got) : Math.abs(got / value - 1);
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

describe('normal law and error function, against 60-digit values', () => {
  const few = 8 * 2 ** -53;
  test('erf, erfc', () => {
    expect(worst(reference['erf'] as Rows, erf)).toBeLessThan(few);
    expect(worst(reference['erfc'] as Rows, erfc)).toBeLessThan(few);
  });
  test('survival and distribution function', () => {
    expect(worst(reference['normalSurvival'] as Rows, normalSurvival)).toBeLessThan(few);
    expect(worst(reference['normalSurvival'] as Rows, (x) => normalCdf(-x))).toBeLessThan(few);
  });
  test('quantiles', () => {
    expect(worst(reference['normalUpperQuantile'] as Rows, normalUpperQuantile)).toBeLessThan(few);
    expect(worst(reference['normalUpperQuantile'] as Rows, (p) => -normalQuantile(p))).toBeLessThan(few);
    expect(normalQuantile(0.975)).toBe(-normalQuantile(1 - 0.975));
  });
  test("Mills' ratio is survival over density", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 37, noNaN: true }), (x) => {
        expect(Math.abs((millsRatio(x) * normalDensity(x)) / normalSurvival(x) - 1)).toBeLessThan(1e-14);
      }),
    );
    expect(millsRatio(1e200) * 1e200).toBeCloseTo(1, 14);
  });
  test('ends and nonsense', () => {
    expect(normalSurvival(Infinity)).toBe(0);
    expect(normalSurvival(-Infinity)).toBe(1);
    expect(normalSurvival(NaN)).toBeNaN();
    expect(normalCdf(0)).toBe(0.5);
    expect([0, 1].map(normalQuantile)).toEqual([-Infinity, Infinity]);
    for (const p of [-1e-9, 1.000001, NaN]) expect(normalQuantile(p)).toBeNaN();
  });
});

describe('gamma and beta laws, against 60-digit values', () => {
  test('ln Gamma', () => {
    for (const [x, value] of reference['logGamma'] as readonly [number, number][]) {
      expect(Math.abs(logGamma(x) - value)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(value)));
    }
    expect(logGamma(0)).toBeNaN();
  });
  test('incomplete gamma', () => {
    const rows = reference['gamma'] as Rows;
    expect(worst(rows.map((r) => [r[0] as number, r[1] as number, r[2] as number]), gammaSurvival)).toBeLessThan(1e-12);
    expect(worst(rows.map((r) => [r[0] as number, r[1] as number, r[3] as number]), gammaCdf)).toBeLessThan(1e-12);
    expect(chiSquareSurvival(3.841458820694124, 1)).toBeCloseTo(0.05, 14);
  });
  test('incomplete beta and its inverse', () => {
    expect(worst(reference['betaCdf'] as Rows, betaCdf)).toBeLessThan(1e-12);
    const parameter = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), parameter, parameter, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // A few units in the last place of x change the probability by about x times the density.
        const slack = 1e-11 * p + 4e-15 * Math.abs(betaCdf(x * (1 + 1e-9), a, b) - betaCdf(x, a, b)) * 1e9;
        expect(Math.abs(betaCdf(x, a, b) - p)).toBeLessThanOrEqual(slack);
      }),
    );
  });
  test('Clopper-Pearson covers: the tail at each end is alpha', () => {
    const hits = fc.integer({ min: 1, max: 9900 });
    fc.assert(
      fc.property(hits, fc.double({ min: 1e-9, max: 0.5, noNaN: true }), (k, alpha) => {
        const n = 10000;
        // P[Binomial(n, p) >= k] = I_p(k, n - k + 1).
        expect(betaCdf(clopperPearsonLower(k, n, alpha), k, n - k + 1) / alpha).toBeCloseTo(1, 9);
        // The end itself is rounded to a double, which near 1 costs digits of its distance from 1.
        expect(betaCdf(1 - clopperPearsonUpper(k, n, alpha), n - k, k + 1) / alpha).toBeCloseTo(1, 6);
      }),
      { numRuns: 50 },
    );
    expect(clopperPearsonLower(0, 10, 0.05)).toBe(0);
    expect(clopperPearsonUpper(10, 10, 0.05)).toBe(1);
  });
});

test('digamma and trigamma, against 40-digit values', () => {
  const rows = [
    [0.001, -1000.5755719318103, 1000001.6425331958], [0.5, -1.9635100260214235, 4.934802200544679], [1, -0.5772156649015329, 1.6449340668482264],
    [3.75, 1.1825373886117962, 0.3053398526902531], [9.99, 2.250700372831201, 0.10527695014824179], [10, 2.251752589066721, 0.10516633568168575],
    [100.5, 4.605174352581845, 0.009999916669583104], [30162, 10.314321555678973, 3.3154849722606515e-5], [1e9, 20.723265836446412, 1.0000000005e-9],
  ] as const;
  for (const [x, first, second] of rows) {
    expect(Math.abs(digamma(x) / first - 1)).toBeLessThan(4e-15);
    expect(Math.abs(trigamma(x) / second - 1)).toBeLessThan(4e-15);
  }
  // Its zero.
  expect(Math.abs(digamma(1.4616321449683623))).toBeLessThan(4e-15);
  for (const x of [0, -1, NaN]) expect([digamma(x), trigamma(x)]).toEqual([NaN, NaN]);
});
