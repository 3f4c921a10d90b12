import { discreteGaussianSurvival } from '../../accounting/laws/discreteGaussian.js';
import { discreteLaplaceSurvival } from '../../accounting/laws/discreteLaplace.js';
import { deltaPerKey } from '../../selection/checks.js';
import type { CountNoise } from './noise.js';

/**
 * The smallest whole t with 1 - (1 - P[1 + X >= t])^L0 <= delta: any of the L0 keys that only one unit has is published
 * with at most that probability. Delta is lowered by the outward margin first, for the error of the elementary functions.
 */
export function thresholdFor(noise: CountNoise, delta: number, groupsPerUnit: number): number {
  const each = deltaPerKey(delta, groupsPerUnit);
  const survival = (k: number): number => (noise.law === 'discrete-laplace' ? discreteLaplaceSurvival(noise.scale, k) : discreteGaussianSurvival(noise.sigma, k));
  const hides = (t: number): boolean => survival(t - 1) <= each;
  let high = 2;
  for (let step = Math.ceil(noise.law === 'discrete-laplace' ? noise.scale : noise.sigma); !hides(high); step *= 2) high += step;
  let low = 1;
  // hides(high) and not hides(low): halve the distance.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (hides(middle)) high = middle;
    else low = middle;
  }
  return high;
}
