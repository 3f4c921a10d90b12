import type { GroupRow } from '../../../core/table.js';
import { placesByGap, resolvableGap } from '../../intervals/rankIntervals.js';
import { crossGap } from '../../intervals/surveyGap.js';
import type { RankInterval } from '../../intervals/target.js';
import type { TieRule } from '../../order/rankTies.js';
import type { RankRow } from '../../rankRow.js';
import { rankTable } from '../../rankTable.js';
import type { RankingPlan } from '../plan/types.js';
import type { Outcome } from './runPlan.js';

export interface RankingStyle {
  readonly ties: TieRule;
  readonly confidence: number;
}

/** The differences, in steps, from which on measured groups are told apart: among each other, and from those that were only surveyed. */
export interface Gaps {
  readonly among: number;
  readonly others: number | null;
}

/** Of a survey's probability of error, the part for comparing with groups that were not looked at again. */
const CROSS = 0.2;

/** The rows of a ranking out of what a plan gave. Names alone are in the order of the choice, and any of them may hold any place. */
export function rankOutcome(plan: RankingPlan, outcome: Outcome, style: RankingStyle, gapsOfPlan: Gaps | null): RankRow<unknown, string>[] {
  const { keys, counts } = outcome;
  if (counts === null) return keys.slice(0, plan.top).map((key, i) => ({ rank: i + 1, interval: [1, Math.min(plan.top, keys.length)], key, state: 'value' }) as unknown as RankRow<unknown, string>);
  const table = keys.map((key, i) => ({ key, state: 'value', count: counts[i]! })) as unknown as readonly GroupRow<unknown, string>[];
  const { step } = plan.measurement!;
  const ranking = { measure: 'count', ties: style.ties, order: 'descending', top: plan.top } as const;
  const among = plan.target === 'published-items' ? 'kept' : 'all';
  const rows = rankTable(table, ranking, among, (values, _, total) => {
    // A choice may have found fewer groups than the plan measures.
    const gaps = total === plan.measurement!.size ? gapsOfPlan! : gapsOf(plan, total, style.confidence);
    return intervals(gaps, values.map((value) => Math.round(value! / step)), outcome, step);
  });
  return plan.show === 'counts' ? rows : rows.map(({ rank, interval, key, state }) => ({ rank, interval, key, state }) as unknown as RankRow<unknown, string>);
}

/** In steps. */
function intervals(gaps: Gaps, values: readonly number[], { others }: Outcome, step: number): (RankInterval | null)[] {
  const places = placesByGap(values, gaps.among);
  if (others === null || gaps.others === null) return places;
  // In the steps of the survey, which are the same halves.
  const rest = [...others].map((count) => Math.round(count / step));
  return places.map((interval, i) => [interval![0], interval![1] + rest.filter((other) => values[i]! - other <= gaps.others!).length]);
}

/** The gaps for `measured` groups, by the noise of a plan. */
export function gapsOf({ survey, measurement }: RankingPlan, measured: number, confidence: number): Gaps {
  const { noise, shared } = measurement!;
  const draws = [{ law: noise, count: measured }];
  if (survey === null) return { among: resolvableGap(draws, confidence, 'simultaneous'), others: null };
  const wrong = 1 - confidence;
  const first = { each: noise, shared: shared!, count: measured };
  const second = { each: survey.noise, shared: survey.shared!, count: survey.size! };
  return { among: resolvableGap(draws, 1 - wrong * (1 - CROSS), 'simultaneous'), others: crossGap(first, second, 1 - wrong * CROSS) };
}
