import type { Key } from '../../core/statement.js';
import type { Ballot, Place } from '../order/ballot.js';
import { ranked, tally, type AggregateRow, type Unranked } from './tally.js';

export interface AggregateOptions {
  /** What it means that a ballot does not list an item. There is no default: it decides who wins. */
  readonly unranked: Unranked;
}

/**
 * Borda count: of n items the first place gets n - 1 points, the last none; a tie shares the mean of its places.
 *
 * Use it on published rankings: nothing here is private, and nothing is spent. Cost: O(ballots * items).
 *
 * @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED`
 * @example
 * borda([['a', 'b', 'c'], ['b', 'a', 'c']], { unranked: 'mean' }).map(({ key, score }) => [key, score]); // => [['a', 3], ['b', 3], ['c', 0]]
 */
export function borda<K extends Key>(ballots: readonly Ballot<K>[], options: AggregateOptions): AggregateRow<K>[] {
  return positional(ballots, options, 'borda', (items) => ({ first, last }) => items - (first + last) / 2);
}

/**
 * Dowdall's rule (Nauru): place r gets 1 / r points, so that the top counts most; a tie shares the mean of its places.
 *
 * What Tranco uses for lists of web sites. Scores that agree in 13 digits are equal. Cost: O(ballots * items).
 *
 * @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED`
 * @example
 * dowdall([['a', 'b'], ['a', 'b']], { unranked: 'zero' }).map(({ key, score }) => [key, score]); // => [['a', 2], ['b', 1]]
 */
export function dowdall<K extends Key>(ballots: readonly Ballot<K>[], options: AggregateOptions): AggregateRow<K>[] {
  return positional(ballots, options, 'dowdall', (items) => {
    const harmonic = new Float64Array(items + 1);
    for (let r = 1; r <= items; r++) harmonic[r] = harmonic[r - 1]! + 1 / r;
    return ({ first, last }) => (first === last ? 1 / first : (harmonic[last]! - harmonic[first - 1]!) / (last - first + 1));
  });
}

function positional<K extends Key>(ballots: readonly Ballot<K>[], options: AggregateOptions, where: string, pointsOf: (items: number) => (place: Place) => number): AggregateRow<K>[] {
  const { candidates, places } = tally(ballots, options?.unranked, where);
  const points = pointsOf(candidates.length);
  // Sums of thirds and sixths are off in the last digits, by the order of the ballots: what agrees in 13 is equal.
  const scores = candidates.map((_, i) => Number(places.reduce((sum, ballot) => sum + (ballot[i] === undefined ? 0 : points(ballot[i])), 0).toPrecision(13)));
  return ranked(candidates, scores);
}
