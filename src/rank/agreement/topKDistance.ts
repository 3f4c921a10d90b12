import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { placesOn, type Ballot } from '../order/ballot.js';

export interface TopKDistance {
  readonly distance: number;
  /** The distance over that of two lists of these lengths without a shared item; 0 for two empty lists. */
  readonly normalized: number;
}

/**
 * Kendall's distance K^(p) of two top-k lists: how many pairs of items the lists put in opposite orders.
 *
 * An item of one list alone stands below the end of the other. A pair that both stand in one list only may be in either
 * order in the other and costs `p`: 0 (optimistic) or 1/2 (neutral, a near metric). Cost: O(n^2).
 * Fagin, Kumar and Sivakumar 2003.
 *
 * @throws {TokumeiError} `TOKUMEI_TOP_K` unless 0 <= p <= 1; `TOKUMEI_BALLOT`, also for ties, which these distances do not know.
 * @example
 * topKKendall(['a', 'b', 'c'], ['b', 'a', 'd'], { p: 0.5 }).distance; // => 2
 */
export function topKKendall<K extends Key>(a: Ballot<K>, b: Ballot<K>, options: { readonly p: number }): TopKDistance {
  const where = 'topKKendall';
  const { p } = options;
  if (!(typeof p === 'number' && p >= 0 && p <= 1)) throw new TokumeiError('TOKUMEI_TOP_K', { where, parameter: 'p', expected: 'from 0 to 1', received: p });
  const [x, y] = [placesOf(a, where), placesOf(b, where)];
  const keys = [...new Set([...x.keys(), ...y.keys()])];
  const orderIn = (places: ReadonlyMap<string, number>, i: string, j: string): number => Math.sign((places.get(i) ?? Infinity) - (places.get(j) ?? Infinity)) || 0;
  let distance = 0;
  for (let i = 0; i < keys.length; i++) {
    for (let j = 0; j < i; j++) {
      const [inX, inY] = [orderIn(x, keys[i]!, keys[j]!), orderIn(y, keys[i]!, keys[j]!)];
      // Neither is in one of the lists: that list says nothing of their order.
      distance += inX === 0 || inY === 0 ? p : inX === inY ? 0 : 1;
    }
  }
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  return normalized(distance, x.size * y.size + p * (pairs(x.size) + pairs(y.size)));
}

/**
 * Spearman's footrule F^(l) of two top-k lists: the sum of how far items stand apart, an absent item standing at `location`.
 *
 * `location` is one place below the longer list when left out. Cost: O(n). Fagin, Kumar and Sivakumar 2003.
 *
 * @throws {TokumeiError} `TOKUMEI_TOP_K` unless `location` is a finite number above the longer list's length; `TOKUMEI_BALLOT`.
 * @example
 * topKFootrule(['a', 'b', 'c'], ['b', 'a', 'd']).distance; // => 4
 */
export function topKFootrule<K extends Key>(a: Ballot<K>, b: Ballot<K>, options: { readonly location?: number } = {}): TopKDistance {
  const where = 'topKFootrule';
  const [x, y] = [placesOf(a, where), placesOf(b, where)];
  const location = options.location ?? Math.max(x.size, y.size) + 1;
  if (!(Number.isFinite(location) && location > Math.max(x.size, y.size))) {
    throw new TokumeiError('TOKUMEI_TOP_K', { where, parameter: 'location', expected: 'finite and below the end of both lists', received: location });
  }
  let distance = 0;
  for (const key of new Set([...x.keys(), ...y.keys()])) distance += Math.abs((x.get(key) ?? location) - (y.get(key) ?? location));
  const apart = (n: number): number => n * location - (n * (n + 1)) / 2;
  return normalized(distance, apart(x.size) + apart(y.size));
}

function normalized(distance: number, most: number): TopKDistance {
  return { distance, normalized: most === 0 ? 0 : distance / most };
}

function placesOf<K extends Key>(ballot: Ballot<K>, where: string): Map<string, number> {
  const places = new Map<string, number>();
  for (const [key, { first, last }] of placesOn(ballot, where)) {
    if (first !== last) throw new TokumeiError('TOKUMEI_BALLOT', { where, parameter: 'ballot', expected: 'without ties: break them by a stated rule first, or use rankBiasedOverlap' });
    places.set(key, first);
  }
  return places;
}
