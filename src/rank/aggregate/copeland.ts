import type { Key } from '../../core/statement.js';
import type { Ballot } from '../order/ballot.js';
import type { AggregateOptions } from './positional.js';
import { pairwise, ranked, tally, type AggregateRow } from './tally.js';

/**
 * Copeland's rule: how many items one beats by majority, less how many beat it.
 *
 * An item that beats all others has n - 1. Cost: O(ballots * items^2).
 *
 * @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED`
 * @example
 * copeland([['a', 'b', 'c'], ['b', 'a', 'c'], ['a', 'c', 'b']], { unranked: 'mean' }).map(({ key, score }) => [key, score]); // => [['a', 2], ['b', 0], ['c', -2]]
 */
export function copeland<K extends Key>(ballots: readonly Ballot<K>[], options: AggregateOptions): AggregateRow<K>[] {
  const votes = tally(ballots, options?.unranked, 'copeland');
  const wins = pairwise(votes);
  const scores = wins.map((row, i) => row.reduce((sum, against, j) => sum + Math.sign(against - wins[j]![i]!), 0));
  return ranked(votes.candidates, scores);
}
