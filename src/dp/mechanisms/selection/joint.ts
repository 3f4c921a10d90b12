import { TokumeiError } from '../../../core/errors.js';
import { rationalToDouble, type Rational } from '../../../numeric/rational.js';
import { expBounds } from '../../../random/expBounds.js';
import { bitLength } from '../../../random/bitLength.js';
import { invert, type Cumulative } from '../../../random/inversion.js';
import type { RandomSource } from '../../../random/source.js';
import { uniformBelow } from '../../../random/uniform.js';
import { boundedRangeCost } from '../cost.js';
import { selectionMechanism, type SelectionMechanism, type SelectionOptions } from './options.js';

/** Losses are enumerated up to where what follows is negligible: at most this many, and this many steps over all places. */
const MOST_LOSSES = 300_000;
const MOST_STEPS = 3_000_000;

/**
 * The joint exponential mechanism: chooses a whole ranked list at once, with probability proportional to
 * `exp(-loss / scale)`, where the loss of a list is the largest shortfall at any of its places: `max_i (count of the true i-th - count of the i-th listed)`.
 *
 * **When.** A budget in epsilon and short lists (10 or fewer), where it beats picking one after the other; for long lists it
 * does not. **Convention.** Gillenwater, Joseph, Muñoz Medina and Ribero 2022, without their tie-breaking terms: probabilities are exact.
 * **Guarantee.** 2 sensitivity / scale in epsilon for the whole list (a shortfall moves both ways, so `monotone` does not
 * halve it), epsilon²/8 in rho. **Duties.** The scores are counts: one unit moves all of them in one direction, by at most `sensitivity`.
 * Cost: some `picks * scale * (picks ln(candidates) + 45)` steps of 0.1 µs; refused where that would take minutes.
 *
 * @throws {TokumeiError} as `exponentialMechanism`; `TOKUMEI_JOINT_SIZE` when scale, picks and candidates ask for too many steps.
 * @see docs/proofs/joint-exponential.md
 * @example
 * jointExponential({ epsilon: 1, sensitivity: 1, picks: 3 }).choose([120, 80, 119, 3]); // e.g. [0, 2, 1]
 */
/* @__NO_SIDE_EFFECTS__ */
export function jointExponential(options: SelectionOptions): SelectionMechanism {
  if (options?.monotone === true) {
    throw new TokumeiError('TOKUMEI_OPTIONS', { where: 'jointExponential', parameter: 'monotone', expected: 'left out: shortfalls move both ways', received: true });
  }
  const mechanism = selectionMechanism('jointExponential', 'joint-exponential', options, (epsilon) => boundedRangeCost(epsilon), jointTop);
  return Object.freeze({ ...mechanism, spend: (sensitivity: number) => mechanism.spend(sensitivity) });
}

function jointTop(counts: ArrayLike<number>, rate: Rational, wanted: number, random: RandomSource): number[] {
  const lists = jointLists(counts, rate, wanted);
  return lists.draw(random).map((place) => lists.order[place] as number);
}

/** The lists of some counts, to draw from as often as needed. */
export interface JointLists {
  /** Positions of the counts, from the largest on. */
  readonly order: readonly number[];
  /** The counts in that order. */
  readonly sorted: Float64Array;
  /** One list, as places in that order. */
  draw(random: RandomSource): number[];
}

/** Many lists of one law: what can be worked out once is. For mechanisms that accept some of these lists and draw again. */
export function jointLists(counts: ArrayLike<number>, rate: Rational, wanted: number): JointLists {
  const picks = Math.min(wanted, counts.length);
  if (picks > 0) checkSize(rate, picks, counts.length);
  const order = Array.from({ length: counts.length }, (_, i) => i).sort((a, b) => (counts[b] as number) - (counts[a] as number));
  const sorted = Float64Array.from(order, (i) => counts[i] as number);
  const enclosed = new Map<number, Cumulative>();
  const law = (bits: number): Cumulative => {
    const known = enclosed.get(bits) ?? enclose(sorted, picks, rate, bits);
    enclosed.set(bits, known);
    return known;
  };
  // exp(-loss/scale) is a sum over all t >= loss of exp(-t/scale) times a constant. So: draw t with the number of lists of loss
  // at most t times exp(-t/scale), then one of those lists uniformly.
  return { order, sorted, draw: (random) => (picks === 0 ? [] : listWithin(sorted, picks, invert(0n, 0, law, random), random)) };
}

/** A list of loss at most t, all equally likely: each place takes one of those that are near enough and not yet taken. */
function listWithin(sorted: Float64Array, picks: number, t: number, random: RandomSource): number[] {
  const moved = new Map<number, number>();
  const list: number[] = [];
  for (let i = 0; i < picks; i++) {
    const j = i + uniformBelow(placesDownTo(sorted, (sorted[i] as number) - t) - i, random);
    list.push(moved.get(j) ?? j);
    moved.set(j, moved.get(i) ?? i);
  }
  return list;
}

/** How many of the sorted counts are at least `floor`. */
function placesDownTo(sorted: Float64Array, floor: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) >= floor) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each place i, how many of the sorted counts are at most t below the i-th; t only grows. */
function reaches(sorted: Float64Array, picks: number): { readonly ends: Int32Array; to(t: number): boolean } {
  const ends = new Int32Array(picks);
  return {
    ends,
    to(t) {
      let moved = false;
      for (let i = 0; i < picks; i++) {
        const floor = (sorted[i] as number) - t;
        let end = ends[i] as number;
        while (end < sorted.length && (sorted[end] as number) >= floor) end++;
        moved ||= end !== ends[i];
        ends[i] = end;
      }
      return moved;
    },
  };
}

/** Encloses the law of t: weights `W(t) exp(-rate t)`, W(t) the number of lists of loss at most t. */
function enclose(sorted: Float64Array, picks: number, rate: Rational, bits: number): Cumulative {
  let all = 1n;
  for (let i = 0; i < picks; i++) all *= BigInt(sorted.length - i);
  // A weight may be the rounding of exp(-rate t) times as much as `all`, so that many more bits are carried, and some for the number of steps.
  const working = bits + bitLength(all) + 48;
  const one = 1n << BigInt(working);
  const step = expBounds(rate.numerator, rate.denominator, working);
  const after = (all * one * one) / (one - step.upper) + 1n;
  const reach = reaches(sorted, picks);
  const lower: bigint[] = [];
  const upper: bigint[] = [];
  let [low, high, sumLow, sumHigh, lists] = [one, one, 0n, 0n, 0n];
  for (let t = 0; ; t++) {
    if (reach.to(t)) {
      lists = 1n;
      for (let i = 0; i < picks; i++) lists *= BigInt((reach.ends[i] as number) - i);
    }
    sumLow += lists * low;
    sumHigh += lists * high;
    lower.push(sumLow);
    upper.push(sumHigh);
    low = (low * step.lower) >> BigInt(working);
    high = ((high * step.upper) >> BigInt(working)) + 1n;
    // All that follows has at most `all` lists each: a geometric series, of which `after` is the sum.
    const rest = ((high * after) >> BigInt(working)) + 1n;
    if (rest << BigInt(bits) <= sumLow) return { lower, upper, totalLow: sumLow, totalHigh: sumHigh + rest };
  }
}

/** From public figures alone: how many losses will be enumerated. */
function checkSize(rate: Rational, picks: number, candidates: number): void {
  const scale = 1 / rationalToDouble(rate);
  const losses = scale * (picks * Math.log(candidates + 1) + 64 * Math.LN2 + Math.log(scale + 2) + 2);
  if (!(losses * picks <= MOST_STEPS && losses <= MOST_LOSSES)) {
    throw new TokumeiError('TOKUMEI_JOINT_SIZE', {
      where: 'jointExponential',
      message: `would have to enumerate about ${Math.round(losses)} losses for a list of ${picks}; use exponentialMechanism, or a smaller scale or list`,
    });
  }
}
