import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zcdpEpsilon } from '../../../src/dp/accounting/zcdp.js';
import { privacyFilter, privacyOdometer } from '../../../src/dp/budget/index.js';
import { consumeSlice } from '../../../src/dp/budget/slice.js';
import { sumsAtMost } from '../../../src/numeric/doubles.js';
import { codeOf } from '../accounting/support.js';

describe('privacyFilter', () => {
  test('whatever is asked in whatever order, what it gives never sums above the total, and it gives all that fits', () => {
    const ask = fc.record({ epsilon: fc.double({ min: 1e-9, max: 0.6, noNaN: true }), delta: fc.double({ min: 0, max: 6e-7, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 20 }), (asks) => {
        const filter = privacyFilter({ unit: 'user', epsilon: 1, delta: 1e-6 });
        const taken: { epsilon: number; delta: number }[] = [];
        for (const one of asks) {
          const code = codeOf(() => filter.take('x', one));
          const next = [...taken, one];
          const fits = sumsAtMost(next.map((t) => t.epsilon), 1) && sumsAtMost(next.map((t) => t.delta), 1e-6);
          expect(code).toBe(fits ? undefined : 'TOKUMEI_BUDGET_EXHAUSTED');
          if (fits) taken.push(one);
        }
        const spent = filter.spent();
        expect(sumsAtMost(taken.map((t) => t.epsilon), spent.measure === 'zcdp' ? NaN : spent.epsilon)).toBe(true);
      }),
    );
  });
  test('gives real slices, once each, with nothing refunded', () => {
    const filter = privacyFilter({ unit: 'user', epsilon: 1 });
    const slice = filter.take('chart', { epsilon: 0.75 });
    expect(consumeSlice(slice, 'user', 'test')).toEqual({ measure: 'pure', epsilon: 0.75, delta: 0 });
    expect(codeOf(() => consumeSlice(slice, 'user', 'test'))).toBe('TOKUMEI_SLICE_SPENT');
    expect(codeOf(() => filter.take('more', { epsilon: 0.26 }))).toBe('TOKUMEI_BUDGET_EXHAUSTED');
    expect(filter.spent()).toEqual({ measure: 'pure', epsilon: 0.75, delta: 0 });
    expect(codeOf(() => filter.take('rest', { epsilon: 0.25 }))).toBeUndefined();
    expect(codeOf(() => filter.take('crumb', { epsilon: 5e-324 }))).toBe('TOKUMEI_BUDGET_EXHAUSTED');
  });
  test('keeps zCDP, and charges pure epsilon as half its square', () => {
    const filter = privacyFilter({ unit: 'user', rho: 1 });
    expect(filter.take('a', { rho: 0.4 }).rho).toBe(0.4);
    expect(filter.take('b', { epsilon: 1 }).measure).toBe('pure');
    const spent = filter.spent();
    expect(spent.measure === 'zcdp' && spent.rho).toBeCloseTo(0.9, 8);
    expect(codeOf(() => filter.take('c', { epsilon: 0.1, delta: 1e-9 }))).toBe('TOKUMEI_MEASURE');
    expect(codeOf(() => privacyFilter({ unit: 'user', epsilon: 1 }).take('d', { rho: 0.1 }))).toBe('TOKUMEI_MEASURE');
  });
  test('refuses nonsense and takes nothing for it', () => {
    const filter = privacyFilter({ unit: 'user', epsilon: 1, delta: 1e-6 });
    for (const epsilon of [0, -1, NaN, Infinity]) expect(codeOf(() => filter.take('x', { epsilon }))).toBe('TOKUMEI_EPSILON_RANGE');
    expect(codeOf(() => filter.take('', { epsilon: 0.1 }))).toBe('TOKUMEI_OPTIONS');
    expect(codeOf(() => filter.take('x', { epsilon: 0.1, delta: -1e-9 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(filter.spent()).toEqual({ measure: 'pure', epsilon: 0, delta: 0 });
  });
});

describe('privacyOdometer', () => {
  test('reads the sum in epsilon', () => {
    const odometer = privacyOdometer({ unit: 'user', measure: 'epsilon' });
    for (let i = 0; i < 10; i++) odometer.take('day', { epsilon: 0.1, delta: 1e-7 });
    expect(odometer.reading().epsilon).toBeCloseTo(1, 12);
    expect(odometer.reading().epsilon).toBeGreaterThanOrEqual(1);
    expect(odometer.reading().delta).toBeCloseTo(1e-6, 15);
  });
  test('in zCDP, reads by marks: never below the sum, and its marks cost delta together', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-4, max: 3, noNaN: true }), { minLength: 1, maxLength: 20 }), (rhos) => {
        const odometer = privacyOdometer({ unit: 'user', measure: 'zcdp', start: 0.01, delta: 1e-6 });
        let last = 0;
        for (const rho of rhos) {
          odometer.take('day', { rho });
          const { epsilon, delta } = odometer.reading();
          expect(delta).toBe(1e-6);
          expect(epsilon).toBeGreaterThanOrEqual(last);
          const spent = odometer.spent();
          expect(epsilon).toBeGreaterThan(zcdpEpsilon({ rho: spent.measure === 'zcdp' ? spent.rho : NaN, delta: 1e-6 }));
          last = epsilon;
        }
      }),
    );
    let shares = 0;
    for (let f = 0; f < 1e6; f++) shares += 6 / (Math.PI * (f + 1)) ** 2;
    expect(shares).toBeLessThan(1);
  });
  test('refuses what its marks do not cover', () => {
    const odometer = privacyOdometer({ unit: 'user', measure: 'zcdp', start: 0.01, delta: 1e-6 });
    expect(codeOf(() => odometer.take('x', { rho: 0.1, delta: 1e-9 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => privacyOdometer({ unit: 'user', measure: 'zcdp', delta: 1e-6 }))).toBe('TOKUMEI_RHO_RANGE');
    expect(codeOf(() => privacyOdometer({ unit: 'user', measure: 'zcdp', start: 1 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => privacyOdometer({ unit: 'user', measure: 'renyi' as 'zcdp' }))).toBe('TOKUMEI_OPTIONS');
  });
});
