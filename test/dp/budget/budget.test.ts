import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { privacyBudget, type BudgetOptions } from '../../../src/dp/budget/index.js';
import { consumeSlice, readSlice, type Slice } from '../../../src/dp/budget/slice.js';
import { sumsAtMost } from '../../../src/numeric/doubles.js';
import { codeOf } from '../accounting/support.js';

const budget = () => privacyBudget({ unit: 'user', epsilon: 1, delta: 2 ** -20 });

describe('privacyBudget', () => {
  test('splits by share and shows its public numbers', () => {
    const { chart, totals } = budget().split({ chart: 0.75, totals: 0.25 });
    expect(chart).toMatchObject({ unit: 'user', name: 'chart', measure: 'approximate', epsilon: 0.75, delta: 0.75 * 2 ** -20 });
    expect(totals.epsilon).toBe(0.25);
    expect(JSON.parse(JSON.stringify(totals))).toEqual({ unit: 'user', name: 'totals', measure: 'approximate', epsilon: 0.25, delta: 0.25 * 2 ** -20 });
    expect(inspect(chart)).toContain('0.75');
  });

  test('is pure without delta, and zCDP with rho', () => {
    expect(privacyBudget({ unit: 'user', epsilon: 2 }).measure).toBe('pure');
    expect(privacyBudget({ unit: 'user', epsilon: 2, delta: -0 }).measure).toBe('pure');
    const zcdp = privacyBudget({ unit: 'user', rho: 0.5 });
    expect(zcdp).toMatchObject({ measure: 'zcdp', rho: 0.5, delta: 0 });
    expect('epsilon' in zcdp).toBe(false);
    expect(readSlice(zcdp.split({ a: 0.5 }).a, 'test')).toEqual({ measure: 'zcdp', rho: 0.25, delta: 0 });
  });

  test('gives each parameter its own share', () => {
    const s = budget().split({ keys: { epsilon: 0.2, delta: 1 }, totals: { epsilon: 0.8, delta: 0 } });
    expect(s.totals).toMatchObject({ measure: 'pure', epsilon: 0.7999999999999999, delta: 0 });
    expect(s.keys).toMatchObject({ measure: 'approximate', delta: 2 ** -20 });
  });

  test.each([
    [{ unit: 'user' }, 'TOKUMEI_EPSILON_RANGE'],
    [{ unit: 'user', epsilon: 0 }, 'TOKUMEI_EPSILON_RANGE'],
    [{ unit: 'user', epsilon: NaN }, 'TOKUMEI_EPSILON_RANGE'],
    [{ unit: 'user', epsilon: Infinity }, 'TOKUMEI_EPSILON_RANGE'],
    [{ unit: 'user', epsilon: '1' }, 'TOKUMEI_EPSILON_RANGE'],
    [{ unit: 'user', epsilon: 1, delta: 1 }, 'TOKUMEI_DELTA_RANGE'],
    [{ unit: 'user', epsilon: 1, delta: -1e-9 }, 'TOKUMEI_DELTA_RANGE'],
    [{ unit: 'user', epsilon: 1, delta: NaN }, 'TOKUMEI_DELTA_RANGE'],
    [{ unit: 'user', epsilon: 1, delta: null }, 'TOKUMEI_DELTA_RANGE'],
    [{ unit: 'user', rho: -1 }, 'TOKUMEI_RHO_RANGE'],
    [{ unit: 'user', rho: 1, epsilon: 1 }, 'TOKUMEI_OPTIONS'],
    [{ unit: '', epsilon: 1 }, 'TOKUMEI_UNIT'],
    [{ epsilon: 1 }, 'TOKUMEI_UNIT'],
    [null, 'TOKUMEI_OPTIONS'],
    [undefined, 'TOKUMEI_OPTIONS'],
  ])('refuses %o', (options, code) => {
    const given = options as BudgetOptions<'user'>;
    expect(codeOf(() => privacyBudget(given))).toBe(code);
  });

  test.each([[{}], [{ a: 0 }], [{ a: 1.1 }], [{ a: 0.6, b: 0.6 }], [{ a: NaN }], [{ a: -0.5 }], [{ a: '1' }], [[0.5]], [null], [{ a: { epsilon: 1 } }], [{ a: { rho: 1, delta: 0 } }]])(
    'refuses shares %o',
    (shares) => {
      const b = budget();
      expect(codeOf(() => b.split(shares as never))).toBe('TOKUMEI_SHARES');
      expect(codeOf(() => b.split({ a: 1 })), 'a refused split leaves the budget whole').toBeUndefined();
    },
  );

  test('refuses a share too small to be a number above zero', () => {
    expect(codeOf(() => privacyBudget({ unit: 'user', epsilon: 5e-324 }).split({ a: 0.1 }))).toBe('TOKUMEI_SHARES');
  });

  test('names are only names', () => {
    const shares = JSON.parse('{"__proto__": 0.5, "constructor": 0.25, "": 0.25}') as Record<string, number>;
    const s = budget().split(shares);
    expect(Object.keys(s)).toEqual(['__proto__', 'constructor', '']);
    expect(s['__proto__']?.epsilon).toBe(0.5);
    expect(s['toString']).toBeUndefined();
  });

  test('the slices never sum above the budget in exact arithmetic, and each keeps its share', () => {
    const part = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1e-6, max: 1, noNaN: true }));
    const amount = fc.oneof(fc.double({ min: 1e-12, max: 100, noNaN: true }), fc.constantFrom(1, 0.1, 1 / 3, 1e-300, 1e300, 5e-324 * 2 ** 30));
    fc.assert(
      fc.property(amount, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.array(part, { minLength: 1, maxLength: 12 }), (epsilon, delta, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0);
        const shares = Object.fromEntries(parts.map((p, i) => [`s${i}`, p / sum]));
        if (epsilon < 1e-300 && parts.some((p) => p / sum < 1e-6)) return;
        const slices = Object.values(privacyBudget({ unit: 'user', epsilon, delta }).split(shares));
        expect(sumsAtMost(slices.map((s) => s.epsilon as number), epsilon)).toBe(true);
        expect(sumsAtMost(slices.map((s) => s.delta), delta)).toBe(true);
        if (epsilon > 1e-290) {
          slices.forEach((s, i) => expect(Math.abs((s.epsilon as number) / epsilon / ((parts[i] as number) / sum) - 1)).toBeLessThan(1e-9));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('0.8 and 0.2 of 1 are lowered where their doubles would sum above 1', () => {
    expect(sumsAtMost([0.8, 0.2], 1)).toBe(false);
    const { chart, totals } = budget().split({ chart: 0.8, totals: 0.2 });
    expect([chart.epsilon, totals.epsilon]).toEqual([0.7999999999999999, 0.2]);
  });
});

describe('a slice', () => {
  test('is spent once, also after a failure', () => {
    const { chart, totals } = budget().split({ chart: 0.5, totals: 0.5 });
    expect(consumeSlice(chart, 'user', 'test')).toEqual({ measure: 'approximate', epsilon: 0.5, delta: 2 ** -21 });
    expect(codeOf(() => consumeSlice(chart, 'user', 'test'))).toBe('TOKUMEI_SLICE_SPENT');
    expect(readSlice(chart, 'test').measure).toBe('approximate');
    expect(codeOf(() => consumeSlice(totals, 'user', 'test'))).toBeUndefined();
  });

  test('of another unit is refused and stays whole', () => {
    const { chart } = budget().split({ chart: 1 });
    expect(codeOf(() => consumeSlice(chart as unknown as Slice<'device'>, 'device', 'test'))).toBe('TOKUMEI_UNIT_MISMATCH');
    expect(codeOf(() => consumeSlice(chart, 'user', 'test'))).toBeUndefined();
  });

  test('cannot be made by hand, copied or wrapped', () => {
    const { chart } = budget().split({ chart: 1 });
    const forgeries = [
      undefined,
      null,
      1,
      'chart',
      {},
      { ...chart },
      structuredClone({ ...chart }),
      Object.create(chart),
      new Proxy(chart, {}),
      JSON.parse(JSON.stringify(chart)),
      Object.create(Object.getPrototypeOf(chart) as object),
    ];
    for (const forgery of forgeries) {
      expect(codeOf(() => consumeSlice(forgery as Slice<'user'>, 'user', 'test'))).toBe('TOKUMEI_SLICE');
    }
    const Made = chart.constructor as unknown as new (...args: unknown[]) => unknown;
    expect(codeOf(() => new Made(Symbol('tokumei'), 'user', 'x', { measure: 'pure', epsilon: 1e9, delta: 0 }))).toBe('TOKUMEI_CONSTRUCTOR');
    expect(Reflect.set(chart, 'epsilon', 100)).toBe(false);
    expect(codeOf(() => consumeSlice(chart, 'user', 'test'))).toBeUndefined();
  });

  test('a whole budget is a slice; spent or split, never both, each once', () => {
    const whole = budget();
    expect(consumeSlice(whole, 'user', 'test')).toMatchObject({ epsilon: 1 });
    expect(codeOf(() => consumeSlice(whole, 'user', 'test'))).toBe('TOKUMEI_SLICE_SPENT');
    expect(codeOf(() => whole.split({ a: 1 }))).toBe('TOKUMEI_SLICE_SPENT');
    const parted = budget();
    parted.split({ a: 0.5 });
    expect(codeOf(() => parted.split({ b: 0.5 }))).toBe('TOKUMEI_BUDGET_SPLIT');
    expect(codeOf(() => consumeSlice(parted, 'user', 'test'))).toBe('TOKUMEI_BUDGET_SPLIT');
  });
});

test('misuse does not compile', () => {
  const takesUser = (slice: Slice<'user'>): string => slice.name;
  const slices = budget().split({ chart: 0.5, totals: 0.5 });
  expect(takesUser(slices.chart)).toBe('chart');
  // @ts-expect-error a misspelt slice
  expect(slices.chrat).toBeUndefined();
  const device = privacyBudget({ unit: 'device', epsilon: 1 }).split({ chart: 1 });
  // @ts-expect-error a slice of another unit
  takesUser(device.chart);
  // @ts-expect-error no epsilon
  expect(codeOf(() => privacyBudget({ unit: 'user' }))).toBe('TOKUMEI_EPSILON_RANGE');
  // @ts-expect-error both measures
  expect(codeOf(() => privacyBudget({ unit: 'user', epsilon: 1, rho: 1 }))).toBe('TOKUMEI_OPTIONS');
});
