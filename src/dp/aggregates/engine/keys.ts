import { TokumeiError } from '../../../core/errors.js';
import type { Json } from '../../../core/statement.js';
import { divideByShare } from '../../../numeric/doubles.js';
import { outwardMargin } from '../../../numeric/outward.js';
import { smallestInteger } from '../../../numeric/roots.js';
import { discreteGaussianSurvival } from '../../accounting/laws/discreteGaussian.js';
import type { Spend } from '../../budget/spend.js';
import type { NoisePort } from '../../mechanisms/port.js';
import { optimalSelection } from '../../selection/optimal.js';
import { thresholdFor } from '../../selection/thresholdFor.js';
import { weightedRule } from '../../selection/weighted.js';
import type { SpendChoices } from './design.js';
import { noiseFor, type CountNoise } from './noise.js';

/** How discovered keys are selected: by their number of distinct units, or by weights that favour units with few keys. */
export type KeyRule = 'optimal' | 'gaussian' | 'weighted';

/** How keys of the data are selected before anything about them is shown. Made of public figures. */
export interface KeyDesign {
  readonly rule: KeyRule;
  /** A key of this many units is shown as likely as not (for `weighted`: of units with one key each). */
  readonly likelyFrom: number;
  /** The probability that a key of this many units (with one key each, for `weighted`) is shown. */
  shownAt(units: number): number;
  /** The least number of units that is shown with at least this probability. */
  leastUnits(probability: number): number;
  /** For the statement. */
  readonly parameters: { readonly [name: string]: Json };
  /** What a unit with this many kept keys adds to the weight of each. */
  weight(groups: number): number;
  /** 1 for each key that is shown. */
  choose(port: NoisePort, keys: readonly unknown[], weights: Float64Array): Uint8Array;
}

/** What selects keys has a delta. */
type KeySpend = Exclude<Spend, { readonly measure: 'pure' }>;
type GaussianNoise = Extract<CountNoise, { readonly law: 'discrete-gaussian' }>;

/**
 * The selection of keys for a spend. Without a rule: optimal selection or a threshold on a noisy count, whichever shows the
 * smaller groups, which is optimal selection up to about three groups a unit.
 *
 * @throws {TokumeiError} `TOKUMEI_MEASURE`, `TOKUMEI_SELECTION_SIZE`, `TOKUMEI_GROUPS_PER_UNIT`
 */
export function designKeys(where: string, spend: KeySpend, l0: number, { keyRule, minUnits }: Pick<SpendChoices, 'keyRule' | 'minUnits'>): KeyDesign {
  if (keyRule === 'weighted') return byWeights(where, spend, l0, minUnits);
  if (keyRule === 'optimal') return byOptimal(spend, l0, minUnits);
  const gaussian = byThreshold(where, spend, l0, minUnits);
  // Where the table of optimal selection would be large, the threshold is lower by far.
  if (keyRule === 'gaussian' || l0 > 16) return gaussian;
  let optimal: KeyDesign;
  try {
    optimal = byOptimal(spend, l0, minUnits);
  } catch {
    return gaussian;
  }
  return optimal.likelyFrom <= gaussian.likelyFrom ? optimal : gaussian;
}

function byOptimal(spend: KeySpend, l0: number, minUnits: number): KeyDesign {
  const { delta } = spend;
  // In zCDP L0 keys at p each cost L0 p² / 2, up to delta (docs/proofs/aggregates.md).
  const epsilon = spend.measure === 'zcdp' ? Math.sqrt(2 * spend.rho * l0) * (1 - outwardMargin) : spend.epsilon;
  const { certainFrom, keepProbability, leastCount } = optimalSelection({ epsilon, delta, groupsPerUnit: l0, preThreshold: minUnits });
  const law = `optimal selection, epsilon ${epsilon}, delta ${delta}, ${l0} groups a unit${minUnits > 1 ? `, from ${minUnits} units on` : ''}`;
  return {
    rule: 'optimal',
    likelyFrom: leastCount(0.5),
    shownAt: keepProbability,
    leastUnits: leastCount,
    parameters: { rule: 'optimal', epsilon, delta, certainFrom: Number.isFinite(certainFrom) ? certainFrom : null, ...floorOf(minUnits) },
    weight: () => 1,
    choose: (port, keys, values) => port.coins({ values, keys, newKeys: l0, sensitivity: 1, law, probability: keepProbability }).map((heads, at) => (values[at]! >= minUnits ? heads : 0)),
  };
}

function byThreshold(where: string, spend: KeySpend, l0: number, minUnits: number): KeyDesign {
  // Under epsilon and delta half of delta is for the noise, half for the threshold; zCDP's noise needs none.
  const [half, rest] = spend.measure === 'zcdp' ? [spend.delta, 0] : divideByShare(spend.delta, 0.5);
  const noise = noiseFor(where, { ...spend, delta: rest }, { places: l0, each: 1, counted: true }, 'gaussian') as GaussianNoise;
  return thresholdDesign('gaussian', spend, noise, thresholdFor(noise, half, l0) + minUnits - 1, { l0, sensitivity: Math.sqrt(l0), minUnits, full: 1, weight: () => 1 });
}

function byWeights(where: string, spend: KeySpend, l0: number, minUnits: number): KeyDesign {
  if (spend.measure === 'zcdp') {
    throw new TokumeiError('TOKUMEI_MEASURE', { where, message: "selects keys by weights under a budget in epsilon; with one in rho take 'gaussian' or 'optimal'" });
  }
  const { threshold, noise, fullWeight, weightOf } = weightedRule(where, { epsilon: spend.epsilon, delta: spend.delta, groupsPerUnit: l0, preThreshold: minUnits });
  return thresholdDesign('weighted', spend, noise, threshold, { l0, sensitivity: fullWeight, minUnits, full: fullWeight, weight: weightOf });
}

/** How units weigh on keys: a unit with one key gives it the full weight, and none gives more. */
interface Weighing {
  readonly l0: number;
  readonly sensitivity: number;
  readonly minUnits: number;
  readonly full: number;
  readonly weight: (groups: number) => number;
}

function thresholdDesign(rule: KeyRule, { delta }: Spend, { sigma }: GaussianNoise, threshold: number, { l0, sensitivity, minUnits, full, weight }: Weighing): KeyDesign {
  const shownAt = (units: number): number => (units > 0 && units >= minUnits ? discreteGaussianSurvival(sigma, threshold - units * full) : 0);
  return {
    rule,
    likelyFrom: Math.ceil(threshold / full),
    shownAt,
    leastUnits: (probability) => smallestInteger((units) => shownAt(units) >= probability, 1, 2 ** 53),
    parameters: { rule, sigma, threshold, delta, ...floorOf(minUnits) },
    weight,
    // More weight than fewer units could give: then that many have it.
    choose: (port, keys, values) => Uint8Array.from(port.gaussian({ values, keys, newKeys: l0, sensitivity, sigma }), (noisy, at) => (noisy >= threshold && values[at]! > (minUnits - 1) * full ? 1 : 0)),
  };
}

const floorOf = (minUnits: number): { readonly minUnits?: number } => (minUnits > 1 ? { minUnits } : {});
