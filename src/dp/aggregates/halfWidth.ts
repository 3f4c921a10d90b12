import { discreteGaussianHalfWidth } from '../accounting/laws/discreteGaussian.js';
import { discreteLaplaceHalfWidth } from '../accounting/laws/discreteLaplace.js';
import type { CountNoise } from './countDesign.js';

/** The smallest whole w with P[|noise| <= w] >= confidence, for the exact law. */
export function halfWidth(noise: CountNoise, confidence: number): number {
  const alpha = 1 - confidence;
  return noise.law === 'discrete-laplace' ? discreteLaplaceHalfWidth(noise.scale, alpha) : discreteGaussianHalfWidth(noise.sigma, alpha);
}
