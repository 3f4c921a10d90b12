import { spendOf } from '../../dp/budget/spend.js';
import { makeCount } from '../../dp/aggregates/countStatement.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import { TokumeiError } from '../../core/errors.js';
import { checkOneOf } from '../../core/checks.js';
import { checkConfidence } from '../intervals/rankIntervals.js';
import { TIE_RULES } from '../order/rankTies.js';
import { intervalAccuracy } from '../toRanking.js';
import type { Check } from '../verify/check.js';
import { multipleOf, type Made, type StatedManifest } from '../verify/made.js';
import { isRecord } from '../verify/sameJson.js';
import { checksOf, RANKED } from '../verify/shape.js';
import { planRanking } from './plan/planRanking.js';
import type { RankingInputs, RankingPlan } from './plan/types.js';
import { gapsOf, type RankingStyle } from './run/rankOutcome.js';
import { planParameters, statementOf } from './run/statementOf.js';

/** One thing that was recomputed from the public parts of a release. */
export type RankingCheck = Check;

/** What of a manifest is checked. */
export type RankingManifest = StatedManifest;

const WHERE = 'verifyManifest';

/**
 * Makes the whole statement of a released ranking again from the inputs that its manifest states, and compares every figure and line.
 *
 * For `verifyManifest` (mechanism `private ranking`): a plan follows from public inputs alone, so budget, scale, sigma,
 * margin, strategy and words all have to come out as stated. Columns are a closed list; ranks follow from the counts. Says nothing of
 * whether the publisher used this code.
 *
 * @throws {TokumeiError} where the inputs are none that a plan can be made of.
 */
export function verifyRanking(manifest: RankingManifest, data: unknown): readonly RankingCheck[] {
  return checksOf(manifest, data, makeRanking(manifest));
}

/** The statement of a private ranking, made again. */
export function makeRanking(manifest: StatedManifest): Made {
  const inputs = inputsOf(manifest.parameters['inputs']);
  const plan = planRanking(inputs, WHERE);
  const ties = manifest.steps.map((step) => step['ties']).findLast((rule) => rule !== undefined);
  const stated = manifest.accuracy['rankIntervals'];
  const confidence = isRecord(stated) ? stated['confidence'] : undefined;
  // Names alone hold with certainty, whatever was asked for.
  const certain = confidence === 1 && plan.measurement === null;
  const style = { ties: checkOneOf(ties, WHERE, 'ties', 'TOKUMEI_TIES', TIE_RULES), confidence: certain ? 0.95 : checkConfidence(confidence, WHERE) };
  return plan.strategy === 'capped-counts' ? cappedNames(manifest, inputs, plan, style) : chosen(manifest, inputs, plan, style);
}

/** The inputs that a plan knows and no others. */
function inputsOf(stated: unknown): RankingInputs {
  if (!isRecord(stated)) throw new TokumeiError('TOKUMEI_OPTIONS', { where: WHERE, parameter: 'inputs', expected: 'an object' });
  const names = ['epsilon', 'delta', 'top', 'show', 'keys', 'groupsPerUnit', 'target', 'countsShare', 'strategy'];
  return Object.fromEntries(names.filter((name) => Object.hasOwn(stated, name)).map((name) => [name, stated[name]])) as unknown as RankingInputs;
}

function chosen({ unit, by }: StatedManifest, inputs: RankingInputs, plan: RankingPlan, style: RankingStyle): Made {
  const gaps = plan.measurement === null ? null : gapsOf(plan, plan.measurement.size!, style.confidence);
  const guarantee: DifferentialPrivacy = { kind: 'differential-privacy', unit, ...plan.cost };
  const { parameters, measures, keys, bounds, accuracy, notCovered, steps } = statementOf(by, unit, guarantee, inputs, plan, style, gaps, []);
  const shown = plan.show === 'counts' && plan.measurement !== null;
  return {
    guarantee,
    parameters,
    measures,
    keys,
    bounds,
    accuracy,
    notCovered,
    steps,
    stages: ['rankGroups'],
    columns: shown ? { ...RANKED, count: multipleOf(plan.measurement.step) } : RANKED,
    declared: inputs.keys,
    threshold: null,
    // An order that was chosen has no ties, whatever the rule.
    ranked: { ties: plan.measurement === null ? 'ordinal' : style.ties, order: 'descending', by: shown ? 'count' : null, top: plan.top },
  };
}

/** Capped counts whose counts are not shown; with them, the mechanism is that of the counts. */
function cappedNames({ unit, by }: StatedManifest, inputs: RankingInputs, plan: RankingPlan, { ties, confidence }: RankingStyle): Made {
  const made = makeCount({ where: WHERE, unit, by, spend: spendOf(inputs.epsilon, inputs.delta), groupsPerUnit: plan.groupsPerUnit!, declared: inputs.keys, law: undefined });
  const { strategy, why, show, top } = plan;
  const target = inputs.keys === 'discover' ? 'published-items' : 'bounded-counts';
  return {
    guarantee: made.guarantee,
    parameters: planParameters(inputs, plan),
    measures: [],
    keys: made.keys,
    bounds: made.bounds,
    accuracy: { ...made.accuracy, rankIntervals: intervalAccuracy(made.measures[0]!, target, inputs.keys === 'discover' ? 0 : inputs.keys, confidence) },
    notCovered: made.notCovered,
    steps: [made.step, { stage: 'toRanking', measure: 'count', ties, order: 'descending', top }, { stage: 'rankGroups', top, show, strategy, why }],
    stages: ['dpCountUnits'],
    columns: RANKED,
    declared: inputs.keys,
    threshold: null,
    ranked: { ties, order: 'descending', by: null, top },
  };
}
