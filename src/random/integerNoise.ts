import { rationalToDouble, type Rational } from '../numeric/rational.js';
import { bitLength } from './bitLength.js';
import { compareWithExp, settleExp, type ExpHooks } from './bernoulliExp.js';
import { EXP_GUARD } from './expNegative.js';
import { HeadTable, NO_HOOKS, type TableHooks } from './headTable.js';
import type { RandomSource } from './source.js';

/** Whole-number noise of one fixed law. */
export interface IntegerSampler {
  /** One draw: a whole number; magnitudes from 2^53 on (never met at sensible scales) are all given as 2^53. */
  sample(random: RandomSource): number;
  /** Fills an array with independent draws; the fastest way to many. */
  fill(out: Float64Array, random: RandomSource): Float64Array;
}

export interface SamplerHooks extends TableHooks, ExpHooks {}

/** Draws are given as this where they are as large or larger; see `addNoise` for why that costs nothing. */
const MOST = 9007199254740992;

/**
 * A symmetric law on the whole numbers, `P[x]` proportional to `exp(-rate * |x|)` or `exp(-rate * x * x)`, by exact means.
 *
 * `|x| = A * 2^shift + low`. A comes from an exact table of a few hundred thresholds; `low` is uniform and the pair is
 * kept with the probability that is missing, by an exact coin. For small scales the shift is 0 and the table is all.
 * Proof: docs/proofs/integer-noise.md.
 */
export class IntegerNoise implements IntegerSampler {
  readonly #table: HeadTable;
  readonly #rate: Rational;
  readonly #rateNumber: number;
  readonly #square: boolean;
  readonly #shift: number;
  readonly #unit: number;
  readonly #guard: number;
  readonly #rounds: number;

  constructor(rate: Rational, square: boolean, shift: number, hooks: SamplerHooks = NO_HOOKS) {
    const perUnit = BigInt(square ? 2 * shift : shift);
    this.#table = new HeadTable({ rate: { numerator: rate.numerator << perUnit, denominator: rate.denominator }, square, folded: shift === 0 }, hooks);
    this.#rate = rate;
    this.#rateNumber = rationalToDouble(rate);
    this.#square = square;
    this.#shift = shift;
    this.#unit = 2 ** shift;
    this.#guard = hooks.guard ?? EXP_GUARD;
    this.#rounds = hooks.rounds ?? 0;
    // Frozen, as the prototype is: samplers are kept and shared, and a spy left behind by a test must not become everybody's noise.
    Object.freeze(this);
  }

  sample(random: RandomSource): number {
    return this.#shift === 0 ? this.#small(random) : this.#large(random);
  }

  fill(out: Float64Array, random: RandomSource): Float64Array {
    if (this.#shift === 0) for (let i = 0; i < out.length; i++) out[i] = this.#small(random);
    else for (let i = 0; i < out.length; i++) out[i] = this.#large(random);
    return out;
  }

  #small(random: RandomSource): number {
    const word = random.uint32();
    const sign = word & 1;
    return (this.#table.pick(word >>> 1, random) ^ -sign) + sign;
  }

  #large(random: RandomSource): number {
    for (;;) {
      const word = random.uint32();
      const base = this.#table.pick(word >>> 1, random) * this.#unit;
      const low =
        this.#shift <= 32
          ? random.uint32() >>> (32 - this.#shift)
          : (random.uint32() >>> (64 - this.#shift)) * 4294967296 + random.uint32();
      // Zero would come up with either sign: one of the two is thrown away.
      if (base + low === 0 && word & 1) continue;
      const coin = random.uint32();
      const exponent = (this.#square ? low * (2 * base + low) : low) * this.#rateNumber;
      const kept = compareWithExp(coin, exponent, this.#guard);
      if (kept === 0 || (kept < 0 && !this.#settle(coin, base, low, random))) continue;
      const magnitude = base >= MOST ? MOST : base + low;
      return word & 1 ? -magnitude : magnitude;
    }
  }

  #settle(coin: number, base: number, low: number, random: RandomSource): boolean {
    const times = this.#square ? BigInt(low) * (2n * BigInt(base) + BigInt(low)) : BigInt(low);
    return settleExp(coin, { numerator: times * this.#rate.numerator, denominator: this.#rate.denominator }, 0, random, this.#rounds);
  }

  static {
    Object.freeze(IntegerNoise.prototype);
  }
}

/** For a scale with this whole part: the shift after which 8 to 16 steps of the table make one scale. */
export function shiftFor(wholePart: bigint): number {
  return Math.max(0, bitLength(wholePart) - 4);
}
