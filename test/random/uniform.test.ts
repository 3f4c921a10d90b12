import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bernoulli, bernoulliRational, shuffle, uniform53, uniformBelow, uniformBelowBig, uniformBits } from '../../src/random/index.js';
import { seededRandom } from '../../src/testing/seeded.js';
import { chiSquare } from '../../src/testing/statistics.js';
import { tapeRandom } from '../../src/testing/tape.js';

const RANGE = expect.objectContaining({ code: 'TOKUMEI_RANDOM_RANGE' });

describe('uniformBelow', () => {
  test('stays below n, for every n up to 2^53', () => {
    const random = seededRandom('below');
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.maxSafeInteger().map((n) => Math.abs(n) + 1)), (n) => {
        const value = uniformBelow(n, random);
        expect(value >= 0 && value < n && Number.isInteger(value) && !Object.is(value, -0)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test('throws the draws away that modulo would fold', () => {
    // 3 values from 2 bits: the top two bits 11 are drawn again.
    expect(uniformBelow(3, tapeRandom([0xffffffff, 0xc0000000, 0x80000000]))).toBe(2);
    expect(uniformBelow(2 ** 32, tapeRandom([0xffffffff]))).toBe(0xffffffff);
    expect(uniformBelow(2 ** 32 + 1, tapeRandom([0xffffffff, 5, 0x80000000, 0]))).toBe(2 ** 32);
    expect(uniformBelow(2 ** 32 + 1, tapeRandom([0xffffffff, 1, 7, 9]))).toBe(9);
    expect(uniformBelow(2 ** 53, tapeRandom([0xffffffff, 0xffffffff]))).toBe(2 ** 53 - 1);
    expect(uniformBelow(1, tapeRandom([]))).toBe(0);
  });

  test.each([2, 3, 7, 10, 100, 1000])('is uniform below %i (false alarm 1e-9)', (n) => {
    const random = seededRandom(n);
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 100_000; i++) (counts[uniformBelow(n, random)] as number)++;
    expect(chiSquare(counts, counts.map(() => 1 / n)).z).toBeLessThan(6);
  });

  test('is uniform where one modulo of 32 bits would give two thirds of the draws to one half', () => {
    const n = 3 * 2 ** 30; // word % n hits [0, 2^30) twice as often
    const random = seededRandom('third');
    const counts = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) (counts[Math.floor(uniformBelow(n, random) / 2 ** 30)] as number)++;
    expect(chiSquare(counts, [1 / 3, 1 / 3, 1 / 3]).z).toBeLessThan(6);
  });

  test.each([0, -1, -0, 0.5, 2 ** 53 + 2, NaN, Infinity, 5e-324])('refuses n = %d', (n) => {
    expect(() => uniformBelow(n, seededRandom(1))).toThrowError(RANGE);
  });

  test('big numbers: exact bits, below any n', () => {
    expect(uniformBits(40, tapeRandom([0xffffffff, 0x80000000]))).toBe(0xffffffff80n);
    expect(uniformBits(0, tapeRandom([]))).toBe(0n);
    expect(uniformBelowBig(1n, tapeRandom([]))).toBe(0n);
    expect(uniformBelowBig(5n, tapeRandom([0xa0000000, 0x80000000]))).toBe(4n);
    expect(() => uniformBelowBig(0n, seededRandom(1))).toThrowError(RANGE);
    const random = seededRandom('big');
    const counts = new Array<number>(10).fill(0);
    const n = 10n ** 30n;
    for (let i = 0; i < 20_000; i++) (counts[Number((uniformBelowBig(n, random) * 10n) / n)] as number)++;
    expect(chiSquare(counts, counts.map(() => 0.1)).z).toBeLessThan(6);
  });
});

test('uniform53 takes 53 bits, 0 and not 1', () => {
  expect(uniform53(tapeRandom([0, 0]))).toBe(0);
  expect(uniform53(tapeRandom([0, 64]))).toBe(2 ** -53);
  expect(uniform53(tapeRandom([0xffffffff, 0xffffffff]))).toBe(1 - 2 ** -53);
});

describe('bernoulli', () => {
  test('compares the bits of the double itself, as many as it has', () => {
    expect(bernoulli(0.5, tapeRandom([0x7fffffff]))).toBe(true);
    expect(bernoulli(0.5, tapeRandom([0x80000000]))).toBe(false);
    expect(bernoulli(0.75, tapeRandom([0xbfffffff]))).toBe(true);
    // 2^-32 + 2^-64: the second word decides after a tie in the first.
    const p = 2 ** -32 + 2 ** -64;
    expect(bernoulli(p, tapeRandom([0]))).toBe(true);
    expect(bernoulli(p, tapeRandom([1, 0]))).toBe(true);
    expect(bernoulli(p, tapeRandom([1, 1]))).toBe(false);
    expect(bernoulli(p, tapeRandom([2]))).toBe(false);
    // the smallest subnormal is 2^-1074: 33 zero words, then 2^-18 of the 34th
    const zeros = new Array<number>(33).fill(0);
    expect(bernoulli(5e-324, tapeRandom([...zeros, 16383]))).toBe(true);
    expect(bernoulli(5e-324, tapeRandom([...zeros, 16384]))).toBe(false);
  });
  test('0, -0 and 1 are certain', () => {
    const random = tapeRandom([]);
    expect([bernoulli(0, random), bernoulli(-0, random), bernoulli(1, random)]).toEqual([false, false, true]);
  });
  test.each([-5e-324, 1 + 2 ** -52, NaN, Infinity, -1])('refuses %d', (p) => {
    expect(() => bernoulli(p, seededRandom(1))).toThrowError(RANGE);
  });
  test('fractions: exact, of any size', () => {
    const random = seededRandom('ratio');
    let small = 0;
    let big = 0;
    const wide = { numerator: 10n ** 40n, denominator: 3n * 10n ** 40n };
    for (let i = 0; i < 30_000; i++) {
      if (bernoulliRational({ numerator: 1n, denominator: 3n }, random)) small++;
      if (bernoulliRational(wide, random)) big++;
    }
    expect(chiSquare([small, 30_000 - small], [1 / 3, 2 / 3]).z).toBeLessThan(6);
    expect(chiSquare([big, 30_000 - big], [1 / 3, 2 / 3]).z).toBeLessThan(6);
    for (const bad of [{ numerator: 2n, denominator: 1n }, { numerator: -1n, denominator: 2n }, { numerator: 0n, denominator: 0n }]) expect(() => bernoulliRational(bad, random)).toThrowError(RANGE);
  });
});

test('shuffle reaches all orders equally often (false alarm 1e-9)', () => {
  const random = seededRandom('shuffle');
  const seen = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = shuffle([1, 2, 3, 4], random).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  expect(chiSquare([...seen.values()], new Array<number>(24).fill(1 / 24)).z).toBeLessThan(6);
});
