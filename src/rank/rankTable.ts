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

/** The intervals of some values, in their order; null where a value is not ranked. */
export type IntervalsOf = (values: readonly (number | null)[], ranked: readonly RankedValue[]) => readonly (RankInterval | null)[];

/** Rows of a table by rank, best first, what is not ranked last; of equal ranks the smaller key first. Intervals are those of all rows. */
export function rankTable(table: readonly GroupRow<unknown, string>[], o: TableRanking, intervalsOf: IntervalsOf): RankRow<unknown, string>[] {
  // Sorted by key first, so that nothing of the order of the table is left in the order of equal ranks.
  const lines = [...table].sort((a, b) => compareContent(a.key as Content, b.key as Content));
  const values = valuesOf(lines, o.measure);
  const ranked = o.ties === 'ordinal' ? rankTies(values, { ties: o.ties, order: o.order, tieBreak: lines.map(({ key }) => key as string) }) : rankTies(values, { ties: o.ties, order: o.order });
  const intervals = intervalsOf(values, ranked);
  const rows = lines.map((line, at) => rowOf(line, ranked[at]!, intervals[at]!, o.measure));
  rows.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  return o.top === undefined ? rows : rows.filter(({ rank }) => rank !== null && rank <= o.top!);
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
