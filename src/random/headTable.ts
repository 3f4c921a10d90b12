import type { Rational } from '../numeric/rational.js';
import { expBounds } from './expBounds.js';
import { invert, type Cumulative } from './inversion.js';
import type { RandomSource } from './source.js';

/** The law of a whole number k >= 0: `P[k]` proportional to `exp(-rate * k)`, or `exp(-rate * k * k)` where `square`. */
export interface HeadLaw {
  readonly rate: Rational;
  readonly square: boolean;
  /** Every k above 0 counts twice: the law of |X| for a symmetric X. */
  readonly folded: boolean;
}

/** For tests: `slack` sends draws that near to a threshold on to BigInt; `rounds` refuses that many decisions there. */
export interface TableHooks {
  readonly slack?: number;
  readonly rounds?: number;
}

/** Without a prototype: a field that somebody puts on every object must not change a law of noise. */
export const NO_HOOKS: TableHooks = /* @__PURE__ */ Object.freeze(Object.create(null) as object);

const TOP = 0x7fffffff;

/**
 * Draws k by inversion, exactly: 31 bits of a uniform real are compared with the first 31 bits of `P[X <= k]`.
 *
 * Only a draw whose 31 bits equal a threshold's is not settled by them (one draw in millions): it goes on with more bits
 * and thresholds enclosed in BigInt, until it is. No floating-point number takes part. Proof: docs/proofs/integer-noise.md.
 */
export class HeadTable {
  readonly #law: HeadLaw;
  readonly #thresholds: Int32Array;
  readonly #guide: Uint16Array;
  readonly #width: number;
  readonly #rounds: number;
  readonly #levels = new Map<number, Cumulative>();

  constructor(law: HeadLaw, hooks: TableHooks = NO_HOOKS) {
    this.#law = law;
    const slack = hooks.slack ?? 0;
    this.#width = 2 * slack;
    this.#rounds = hooks.rounds ?? 0;
    this.#thresholds = firstBits(law).map((t) => Math.min(t + slack, TOP));
    // guide[g]: where the search starts for draws whose first 8 bits are g.
    this.#guide = new Uint16Array(256);
    for (let g = 0, k = 0; g < 256; g++) {
      while ((this.#thresholds[k] as number) < g * 0x800000) k++;
      this.#guide[g] = k;
    }
    Object.freeze(this);
  }

  /** The k that belongs to a draw of 31 random bits; more are taken from `random` where they do not settle it. */
  pick(draw: number, random: RandomSource): number {
    const thresholds = this.#thresholds;
    let k = this.#guide[draw >>> 23] as number;
    while (draw > (thresholds[k] as number)) k++;
    return draw < (thresholds[k] as number) - this.#width ? k : this.#settle(draw, random);
  }

  #settle(draw: number, random: RandomSource): number {
    const enclose = (bits: number): Cumulative => {
      const known = this.#levels.get(bits) ?? cumulative(this.#law, bits, bits);
      this.#levels.set(bits, known);
      return known;
    };
    return invert(BigInt(draw), 31, enclose, random, this.#rounds);
  }

  // Its method is found by name with every draw: see IntegerNoise.
  static {
    Object.freeze(HeadTable.prototype);
  }
}

/** The first 31 bits of each `P[X <= k]`, up to the first that are all ones. */
function firstBits(law: HeadLaw): Int32Array {
  for (let bits = 64; ; bits *= 2) {
    // With the square, what is left out is only bounded, so it has to be smaller than the enclosures are wide.
    const { lower, upper, totalLow, totalHigh } = cumulative(law, bits, law.square ? bits : 33);
    const thresholds: number[] = [];
    for (let k = 0; k < lower.length; k++) {
      const low = ((lower[k] as bigint) << 31n) / totalHigh;
      if (low >= BigInt(TOP)) return Int32Array.from([...thresholds, TOP]);
      if ((upper[k] as bigint) << 31n >= (low + 1n) * totalLow) break; // the ends of the enclosure begin with different bits
      thresholds.push(Number(low));
    }
  }
}

function cumulative(law: HeadLaw, bits: number, tailBits: number): Cumulative {
  const working = bits + 24;
  const w = BigInt(working);
  const one = 1n << w;
  const { numerator, denominator } = law.rate;
  const fold = law.folded ? 1n : 0n;
  // term: P[k] / P[0]; step: P[k + 1] / P[k]; bend: how the step shrinks. Lower ones are rounded down, upper ones up.
  const start = expBounds(numerator, denominator, working);
  const bend = law.square ? expBounds(2n * numerator, denominator, working) : { lower: one, upper: one };
  let [termLow, termHigh, stepLow, stepHigh] = [one, one, start.lower, start.upper];
  let [sumLow, sumHigh] = [one, one];
  const lower = [one];
  const upper = [one];
  const enough = one >> BigInt(tailBits);
  let tailHigh: bigint;
  for (;;) {
    // What follows shrinks at least as fast as a geometric series with the present step.
    tailHigh = ((termHigh * stepHigh) / (one - stepHigh) + 1n) << fold;
    if (tailHigh <= enough) break;
    termLow = (termLow * stepLow) >> w;
    termHigh = ((termHigh * stepHigh) >> w) + 1n;
    if (law.square) {
      stepLow = (stepLow * bend.lower) >> w;
      stepHigh = ((stepHigh * bend.upper) >> w) + 1n;
    }
    sumLow += termLow << fold;
    sumHigh += termHigh << fold;
    lower.push(sumLow);
    upper.push(sumHigh);
  }
  // Without the square the rest is that series exactly; with it, at least nothing.
  const tailLow = law.square ? 0n : ((termLow * stepLow) / (one - stepLow)) << fold;
  return { lower, upper, totalLow: sumLow + tailLow, totalHigh: sumHigh + tailHigh };
}
