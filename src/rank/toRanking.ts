import { checkInteger, checkOneOf, checkOptions } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import type { Guarantee } from '../core/guarantee.js';
import { makeProtected, openProtected, type Protected } from '../core/holders/protected.js';
import type { Json, Statement } from '../core/statement.js';
import type { GroupRow } from '../core/table.js';
import { compareContent, type Content } from '../table/columns/coded.js';
import { checkConfidence, placesByGap, rankIntervals, resolvableGap } from './intervals/rankIntervals.js';
import type { RankInterval, RankTarget } from './intervals/target.js';
import { checkOrder, rankTies, TIE_RULES, type RankedValue, type RankOrder, type TieRule } from './order/rankTies.js';
import type { RankRow } from './rankRow.js';

export interface ToRankingOptions<Measure extends string = 'count'> {
  /** The column to rank by; default `count`. */
  readonly measure?: Measure;
  /** Rows whose rank is at most this are kept (with the default rule, all rows of a tie that begins there). All when left out. */
  readonly top?: number;
  /** Default `competition`. With `ordinal`, the smaller key comes first. */
  readonly ties?: TieRule;
  /** Default `descending`. */
  readonly order?: RankOrder;
  /** Of the intervals, all together; default 0.95. */
  readonly confidence?: number;
}

interface Checked {
  readonly measure: string;
  readonly top: number | undefined;
  readonly ties: TieRule;
  readonly order: RankOrder;
  readonly confidence: number;
}

/**
 * Ranks a protected table by one of its columns: rank, interval, key, value and state for each row, best first.
 *
 * Use it on the result of any aggregate. It reads the protected values and nothing else, so the guarantee stays and no
 * budget is spent; rows of equal rank stand in the order of their keys, which are published anyway. Suppressed rows have
 * no rank and take nobody's place; with `top` they are left out.
 *
 * **Intervals.** All together they hold with the stated confidence: from the exact law of the noise, see `rankIntervals`.
 * The target stands in the manifest. Keys that are all declared and all published: `bounded-counts`, or `population` where
 * nothing bounds a unit's contribution. Everything else (discovered keys, a threshold): `published-items`. Without noise the interval is the
 * tie itself.
 *
 * **Duties.** None beyond those of the aggregate. Cost: O(n log n).
 *
 * @throws {TokumeiError} `TOKUMEI_TIES`, `TOKUMEI_RANK_ORDER`, `TOKUMEI_TOP`, `TOKUMEI_CONFIDENCE`, `TOKUMEI_NOT_PROTECTED`;
 * `TOKUMEI_RANK_MEASURE` when the table has no such column.
 * @example
 * pipe(records, dpCountUnits({ by: 'app', keys, groupsPerUnit: 5, spend: budget.chart }), toRanking({ top: 20 }), release({ … }));
 */
/* @__NO_SIDE_EFFECTS__ */
export function toRanking<const M extends string = 'count'>(
  options: ToRankingOptions<M> = {},
): <K, G extends Guarantee>(table: Protected<readonly GroupRow<K, M>[], G>) => Protected<readonly RankRow<K, M>[], G> {
  const checked = check(options);
  return <K, G extends Guarantee>(table: Protected<readonly GroupRow<K, M>[], G>) => {
    const payload = openProtected(table, 'toRanking');
    const { rows, statement } = rankTable(payload.value as readonly GroupRow<unknown, string>[], payload.statement, checked);
    return makeProtected<readonly RankRow<K, M>[], G>(table.guarantee, { ...payload, value: rows as unknown as readonly RankRow<K, M>[], statement });
  };
}

function check(options: ToRankingOptions<string>): Checked {
  const where = 'toRanking';
  const o = checkOptions(options, where);
  if (o.measure !== undefined && (typeof o.measure !== 'string' || o.measure === '')) {
    throw new TokumeiError('TOKUMEI_RANK_MEASURE', { where, parameter: 'measure', expected: 'the name of a column', received: o.measure });
  }
  return {
    measure: o.measure ?? 'count',
    top: o.top === undefined ? undefined : checkInteger(o.top, where, 'top', 'TOKUMEI_TOP', 1),
    ties: checkOneOf(o.ties ?? 'competition', where, 'ties', 'TOKUMEI_TIES', TIE_RULES),
    order: checkOrder(o.order, where),
    confidence: checkConfidence(o.confidence ?? 0.95, where),
  };
}

function rankTable(table: readonly GroupRow<unknown, string>[], before: Statement, o: Checked): { rows: RankRow<unknown, string>[]; statement: Statement } {
  const measure = before.measures.find(({ name }) => name === o.measure);
  if (measure === undefined) {
    throw new TokumeiError('TOKUMEI_RANK_MEASURE', { where: 'toRanking', parameter: 'measure', expected: `one of ${before.measures.map(({ name }) => name).join(', ')}`, received: o.measure });
  }
  // Sorted by key first, so that nothing of the order of the table is left in the order of equal ranks.
  const lines = [...table].sort((a, b) => compareContent(a.key as Content, b.key as Content));
  const values = lines.map((line) => (line.state === 'suppressed' ? null : (line[o.measure] ?? NaN)));
  const ranked = o.ties === 'ordinal' ? rankTies(values, { ties: o.ties, order: o.order, tieBreak: lines.map(({ key }) => key as string) }) : rankTies(values, { ties: o.ties, order: o.order });
  const target = targetOf(before, values);
  const intervals = measure.noise.law === 'none' ? ranked.map(({ interval }) => interval) : noiseIntervals(values, measure, target, o);
  const rows = lines.map((line, at) => rowOf(line, ranked[at]!, intervals[at]!, o.measure));
  // Stable, so equal ranks stay in the order of their keys; what is not ranked goes last.
  rows.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  const kept = o.top === undefined ? rows : rows.filter(({ rank }) => rank !== null && rank <= o.top!);
  return { rows: kept, statement: describe(before, measure.noise.law !== 'none', target, values, o) };
}

/** What the intervals can claim. A row that is not shown could stand anywhere. */
function targetOf({ keys, bounds }: Statement, values: readonly (number | null)[]): RankTarget {
  if (keys.origin !== 'public' || values.includes(null)) return 'published-items';
  return Object.keys(bounds).length > 0 ? 'bounded-counts' : 'population';
}

function noiseIntervals(values: readonly (number | null)[], { noise, step }: Statement['measures'][number], target: RankTarget, o: Checked): readonly (RankInterval | null)[] {
  const { intervals, gap } = rankIntervals(values, { noise, step, target, confidence: o.confidence, order: o.order });
  if (target !== 'published-items') return intervals;
  // Rows may be here because their noise was large: then one step more is needed (docs/proofs/rank-intervals.md).
  const steps = values.map((value) => (value === null || !Number.isFinite(value) ? null : (o.order === 'descending' ? 1 : -1) * Math.round(value / step)));
  return placesByGap(steps, Math.round(gap / step) + 1);
}

function rowOf(line: GroupRow<unknown, string>, { rank, state }: RankedValue, interval: RankInterval | null, measure: string): RankRow<unknown, string> {
  const row: Record<string, unknown> = { rank, interval, key: line.key };
  Object.defineProperty(row, measure, { value: rank === null ? null : line[measure], enumerable: true, writable: true, configurable: true });
  row['state'] = state;
  return row as unknown as RankRow<unknown, string>;
}

function describe(before: Statement, noisy: boolean, target: RankTarget, values: readonly (number | null)[], o: Checked): Statement {
  const step: Record<string, Json> = { measure: o.measure, ties: o.ties, order: o.order, top: o.top ?? null };
  const accuracy: { [name: string]: Json } = { target, comparison: 'simultaneous', confidence: noisy ? o.confidence : 1 };
  const measure = before.measures.find(({ name }) => name === o.measure)!;
  if (noisy) {
    const { noise, step: unit } = measure;
    accuracy['pairwiseGap'] = unit * resolvableGap([{ law: noise, count: 2 }], o.confidence, 'pairwise');
    // The number of discovered rows is a result, not a declared parameter; whoever reads the rows can work the gap out.
    if (target !== 'published-items') accuracy['gap'] = unit * resolvableGap([{ law: noise, count: values.length }], o.confidence, 'simultaneous');
  }
  return { ...before, steps: [...before.steps, { stage: 'toRanking', ...step }], accuracy: { ...before.accuracy, rankIntervals: accuracy } };
}
