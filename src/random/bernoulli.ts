import { TokumeiError } from '../core/errors.js';
import type { Ratio } from './ratio.js';
import type { RandomSource } from './source.js';
import { uniformBelow, uniformBelowBig } from './uniform.js';

const TWO_32 = 4294967296;

/**
 * True with probability exactly `p`: a double is a fraction, and its bits are compared with random bits one word at a time.
 *
 * Like `rng.binomial(1, p)` in numpy, without its rounding. Cost: one word of 32 bits, a second one in 2^32 calls.
 *
 * @throws {TokumeiError} `TOKUMEI_RANDOM_RANGE` when `p` is not a number from 0 to 1.
 */
export function bernoulli(p: number, random: RandomSource): boolean {
  if (!(p >= 0 && p <= 1)) throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'bernoulli', parameter: 'p', expected: 'a number from 0 to 1', received: p });
  if (p === 1) return true;
  let rest = p;
  // Scaling by 2^32 and taking the whole part off are exact in doubles.
  while (rest > 0) {
    rest *= TWO_32;
    const digit = Math.floor(rest);
    const word = random.uint32();
    if (word !== digit) return word < digit;
    rest -= digit;
  }
  return false;
}

/** True with probability exactly `num / den`. @throws {TokumeiError} `TOKUMEI_RANDOM_RANGE` unless `0 <= num <= den`, `den > 0`. */
export function bernoulliRatio({ num, den }: Ratio, random: RandomSource): boolean {
  if (den <= 0n || num < 0n || num > den) {
    throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'bernoulliRatio', parameter: 'ratio', expected: 'a fraction from 0 to 1' });
  }
  return den <= 9007199254740992n ? uniformBelow(Number(den), random) < Number(num) : uniformBelowBig(den, random) < num;
}
