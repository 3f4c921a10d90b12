import type { Rational } from '../../../numeric/rational.js';
import { rationalToDouble } from '../../../numeric/rational.js';
import { compareWithExp, settleExp } from '../../../random/bernoulliExp.js';
import { EXP_GUARD } from '../../../random/expNegative.js';
import type { RandomSource } from '../../../random/source.js';

/** From this level on, candidates share one: together they are met less than once in 2^40 draws. */
export const LAST_LEVEL = 80;

/**
 * Candidates with whole-number scores, sorted into levels: one of level j has `exp(-gap * rate) <= 2^-j`, and more than
 * about half of that below the last level, where `gap` is how far its score lies below the best one's.
 *
 * So a draw by level costs little however many candidates are hopeless, and the rest of the probability is an exact coin.
 */
export class Candidates {
  /** Positions in `scores`, level by level: level j stands at `start[j]` and has `size[j]` of them. */
  readonly items: Int32Array;
  readonly start: Int32Array = new Int32Array(LAST_LEVEL + 1);
  readonly size: Int32Array = new Int32Array(LAST_LEVEL + 1);
  readonly #scores: ArrayLike<number>;
  readonly #rate: Rational;
  readonly #rateNumber: number;
  readonly #levels: Uint8Array;
  #count: number;
  #best = 0;
  #bests = 0;

  constructor(scores: ArrayLike<number>, rate: Rational) {
    this.#scores = scores;
    this.#rate = rate;
    this.#rateNumber = rationalToDouble(rate);
    this.#count = scores.length;
    this.items = Int32Array.from({ length: scores.length }, (_, i) => i);
    this.#levels = new Uint8Array(scores.length);
    this.size[0] = scores.length;
    this.sort();
  }

  get count(): number {
    return this.#count;
  }

  /** Sorts what is left into levels below the best of what is left. */
  sort(): void {
    const left = this.#left();
    this.#best = -Infinity;
    for (const item of left) this.#best = Math.max(this.#best, this.#scores[item] as number);
    this.#bests = 0;
    this.size.fill(0);
    for (const item of left) {
      if (this.#gap(item) === 0) this.#bests++;
      // 1.442695 < 1/ln 2 by more than the product's rounding: 2^-level is never below the probability.
      const level = Math.min(LAST_LEVEL, Math.floor(this.#gap(item) * this.#rateNumber * 1.442695));
      this.#levels[item] = level;
      this.size[level] = (this.size[level] as number) + 1;
    }
    for (let level = 0, at = 0; level <= LAST_LEVEL; level++) {
      this.start[level] = at;
      at += this.size[level] as number;
    }
    const next = this.start.slice();
    for (const item of left) {
      const level = this.#levels[item] as number;
      const at = next[level] as number;
      this.items[at] = item;
      next[level] = at + 1;
    }
  }

  /** Whether a candidate of this level passes with what is missing of `exp(-gap * rate)` after `2^-level`. Exact. */
  passes(item: number, level: number, random: RandomSource): boolean {
    const gap = this.#gap(item);
    const word = random.uint32();
    const kept = compareWithExp(word, gap * this.#rateNumber - level * Math.LN2, EXP_GUARD);
    if (kept >= 0) return kept > 0;
    return settleExp(word, { numerator: BigInt(gap) * this.#rate.numerator, denominator: this.#rate.denominator }, level, random);
  }

  /** Takes the candidate at `items[start[level] + offset]` out, and returns its position in the scores. */
  remove(level: number, offset: number): number {
    const start = this.start[level] as number;
    const last = start + (this.size[level] as number) - 1;
    const item = this.items[start + offset] as number;
    this.items[start + offset] = this.items[last] as number;
    this.size[level] = last - start;
    this.#count--;
    if (this.#gap(item) === 0) this.#bests--;
    return item;
  }

  /** Whether a candidate with the score from which gaps are measured is left. */
  get hasBest(): boolean {
    return this.#bests > 0;
  }

  #gap(item: number): number {
    return this.#best - (this.#scores[item] as number);
  }

  #left(): Int32Array {
    const out = new Int32Array(this.#count);
    let n = 0;
    for (let level = 0; level <= LAST_LEVEL; level++) {
      const start = this.start[level] as number;
      out.set(this.items.subarray(start, start + (this.size[level] as number)), n);
      n += this.size[level] as number;
    }
    return out;
  }
}
