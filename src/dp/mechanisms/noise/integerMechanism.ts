import type { NoiseLaw } from '../../../core/statement.js';
import type { IntegerSampler } from '../../../random/integerNoise.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import type { MechanismCost } from '../cost.js';
import { addNoise, checkValues } from './addNoise.js';

/** Adds whole-number noise of one public law to whole numbers. */
export interface IntegerMechanism {
  readonly noise: NoiseLaw;
  /**
   * What releasing noised values costs when adding or removing one unit moves them by at most `sensitivity`: in the sum of
   * the changes (L1) for Laplace noise, in the root of the sum of their squares (L2) for Gaussian noise.
   */
  spend(sensitivity: number): MechanismCost;
  /** One value, noised. */
  add(value: number, random?: RandomSource): number;
  /** Values with independent noise on each. All draws are made before a value is looked at. */
  addAll(values: ArrayLike<number>, random?: RandomSource): Float64Array;
}

export function integerMechanism(where: string, noise: NoiseLaw, sampler: IntegerSampler, spend: (sensitivity: number) => MechanismCost): IntegerMechanism {
  const addAll = (values: ArrayLike<number>, random: RandomSource = secureRandom()): Float64Array => addToAll(where, sampler, values, random);
  return Object.freeze({ noise, spend, addAll, add: (value: number, random?: RandomSource) => addAll([value], random)[0] as number });
}

/** Values with independent noise on each. All draws are made before a value is looked at. @throws {TokumeiError} `TOKUMEI_NOISE_VALUE` */
export function addToAll(where: string, sampler: IntegerSampler, values: ArrayLike<number>, random: RandomSource): Float64Array {
  const out = sampler.fill(new Float64Array(values.length), random);
  checkValues(values, where);
  for (let i = 0; i < out.length; i++) out[i] = addNoise(values[i] as number, out[i] as number);
  return out;
}
