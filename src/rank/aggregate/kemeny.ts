import { checkInteger } from '../../core/checks.js';
import type { Key } from '../../core/statement.js';
import type { Ballot } from '../order/ballot.js';
import type { AggregateOptions } from './positional.js';
import { pairwise, tally } from './tally.js';

export interface KemenyOptions extends AggregateOptions {
  /** Beyond 10 items: how many times an item is moved to its best place before the search stops; default 10,000. */
  readonly moves?: number;
}

export interface KemenyRanking<K extends Key = Key> {
  /** Best first. Of several orders of equal distance, the one that comes first by keys (exact), or one of them (searched). */
  readonly order: readonly K[];
  /** How many pairs of all ballots stand in the opposite order. */
  readonly distance: number;
  /** True when no order has a smaller distance. */
  readonly exact: boolean;
  /** No order has a smaller distance than this. */
  readonly lowerBound: number;
}

const EXACT_ITEMS = 10;

/**
 * Kemeny's rule: the order that disagrees with the fewest pairs of all ballots.
 *
 * Up to 10 items by dynamic programming over subsets, exact. Beyond, where it is NP-hard, from the Borda-like order by
 * moving one item at a time to its best place until no move helps or `moves` are used up; then `exact` says whether the
 * distance reached the bound below which none can be. Pairs that a ballot ties or does not list cost nothing.
 *
 * R: `ConsRank`. Cost: O(2^items * items) up to 10, O(moves * items) beyond. Kemeny 1959; Bartholdi, Tovey and Trick 1989.
 *
 * @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED`, `TOKUMEI_MOVES`
 * @example
 * kemeny([['a', 'b', 'c', 'd'], ['b', 'a', 'd', 'c'], ['a', 'c', 'b', 'd']], { unranked: 'mean' }); // => { order: ['a', 'b', 'c', 'd'], distance: 3, exact: true, lowerBound: 3 }
 */
export function kemeny<K extends Key>(ballots: readonly Ballot<K>[], options: KemenyOptions): KemenyRanking<K> {
  const votes = tally(ballots, options?.unranked, 'kemeny');
  const moves = checkInteger(options.moves ?? 10_000, 'kemeny', 'moves', 'TOKUMEI_MOVES', 0);
  const wins = pairwise(votes);
  const n = wins.length;
  let lowerBound = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) lowerBound += Math.min(wins[i]![j]!, wins[j]![i]!);
  const order = n <= EXACT_ITEMS ? bySubsets(wins) : bySearch(wins, moves);
  const distance = distanceOf(order, wins);
  const exact = n <= EXACT_ITEMS || distance === lowerBound;
  return { order: order.map((i) => votes.candidates[i]!), distance, exact, lowerBound: exact ? distance : lowerBound };
}

function distanceOf(order: readonly number[], wins: readonly Float64Array[]): number {
  let distance = 0;
  for (let a = 0; a < order.length; a++) for (let b = a + 1; b < order.length; b++) distance += wins[order[b]!]![order[a]!]!;
  return distance;
}

/** `rest[set]` is the least distance within a set of items that come last; they are filled up from the end. */
function bySubsets(wins: readonly Float64Array[]): number[] {
  const n = wins.length;
  const full = (1 << n) - 1;
  const rest = new Float64Array(full + 1);
  /** What it costs to place i above all of a set. */
  const above = (i: number, set: number): number => {
    let cost = 0;
    for (let j = 0; j < n; j++) if ((set >> j) & 1) cost += wins[j]![i]!;
    return cost;
  };
  for (let set = 1; set <= full; set++) {
    rest[set] = Infinity;
    for (let i = 0; i < n; i++) if ((set >> i) & 1) rest[set] = Math.min(rest[set]!, rest[set ^ (1 << i)]! + above(i, set ^ (1 << i)));
  }
  const order: number[] = [];
  for (let set = full; set > 0; ) {
    // Candidates are in the order of their keys: the first that costs no more than needed.
    const next = wins.findIndex((_, i) => (set >> i) & 1 && rest[set ^ (1 << i)]! + above(i, set ^ (1 << i)) === rest[set]);
    order.push(next);
    set ^= 1 << next;
  }
  return order;
}

function bySearch(wins: readonly Float64Array[], moves: number): number[] {
  const n = wins.length;
  const support = wins.map((row) => row.reduce((sum, count) => sum + count, 0));
  const order = wins.map((_, i) => i).sort((a, b) => support[b]! - support[a]!);
  let left = moves;
  for (let improved = true; improved && left > 0; ) {
    improved = false;
    for (let from = 0; from < n && left > 0; from++) {
      left--;
      const to = bestPlace(order, from, wins);
      if (to === from) continue;
      order.splice(to, 0, ...order.splice(from, 1));
      improved = true;
    }
  }
  return order;
}

/** Where to put the item at `from` so that the distance falls the most; `from` itself when no place is better. */
function bestPlace(order: readonly number[], from: number, wins: readonly Float64Array[]): number {
  const item = order[from]!;
  let best = from;
  let least = 0;
  for (let to = from - 1, change = 0; to >= 0; to--) {
    change += wins[order[to]!]![item]! - wins[item]![order[to]!]!;
    if (change < least) [best, least] = [to, change];
  }
  for (let to = from + 1, change = 0; to < order.length; to++) {
    change += wins[item]![order[to]!]! - wins[order[to]!]![item]!;
    if (change < least) [best, least] = [to, change];
  }
  return best;
}
