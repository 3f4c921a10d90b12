import type { RandomSource } from './source.js';
import { uniformBits } from './uniform.js';

/**
 * Enclosures of the sums of a law's weights up to k = 0, 1, …, and of their total; all in one unit, both rising with k.
 * `P[X <= k]` lies from `lower[k] / totalHigh` to `upper[k] / totalLow`.
 */
export interface Cumulative {
  readonly lower: readonly bigint[];
  readonly upper: readonly bigint[];
  readonly totalLow: bigint;
  readonly totalHigh: bigint;
}

/**
 * The k with `P[X < k] <= U < P[X <= k]` for a uniform real U, of which `known` bits are drawn: bits are drawn, and the law is
 * enclosed more closely, until they tell. The first `rounds` decisions are refused (tests only).
 *
 * @param enclose the law to 64, 128, 256, … bits, for so many k that less than about `2^-bits` is left
 */
export function invert(prefix: bigint, known: number, enclose: (bits: number) => Cumulative, random: RandomSource, rounds = 0): number {
  let drawn = prefix;
  let have = known;
  for (let bits = 64, refused = rounds; ; bits *= 2, refused--) {
    drawn = (drawn << BigInt(bits - have)) | uniformBits(bits - have, random);
    have = bits;
    const { lower, upper, totalLow, totalHigh } = enclose(bits);
    if (refused > 0) continue;
    // The first k with U possibly below P[X <= k]: for all before it U is surely not.
    let from = 0;
    let to = upper.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (drawn * totalLow < (upper[middle] as bigint) << BigInt(bits)) to = middle;
      else from = middle + 1;
    }
    if (from < lower.length && (drawn + 1n) * totalHigh <= (lower[from] as bigint) << BigInt(bits)) return from;
  }
}
