import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import type { Json, KeyOrigin, Statement, Step } from '../../../core/statement.js';
import { halfWidthOf } from '../../intervals/noiseDifference.js';
import { resolvableGap } from '../../intervals/rankIntervals.js';
import type { MeasurementDesign, RankingInputs, RankingPlan } from '../plan/types.js';
import type { Gaps, RankingStyle } from './rankOutcome.js';

/** The name by which `verifyManifest` finds the rule for private rankings. */
export const PRIVATE_RANKING = 'private ranking';

/** What a ranking leaves for the manifest: the inputs of the plan, the plan itself, and what follows from both. */
export function statementOf(by: readonly string[], unit: string, guarantee: DifferentialPrivacy, inputs: RankingInputs, plan: RankingPlan, style: RankingStyle, gaps: Gaps | null, steps: readonly Step[]): Statement {
  const { strategy, show, top, measurement } = plan;
  const shown = show === 'counts' && measurement !== null;
  return {
    unit,
    by,
    guarantee,
    mechanism: PRIVATE_RANKING,
    parameters: planParameters(inputs, plan),
    measures: shown ? [{ name: 'count', what: `distinct ${unit}s`, noise: measurement.noise, step: measurement.step }] : [],
    keys: keyOrigin(inputs, plan),
    bounds: {},
    steps: [...steps, { stage: 'rankGroups', by, top, show, keys: inputs.keys === 'discover' ? 'discovered' : 'public', ties: style.ties, strategy, why: plan.why }],
    accuracy: { order: { gap: plan.gap, gapMeans: plan.gapMeans }, ...(shown ? { count: { confidence: 0.95, halfWidth: countHalfWidth(measurement) } } : {}), rankIntervals: intervalAccuracy(plan, style, gaps) },
    notCovered: notCovered(unit, plan),
  };
}

/** Inputs and figures of a plan as plain JSON, from which a third party makes the plan again. */
export function planParameters(inputs: RankingInputs, { strategy, selection, survey, measurement }: RankingPlan): { readonly [name: string]: Json } {
  return JSON.parse(JSON.stringify({ inputs, strategy, selection, survey, measurement })) as { [name: string]: Json };
}

function keyOrigin({ keys }: RankingInputs, { selection }: RankingPlan): KeyOrigin {
  if (keys !== 'discover') return { origin: 'public', declared: keys };
  return { origin: 'discovered', rule: 'among the largest counts, until a threshold above the next one is chosen', threshold: selection!.margin!, delta: selection!.delta! };
}

function intervalAccuracy(plan: RankingPlan, { confidence }: RankingStyle, gaps: Gaps | null): Json {
  const { target, measurement } = plan;
  // An order without counts leaves every place open to every name: that holds with certainty.
  if (measurement === null || gaps === null) return { target, comparison: 'simultaneous', confidence: 1 };
  const { noise, step } = measurement;
  const { among, others } = gaps;
  return {
    target,
    comparison: 'simultaneous',
    confidence,
    pairwiseGap: step * resolvableGap([{ law: noise, count: 2 }], confidence, 'pairwise'),
    gap: step * among,
    ...(others === null ? {} : { gapToOthers: step * others }),
  };
}

/** Of one count, the shared noise included. */
function countHalfWidth({ noise, shared, step }: MeasurementDesign): number {
  return step * halfWidthOf(noise, shared ?? { law: 'none' }, 0.95);
}

function notCovered(unit: string, { strategy, selection, measurement, top, gap }: RankingPlan): string[] {
  const notes: string[] = [];
  const about = Number(gap.toPrecision(3));
  if (selection !== null) notes.push(`a group that is not shown may have as many ${unit}s as one that is, up to a difference of about ${about}`);
  if (strategy === 'limited-domain' || strategy === 'limited-domain-then-measure') notes.push(`groups are shown down to a threshold that lies about ${selection!.margin!} ${unit}s above the ${selection!.domain! + 1}th largest group; the list may be shorter than ${top}`);
  if (measurement !== null && measurement.size! > top) notes.push(`the ${top} rows are the largest of ${measurement.size!} that were counted: the last of them tend to be a little high`);
  if (measurement === null) notes.push('names in order, without counts: each may hold any place of the list');
  return notes;
}
