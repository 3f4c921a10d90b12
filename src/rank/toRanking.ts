import { checkInteger, checkOneOf, checkOptions } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import type { Guarantee } from '../core/guarantee.js';
import { makeProtected, openProtected, type Protected } from '../core/holders/protected.js';
import type { Json, MeasureStatement, Statement } from '../core/statement.js';
import type { GroupRow } from '../core/table.js';
import { checkConfidence, placesByGap, resolvableGap, toSteps } from './intervals/rankIntervals.js';
import type { RankInterval, RankTarget } from './intervals/target.js';
import { checkOrder, TIE_RULES, type RankOrder, type TieRule } from './order/rankTies.js';
import type { RankRow } from './rankRow.js';
import { rankTable, valuesOf, type TableRanking } from './rankTable.js';

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

interface Checked extends TableRanking {
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
 * The target stands in the manifest. Keys that are all declared and have a count each: `bounded-counts`, or `population` where
 * nothing bounds a unit's contribution. Everything else (discovered keys, a threshold): `published-items`, places among the rows that
 * are kept. Without noise the interval is the tie itself.
 *
 * **Duties.** None beyond those of the aggregate. Cost: O(n log n).
 *
 * @throws {TokumeiError} `TOKUMEI_TIES`, `TOKUMEI_RANK_ORDER`, `TOKUMEI_TOP`, `TOKUMEI_CONFIDENCE`, `TOKUMEI_NOT_PROTECTED`;
 * `TOKUMEI_RANK_MEASURE` when the table has no such column; `TOKUMEI_RANKED` when it is a ranking already.
 * @example
 * const events = ['u1', 'u2', 'u3'].map((userId) => ({ userId, app: 'maps' }));
 * const records = personal(events, { unit: 'user', unitOf: 'userId' });
 * pipe(records, kCountUnits({ by: 'app', k: 2 }), toRanking({ top: 20 })).guarantee.kind; // => 'k-anonymity'
 */
/* @__NO_SIDE_EFFECTS__ */
export function toRanking<const M extends string = 'count'>(
  options: ToRankingOptions<M> = {},
): <K, G extends Guarantee>(table: Protected<readonly GroupRow<K, M>[], G>) => Protected<readonly RankRow<K, M>[], G> {
  const checked = check(options);
  return <K, G extends Guarantee>(table: Protected<readonly GroupRow<K, M>[], G>) => {
    const payload = openProtected(table, 'toRanking');
    const { rows, statement } = rank(payload.value as readonly GroupRow<unknown, string>[], payload.statement, checked);
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

function rank(table: readonly GroupRow<unknown, string>[], before: Statement, o: Checked): { rows: RankRow<unknown, string>[]; statement: Statement } {
  const measure = before.measures.find(({ name }) => name === o.measure);
  if (before.steps.some(({ stage }) => stage === 'toRanking' || stage === 'rankGroups')) {
    throw new TokumeiError('TOKUMEI_RANKED', { where: 'toRanking', message: 'the table is a ranking already: rows that a cut at top left out by the same noise are not there any more, and intervals would not know of them' });
  }
  if (measure === undefined) {
    throw new TokumeiError('TOKUMEI_RANK_MEASURE', { where: 'toRanking', parameter: 'measure', expected: `one of ${before.measures.map(({ name }) => name).join(', ')}`, received: o.measure });
  }
  const target = targetOf(before, valuesOf(table, o.measure));
  const noisy = measure.noise.law !== 'none';
  const among = target === 'published-items' ? 'kept' : 'all';
  const rows = rankTable(table, o, among, (values, ranked, total) => (noisy ? noiseIntervals(values, measure, total, target, o) : ranked.map(({ interval }) => interval)));
  return { rows, statement: describe(before, measure, target, table.length, o) };
}

/** What the intervals can claim. A row that is not here, or not shown, could stand anywhere. */
function targetOf({ keys, bounds }: Statement, values: readonly (number | null)[]): RankTarget {
  if (keys.origin !== 'public' || values.length < keys.declared || values.includes(null)) return 'published-items';
  return Object.keys(bounds).length > 0 ? 'bounded-counts' : 'population';
}

/** The gap is that of all rows, for which of them are kept was decided by the same noise. */
function noiseIntervals(values: readonly (number | null)[], { noise, step }: MeasureStatement, total: number, target: RankTarget, o: Checked): readonly (RankInterval | null)[] {
  // Rows may be here because their noise was large: then one step more is needed (docs/proofs/rank-intervals.md).
  const spare = target === 'published-items' ? 1 : 0;
  const gap = resolvableGap([{ law: noise, count: total }], o.confidence, 'simultaneous') + spare;
  const steps = values.map((value) => toSteps(value, step, 'toRanking'));
  return placesByGap(steps.map((value) => (value === null || o.order === 'descending' ? value : -value)), gap);
}

function describe(before: Statement, measure: MeasureStatement, target: RankTarget, count: number, o: Checked): Statement {
  const step = { stage: 'toRanking', measure: o.measure, ties: o.ties, order: o.order, top: o.top ?? null };
  return { ...before, steps: [...before.steps, step], accuracy: { ...before.accuracy, rankIntervals: intervalAccuracy(measure, target, count, o.confidence) } };
}

/** What the manifest says of the intervals of a ranked table. A verifier makes it anew. */
export function intervalAccuracy({ noise, step: unit }: MeasureStatement, target: RankTarget, count: number, confidence: number): { readonly [name: string]: Json } {
  const noisy = noise.law !== 'none';
  const accuracy: { [name: string]: Json } = { target, comparison: 'simultaneous', confidence: noisy ? confidence : 1 };
  if (noisy) {
    accuracy['pairwiseGap'] = unit * resolvableGap([{ law: noise, count: 2 }], confidence, 'pairwise');
    // The number of discovered rows is a result, not a declared parameter; whoever reads the rows can work the gap out.
    if (target !== 'published-items') accuracy['gap'] = unit * resolvableGap([{ law: noise, count }], confidence, 'simultaneous');
  }
  return accuracy;
}
