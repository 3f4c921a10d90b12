import type { Key } from '../../core/statement.js';
import type { Ballot } from '../order/ballot.js';
import type { AggregateOptions } from './positional.js';
import { pairwise, ranked, tally, type AggregateRow } from './tally.js';

/**
 * Schulze's method with winning votes: an item beats another when its strongest path of majorities is the stronger one.
 *
 * The score is how many items it beats; the order by it is that of the method, which has no cycles. Cost: O(items^3).
 * Schulze 2011.
 *
 * @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED`
 * @example
 * schulze([['a', 'b', 'c'], ['b', 'a', 'c'], ['a', 'c', 'b']], { unranked: 'mean' }).map(({ key, score }) => [key, score]); // => [['a', 2], ['b', 1], ['c', 0]]
 */
export function schulze<K extends Key>(ballots: readonly Ballot<K>[], options: AggregateOptions): AggregateRow<K>[] {
  const votes = tally(ballots, options?.unranked, 'schulze');
  const wins = pairwise(votes);
  const n = wins.length;
  const path = wins.map((row, i) => row.map((count, j) => (count > wins[j]![i]! ? count : 0)));
  for (let via = 0; via < n; via++) {
    for (let i = 0; i < n; i++) {
      const first = path[i]![via]!;
      if (first === 0 || i === via) continue;
      for (let j = 0; j < n; j++) if (j !== i) path[i]![j] = Math.max(path[i]![j]!, Math.min(first, path[via]![j]!));
    }
  }
  const scores = path.map((row, i) => row.reduce((sum, strength, j) => sum + Number(strength > path[j]![i]!), 0));
  return ranked(votes.candidates, scores);
}
