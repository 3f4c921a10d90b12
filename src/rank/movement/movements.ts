import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import { compareContent, type Content } from '../../table/columns/coded.js';
import { keyId } from '../../table/publicKeys.js';
import { checkConfidence } from '../intervals/rankIntervals.js';
import { isKey } from '../order/ballot.js';
import { comparison, type Comparison } from './comparison.js';
import type { Movement, MovementList, MovementRow, PublishedList, PublishedRow } from './types.js';

export interface MovementOptions {
  /** With this probability a row whose data did not change is not shown as moved. Default 0.95. */
  readonly confidence?: number;
}

/** What earlier lists said of a row. */
interface Past {
  readonly peak: number;
  readonly streak: number;
  readonly periods: number;
}

/**
 * Follows rows through a series of published lists: up, down, same, new, re-entry, left, or not significant.
 *
 * Use it on what was published and nothing else: it reads no data and spends nothing. Lists come oldest first.
 * A row is shown as moved only when its rank changed and its count, relative to the total of the rows that both lists
 * have, changed the same way by more than noise does with probability `confidence`; where counts are bounded, by more
 * than noise and a new draw of the kept groups do. Of rows that did not change, at most 1 - `confidence` are expected to
 * be shown as moved (docs/proofs/movement.md). Without counts, a row has moved when its rank intervals do not meet.
 * A row that enters is compared with the smallest count of the list before, one that left with the smallest of now.
 *
 * Peak, streak and periods as Spotify's charts use the words. Cost: O(rows) a list.
 *
 * @throws {TokumeiError} `TOKUMEI_LISTS`, `TOKUMEI_CONFIDENCE`, `TOKUMEI_RANK_NOISE`
 * @example
 * const noise = { law: 'discrete-laplace', scale: 2 } as const;
 * const lists = [
 *   { period: 'w1', noise, rows: [{ key: 'a', rank: 1, count: 500 }, { key: 'b', rank: 2, count: 400 }, { key: 'c', rank: 3, count: 395 }] },
 *   { period: 'w2', noise, rows: [{ key: 'b', rank: 1, count: 600 }, { key: 'a', rank: 2, count: 310 }, { key: 'c', rank: 3, count: 391 }] },
 * ];
 * movements(lists)[1]?.rows?.map(({ key, movement }) => [key, movement]); // => [['b', 'up'], ['a', 'down'], ['c', 'same']]
 */
export function movements<K extends Key | readonly Key[]>(lists: readonly PublishedList<K>[], options: MovementOptions = {}): MovementList<K>[] {
  const where = 'movements';
  const confidence = checkConfidence(checkOptions(options, where).confidence ?? 0.95, where);
  checkLists(lists, where);
  const past = new Map<string, Past>();
  let last: PublishedList<K> | undefined;
  let broken = false;
  return lists.map((list): MovementList<K> => {
    if (list.rows === null) {
      broken = true;
      return { period: list.period, since: last?.period ?? null, rows: null };
    }
    const rows = compare(list, last, past, broken, confidence);
    const since = last?.period ?? null;
    last = list;
    broken = false;
    return { period: list.period, since, rows };
  });
}

function compare<K extends Key | readonly Key[]>(list: PublishedList<K>, before: PublishedList<K> | undefined, past: Map<string, Past>, broken: boolean, confidence: number): MovementRow<K>[] {
  const [now, then] = [onList(list), onList(before)];
  const test = comparison(now, then, list, before, confidence);
  const rows: MovementRow<K>[] = [];
  for (const [id, row] of now) {
    const seen = past.get(id);
    const previous = then.get(id);
    const streak = previous !== undefined && !broken ? (seen?.streak ?? 0) + 1 : 1;
    const next: Past = { peak: Math.min(seen?.peak ?? Infinity, row.rank!), streak, periods: (seen?.periods ?? 0) + 1 };
    past.set(id, next);
    const movement = before === undefined ? 'new' : movementOf(row, previous, seen !== undefined, test);
    rows.push({ key: row.key, movement, rank: row.rank, previous: previous?.rank ?? null, change: previous === undefined ? null : previous.rank! - row.rank!, ...next, gap: test?.gap(row, previous) ?? null });
  }
  for (const [id, previous] of then) {
    if (now.has(id)) continue;
    const seen = past.get(id)!;
    past.set(id, { ...seen, streak: 0 });
    const movement = test.left(previous) ? 'left' : 'not-significant';
    rows.push({ key: previous.key, movement, rank: null, previous: previous.rank, change: null, peak: seen.peak, streak: 0, periods: seen.periods, gap: test.gap(undefined, previous) });
  }
  return rows.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.previous ?? 0) - (b.previous ?? 0) || compareContent(a.key as Content, b.key as Content));
}

function movementOf<K>(row: PublishedRow<K>, previous: PublishedRow<K> | undefined, known: boolean, test: Comparison<K>): Movement {
  if (previous === undefined) return test.entered(row) ? (known ? 're-entry' : 'new') : 'not-significant';
  if (row.rank === previous.rank) return 'same';
  const way = row.rank! < previous.rank! ? 1 : -1;
  return test.changed(row, previous, way) ? (way === 1 ? 'up' : 'down') : 'not-significant';
}

/** The ranked rows of a list by key. */
function onList<K extends Key | readonly Key[]>(list: PublishedList<K> | undefined): Map<string, PublishedRow<K>> {
  return new Map((list?.rows ?? []).filter(({ rank }) => rank !== null).map((row) => [keyId(row.key as Content), row]));
}

function checkLists<K extends Key | readonly Key[]>(lists: readonly PublishedList<K>[], where: string): void {
  const fail = (expected: string): never => {
    throw new TokumeiError('TOKUMEI_LISTS', { where, parameter: 'lists', expected });
  };
  if (!Array.isArray(lists)) fail('a list of published lists, oldest first');
  const periods = new Set<string>();
  for (const { period, rows } of lists as readonly PublishedList<K>[]) {
    if (typeof period !== 'string' || periods.has(period)) fail('lists of different periods, each with its name');
    periods.add(period);
    if (rows === null) continue;
    if (!Array.isArray(rows)) fail('rows for each list, or null where it is missing');
    const keys = new Set<string>();
    for (const { key, rank, count } of rows as readonly PublishedRow<K>[]) {
      if (rank !== null && !(typeof rank === 'number' && rank > 0 && rank < Infinity)) fail('rows with a rank above 0, or null');
      if (count !== undefined && count !== null && !Number.isFinite(count)) fail('counts that are finite numbers');
      if (!(Array.isArray(key) ? key : [key]).every(isKey) || keys.has(keyId(key as Content))) fail('each key once on a list: text, finite numbers, truth values or null, or tuples of these');
      keys.add(keyId(key as Content));
    }
  }
}
