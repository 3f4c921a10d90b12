import { designCounts } from '../../../dp/aggregates/countDesign.js';
import { zcdpRho } from '../../../dp/accounting/zcdp.js';
import { spendOf } from '../../../dp/budget/spend.js';
import { nextDown, sumsAtMost } from '../../../numeric/doubles.js';
import { outwardMargin } from '../../../numeric/outward.js';
import { eitherGap, noiseGap, wrongByChoice, wrongByNoise } from './gaps.js';
import { correlatedDesign, laplaceDesign } from './measure.js';
import { exponentialDesign, limitedDesign, pureDesign } from './select.js';
import type { MeasurementDesign, Proposal, RankingInputs, RankingPlan, RankingStrategy, SelectionDesign } from './types.js';

/** Of the budget of a survey, what the first look at all groups takes, and how many times `top` groups are looked at again. */
const SURVEY_SHARE = 0.3;
const SURVEY_AGAIN = 2;

/**
 * Undeclared keys with counts need a bound whether or not the caller knows one that cuts nobody; so there capped counts have
 * to be better by this much. They then change places with counts after a choice where they do for declared keys.
 */
const CUT = 1.5;

const DECLARED = 'needs declared keys';
const COUNTS_SHARE = 0.7;

export const PROPOSERS: Readonly<Record<RankingStrategy, (inputs: RankingInputs) => Proposal>> = {
  'capped-counts': capped,
  'measure-all': measureAll,
  select,
  'select-then-measure': selectThenMeasure,
  'survey-then-measure': surveyThenMeasure,
  'limited-domain': limited,
  'limited-domain-then-measure': limitedThenMeasure,
};

function capped(inputs: RankingInputs): Proposal {
  const { groupsPerUnit, keys, epsilon, delta } = inputs;
  if (groupsPerUnit === undefined) return { unavailable: 'needs groupsPerUnit' };
  if (keys === 'discover' && delta === 0) return { unavailable: 'needs delta for undeclared keys' };
  const { noise, cost } = designCounts('rankGroups', spendOf(epsilon, delta), groupsPerUnit, keys);
  const gap = noiseGap(noise);
  const measurement: MeasurementDesign = { mechanism: noise.law, size: keys === 'discover' ? null : keys, noise, step: 1, gap };
  const target = keys === 'discover' ? 'published-items' : 'bounded-counts';
  return proposal(inputs, 'capped-counts', { groupsPerUnit, measurement, target, gap, cost: { ...cost, measure: cost.measure === 'pure' ? 'pure' : 'approximate' } }, gap, keys === 'discover' ? CUT : 1);
}

function measureAll(inputs: RankingInputs): Proposal {
  const { keys, epsilon, delta } = inputs;
  if (keys === 'discover') return { unavailable: DECLARED };
  const measurement = delta === 0 ? laplaceDesign(keys, epsilon) : correlatedDesign(keys, rhoFor(epsilon, delta));
  return proposal(inputs, 'measure-all', { measurement, target: 'population', gap: measurement.gap }, measurement.gap);
}

function select(inputs: RankingInputs): Proposal {
  const { keys, show, epsilon, delta } = inputs;
  if (keys === 'discover') return { unavailable: DECLARED };
  if (show === 'counts') return { unavailable: 'gives names only' };
  const picks = Math.min(inputs.top, keys);
  const selection = delta === 0 ? pureDesign(picks, epsilon, keys) : exponentialDesign(picks, rhoFor(epsilon, delta));
  return proposal(inputs, 'select', { selection, target: 'published-items', gap: selection.gap }, orderGapOf(selection, epsilon));
}

function selectThenMeasure(inputs: RankingInputs): Proposal {
  const { keys, show, epsilon, delta } = inputs;
  if (keys === 'discover') return { unavailable: DECLARED };
  if (show === 'names') return { unavailable: 'spends on counts that are not shown' };
  const picks = Math.min(withMargin(inputs.top), keys);
  if (picks === keys) return { unavailable: 'would choose all keys' };
  const share = inputs.countsShare ?? COUNTS_SHARE;
  const { selection, measurement } = delta === 0 ? purely(picks, keys, epsilon, share) : byRho(picks, rhoFor(epsilon, delta), share);
  return proposal(inputs, 'select-then-measure', { selection, measurement, target: 'published-items', gap: together(selection, measurement) }, measurement.gap);
}

function byRho(picks: number, rho: number, share: number): { selection: SelectionDesign; measurement: MeasurementDesign } {
  return { selection: exponentialDesign(picks, rho * (1 - share)), measurement: correlatedDesign(picks, rho * share) };
}

function purely(picks: number, keys: number, epsilon: number, share: number): { selection: SelectionDesign; measurement: MeasurementDesign } {
  const counts = epsilon * share;
  let choice = epsilon - counts;
  while (!sumsAtMost([choice, counts], epsilon)) choice = nextDown(choice);
  return { selection: pureDesign(picks, choice, keys), measurement: laplaceDesign(picks, counts) };
}

function surveyThenMeasure(inputs: RankingInputs): Proposal {
  const { keys, top, epsilon, delta } = inputs;
  if (keys === 'discover') return { unavailable: DECLARED };
  if (delta === 0) return { unavailable: 'needs delta' };
  const again = SURVEY_AGAIN * top;
  if (again >= keys) return { unavailable: 'would look at all keys twice' };
  const rho = rhoFor(epsilon, delta);
  const survey = correlatedDesign(keys, rho * SURVEY_SHARE);
  const measurement = correlatedDesign(again, rho * (1 - SURVEY_SHARE));
  // The first look only has to keep the best among twice as many as are published.
  const orderGap = Math.max(measurement.gap, survey.gap / 3);
  return proposal(inputs, 'survey-then-measure', { survey, measurement, target: 'population', gap: eitherGap(wrongByNoise(survey), wrongByNoise(measurement)) }, orderGap);
}

function limited(inputs: RankingInputs): Proposal {
  if (inputs.show === 'counts') return { unavailable: 'gives names only' };
  const budget = limitedBudget(inputs);
  if (typeof budget === 'string') return { unavailable: budget };
  const selection = limitedDesign(inputs.top, budget.rho, budget.delta);
  return proposal(inputs, 'limited-domain', { selection, target: 'published-items', gap: selection.gap }, selection.gap);
}

function limitedThenMeasure(inputs: RankingInputs): Proposal {
  if (inputs.show === 'names') return { unavailable: 'spends on counts that are not shown' };
  if (inputs.groupsPerUnit === undefined) return { unavailable: 'needs groupsPerUnit' };
  const budget = limitedBudget(inputs);
  if (typeof budget === 'string') return { unavailable: budget };
  // The threshold rises with the noise of the choice: here that gets the larger part, and no place beyond those published.
  const share = inputs.countsShare ?? 1 - COUNTS_SHARE;
  const picks = inputs.top;
  const selection = limitedDesign(picks, budget.rho * (1 - share), budget.delta);
  // However many names come out, noise for the most of them is drawn: how much there is stays public.
  const measurement = correlatedDesign(picks, budget.rho * share);
  return proposal(inputs, 'limited-domain-then-measure', { selection, measurement, target: 'published-items', gap: together(selection, measurement) }, measurement.gap);
}

/** Half of delta for the names, half for turning rho into epsilon. */
function limitedBudget({ keys, epsilon, delta }: RankingInputs): { rho: number; delta: number } | string {
  if (keys !== 'discover') return 'is for undeclared keys';
  if (delta === 0) return 'needs delta for undeclared keys';
  return { rho: rhoFor(epsilon, delta / 2), delta: delta / 2 };
}

/** What may be spent in zero-concentrated differential privacy so that it is (epsilon, delta). */
function rhoFor(epsilon: number, delta: number): number {
  return zcdpRho({ epsilon, delta }) * (1 - outwardMargin);
}

/** A few more than are published are measured, so that a narrow miss of the selection can still come in; many more, and the rows shown would be the lucky ones. */
const withMargin = (top: number): number => top + Math.ceil(top / 20);

/** A list chosen at once is much better than what can be proved of it: as good as about half the scale one by one (docs/decisions/rank-planner.md). */
function orderGapOf(selection: SelectionDesign, epsilon: number): number {
  return selection.mechanism === 'joint-exponential' ? 0.55 * (selection.picks / epsilon) * Math.log(19) : selection.gap;
}

const together = (selection: SelectionDesign, measurement: MeasurementDesign): number =>
  selection.mechanism === 'joint-exponential' ? selection.gap : eitherGap(wrongByChoice(selection.scale), wrongByNoise(measurement));

type Parts = Pick<RankingPlan, 'target' | 'gap'> & Partial<RankingPlan>;

function proposal(inputs: RankingInputs, strategy: RankingStrategy, parts: Parts, orderGap: number, handicap = 1): Proposal {
  const { show, top, epsilon, delta } = inputs;
  const rho = [parts.survey, parts.measurement, parts.selection].reduce((sum, part) => sum + (part?.rho ?? 0), 0);
  const cost: RankingPlan['cost'] = delta === 0 ? { measure: 'pure', epsilon, delta } : { measure: 'approximate', epsilon, delta, rho };
  const gapMeans = parts.selection?.mechanism === 'joint-exponential' ? 'place' : 'pair';
  return { plan: { strategy, show, top, groupsPerUnit: null, survey: null, selection: null, measurement: null, cost, gapMeans, ...parts }, orderGap, handicap };
}
