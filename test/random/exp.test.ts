import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rationalOf, type Rational } from '../../src/numeric/rational.js';
import { bernoulliExp } from '../../src/random/index.js';
import { bitLength } from '../../src/random/bitLength.js';
import { compareWithExp, settleExp } from '../../src/random/bernoulliExp.js';
import { expBounds } from '../../src/random/expBounds.js';
import { EXP_GUARD, expNegative } from '../../src/random/expNegative.js';
import { seededRandom } from '../../src/testing/seeded.js';
import { chiSquare } from '../../src/testing/statistics.js';
import { tapeRandom } from '../../src/testing/tape.js';

/** exp(-num/den) * 2^bits by a plain rational series with far more digits than needed: another road to the same number. */
function slowExp(num: bigint, den: bigint, bits: number): bigint {
  const one = 1n << BigInt(bits + 400);
  // exp(-x) = 1 / exp(x), a series of positive terms only.
  let term = one;
  let sum = 0n;
  for (let i = 1n; term > 0n; i++) {
    sum += term;
    term = (term * num) / (den * i);
  }
  return (one * one) / sum >> 400n;
}

describe('exp in BigInt', () => {
  test('exp(-1) to 60 places', () => {
    // 0.367879441171442321595523770161460867445811131031767834507836...
    const digits = 367879441171442321595523770161460867445811131031767834507836n;
    const { lower, upper } = expBounds(1n, 1n, 256);
    const scaled = (b: bigint): bigint => (b * 10n ** 60n) >> 256n;
    expect([scaled(lower), scaled(upper)]).toEqual([digits, digits]);
    expect(upper - lower <= 3n).toBe(true);
  });
  test('encloses, at any precision and for any fraction', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 70n }), fc.bigInt({ min: 1n, max: 1n << 66n }), fc.integer({ min: 32, max: 300 }), (num, den, bits) => {
        const { lower, upper } = expBounds(num, den, bits);
        expect(lower >= 0n && upper - lower <= 3n && upper <= (1n << BigInt(bits)) + 1n).toBe(true);
        if (num < den * 60n) {
          const truth = slowExp(num, den, bits);
          expect(lower <= truth && truth < upper + 1n).toBe(true);
        } else expect(lower).toBe(num > den * BigInt(bits) ? 0n : lower);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
  test('zero is exactly one', () => {
    expect(expBounds(0n, 1n, 64)).toEqual({ lower: 1n << 64n, upper: 1n << 64n });
  });
});

describe('exp in doubles', () => {
  test('is within its stated 2^-44 of the exact value', () => {
    let worst = 0n;
    const check = (x: number): void => {
      const { numerator: num, denominator: den } = rationalOf(x);
      const { lower, upper } = expBounds(num, den, 80);
      const got = BigInt(Math.round(expNegative(x) * 2 ** 60)) << 20n;
      for (const bound of [lower, upper]) {
        const off = got > bound ? got - bound : bound - got;
        if (off > worst) worst = off;
      }
    };
    for (let i = 0; i <= 4000; i++) check(i / 100);
    fc.assert(fc.property(fc.double({ min: 0, max: 40, noNaN: true }), check), { seed: 3, numRuns: 2000 });
    for (const x of [0, -0, 5e-324, 1e-300, 31.999999999999996, 32, 745, 1e300]) check(x);
    expect(worst < 1n << 36n).toBe(true); // 2^36 * 2^-80 = 2^-44
  });
  test('ends at zero', () => {
    expect([expNegative(Infinity), expNegative(1e308)]).toEqual([0, 0]);
  });
});

describe('Bernoulli(exp(-x))', () => {
  test('the words next to the threshold are left to the exact path, all others are settled rightly', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 25, noNaN: true }), fc.integer({ min: -3, max: 3 }), (x, offset) => {
        const { numerator: num, denominator: den } = rationalOf(x);
        const { lower, upper } = expBounds(num, den, 64);
        const word = Number(lower >> 32n) + offset;
        if (word < 0 || word >= 2 ** 32) return;
        const settled = compareWithExp(word, x, EXP_GUARD);
        const [from, to] = [BigInt(word) << 32n, BigInt(word + 1) << 32n];
        if (settled === 1) expect(to <= lower).toBe(true);
        if (settled === 0) expect(from >= upper).toBe(true);
        if (Math.abs(offset) >= 2) expect(settled).not.toBe(-1);
      }),
      { seed: 4, numRuns: 3000 },
    );
  });

  test.each<[string, number | Rational, number]>([
    ['0', 0, 1],
    ['1e-9', 1e-9, Math.exp(-1e-9)],
    ['0.1', 0.1, Math.exp(-0.1)],
    ['2/3', { numerator: 2n, denominator: 3n }, Math.exp(-2 / 3)],
    ['3', 3, Math.exp(-3)],
    ['10^40/(7*10^40)', { numerator: 10n ** 40n, denominator: 7n * 10n ** 40n }, Math.exp(-1 / 7)],
    ['1e300', 1e300, 0],
  ])('has the right odds at %s, by the fast path and by BigInt (false alarm 1e-9)', (name, exponent, p) => {
    const random = seededRandom(name);
    const exact = typeof exponent === 'number' ? rationalOf(exponent) : exponent;
    let fast = 0;
    let slow = 0;
    for (let i = 0; i < 40_000; i++) if (bernoulliExp(exponent, random)) fast++;
    for (let i = 0; i < 4_000; i++) if (settleExp(random.uint32(), exact, 0, random, i & 1)) slow++;
    expect(chiSquare([fast, 40_000 - fast], [p, 1 - p]).z).toBeLessThan(6);
    expect(chiSquare([slow, 4_000 - slow], [p, 1 - p]).z).toBeLessThan(6);
    if (p < 1e-9 || p === 1) expect([fast, slow]).toEqual(p === 1 ? [40_000, 4_000] : [0, 0]);
  });

  test('a tie in the first word is settled by later bits', () => {
    const word = Math.floor(Math.exp(-1) * 2 ** 32);
    expect(compareWithExp(word, 1, EXP_GUARD)).toBe(-1);
    expect(bernoulliExp(1, tapeRandom([word, 0]))).toBe(true);
    expect(bernoulliExp(1, tapeRandom([word, 0xffffffff]))).toBe(false);
    // the next 32 bits of exp(-1) tie as well: two more words are drawn
    const next = Number((expBounds(1n, 1n, 128).lower >> 64n) & 0xffffffffn);
    expect(bernoulliExp(1, tapeRandom([word, next, 0, 0]))).toBe(true);
    expect(bernoulliExp(1, tapeRandom([word, next, 0xffffffff, 0]))).toBe(false);
  });

  test('the hook of the tests really sends calls to BigInt', () => {
    expect(compareWithExp(0, 1, 2 ** 31)).toBe(-1);
  });

  test.each([-1, -5e-324, NaN, Infinity, { numerator: -1n, denominator: 1n }, { numerator: 1n, denominator: 0n }])('refuses %s', (bad) => {
    expect(() => bernoulliExp(bad, seededRandom(1))).toThrowError(expect.objectContaining({ code: 'TOKUMEI_RANDOM_RANGE' }));
  });
});

test('bit lengths', () => {
  for (let i = 0; i < 130; i++) {
    expect(bitLength(1n << BigInt(i))).toBe(i + 1);
    expect(bitLength((1n << BigInt(i)) - 1n)).toBe(i);
  }
});
