import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import type { Content } from '../../table/columns/coded.js';
import { keyId } from '../../table/publicKeys.js';
import type { PublishedList, PublishedRow } from './types.js';

/** A row comes on the chart when it is as good as `enter`, and leaves it when it is worse than `leave`. */
export type HysteresisOptions =
  | { readonly by: 'rank'; readonly enter: number; readonly leave: number }
  | { readonly by: 'count'; readonly enter: number; readonly leave: number };

/**
 * Cuts published lists to a chart that rows do not flicker in and out of: between `leave` and `enter` a row stays as it was.
 *
 * Use it where one line decides who is shown (`by: 'rank'`, enter 18, leave 22 for a chart of about 20; `by: 'count'`,
 * enter 60, leave 50): noise, or one person, can then not toggle a row from list to list. Reads published lists only, which
 * have to reach down to `leave`. A missing list stays missing, and who was on the chart before it still was.
 *
 * @throws {TokumeiError} `TOKUMEI_HYSTERESIS` unless `enter` is at least as good as `leave`.
 * @example
 * const lists = [
 *   { period: 'w1', rows: [{ key: 'a', rank: 1 }, { key: 'b', rank: 3 }] },
 *   { period: 'w2', rows: [{ key: 'b', rank: 2 }, { key: 'a', rank: 3 }] },
 * ];
 * hysteresis(lists, { by: 'rank', enter: 2, leave: 3 }).map(({ rows }) => rows?.length); // => [1, 2]
 */
export function hysteresis<K extends Key | readonly Key[], L extends PublishedList<K>>(lists: readonly L[], options: HysteresisOptions): L[] {
  const where = 'hysteresis';
  const { by, enter, leave } = checkOptions(options, where);
  const sign = by === 'count' ? -1 : 1;
  if ((by !== 'rank' && by !== 'count') || !Number.isFinite(enter) || !Number.isFinite(leave) || sign * enter > sign * leave) {
    throw new TokumeiError('TOKUMEI_HYSTERESIS', { where, parameter: 'enter and leave', expected: "finite, by 'rank' enter <= leave, by 'count' enter >= leave" });
  }
  let inside = new Set<string>();
  return lists.map((list) => {
    if (list.rows === null) return list;
    const rows = list.rows.filter((row) => {
      const value: number | null | undefined = by === 'rank' ? row.rank : row.count;
      return typeof value === 'number' && sign * value <= sign * (inside.has(idOf(row)) ? leave : enter);
    });
    inside = new Set(rows.map(idOf));
    return { ...list, rows };
  });
}

const idOf = (row: PublishedRow<Key | readonly Key[]>): string => keyId(row.key as Content);
