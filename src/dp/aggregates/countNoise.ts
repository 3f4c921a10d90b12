import { discreteGaussian } from '../../random/discreteGaussian.js';
import { discreteLaplace } from '../../random/discreteLaplace.js';
import type { RandomSource } from '../../random/index.js';
import type { CountNoise } from './countDesign.js';

/** Exact counts plus noise of the designed law, one draw for each key. Draws are made before counts are looked at. */
export function addCountNoise(counts: Float64Array, noise: CountNoise, random: RandomSource): Float64Array {
  const sampler = noise.law === 'discrete-laplace' ? discreteLaplace(noise.scale) : discreteGaussian(noise.sigma);
  const noisy = sampler.fill(new Float64Array(counts.length), random);
  for (let i = 0; i < noisy.length; i++) noisy[i]! += counts[i]!;
  return noisy;
}
