import { TokumeiError } from '../core/errors.js';
import type { Rational } from '../numeric/rational.js';
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

/** True with probability exactly `numerator / denominator`. @throws {TokumeiError} `TOKUMEI_RANDOM_RANGE` unless it lies from 0 to 1. */
export function bernoulliRational({ numerator, denominator }: Rational, random: RandomSource): boolean {
  if (denominator <= 0n || numerator < 0n || numerator > denominator) {
    throw new TokumeiError('TOKUMEI_RANDOM_RANGE', { where: 'bernoulliRational', parameter: 'p', expected: 'a fraction from 0 to 1' });
  }
  return denominator <= 9007199254740992n
    ? uniformBelow(Number(denominator), random) < Number(numerator)
    : uniformBelowBig(denominator, random) < numerator;
}
