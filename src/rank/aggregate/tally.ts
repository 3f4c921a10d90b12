import { checkOneOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { candidatesOf, keyText, placesOn, type Ballot, type Place } from '../order/ballot.js';
import type { RankInterval } from '../intervals/target.js';
import { rankTies, type RankState } from '../order/rankTies.js';

/**
 * What it means that a ballot does not list an item. `zero`: the item gets nothing and loses to nobody by it.
 * `mean`: all items that a ballot leaves out share its remaining places, below those it lists.
 */
export type Unranked = 'zero' | 'mean';

/** One line of an aggregated ranking, best first; equal scores share a rank and stand in the order of their keys. */
export interface AggregateRow<K extends Key = Key> {
  readonly rank: number;
  readonly interval: RankInterval;
  readonly key: K;
  readonly score: number;
  readonly state: RankState;
}

/** Ballots in a form to count with. */
export interface Tally<K extends Key> {
  readonly candidates: readonly K[];
  /** For each ballot the place of each candidate; undefined where it is not listed. */
  readonly places: readonly (readonly (Place | undefined)[])[];
  readonly unranked: Unranked;
}

/** @throws {TokumeiError} `TOKUMEI_BALLOT`, `TOKUMEI_UNRANKED` */
export function tally<K extends Key>(ballots: readonly Ballot<K>[], unranked: Unranked, where: string): Tally<K> {
  checkOneOf(unranked, where, 'unranked', 'TOKUMEI_UNRANKED', ['zero', 'mean']);
  if (!Array.isArray(ballots) || ballots.length === 0) throw new TokumeiError('TOKUMEI_BALLOT', { where, parameter: 'ballots', expected: 'at least one list' });
  const listed = ballots.map((ballot) => placesOn(ballot as Ballot<K>, where));
  const candidates = candidatesOf(ballots as readonly Ballot<K>[]);
  const texts = candidates.map(keyText);
  const places = listed.map((ballot) => {
    const rest = { first: ballot.size + 1, last: candidates.length };
    return texts.map((text) => ballot.get(text) ?? (unranked === 'mean' ? rest : undefined));
  });
  return { candidates, places, unranked };
}

/** For each pair how many ballots place the first above the second. */
export function pairwise<K extends Key>({ candidates, places }: Tally<K>): Float64Array[] {
  const wins = candidates.map(() => new Float64Array(candidates.length));
  for (const ballot of places) {
    for (let i = 0; i < candidates.length; i++) {
      const a = ballot[i];
      if (a === undefined) continue;
      for (let j = 0; j < candidates.length; j++) {
        const b = ballot[j];
        if (b !== undefined && a.last < b.first) wins[i]![j]!++;
      }
    }
  }
  return wins;
}

/** Scores as a ranking. */
export function ranked<K extends Key>(candidates: readonly K[], scores: readonly number[]): AggregateRow<K>[] {
  const rows = rankTies(scores).map(({ rank, interval, state }, at): AggregateRow<K> => ({ rank: rank!, interval: interval!, key: candidates[at]!, score: scores[at]!, state }));
  return rows.sort((a, b) => a.rank - b.rank);
}
