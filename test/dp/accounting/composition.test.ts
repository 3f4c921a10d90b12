import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeParallel, composeSpends, groupSpend, repeatSpend } from '../../../src/dp/accounting/compose.js';
import { boundedRangeRho, spendAsApproximate, spendAsZcdp } from '../../../src/dp/accounting/convert.js';
import { advancedEpsilon, optimalDelta, optimalEpsilon } from '../../../src/dp/accounting/optimal.js';
import { zcdpEpsilon } from '../../../src/dp/accounting/zcdp.js';
import type { Spend } from '../../../src/dp/budget/spend.js';
import { binomialMass } from '../../../src/numeric/binomial.js';
import { nextDown, nextUp } from '../../../src/numeric/doubles.js';
import { compareRational, multiplyRational, rational, rationalOf } from '../../../src/numeric/rational.js';
import { codeOf } from './support.js';

const amount = fc.double({ min: 1e-6, max: 10, noNaN: true });
const smallDelta = fc.oneof(fc.constant(0), fc.double({ min: 1e-15, max: 1e-3, noNaN: true }));
const inEpsilon: fc.Arbitrary<Spend> = fc
  .tuple(amount, smallDelta)
  .map(([epsilon, delta]) => (delta === 0 ? { measure: 'pure', epsilon, delta: 0 } : { measure: 'approximate', epsilon, delta }));
const inRho: fc.Arbitrary<Spend> = fc.tuple(amount, smallDelta).map(([rho, delta]) => ({ measure: 'zcdp', rho, delta }));
const oneMeasure = fc.oneof(fc.array(inEpsilon, { minLength: 1, maxLength: 10 }), fc.array(inRho, { minLength: 1, maxLength: 10 }));
const main = (s: Spend): number => (s.measure === 'zcdp' ? s.rho : s.epsilon);

describe('the laws of composition', () => {
  test('it commutes', () => {
    fc.assert(
      fc.property(oneMeasure, fc.nat(), (spends, turn) => {
        const k = turn % spends.length;
        expect(composeSpends([...spends.slice(k), ...spends.slice(0, k)].reverse())).toEqual(composeSpends(spends));
      }),
    );
  });
  test('n copies are n times one', () => {
    fc.assert(
      fc.property(fc.oneof(inEpsilon, inRho), fc.integer({ min: 1, max: 200 }), (spend, n) => {
        expect(composeSpends(Array<Spend>(n).fill(spend))).toEqual(repeatSpend(spend, n));
        expect(Math.abs(main(repeatSpend(spend, n)) / (n * main(spend)) - 1)).toBeLessThan(2 ** -51);
      }),
    );
  });
  test('grouping changes nothing but the last place, upwards', () => {
    fc.assert(
      fc.property(oneMeasure, fc.nat(), (spends, cut) => {
        const k = cut % spends.length;
        const whole = composeSpends(spends);
        const parts = composeSpends([composeSpends(spends.slice(0, k)), composeSpends(spends.slice(k))].filter((s) => main(s) > 0));
        expect(main(parts)).toBeGreaterThanOrEqual(main(whole));
        expect(main(parts)).toBeLessThanOrEqual(nextUp(nextUp(nextUp(main(whole)))));
      }),
    );
  });
  test('zero is neutral, more never costs less', () => {
    const zero: Spend = { measure: 'pure', epsilon: 0, delta: 0 };
    fc.assert(
      fc.property(fc.array(inEpsilon, { maxLength: 10 }), inEpsilon, (spends, more) => {
        const sum = composeSpends(spends);
        expect(composeSpends([...spends, zero])).toEqual(sum);
        const bigger = composeSpends([...spends, more]);
        expect(main(bigger)).toBeGreaterThanOrEqual(main(sum));
        expect(bigger.delta).toBeGreaterThanOrEqual(sum.delta);
      }),
    );
    expect(composeSpends([])).toEqual(zero);
  });
  test('disjoint units pay the most, never more than all together', () => {
    fc.assert(
      fc.property(oneMeasure, (spends) => {
        const parallel = composeParallel(spends);
        for (const spend of spends) expect(main(spend)).toBeLessThanOrEqual(main(parallel));
        expect(main(parallel)).toBeLessThanOrEqual(main(composeSpends(spends)));
        expect(composeParallel([...spends, ...spends])).toEqual(parallel);
      }),
    );
  });
  test('measures are not mixed unawares', () => {
    const pure: Spend = { measure: 'pure', epsilon: 1, delta: 0 };
    const rho: Spend = { measure: 'zcdp', rho: 0.1, delta: 0 };
    expect(codeOf(() => composeSpends([pure, rho]))).toBe('TOKUMEI_MEASURE');
    expect(codeOf(() => composeParallel([rho, pure]))).toBe('TOKUMEI_MEASURE');
    expect(main(composeSpends([spendAsZcdp(pure), rho]))).toBeCloseTo(0.6, 8);
    expect(codeOf(() => spendAsZcdp({ measure: 'approximate', epsilon: 1, delta: 1e-6 }))).toBe('TOKUMEI_MEASURE');
    expect(spendAsApproximate(pure, 1e-6)).toBe(pure);
    const there = spendAsApproximate({ measure: 'zcdp', rho: 0.1, delta: 1e-7 }, 1e-6);
    expect(main(there)).toBeGreaterThan(zcdpEpsilon({ rho: 0.1, delta: 1e-6 }));
    expect(there.delta).toBeGreaterThanOrEqual(1.1e-6);
    expect(boundedRangeRho(1)).toBeCloseTo(1 / 8, 8);
  });
  test('groups of units', () => {
    const spend: Spend = { measure: 'approximate', epsilon: 0.5, delta: 1e-8 };
    expect(groupSpend(spend, 1)).toEqual(spend);
    const seven = groupSpend(spend, 7);
    // The lemma's proof: seven times one unit, the delta of each carried through the odds of those after it.
    let delta = 0;
    for (let i = 0; i < 7; i++) delta += 1e-8 * Math.exp(0.5 * i);
    expect(main(seven)).toBe(3.5);
    expect(seven.delta).toBeGreaterThan(delta);
    expect(seven.delta / delta).toBeLessThan(1 + 2e-9);
    expect(main(groupSpend({ measure: 'zcdp', rho: 0.1, delta: 0 }, 3))).toBeCloseTo(0.9, 14);
    expect(codeOf(() => groupSpend({ measure: 'zcdp', rho: 0.1, delta: 1e-9 }, 3))).toBe('TOKUMEI_MEASURE');
    expect(codeOf(() => groupSpend(spend, 0))).toBe('TOKUMEI_COUNT_RANGE');
    // Without a delta there is none for a group either, nor NaN where exp overflows; with one, no more than 1.
    expect(groupSpend({ measure: 'pure', epsilon: 10, delta: 0 }, 100)).toEqual({ measure: 'pure', epsilon: 1000, delta: 0 });
    expect(groupSpend({ measure: 'approximate', epsilon: 1000, delta: 1e-9 }, 2)).toEqual({ measure: 'approximate', epsilon: 2000, delta: 1 });
  });
  test('groups of units, in exact arithmetic: the smallest double that is not below', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 2, max: 10_000 }), (x, k) => {
        for (const [spend, times] of [[{ measure: 'pure', epsilon: x, delta: 0 }, k], [{ measure: 'zcdp', rho: x, delta: 0 }, k * k]] as const) {
          const exact = multiplyRational(rationalOf(x), rational(BigInt(times)));
          const group = main(groupSpend(spend, k));
          expect(compareRational(rationalOf(group), exact)).toBeGreaterThanOrEqual(0);
          expect(compareRational(rationalOf(nextDown(group)), exact)).toBeLessThan(0);
        }
      }),
    );
  });
  test('no spend below 0, beyond 1 or without end is composed: it would make the others free', () => {
    const one: Spend = { measure: 'pure', epsilon: 1, delta: 0 };
    const bad: readonly (readonly [Spend, string])[] = [
      [{ measure: 'pure', epsilon: -1, delta: 0 }, 'TOKUMEI_EPSILON_RANGE'],
      [{ measure: 'approximate', epsilon: NaN, delta: 0.1 }, 'TOKUMEI_EPSILON_RANGE'],
      [{ measure: 'pure', epsilon: Infinity, delta: 0 }, 'TOKUMEI_EPSILON_RANGE'],
      [{ measure: 'approximate', epsilon: 1, delta: -0.1 }, 'TOKUMEI_DELTA_RANGE'],
      [{ measure: 'approximate', epsilon: 1, delta: 1.5 }, 'TOKUMEI_DELTA_RANGE'],
      [{ measure: 'zcdp', rho: -1, delta: 0 }, 'TOKUMEI_RHO_RANGE'],
    ];
    for (const [spend, code] of bad) {
      for (const run of [() => composeSpends(spend.measure === 'zcdp' ? [spend] : [one, spend]), () => repeatSpend(spend, 2), () => composeParallel([spend]), () => groupSpend(spend, 2)]) expect(codeOf(run)).toBe(code);
    }
    expect(composeSpends([{ measure: 'approximate', epsilon: 1, delta: 1 }, one]).delta).toBe(1);
  });
});

describe('optimal composition', () => {
  /** The definition, for two-point losses: all 2^count outcomes. */
  const enumerated = (epsilon: number, count: number, total: number): number => {
    const p = 1 / (1 + Math.exp(-epsilon));
    let sum = 0;
    for (let outcome = 0; outcome < 2 ** count; outcome++) {
      let ones = 0;
      for (let bit = 0; bit < count; bit++) ones += (outcome >> bit) & 1;
      const [a, b] = [p ** ones * (1 - p) ** (count - ones), (1 - p) ** ones * p ** (count - ones)];
      sum += Math.max(0, a - Math.exp(total) * b);
    }
    return sum;
  };
  test('is what enumeration of all outcomes gives', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 3, noNaN: true }), fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (epsilon, count, share) => {
        const totalEpsilon = share * count * epsilon;
        const truth = enumerated(epsilon, count, totalEpsilon);
        expect(optimalDelta({ epsilon, count, totalEpsilon })).toBeCloseTo(truth, 12);
      }),
      { numRuns: 100 },
    );
  });
  test('inverts, lies below every closed bound, and is met by no smaller epsilon', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 3, noNaN: true }), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 10 }), (epsilon, count, digits) => {
        const totalDelta = 10 ** -digits;
        const best = optimalEpsilon({ epsilon, count, totalDelta });
        expect(best).toBeLessThanOrEqual(main(repeatSpend({ measure: 'pure', epsilon, delta: 0 }, count)));
        expect(best).toBeLessThanOrEqual(advancedEpsilon({ epsilons: Array<number>(count).fill(epsilon), delta: totalDelta }) * (1 + 1e-12));
        expect(optimalDelta({ epsilon, count, totalEpsilon: best })).toBeLessThanOrEqual(totalDelta);
        if (best > 0) expect(optimalDelta({ epsilon, count, totalEpsilon: best * (1 - 1e-5) })).toBeGreaterThan(totalDelta);
      }),
      { numRuns: 100 },
    );
  });
  test('more releases cost more; one release costs itself', () => {
    let last = 0;
    for (const count of [1, 2, 3, 10, 30, 100, 1000, 100000]) {
      const now = optimalEpsilon({ epsilon: 0.1, count, totalDelta: 1e-6 });
      expect(now).toBeGreaterThan(last);
      last = now;
    }
    expect(optimalEpsilon({ epsilon: 0.3, count: 1, totalDelta: 0 })).toBe(0.3);
    expect(optimalEpsilon({ epsilon: 0.3, count: 7, totalDelta: 0 })).toBe(main(repeatSpend({ measure: 'pure', epsilon: 0.3, delta: 0 }, 7)));
  });
  test('where half a last place of epsilon moves delta, it is not rounded to the side of more', () => {
    for (const epsilon of [10, 100, 600, 1e3, 1e6, 3e8, 1e10]) {
      for (const totalDelta of [1e-12, 1e-6, 0.3]) {
        for (const count of [2, 3, 7, 20, 1e5]) expect(optimalDelta({ epsilon, count, totalEpsilon: optimalEpsilon({ epsilon, count, totalDelta }) })).toBeLessThanOrEqual(totalDelta);
      }
    }
  });
  test("counts the releases' own deltas", () => {
    expect(optimalEpsilon({ epsilon: 0.1, delta: 1e-7, count: 100, totalDelta: 1e-6 })).toBe(Infinity);
    const own = optimalEpsilon({ epsilon: 0.1, delta: 1e-9, count: 100, totalDelta: 1e-6 });
    expect(own).toBeGreaterThan(optimalEpsilon({ epsilon: 0.1, count: 100, totalDelta: 1e-6 }));
    expect(optimalDelta({ epsilon: 0.1, delta: 1e-9, count: 100, totalEpsilon: own })).toBeCloseTo(1e-6, 15);
  });
  test('refuses nonsense', () => {
    expect(codeOf(() => optimalEpsilon({ epsilon: 0, count: 1, totalDelta: 0.1 }))).toBe('TOKUMEI_EPSILON_RANGE');
    expect(codeOf(() => optimalEpsilon({ epsilon: 1, count: 1.5, totalDelta: 0.1 }))).toBe('TOKUMEI_COUNT_RANGE');
    expect(codeOf(() => optimalEpsilon({ epsilon: 1, delta: 1e-3, count: 1, totalDelta: 0 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => advancedEpsilon({ epsilons: [1, NaN], delta: 0.1 }))).toBe('TOKUMEI_EPSILON_RANGE');
  });
});

test('binomial masses sum to 1 and agree with products for small counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, p) => {
      let product = (1 - p) ** n;
      let sum = 0;
      for (let k = 0; k <= n; k++) {
        expect(Math.abs(binomialMass(k, n, p, 1 - p) / product - 1)).toBeLessThan(1e-11);
        sum += product;
        product *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      expect(sum).toBeCloseTo(1, 11);
    }),
  );
  expect(binomialMass(-1, 5, 0.5, 0.5)).toBe(0);
});
