import { checkOneOf, checkOptions } from '../../core/checks.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { Personal } from '../../core/holders/personal.js';
import { makeProtected, openProtected, type Protected } from '../../core/holders/protected.js';
import { OperatorReport } from '../../core/operatorReport.js';
import type { Key } from '../../core/statement.js';
import type { KeyOf } from '../../core/table.js';
import { TokumeiError } from '../../core/errors.js';
import { dpCountUnits } from '../../dp/aggregates/countUnits.js';
import { consumeSlice, readSlice, type Slice } from '../../dp/budget/slice.js';
import { checkKeys, type KeyChoice } from '../../dp/keys.js';
import { noisePort } from '../../dp/mechanisms/port.js';
import { secureRandom, type RandomSource } from '../../random/index.js';
import { checkBy, type FieldOf } from '../../table/fields.js';
import type { PublicKeys } from '../../table/publicKeys.js';
import { unwrap } from '../../table/table.js';
import { checkConfidence } from '../intervals/rankIntervals.js';
import type { RankTarget } from '../intervals/target.js';
import { TIE_RULES, type TieRule } from '../order/rankTies.js';
import type { RankRow } from '../rankRow.js';
import { toRanking } from '../toRanking.js';
import { planRanking } from './plan/planRanking.js';
import type { RankingInputs, RankingPlan, RankingStrategy } from './plan/types.js';
import { exactGroups } from './run/exact.js';
import { gapsOf, rankOutcome, type RankingStyle } from './run/rankOutcome.js';
import { runPlan } from './run/runPlan.js';
import { planParameters, PRIVATE_RANKING, statementOf } from './run/statementOf.js';

/** What {@link rankGroups} takes. Epsilon, delta and the unit come from the slice; there is no default bound. */
export interface RankGroupsOptions<U extends string, F, Show extends 'counts' | 'names' = 'counts'> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** How many ranks are published. */
  readonly top: number;
  /** `publicKeys([…])` or `'discover'`, which publishes only keys that enough units share and needs a delta. */
  readonly keys: KeyChoice;
  /**
   * In at most this many groups one unit counts (L0). Not needed for names, nor for counts of declared keys; where it is
   * given and few units have more, the plan may use it, and then cuts.
   */
  readonly groupsPerUnit?: number;
  /** A slice of a budget for the same unit. */
  readonly spend: Slice<U>;
  /** `names`: no counts are published. Default `counts`. */
  readonly show?: Show;
  /** Default `competition`. Names that a selection chose come in an order without ties. */
  readonly ties?: TieRule;
  /** Of the rank intervals, all together; default 0.95. */
  readonly confidence?: number;
  /** Of which ranking the intervals have to speak; without it the plan decides by the order alone. */
  readonly target?: RankTarget;
  /** The share of the budget that goes to counts where groups are selected first; default 0.7, for discovered keys 0.3. */
  readonly countsShare?: number;
  /** Take this strategy and no other. */
  readonly strategy?: RankingStrategy;
  /** Where noise comes from. Tests may pass a seeded source from `tokumei/testing`; `release()` refuses the result. */
  readonly random?: RandomSource;
}

/** The rows that {@link rankGroups} publishes: without counts for `show: 'names'`. */
export type RankedGroup<F extends string | readonly string[], Show extends 'counts' | 'names'> = RankRow<KeyOf<F>, Show extends 'names' ? never : 'count'>;

type Ranking<F extends string | readonly string[], U extends string, Show extends 'counts' | 'names'> = Protected<readonly RankedGroup<F, Show>[], DifferentialPrivacy<U>>;

/**
 * Ranks groups by distinct units under differential privacy: selects, measures and ranks in one spend.
 *
 * **When.** A chart: which apps, pages, search terms most people used. `planRanking` shows beforehand what comes out.
 *
 * **How.** A plan is made from public figures (budget, `top`, number of declared keys, bound) and says why in the manifest: capped
 * noisy counts, or groups chosen first (exponential mechanism, permute-and-flip, joint exponential, limited domain) and counted
 * after with partly shared Gaussian noise, so that no bound is needed and nothing is cut. Ranks and intervals follow from what is published.
 *
 * **Guarantee.** Adding or removing all rows of one unit changes the odds of any output by at most exp(epsilon), up to
 * probability delta. Proofs: docs/proofs/private-rankings.md and the pages of the mechanisms it names. **Duties.** Keys and bound
 * come from public knowledge. A ranking is of distinct units, never of rows.
 *
 * **Rows.** `rank`, `interval` (the places that the true count can have, all together with `confidence`; the manifest names the
 * target), `key`, `count` in steps of 1 or 1/2 and possibly negative, `state`. At most `top` ranks; with ties, and for
 * discovered keys, more or fewer rows. Names alone: any of them may hold any place, and the interval says so.
 *
 * OpenDP: `make_noisy_top_k` followed by counts; nothing like it in Google's or Tumult's libraries. Cost: linear in the rows, then O(keys log keys).
 *
 * @throws {TokumeiError} `TOKUMEI_TOP`, `TOKUMEI_SHOW`, `TOKUMEI_TIES`, `TOKUMEI_CONFIDENCE`, `TOKUMEI_BY`, `TOKUMEI_KEYS`, `TOKUMEI_GROUPS_PER_UNIT`,
 * `TOKUMEI_RANK_TARGET`, `TOKUMEI_COUNTS_SHARE`, `TOKUMEI_STRATEGY`, `TOKUMEI_PLAN`, `TOKUMEI_SLICE`, `TOKUMEI_MEASURE`, `TOKUMEI_DELTA_NEEDED` before data is
 * seen; `TOKUMEI_SLICE_SPENT`, `TOKUMEI_UNIT_MISMATCH`, `TOKUMEI_FIELD` when it runs.
 * @example
 * const spend = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });
 * const records = personal([{ userId: 'u1', app: 'maps' }], { unit: 'user', unitOf: 'userId' });
 * pipe(records, rankGroups({ by: 'app', top: 20, keys: publicKeys(['maps', 'mail']), spend })).guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function rankGroups<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], Show extends 'counts' | 'names' = 'counts'>(
  options: RankGroupsOptions<U, F, Show>,
): (p: Personal<Row, U>) => Ranking<F, U, Show> {
  // Read once: what pays is what the noise is designed for, whatever becomes of the caller's object.
  const own = { ...checkOptions(options, 'rankGroups') };
  const job = prepare(own);
  return (job.plan.strategy === 'capped-counts' ? cappedStage<Row, U, F>(job, own) : chosenStage(job, own)) as (p: Personal<Row, U>) => Ranking<F, U, Show>;
}

/** The checked options and what follows from them: all public, nothing of the data. */
interface Job {
  readonly by: readonly string[];
  readonly single: boolean;
  readonly keys: PublicKeys | undefined;
  readonly inputs: RankingInputs;
  readonly plan: RankingPlan;
  readonly style: RankingStyle;
  readonly random: RandomSource;
}

const where = 'rankGroups';

function prepare<U extends string, F>(options: RankGroupsOptions<U, F, 'counts' | 'names'>): Job {
  const o = checkOptions(options, where);
  const by = checkBy(where, o.by);
  const single = !Array.isArray(o.by);
  const keys = checkKeys(where, o.keys, by, single);
  const spend = readSlice(o.spend, where);
  if (spend.measure === 'zcdp') throw new TokumeiError('TOKUMEI_MEASURE', { where, message: 'spends a budget in epsilon; this one is kept in rho' });
  const style = { ties: checkOneOf(o.ties ?? 'competition', where, 'ties', 'TOKUMEI_TIES', TIE_RULES), confidence: checkConfidence(o.confidence ?? 0.95, where) };
  const inputs: RankingInputs = {
    epsilon: spend.epsilon,
    delta: spend.delta,
    top: o.top,
    show: o.show ?? 'counts',
    keys: keys === undefined ? 'discover' : keys.keys.length,
    ...(o.groupsPerUnit === undefined ? {} : { groupsPerUnit: o.groupsPerUnit }),
    ...(o.target === undefined ? {} : { target: o.target }),
    ...(o.countsShare === undefined ? {} : { countsShare: o.countsShare }),
    ...(o.strategy === undefined ? {} : { strategy: o.strategy }),
  };
  return { by, single, keys, inputs, plan: planRanking(inputs, where), style, random: o.random ?? secureRandom() };
}

/** Noisy counts of bounded contributions, ranked. */
function cappedStage<Row, U extends string, F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>({ keys, inputs, plan, style, random }: Job, { by, spend }: RankGroupsOptions<U, F, 'counts' | 'names'>): (p: Personal<Row, U>) => unknown {
  const count = dpCountUnits<Row, U, F>({ by, keys: keys ?? 'discover', groupsPerUnit: plan.groupsPerUnit!, spend, random });
  const rank = toRanking({ top: plan.top, ...style });
  return (p) => {
    const ranked = rank(count(p));
    const payload = openProtected(ranked, where);
    const { strategy, why, show, top } = plan;
    const statement = { ...payload.statement, steps: [...payload.statement.steps, { stage: where, top, show, strategy, why }] };
    if (show === 'counts') return makeProtected(ranked.guarantee, { ...payload, statement });
    const value = payload.value.map(({ rank, interval, key, state }) => ({ rank, interval, key, state }));
    // The noise is stated with the plan: there is no column of counts that it could be stated of.
    return makeProtected(ranked.guarantee, { ...payload, value, statement: { ...statement, mechanism: PRIVATE_RANKING, parameters: planParameters(inputs, plan), measures: [] } });
  };
}

/** Groups chosen and measured without a bound. */
function chosenStage<Row, U extends string>({ by, single, keys, inputs, plan, style, random }: Job, { spend }: RankGroupsOptions<U, unknown, 'counts' | 'names'>): (p: Personal<Row, U>) => unknown {
  const gaps = plan.measurement === null ? null : gapsOf(plan, plan.measurement.size!, style.confidence);
  return (p) => {
    const table = unwrap(p, where);
    consumeSlice(spend, table.unit as U, where);
    const port = noisePort(random);
    const exact = exactGroups(table, by, single, keys, port.random, where);
    const value = rankOutcome(plan, runPlan(plan, exact, port, random), style, gaps);
    const guarantee: DifferentialPrivacy<U> = { kind: 'differential-privacy', unit: table.unit as U, ...plan.cost };
    const statement = statementOf(by, table.unit, guarantee, inputs, plan, style, gaps, table.steps);
    const report = new OperatorReport({ groups: exact.keys.length, units: exact.units, pairs: exact.pairs, rowsWithoutKey: exact.rowsWithoutKey, ...table.dropped });
    return makeProtected(guarantee, { value, statement, secure: port.secure, report });
  };
}

