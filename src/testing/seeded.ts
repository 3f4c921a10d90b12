import seedrandom from 'seedrandom';
import type { RandomSource } from '../random/source.js';

/**
 * A source that gives the same words for the same seed: for tests, examples and simulations.
 *
 * Never for a release: who knows or guesses the seed subtracts the noise. `secure` is false, and `release()` refuses
 * what was made with it. The words are those of ARC4 as in the package `seedrandom`; about 10 million a second.
 *
 * @example
 * const a = seededRandom('paper'), b = seededRandom('paper');
 * a.uint32() === b.uint32(); // => true
 */
export function seededRandom(seed: string | number): RandomSource {
  const generator = seedrandom(String(seed));
  return { secure: false, uint32: () => generator.int32() >>> 0 };
}
