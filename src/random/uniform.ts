import { TokumeiError } from '../core/errors.js';
import { bitLength } from './bitLength.js';
import type { RandomSource } from './source.js';

const TWO_32 = 4294967296;
const TWO_53 = 9007199254740992;

/**
 * A uniform whole number from 0 to `n - 1`, without modulo bias: too large a draw is thrown away, never folded.
 *
 * Like `rng.integers(n)` in numpy. `n` is a whole number from 1 to 2^53. Expected cost: under two draws of 32 bits,
 * under four above 2^32.
 *
 * @throws {TokumeiError} `TOKUMEI_RANDOM_RANGE` when `n` is not such a number.
 */
export function uniformBelow(n: number, random: RandomSource): number {
  if (!(n >= 1 && n <= TWO_53 && Number.isInteger(n))) {
    throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'uniformBelow', parameter: 'n', expected: 'a whole number from 1 to 2^53', received: n });
  }
  if (n <= TWO_32) {
    if (n === 1) return 0;
    const shift = Math.clz32(n - 1);
    for (;;) {
      const value = random.uint32() >>> shift;
      if (value < n) return value;
    }
  }
  const shift = Math.clz32(Math.floor((n - 1) / TWO_32));
  for (;;) {
    const value = (random.uint32() >>> shift) * TWO_32 + random.uint32();
    if (value < n) return value;
  }
}

/** A uniform value of `bits` random bits as a BigInt; exact, for slow paths. */
export function uniformBits(bits: number, random: RandomSource): bigint {
  let value = 0n;
  let left = bits;
  for (; left >= 32; left -= 32) value = (value << 32n) | BigInt(random.uint32());
  return left > 0 ? (value << BigInt(left)) | BigInt(random.uint32() >>> (32 - left)) : value;
}

/** A uniform BigInt from 0 to `n - 1`; as {@link uniformBelow} for numbers of any size. */
export function uniformBelowBig(n: bigint, random: RandomSource): bigint {
  if (n < 1n) throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'uniformBelowBig', parameter: 'n', expected: 'at least 1', received: n });
  const bits = bitLength(n - 1n);
  for (;;) {
    const value = uniformBits(bits, random);
    if (value < n) return value;
  }
}

/**
 * A uniform multiple of 2^-53 from 0 up to and without 1, as `rng.random()` in numpy.
 *
 * For simulations and for choices among public things. Not for noise: `log(uniform53())` and its like leave holes that
 * identify the value below the noise (Mironov 2012); use the exact samplers.
 */
export function uniform53(random: RandomSource): number {
  return ((random.uint32() >>> 5) * 67108864 + (random.uint32() >>> 6)) / TWO_53;
}

/** Puts the elements of an array in a uniformly random order, in place (Fisher and Yates). */
export function shuffle<A extends { [index: number]: unknown; readonly length: number }>(items: A, random: RandomSource): A {
  for (let i = items.length - 1; i > 0; i--) {
    const j = uniformBelow(i + 1, random);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}
