import type { GroupRow } from '../core/table.js';
import { compareContent, type Content } from '../table/columns/coded.js';
import type { RankInterval } from './intervals/target.js';
import { rankTies, type RankedValue, type RankOrder, type TieRule } from './order/rankTies.js';
import type { RankRow } from './rankRow.js';

export interface TableRanking {
  readonly measure: string;
  readonly ties: TieRule;
  readonly order: RankOrder;
  readonly top: number | undefined;
}

/** The intervals of some values, in their order; null where a value is not ranked. `total` is how many the table has. */
export type IntervalsOf = (values: readonly (number | null)[], ranked: readonly RankedValue[], total: number) => readonly (RankInterval | null)[];

/**
 * Rows of a table by rank, best first, what is not ranked last; of equal ranks the smaller key first.
 * Intervals are places among all rows of the table, or `among: 'kept'` among those that the cut at `top` leaves.
 */
export function rankTable(table: readonly GroupRow<unknown, string>[], o: TableRanking, among: 'all' | 'kept', intervalsOf: IntervalsOf): RankRow<unknown, string>[] {
  // Sorted by key first, so that nothing of the order of the table is left in the order of equal ranks.
  const lines = [...table].sort((a, b) => compareContent(a.key as Content, b.key as Content));
  const values = valuesOf(lines, o.measure);
  const ranked = o.ties === 'ordinal' ? rankTies(values, { ties: o.ties, order: o.order, tieBreak: lines.map(({ key }) => key as string) }) : rankTies(values, { ties: o.ties, order: o.order });
  const rankOf = (i: number): number => ranked[i]!.rank ?? Infinity;
  const order = lines.map((_, i) => i).sort((a, b) => rankOf(a) - rankOf(b) || 0);
  const kept = o.top === undefined ? order : order.filter((i) => rankOf(i) <= o.top!);
  const seen = among === 'kept' ? kept : order;
  const intervals = intervalsOf(seen.map((i) => values[i]!), seen.map((i) => ranked[i]!), ranked.filter(({ rank }) => rank !== null).length);
  // What is kept comes first of what is seen.
  return kept.map((i, at) => rowOf(lines[i]!, ranked[i]!, intervals[at]!, o.measure));
}

/** What is ranked: null where suppressed. */
export const valuesOf = (table: readonly GroupRow<unknown, string>[], measure: string): (number | null)[] =>
  table.map((line) => (line.state === 'suppressed' ? null : (line[measure] ?? NaN)));

function rowOf(line: GroupRow<unknown, string>, { rank, state }: RankedValue, interval: RankInterval | null, measure: string): RankRow<unknown, string> {
  const row: Record<string, unknown> = { rank, interval, key: line.key };
  Object.defineProperty(row, measure, { value: rank === null ? null : line[measure], enumerable: true, writable: true, configurable: true });
  row['state'] = state;
  return row as unknown as RankRow<unknown, string>;
}
