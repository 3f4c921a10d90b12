import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { repeatSpend } from '../accounting/compose.js';
import { spendAsApproximate } from '../accounting/convert.js';
import { optimalEpsilon } from '../accounting/optimal.js';
import { noiseSurvival, noiseVariance } from '../accounting/laws/noiseLaw.js';
import type { Spend } from '../budget/spend.js';
import { roundUp } from '../../numeric/outward.js';
import { designOf, type Design } from './design.js';
import { errorAt, sizedInUnits } from './errorAt.js';
import { intervalOf } from './intervalOf.js';
import { lostShare } from './lostShare.js';
import { meaningOf } from './meaningOf.js';
import { checkQuery, type CheckedQuery, type PlanQuery } from './query.js';
import { sentencesOf } from './sentences.js';
import type { ExpectedError, Plan, PlanDraft, PublicFacts } from './types.js';

/**
 * Says what an aggregate will give, before it sees data and without any: noise, threshold, the smallest group likely to
 * be shown, the error at 100, 1,000 and 10,000 units, and what epsilon means for one unit. For every aggregate.
 *
 * Give it the options that the aggregate will get; a slice is read and not spent. Everything comes from public
 * parameters, so it may be repeated at will, published, and used to choose bounds and budget (`compareBounds`,
 * `epsilonFor`, `sharesForErrors`). Cost: below a millisecond.
 *
 * @throws {TokumeiError} `TOKUMEI_AGGREGATE`, `TOKUMEI_KEYS`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_ROWS_PER_GROUP`, `TOKUMEI_BOUNDS`,
 *   `TOKUMEI_DELTA_NEEDED`, `TOKUMEI_FACTS`, what the aggregate throws for its own options, and what `privacyBudget` throws for the numbers of `spend`.
 * @example
 * const spend = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });
 * const p = plan({ aggregate: 'count-units', keys: 'discover', groupsPerUnit: 1, spend });
 * [p.threshold, p.smallestShown?.likely, p.interval.halfWidth]; // => [15, 15, 3]
 */
export function plan(query: PlanQuery, facts: PublicFacts = {}): Plan {
  const where = 'plan';
  const q = checkQuery(query, where);
  const design = designOf(q, where);
  const confidence = facts.confidence ?? 0.95;
  const { halfWidth } = intervalOf(design.noise, confidence);
  const releases = facts.releases === undefined ? 1 : checkInteger(facts.releases, where, 'releases', 'TOKUMEI_FACTS', 1, 1e6);
  const totalCost = totalOf(design.cost, releases, facts.delta);
  const stated = stateEpsilon(totalCost, facts.delta, where);
  const draft: PlanDraft = {
    aggregate: q.aggregate,
    noise: design.noise,
    step: design.step,
    standardDeviation: Math.sqrt(noiseVariance(design.noise)) * design.step,
    interval: { confidence, halfWidth: halfWidth * design.step },
    threshold: design.threshold ?? design.keys?.likelyFrom ?? null,
    smallestShown: design.threshold === null && design.keys === null ? null : { likely: leastShown(design, 0.5), nearlyAlways: leastShown(design, 0.95) },
    expected: sizesOf(facts, where).map((size) => expectedAt(size, q, design)),
    cost: design.cost,
    totalCost,
    meaning: meaningOf({ ...stated, unit: q.unit }),
    lost: facts.keysPerUnit === undefined ? null : lostShare(facts.keysPerUnit, q.groupsPerUnit, where),
  };
  return { ...draft, ...sentencesOf(q, draft, facts, design, otherLaw(q, design, where)) };
}

/** Basic composition; where a larger delta is allowed for the total, optimal composition if that is less. */
function totalOf(cost: Spend, releases: number, delta: number | undefined): Spend {
  const basic = repeatSpend(cost, releases);
  if (cost.measure === 'zcdp' || basic.measure === 'zcdp' || delta === undefined || delta <= basic.delta || releases === 1) return basic;
  const epsilon = roundUp(optimalEpsilon({ epsilon: cost.epsilon, delta: cost.delta, count: releases, totalDelta: delta }));
  return epsilon < basic.epsilon ? { measure: 'approximate', epsilon, delta } : basic;
}

function expectedAt(size: number, q: CheckedQuery, design: Design): ExpectedError {
  return { size, ...errorAt(size, q, design), shown: shownAt(size, q, design) };
}

/** In a group of so many rows, or of such a sum, there are at least as many units as the bounds ask for; more are shown sooner. */
function shownAt(size: number, q: CheckedQuery, { noise, threshold, keys, each }: Design): number {
  if (keys !== null) return keys.shownAt(sizedInUnits(q) ? size : Math.ceil(size / each));
  if (threshold === null) return 1;
  return size < q.choices.minUnits ? 0 : noiseSurvival(noise, threshold - size);
}

/** The other noise law under the same spend, where a discovered key would be shown earlier under it. */
function otherLaw(q: CheckedQuery, design: Design, where: string): Design | undefined {
  if (design.threshold === null || q.choices.law !== undefined || q.spend.measure === 'zcdp') return undefined;
  const other = designOf({ ...q, choices: { ...q.choices, law: design.noise.law === 'discrete-laplace' ? 'gaussian' : 'laplace' } }, where);
  return (other.threshold ?? Infinity) < 0.9 * design.threshold ? other : undefined;
}

/** Noise is symmetric: P[size + X >= threshold] >= 1/2 from the threshold on. */
function leastShown(design: Design, probability: number): number {
  if (design.keys !== null) return design.keys.leastUnits(probability);
  const threshold = design.threshold as number;
  if (probability === 0.5) return threshold;
  return threshold + intervalOf(design.noise, 2 * probability - 1).halfWidth;
}

function stateEpsilon(cost: Spend, delta: number | undefined, where: string): { readonly epsilon: number; readonly delta: number } {
  if (cost.measure !== 'zcdp') return cost;
  if (delta === undefined) {
    throw new TokumeiError('TOKUMEI_FACTS', { where, parameter: 'facts.delta', expected: 'the delta at which epsilon is stated, for an account kept in rho', received: delta });
  }
  const stated = spendAsApproximate(cost, delta);
  return { epsilon: stated.measure === 'zcdp' ? NaN : stated.epsilon, delta: stated.delta };
}

function sizesOf(facts: PublicFacts, where: string): readonly number[] {
  const sizes = facts.sizes ?? [100, 1000, 10000];
  for (const size of sizes) {
    if (!(typeof size === 'number' && size > 0 && size < Infinity)) throw new TokumeiError('TOKUMEI_FACTS', { where, parameter: 'sizes', expected: 'numbers above 0', received: size });
  }
  return sizes;
}
