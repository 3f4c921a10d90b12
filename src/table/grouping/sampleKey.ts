import type { RandomSource } from '../../random/source.js';
import type { SipKey } from '../../hash/siphash.js';

/**
 * A fresh 128-bit key for choosing which groups of a unit are kept.
 *
 * The guarantee holds for every fixed key; a fresh one serves only against bias. It is used for one run, never
 * stored and never published: with it one could tell which rows were kept.
 */
export function freshSampleKey(source: RandomSource): SipKey {
  return [source.uint32() | 0, source.uint32() | 0, source.uint32() | 0, source.uint32() | 0];
}
