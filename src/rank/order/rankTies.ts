import { checkOneOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { compareContent } from '../../table/columns/coded.js';

/** How equal values share ranks; for 10, 20, 20, 30 (higher is better), best first. */
export type TieRule =
  /** 1 2 2 4: one more than how many are strictly better. Sports; SQL `RANK()`; R `rank(-x, ties = "min")`. */
  | 'competition'
  /** 1 3 3 4: how many are better or equal. R `ties = "max"`. */
  | 'modified'
  /** 1 2 2 3: one more than how many different values are better. SQL `DENSE_RANK()`. */
  | 'dense'
  /** 1 2 3 4: ties are broken by a stated rule. SQL `ROW_NUMBER()`. */
  | 'ordinal'
  /** 1 2.5 2.5 4: the mean of competition and modified. R `ties = "average"`; what Spearman and Borda need. */
  | 'fractional';

/** Which end of the scale is rank 1. */
export type RankOrder = 'descending' | 'ascending';

/**
 * `suppressed` (given as `null`) and `not-ranked` (NaN, an infinity, `undefined`) have no rank and take nobody's place.
 */
export type RankState = 'value' | 'tied' | 'suppressed' | 'not-ranked';

/** Where one row stands. */
export interface RankedValue {
  readonly state: RankState;
  /** By the tie rule; null where not ranked. */
  readonly rank: number | null;
  /** The places that the row's tie takes up: competition to modified rank. One place twice where there is no tie. */
  readonly interval: readonly [number, number] | null;
}

export type RankTiesOptions =
  | { readonly ties?: Exclude<TieRule, 'ordinal'>; readonly order?: RankOrder; readonly tieBreak?: never }
  | {
      readonly ties: 'ordinal';
      readonly order?: RankOrder;
      /**
       * One public key for each value, all different; of equal values the smaller key comes first (null, then text by
       * UTF-16 code units, then numbers). Never the order of arrival and nothing secret: both would be published.
       */
      readonly tieBreak: readonly (Key | readonly Key[])[];
    };

export const TIE_RULES = ['competition', 'modified', 'dense', 'ordinal', 'fractional'] as const;

/**
 * Ranks values by one of the five tie rules; the result is in the order of the input.
 *
 * Use it on public or protected values. Ranks follow from the values alone, so ranking values that are protected by
 * differential privacy costs nothing. Only finite numbers are ranked; 0 and -0 are equal. Cost: O(n log n).
 *
 * R: `rank`; scipy: `rankdata` (`min`, `max`, `dense`, `ordinal`, `average`), both ascending. The default here is
 * descending competition ranking.
 *
 * @throws {TokumeiError} `TOKUMEI_TIES`, `TOKUMEI_RANK_ORDER`; `TOKUMEI_TIE_BREAK` when `ordinal` comes without one key
 * for each value, or with two equal keys.
 * @example
 * rankTies([10, 20, 20, 30]).map((row) => row.rank); // => [4, 2, 2, 1]
 * rankTies([10, 20, 20, 30], { ties: 'dense' }).map((row) => row.rank); // => [3, 2, 2, 1]
 * rankTies([10, null, 20, NaN])[1]; // => { state: 'suppressed', rank: null, interval: null }
 */
export function rankTies(values: readonly (number | null | undefined)[], options: RankTiesOptions = {}): RankedValue[] {
  const where = 'rankTies';
  const ties = checkOneOf(options.ties ?? 'competition', where, 'ties', 'TOKUMEI_TIES', TIE_RULES);
  const sign = checkOrder(options.order, where) === 'descending' ? -1 : 1;
  const keys = ties === 'ordinal' ? checkTieBreak(options.tieBreak, values.length) : undefined;
  const result: RankedValue[] = values.map((value) => ({ state: value === null ? 'suppressed' : 'not-ranked', rank: null, interval: null }));
  const sorted: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) sorted.push(i);
  const value = (i: number): number => values[i] as number;
  sorted.sort((a, b) => (value(a) === value(b) ? (keys === undefined ? 0 : compareContent(keys[a]!, keys[b]!)) : sign * (value(a) - value(b))));
  let distinct = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && value(sorted[to]!) === value(sorted[from]!)) to++;
    distinct++;
    const state: RankState = to - from > 1 ? 'tied' : 'value';
    for (let at = from; at < to; at++) {
      const rank = rankIn(ties, from + 1, to, distinct, at + 1);
      result[sorted[at]!] = { state, rank, interval: [from + 1, to] };
    }
  }
  return result;
}

function rankIn(ties: TieRule, first: number, last: number, distinct: number, place: number): number {
  switch (ties) {
    case 'competition':
      return first;
    case 'modified':
      return last;
    case 'dense':
      return distinct;
    case 'ordinal':
      return place;
    case 'fractional':
      return (first + last) / 2;
  }
}

/** @throws {TokumeiError} `TOKUMEI_RANK_ORDER` */
export function checkOrder(order: unknown, where: string): RankOrder {
  return checkOneOf(order ?? 'descending', where, 'order', 'TOKUMEI_RANK_ORDER', ['descending', 'ascending']);
}

function checkTieBreak(keys: unknown, length: number): readonly (Key | readonly Key[])[] {
  const fail = (expected: string): never => {
    throw new TokumeiError('TOKUMEI_TIE_BREAK', { where: 'rankTies', parameter: 'tieBreak', expected });
  };
  if (!Array.isArray(keys) || keys.length !== length) return fail('one public key for each value');
  const sorted = [...(keys as (Key | readonly Key[])[])].sort(compareContent);
  for (let i = 1; i < sorted.length; i++) if (compareContent(sorted[i - 1]!, sorted[i]!) === 0) return fail('different keys');
  return keys;
}
