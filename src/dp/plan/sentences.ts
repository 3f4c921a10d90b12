import { noiseVariance } from '../accounting/laws/noiseLaw.js';
import type { Design } from './design.js';
import { sizedInUnits } from './errorAt.js';
import { number, percent } from './meaningOf.js';
import type { ExpectedError, Plan, PlanDraft, PublicFacts } from './types.js';
import type { CheckedQuery } from './query.js';

/** The plan in words, what to think about, and what no figure covers. */
export function sentencesOf(q: CheckedQuery, plan: PlanDraft, facts: PublicFacts, design: Design, other: Design | undefined): Pick<Plan, 'warnings' | 'notCovered' | 'text'> {
  return { warnings: warningsOf(q, plan, facts, other), notCovered: notCoveredOf(q, plan, design), text: textOf(q, plan, facts) };
}

function textOf(q: CheckedQuery, plan: PlanDraft, facts: PublicFacts): readonly string[] {
  const { interval, expected, smallestShown, lost } = plan;
  const law = plan.noise.law === 'discrete-laplace' ? 'Laplace' : 'Gaussian';
  const releases = facts.releases ?? 1;
  return [
    `Each ${noisedOf(q)} carries ${law} noise with standard deviation ${number(plan.standardDeviation)}: within ±${number(interval.halfWidth)} with ${percent(interval.confidence)} confidence.`,
    ...expected.map((e) => `At ${e.size.toLocaleString('en')} ${unitsOf(q)}: ${offBy(q, e)}${shownClause(e)}.`),
    ...(q.aggregate === 'bounds'
      ? ['One line for all keys together, none of which is named: ends of bins beyond which surely more than the cut lies, or the whole range where there is too little to say.']
      : smallestShown === null
      ? ['Keys are declared: all of them are shown, also those that nobody has.']
      : [`Keys found in the data are shown from about ${number(smallestShown.likely)} ${q.unit}s on, nearly always from ${number(smallestShown.nearlyAlways)}; smaller ones are usually not shown at all${q.choices.minUnits > 1 ? `, those of fewer than ${q.choices.minUnits} never` : ''}.`]),
    `At most ${q.groupsPerUnit} keys of one ${q.unit} count${lost === null ? '' : `, which leaves out about ${percent(lost)} of what they have`}.`,
    ...(releases === 1 ? [] : [`Released ${releases.toLocaleString('en')} times about the same ${q.unit}s; the sentences on epsilon are about all of them together.`]),
    ...plan.meaning.text,
  ];
}

function warningsOf(q: CheckedQuery, plan: PlanDraft, facts: PublicFacts, other: Design | undefined): readonly string[] {
  const { epsilon, delta, odds } = plan.meaning;
  const { units } = facts;
  const small = plan.expected[0];
  return [
    ...(units !== undefined && delta * units >= 1
      ? [`delta times the number of ${q.unit}s is ${number(delta * units)}: a release that publishes somebody's data whole would keep this promise. Take a delta far below ${number(1 / units)}.`]
      : units !== undefined && delta * units > 0.1
        ? [`delta is above one in ten times the number of ${q.unit}s; below ${number(0.1 / units)} is usual.`]
        : []),
    ...(epsilon > 4 ? [`epsilon ${number(epsilon)} lets odds change by a factor of ${number(odds)}: this promises little to one ${q.unit}.`] : []),
    ...(small !== undefined && small.relativeError > 0.25 ? [`At ${small.size.toLocaleString('en')} ${unitsOf(q)} noise is ${percent(small.relativeError)} of ${wholeOf(q)}: fewer keys per ${q.unit}, a larger epsilon or coarser groups would help.`] : []),
    ...(small !== undefined && plan.threshold !== null && small.shown < 0.5 ? [`Groups of ${small.size.toLocaleString('en')} are usually not shown.`] : []),
    ...(other === undefined
      ? []
      : [`With noise: '${other.noise.law === 'discrete-gaussian' ? 'gaussian' : 'laplace'}' keys would be shown from about ${number(other.threshold ?? 0)} on, at a standard deviation of ${number(Math.sqrt(noiseVariance(other.noise)) * other.step)}.`]),
    ...(plan.lost !== null && plan.lost > 0.2 ? [`The bound cuts away ${percent(plan.lost)} of what ${q.unit}s have: counts and sums come out too low by about that share.`] : []),
  ];
}

function notCoveredOf(q: CheckedQuery, plan: PlanDraft, design: Design): readonly string[] {
  return [
    `Intervals cover the noise, not what bounding cuts away: ${q.unit}s with more than ${q.groupsPerUnit} keys count in ${q.groupsPerUnit} of them.`,
    ...design.notCovered.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`),
    ...(plan.threshold === null ? [] : ['Whether a given key is shown is itself random near the threshold.']),
    'Other releases about the same people, by this service or another, add to the cost.',
  ];
}

/** What carries the noise. */
function noisedOf({ aggregate, unit }: CheckedQuery): string {
  const names: Record<CheckedQuery['aggregate'], string> = {
    'count-units': `count of distinct ${unit}s`,
    'count-rows': 'count of rows',
    distinct: 'count of distinct values',
    sum: 'sum',
    'vector-sum': 'number of a vector',
    mean: 'of the two numbers behind a mean, which sum to the count of rows,',
    variance: 'of the three numbers behind a variance, which sum to the count of rows,',
    quantiles: 'count of rows in the tree behind quantiles',
    histogram: 'bin',
    bounds: 'count of totals in the tree behind bounds',
  };
  return names[aggregate];
}

/** What a size is the size of. */
function unitsOf(q: CheckedQuery): string {
  if (sizedInUnits(q)) return q.aggregate === 'count-units' ? `${q.unit}s` : `${q.unit}s with a row each`;
  if (q.aggregate === 'bounds') return `totals of a ${q.unit} in a key`;
  return q.aggregate === 'count-rows' || q.aggregate === 'histogram' ? 'rows' : q.aggregate === 'distinct' ? 'distinct values' : '(the sum)';
}

/** What a relative error is a share of. */
function wholeOf({ aggregate }: CheckedQuery): string {
  if (aggregate === 'mean') return 'the range';
  if (aggregate === 'variance') return "the range's square";
  return aggregate === 'quantiles' || aggregate === 'bounds' ? 'all ranks' : 'the value';
}

function offBy({ aggregate }: CheckedQuery, e: ExpectedError): string {
  const [error, share] = [number(e.meanError), percent(e.relativeError)];
  if (aggregate === 'mean') return `off by at most about ${error} on average, ${share} of the range`;
  if (aggregate === 'variance') return `off by at most about ${error} on average, ${share} of the range's square`;
  if (aggregate === 'bounds') return `what lies beyond an end is off by at most about ${error} totals on average, ${share} of all`;
  return aggregate === 'quantiles' ? `the rank is off by at most about ${error} rows on average, ${share} of all` : `off by ${error} on average, ${share}`;
}

const shownClause = (e: ExpectedError): string => (e.shown === 1 ? '' : e.shown > 0.9999 ? '; shown' : e.shown < 1e-4 ? '; not shown' : `; shown with probability ${percent(e.shown)}`);
