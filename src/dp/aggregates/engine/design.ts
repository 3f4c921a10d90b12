import { TokumeiError } from '../../../core/errors.js';
import type { Spend } from '../../budget/spend.js';
import { divideByShare } from '../../../numeric/doubles.js';
import { checkSpendRange, costOf, needsDelta, type Cost } from './cost.js';
import { designKeys, type KeyDesign, type KeyRule } from './keys.js';
import { deviation, noiseFor, type CountLaw, type CountNoise, type Reach } from './noise.js';

/** How a spend is used: choices of the caller's, with what they are where he made none. */
export interface SpendChoices {
  /** The share of the budget that selects discovered keys; nothing where keys are declared. */
  readonly keysShare: number;
  readonly keyRule: KeyRule | undefined;
  /** A discovered key that fewer units have is never shown; 1 for no such floor. */
  readonly minUnits: number;
  readonly law: CountLaw | undefined;
}

/** What the selection of discovered keys gets of the budget where the caller does not say. */
export const KEYS_SHARE = 0.3;

/** Noise, selection of keys and cost of an aggregate, before it sees data. Public. */
export interface SumDesign {
  /** In at most this many groups one unit counts. */
  readonly l0: number;
  readonly reach: Reach;
  readonly noise: CountNoise;
  /** null for declared keys, which are all published. */
  readonly keys: KeyDesign | null;
  readonly cost: Cost;
}

/**
 * The design of an aggregate whose numbers one unit moves by a given reach in at most `l0` groups.
 *
 * Declared keys: the whole spend pays for noise. Discovered keys: a share selects keys by their distinct units, all of
 * delta with it (half where Gaussian noise needs the other half), the rest pays for noise. Without a law the one with the
 * smaller standard deviation. Proof: docs/proofs/aggregates.md.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_NEEDED`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_RHO_RANGE`
 */
export function designSums(where: string, spend: Spend, l0: number, reach: Reach, discover: boolean, choices: SpendChoices): SumDesign {
  checkSpendRange(where, spend);
  if (discover) needsDelta(where, spend);
  const zcdp = spend.measure === 'zcdp';
  const mayBeGaussian = zcdp || spend.delta > 0;
  if (reach.inL2 === true && choices.law === 'laplace') {
    throw new TokumeiError('TOKUMEI_NOISE', { where, parameter: 'noise', expected: "'gaussian' where the bound is in the L2 norm", received: choices.law });
  }
  const asked = reach.inL2 === true ? 'gaussian' : choices.law;
  if (asked === 'gaussian' && !mayBeGaussian) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', { where, message: 'Gaussian noise needs delta > 0' });
  }
  const candidate = (law: CountLaw): { readonly noise: CountNoise; readonly forKeys: Spend | undefined; readonly law: CountLaw } => {
    if (!discover) return { noise: noiseFor(where, spend, reach, law), forKeys: undefined, law };
    const [forKeys, forNoise] = divideSpend(spend, choices.keysShare, law === 'gaussian');
    return { noise: noiseFor(where, forNoise, reach, law), forKeys, law };
  };
  const { noise, forKeys, law } = best(candidate, asked, mayBeGaussian);
  const keys = forKeys === undefined || forKeys.measure === 'pure' ? null : designKeys(where, forKeys, l0, choices);
  return { l0, reach, noise, keys, cost: costOf(spend, law === 'gaussian', discover) };
}

function best<C extends { readonly noise: CountNoise }>(candidate: (law: CountLaw) => C, law: CountLaw | undefined, mayBeGaussian: boolean): C {
  if (law !== undefined) return candidate(law);
  const laplace = candidate('laplace');
  if (!mayBeGaussian) return laplace;
  const gaussian = candidate('gaussian');
  return deviation(gaussian.noise) < deviation(laplace.noise) ? gaussian : laplace;
}

/** What selects keys, and what pays for noise. */
function divideSpend(spend: Spend, keysShare: number, gaussian: boolean): readonly [forKeys: Spend, forNoise: Spend] {
  if (spend.measure === 'zcdp') {
    const [first, second] = divideByShare(spend.rho, keysShare);
    return [{ measure: 'zcdp', rho: first, delta: spend.delta }, { measure: 'zcdp', rho: second, delta: 0 }];
  }
  const [first, second] = divideByShare(spend.epsilon, keysShare);
  const [keysDelta, noiseDelta] = gaussian ? divideByShare(spend.delta, 0.5) : [spend.delta, 0];
  return [
    { measure: 'approximate', epsilon: first, delta: keysDelta },
    noiseDelta > 0 ? { measure: 'approximate', epsilon: second, delta: noiseDelta } : { measure: 'pure', epsilon: second, delta: 0 },
  ];
}
