import type { NoiseLaw } from '../../../core/statement.js';
import { smallestInteger } from '../../../numeric/roots.js';
import { discreteGaussianMass, discreteGaussianSurvival, discreteGaussianTotal, discreteGaussianVariance } from './discreteGaussian.js';
import { discreteLaplaceMass, discreteLaplaceSurvival, discreteLaplaceVariance } from './discreteLaplace.js';

/** P[noise = k], k in steps. */
export function noiseMass(noise: NoiseLaw, k: number): number {
  if (noise.law === 'none') return k === 0 ? 1 : 0;
  return noise.law === 'discrete-laplace' ? discreteLaplaceMass(noise.scale, k) : discreteGaussianMass(noise.sigma, k);
}

/** P[noise >= k], k in steps. */
export function noiseSurvival(noise: NoiseLaw, k: number): number {
  if (noise.law === 'none') return k <= 0 ? 1 : 0;
  return noise.law === 'discrete-laplace' ? discreteLaplaceSurvival(noise.scale, k) : discreteGaussianSurvival(noise.sigma, k);
}

/** The variance of the noise, in steps squared. */
export function noiseVariance(noise: NoiseLaw): number {
  if (noise.law === 'none') return 0;
  return noise.law === 'discrete-laplace' ? discreteLaplaceVariance(noise.scale) : discreteGaussianVariance(noise.sigma);
}

/** The mean of the noise's magnitude, in steps: the error to expect. */
export function noiseMeanError(noise: NoiseLaw): number {
  if (noise.law === 'none') return 0;
  if (noise.law === 'discrete-laplace') return 1 / Math.sinh(1 / noise.scale);
  const { sigma } = noise;
  // The sum of k exp(-k^2 / (2 sigma^2)) over k >= 1, by Euler and Maclaurin where sigma is large.
  if (sigma > 20) return (2 * (sigma * sigma - 1 / 12)) / discreteGaussianTotal(sigma);
  let sum = 0;
  for (let k = 1; k < 40 * sigma + 2; k++) sum += 2 * k * Math.exp(-0.5 * (k / sigma) ** 2);
  return sum / discreteGaussianTotal(sigma);
}

/** The least whole number of steps h with P[|noise| > h] <= alpha. */
export function noiseHalfWidth(noise: NoiseLaw, alpha: number): number {
  // Beyond whole doubles there is no next one to try.
  return smallestInteger((h) => 2 * noiseSurvival(noise, h + 1) <= alpha, 0, 2 ** 53);
}
