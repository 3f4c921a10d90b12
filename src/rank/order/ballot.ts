import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { compareContent } from '../../table/columns/coded.js';

/** A ranking as a plain list, best first; items that share a place stand together in a list of their own: `['a', ['b', 'c'], 'd']`. */
export type Ballot<K extends Key = Key> = readonly (K | readonly K[])[];

/** Where one item stands on a ballot: the first and last place of its tie, from 1. */
export interface Place {
  readonly first: number;
  readonly last: number;
}

/** One text for one key: 1 and '1' differ. */
export const keyText = (key: Key): string => JSON.stringify(key);

/** @throws {TokumeiError} `TOKUMEI_BALLOT` for an item that is no key or stands twice. */
export function placesOn<K extends Key>(ballot: Ballot<K>, where: string): Map<string, Place> {
  const fail = (): never => {
    throw new TokumeiError('TOKUMEI_BALLOT', { where, parameter: 'ballot', expected: 'a list of different keys (text, numbers, truth values or null), ties in lists of their own' });
  };
  if (!Array.isArray(ballot)) return fail();
  const places = new Map<string, Place>();
  let before = 0;
  for (const entry of ballot as readonly unknown[]) {
    const group: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
    const place = { first: before + 1, last: before + group.length };
    for (const key of group) {
      if (!isKey(key) || places.has(keyText(key))) return fail();
      places.set(keyText(key), place);
    }
    before += group.length;
  }
  return places;
}

/** NaN would be taken for null, which JSON writes it as. */
export const isKey = (key: unknown): key is Key => key === null || typeof key === 'string' || typeof key === 'boolean' || (typeof key === 'number' && Number.isFinite(key));

/** All keys of some ballots, each once, in the order of their contents and not of the ballots. */
export function candidatesOf<K extends Key>(ballots: readonly Ballot<K>[]): K[] {
  const known = new Map<string, K>();
  for (const ballot of ballots) for (const entry of ballot) for (const key of (Array.isArray(entry) ? entry : [entry]) as K[]) known.set(keyText(key), key);
  return [...known.values()].sort(compareContent);
}

/**
 * The rows of a ranking as a ballot; rows of equal rank share a place, rows without a rank are left out.
 *
 * @example
 * ballotOf([{ key: 'a', rank: 1 }, { key: 'b', rank: 2 }, { key: 'c', rank: 2 }, { key: 'd', rank: null }]); // => ['a', ['b', 'c']]
 */
export function ballotOf<K extends Key>(rows: readonly { readonly key: K; readonly rank: number | null }[]): Ballot<K> {
  const byRank = new Map<number, K[]>();
  for (const { key, rank } of rows) if (rank !== null) byRank.set(rank, [...(byRank.get(rank) ?? []), key]);
  return [...byRank].sort(([a], [b]) => a - b).map(([, keys]) => (keys.length === 1 ? keys[0]! : keys));
}
