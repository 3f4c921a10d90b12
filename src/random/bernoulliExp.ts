import { TokumeiError } from '../core/errors.js';
import { rationalOf, rationalToDouble, type Rational } from '../numeric/rational.js';
import { expBounds, type Bounds } from './expBounds.js';
import { EXP_GUARD, expNegative } from './expNegative.js';
import type { RandomSource } from './source.js';
import { uniformBits } from './uniform.js';

/** For tests: a wider guard sends more calls on to BigInt, and `rounds` refuses that many decisions there. */
export interface ExpHooks {
  readonly guard?: number;
  readonly rounds?: number;
}

/**
 * True with probability exactly `exp(-exponent)`; the exponent is a double or a fraction, taken as exactly that.
 *
 * One word of 32 bits and a polynomial with a proven guard settle it; the one call in about 2^31 that falls inside the
 * guard goes on in BigInt until it is settled. Proof: docs/proofs/exact-exponentials.md. `Math.exp` is not used.
 *
 * @throws {TokumeiError} `TOKUMEI_RANDOM_RANGE` when the exponent is negative or not finite.
 */
export function bernoulliExp(exponent: number | Rational, random: RandomSource): boolean {
  if (typeof exponent === 'number' ? !(exponent >= 0 && exponent < Infinity) : exponent.numerator < 0n || exponent.denominator <= 0n) {
    throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'bernoulliExp', parameter: 'exponent', expected: 'finite and >= 0' });
  }
  const x = typeof exponent === 'number' ? exponent : rationalToDouble(exponent);
  const word = random.uint32();
  const settled = compareWithExp(word, x, EXP_GUARD);
  return settled < 0 ? settleExp(word, typeof exponent === 'number' ? rationalOf(exponent) : exponent, 0, random) : settled > 0;
}

/**
 * Where a real U in `[word, word + 1) * 2^-32` lies: 1 below `exp(-x)`, 0 not below, -1 not settled by these 32 bits.
 * `x` may be off by 2^-46 of itself (or, near zero, by 2^-45); `guard` is in units of 2^-32, at least {@link EXP_GUARD}.
 */
export function compareWithExp(word: number, x: number, guard: number): -1 | 0 | 1 {
  // 1 - x <= exp(-x): most calls with a small x end here.
  if (word + 1 + guard <= 4294967296 * (1 - x)) return 1;
  const threshold = 4294967296 * expNegative(x);
  return word + 1 + guard <= threshold ? 1 : word >= threshold + guard ? 0 : -1;
}

/** Goes on from 32 bits of U that did not settle `U < exp(-exponent) * 2^doublings`. */
export function settleExp(word: number, exponent: Rational, doublings: number, random: RandomSource, rounds = 0): boolean {
  return settle(BigInt(word), 32, (bits) => expBounds(exponent.numerator, exponent.denominator, bits + doublings), random, rounds);
}

/**
 * Whether a uniform real U, of which `known` bits are drawn, lies below a real that can be enclosed ever more closely.
 * Bits of U are drawn as they are needed; the first `rounds` decisions are refused (tests only).
 */
export function settle(prefix: bigint, known: number, bounds: (bits: number) => Bounds, random: RandomSource, rounds: number): boolean {
  let drawn = prefix;
  let bits = known;
  for (let refused = rounds; ; refused--) {
    const more = bits < 64 ? 64 - bits : bits;
    drawn = (drawn << BigInt(more)) | uniformBits(more, random);
    bits += more;
    const { lower, upper } = bounds(bits);
    if (refused > 0) continue;
    if (drawn + 1n <= lower) return true;
    if (drawn >= upper) return false;
  }
}
