import { bitLength } from './bitLength.js';

/** Whole numbers that enclose a real: `lower <= real * 2^bits <= upper`. */
export interface Bounds {
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * Encloses `exp(-num/den) * 2^bits` between whole numbers at most 3 apart, for `num >= 0`, `den > 0`, in BigInt alone.
 *
 * The alternating series at `y = num / (den * 2^halvings) <= 1/16`, then squared `halvings` times; the count of units in
 * the last place that were lost is carried along. Proof: docs/proofs/exact-exponentials.md.
 */
export function expBounds(num: bigint, den: bigint, bits: number): Bounds {
  if (num === 0n) return { lower: 1n << BigInt(bits), upper: 1n << BigInt(bits) };
  // exp(-x) < 2^-bits where x > bits (as ln 2 < 1): nothing is left above the last place.
  if (num > den * BigInt(bits)) return { lower: 0n, upper: 1n };
  const halvings = Math.max(0, bitLength(num / den) + 4);
  const working = bits + halvings + 16;
  const one = 1n << BigInt(working);
  const y = (num << BigInt(working - halvings)) / den;
  let term = one;
  let sum = one;
  let i = 0n;
  while (term > 0n) {
    i++;
    term = ((term * y) >> BigInt(working)) / i;
    sum += i & 1n ? -term : term;
  }
  let lost = 3n * (i + 1n);
  for (let j = 0; j < halvings; j++) {
    sum = (sum * sum) >> BigInt(working);
    lost = 2n * lost + 2n;
  }
  const drop = BigInt(working - bits);
  const lower = sum > lost ? (sum - lost) >> drop : 0n;
  return { lower, upper: ((sum + lost) >> drop) + 1n };
}
