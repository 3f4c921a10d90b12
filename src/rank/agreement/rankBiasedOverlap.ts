import { checkOneOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { placesOn, type Ballot, type Place } from '../order/ballot.js';

/**
 * What a tie means. `w`: the items are equal, and count in full from the tie's first place on. `a`: their order is
 * unknown, and the result is the mean over all orders. `b`: as `a`, corrected for what the ties leave unsaid, as
 * Kendall's tau-b is.
 */
export type OverlapTies = 'w' | 'a' | 'b';

export interface RankBiasedOverlap {
  /** The point value: agreement seen so far is taken to go on. */
  readonly extrapolated: number;
  /** Whatever follows after the lists' ends, the value lies between these two. */
  readonly min: number;
  readonly max: number;
  /** `max - min`. */
  readonly residual: number;
}

/**
 * Rank-biased overlap of two ranked lists: how much they share at each depth, the top counting most.
 *
 * Use it for lists of different items and lengths (two top-20 charts). `p` is how likely a reader goes on to the next
 * place: with 0.9, the first ten places have 86 % of the weight. Lists are prefixes of longer ones that are not seen.
 * Items of one list count as each other's when their keys are equal. Cost: O(length * items).
 *
 * Webber, Moffat and Zobel 2010; ties and bounds after Corsi and Urbano 2024, whose R and Python code gives the same
 * figures (`rbo(x, y, p, ties)`).
 *
 * @throws {TokumeiError} `TOKUMEI_OVERLAP` unless 0 < p < 1 and neither list is empty; `TOKUMEI_BALLOT`.
 * @example
 * rankBiasedOverlap(['a', 'b', 'c', 'd', 'e'], ['b', 'a', 'c', 'f', 'g'], { p: 0.9 }).extrapolated.toFixed(6); // => '0.619335'
 */
export function rankBiasedOverlap<K extends Key>(a: Ballot<K>, b: Ballot<K>, options: { readonly p: number; readonly ties?: OverlapTies }): RankBiasedOverlap {
  const where = 'rankBiasedOverlap';
  const { p } = options;
  const ties = checkOneOf(options.ties ?? 'a', where, 'ties', 'TOKUMEI_OVERLAP', ['w', 'a', 'b']);
  if (!(typeof p === 'number' && p > 0 && p < 1)) throw new TokumeiError('TOKUMEI_OVERLAP', { where, parameter: 'p', expected: 'above 0 and below 1', received: p });
  const [long, short] = [placesOn(a, where), placesOn(b, where)].sort((x, y) => y.size - x.size) as [Map<string, Place>, Map<string, Place>];
  if (short.size === 0) throw new TokumeiError('TOKUMEI_OVERLAP', { where, parameter: 'a and b', expected: 'not empty' });
  return new Overlap(short, long, ties).value(p);
}

/** Depths count from 1. The short list has s items, the long one l. */
class Overlap {
  private readonly short: readonly Place[];
  private readonly long: readonly Place[];
  private readonly shared: readonly (readonly [Place, Place])[];
  /** Items of the long list alone, by place. */
  private readonly alone: readonly Place[];
  private readonly ties: OverlapTies;

  constructor(short: Map<string, Place>, long: Map<string, Place>, ties: OverlapTies) {
    this.short = [...short.values()];
    this.long = [...long.values()];
    this.shared = [...long].flatMap(([key, place]) => (short.has(key) ? [[short.get(key)!, place] as const] : []));
    this.alone = [...long].filter(([key]) => !short.has(key)).map(([, place]) => place);
    this.ties = ties;
  }

  value(p: number): RankBiasedOverlap {
    const s = this.short.length;
    const l = this.long.length;
    let extrapolated = 0;
    let min = 0;
    let max = 0;
    // Weights p^(d - 1), so that nothing is divided by a small p.
    for (let d = 1, weight = 1; d <= l; d++, weight *= p) {
      const seen = this.common(d);
      const unseen = d > s ? this.unseen(d) : { most: 0, expected: 0 };
      min += weight * this.agreement(seen, d);
      max += weight * this.agreement(seen + unseen.most, d);
      extrapolated += weight * this.agreement(seen + unseen.expected, d);
    }
    const end = this.common(l);
    const atShort = this.agreement(this.common(s), s);
    min += tailMin(end, l, p);
    max += tailMax(end, s, l, p);
    extrapolated += (((end + (l - s) * atShort) / l) * p ** l) / (1 - p);
    const bounded = (sum: number): number => Math.min(1, Math.max(0, (1 - p) * sum));
    return { extrapolated: bounded(extrapolated), min: bounded(min), max: bounded(max), residual: bounded(max) - bounded(min) };
  }

  /** How much of an item counts at depth d. */
  private part({ first, last }: Place, d: number): number {
    return d < first ? 0 : this.ties === 'w' || d >= last ? 1 : (d - first + 1) / (last - first + 1);
  }

  private common(d: number): number {
    return this.shared.reduce((sum, [short, long]) => sum + this.part(short, d) * this.part(long, d), 0);
  }

  /** Beyond the short list's end: what its next items could add, at most and if agreement goes on. */
  private unseen(d: number): { most: number; expected: number } {
    const s = this.short.length;
    const most = this.alone.slice(0, d - s).reduce((sum, place) => sum + this.part(place, d), 0);
    const active = this.alone.map((place) => this.part(place, d)).filter((part) => part > 0);
    const mean = active.reduce((sum, part) => sum + part, 0) / active.length;
    return { most, expected: (d - s) * this.agreement(this.common(s), s) * mean };
  }

  private agreement(common: number, d: number): number {
    if (this.ties === 'a') return common / d;
    const size = (places: readonly Place[], power: 1 | 2): number => (d > places.length ? d : places.reduce((sum, place) => sum + this.part(place, d) ** power, 0));
    if (this.ties === 'w') return (2 * common) / (size(this.short, 1) + size(this.long, 1));
    return common / Math.sqrt(size(this.short, 2)) / Math.sqrt(size(this.long, 2));
  }
}

/** No item after the ends is shared: the sum over d > l of common / d * p^(d - 1). */
function tailMin(common: number, l: number, p: number): number {
  if (common === 0) return 0;
  // -ln(1 - p) less its first l terms would cancel; the rest is summed as it is until it no longer counts.
  let sum = 0;
  for (let d = l + 1, weight = p ** l; ; d++, weight *= p) {
    const next = sum + weight / d;
    if (next === sum || weight < 1e-300) return common * sum;
    sum = next;
  }
}

/** All items that can be shared after the ends are: two more at each depth until the lists are the same set. */
function tailMax(common: number, s: number, l: number, p: number): number {
  const full = Math.round(l + s - common);
  let sum = 0;
  for (let d = l + 1; d <= full; d++) sum += ((2 * d - l - s + common) / d) * p ** (d - 1);
  return sum + p ** Math.max(full, l) / (1 - p);
}
