import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addRational,
  compareRational,
  divideRational,
  doubleInSmallestUnits,
  exactSum,
  findRoot,
  log1mExp,
  logAddExp,
  logSubExp,
  logSumExp,
  minimize,
  multiplyRational,
  nextDown,
  nextUp,
  rational,
  rationalOf,
  rationalToDouble,
  roundDown,
  roundUp,
  smallestInteger,
  subtractRational,
} from '../../src/numeric/index.js';

const finite = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 5e-324, -5e-324, 2.2250738585072014e-308, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 0.1),
);

describe('doubles', () => {
  test('nothing lies between a double and its neighbour', () => {
    expect(nextUp(1)).toBe(1 + 2 ** -52);
    expect(nextDown(1)).toBe(1 - 2 ** -53);
    expect([nextUp(0), nextUp(-0), nextDown(0), nextUp(-5e-324)]).toEqual([5e-324, 5e-324, -5e-324, -0]);
    expect([nextUp(Number.MAX_VALUE), nextUp(Infinity), nextDown(Infinity)]).toEqual([Infinity, Infinity, Number.MAX_VALUE]);
    fc.assert(
      fc.property(finite, (x) => {
        if (Math.abs(x) === Number.MAX_VALUE) return;
        const up = nextUp(x);
        expect(up).toBeGreaterThan(x);
        const middle = x + (up - x) / 2;
        expect(middle === x || middle === up).toBe(true);
        expect(nextDown(up) === x).toBe(true);
      }),
    );
  });
});

describe('rationals', () => {
  test('a double goes there and back', () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(rationalToDouble(rationalOf(x)) === x).toBe(true);
      }),
    );
    expect(rationalOf(0.1)).toEqual({ numerator: 3602879701896397n, denominator: 1n << 55n });
  });
  test('rounding down, to nearest and up brackets the fraction and agrees with division', () => {
    const whole = fc.bigInt({ min: -(1n << 53n), max: 1n << 53n });
    fc.assert(
      fc.property(whole, fc.bigInt({ min: 1n, max: 1n << 53n }), (n, d) => {
        const r = rational(n, d);
        const nearest = rationalToDouble(r);
        // Division of doubles is correctly rounded.
        expect(nearest).toBe(Number(n) / Number(d) + 0);
        const down = rationalToDouble(r, 'down');
        const up = rationalToDouble(r, 'up');
        expect(compareRational(rationalOf(down), r)).toBeLessThanOrEqual(0);
        expect(compareRational(rationalOf(up), r)).toBeGreaterThanOrEqual(0);
        expect(up === down || up === nextUp(down)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  test('rounds at the edges of the range', () => {
    expect(rationalToDouble(rational(1n, 1n << 1075n))).toBe(0);
    expect(rationalToDouble(rational(3n, 1n << 1075n))).toBe(1e-323);
    expect(rationalToDouble(rational(1n, 1n << 2000n), 'up')).toBe(5e-324);
    expect(rationalToDouble(rational(-1n, 1n << 2000n), 'up')).toBe(-0);
    expect(rationalToDouble(rational(1n << 1024n))).toBe(Infinity);
    expect(rationalToDouble(rational(1n << 1024n), 'down')).toBe(Number.MAX_VALUE);
    expect(rationalToDouble(rational((1n << 1024n) - 1n), 'down')).toBe(Number.MAX_VALUE);
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });
  test('is a field', () => {
    const fraction = fc.tuple(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: 1n, max: 1000n })).map(([n, d]) => rational(n, d));
    fc.assert(
      fc.property(fraction, fraction, fraction, (a, b, c) => {
        expect(multiplyRational(a, addRational(b, c))).toEqual(addRational(multiplyRational(a, b), multiplyRational(a, c)));
        expect(addRational(subtractRational(a, b), b)).toEqual(a);
        if (b.numerator !== 0n) expect(multiplyRational(divideRational(a, b), b)).toEqual(a);
      }),
    );
  });
});

describe('sums', () => {
  test('is the exact sum, rounded once, in any order', () => {
    const moderate = fc.double({ min: -1e200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(moderate, fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 30 }), (values) => {
        const units = values.reduce((sum, x) => sum + doubleInSmallestUnits(x), 0n);
        const truth = rationalToDouble(rational(units, 1n << 1074n));
        expect(exactSum(values) === truth).toBe(true);
        expect(exactSum([...values].reverse()) === truth).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(exactSum([2 ** 53, ...Array<number>(1000).fill(1)])).toBe(2 ** 53 + 1000);
    expect(exactSum([1e100, 1, -1e100])).toBe(1);
    expect(exactSum([])).toBe(0);
    expect(exactSum([1, Infinity])).toBe(Infinity);
    expect(exactSum([Infinity, -Infinity])).toBeNaN();
    expect(exactSum(Float64Array.of(0.1, 0.2, 0.3))).toBe(0.6);
  });
  test('logarithms of sums and differences', () => {
    const exponent = fc.double({ min: -700, max: 700, noNaN: true });
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        const sum = logAddExp(a, b);
        expect(sum).toBe(logAddExp(b, a));
        expect(Math.abs(sum - logSumExp([a, b]))).toBeLessThan(1e-12);
        expect(sum).toBeGreaterThanOrEqual(Math.max(a, b));
        if (a !== b) {
          const [high, low] = a > b ? [a, b] : [b, a];
          expect(logAddExp(logSubExp(high, low), low)).toBeCloseTo(high, 9);
        }
      }),
    );
    expect(logSumExp([])).toBe(-Infinity);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(logSumExp([1000, 1000])).toBe(1000 + Math.LN2);
    expect(logAddExp(-Infinity, 3)).toBe(3);
    expect(log1mExp(1e-20)).toBe(Math.log(1e-20));
    expect(log1mExp(50)).toBe(-Math.exp(-50));
  });
});

describe('searches', () => {
  test('finds roots to the last places', () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot((x) => Math.exp(x) - 1e-30, -1000, 0)).toBeCloseTo(Math.log(1e-30), 12);
    expect(findRoot((x) => (x - 1) ** 3, -7, 3)).toBeCloseTo(1, 5);
    expect(findRoot((x) => (x < Math.PI ? -1 : 1), 0, 10)).toBeCloseTo(Math.PI, 14);
    expect(() => findRoot((x) => x * x + 1, 0, 2)).toThrow(RangeError);
    expect(() => findRoot(() => NaN, 0, 2)).toThrow(RangeError);
  });
  test('finds the smallest whole number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 1e9 }), (n) => {
        expect(smallestInteger((m) => m >= n, -50, 1e9)).toBe(n);
      }),
    );
    expect(smallestInteger(() => false, 0, 10)).toBe(10);
  });
  test('finds the bottom', () => {
    const { x, value } = minimize((t) => (t - 3) ** 2 + 1, -100, 50);
    expect(x).toBeCloseTo(3, 6);
    expect(value).toBeCloseTo(1, 12);
  });
  test('outward rounding moves away from the claim', () => {
    for (const x of [1, -1, 1e-300, 1e300]) {
      expect(roundUp(x)).toBeGreaterThan(x);
      expect(roundDown(x)).toBeLessThan(x);
    }
    expect([roundUp(0), roundUp(Infinity)]).toEqual([0, Infinity]);
  });
});
