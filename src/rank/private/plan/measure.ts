import { discreteLaplaceMechanism } from '../../../dp/mechanisms/noise/laplace.js';
import { correlatedGaussian } from '../../../dp/mechanisms/noise/correlatedGaussian.js';
import { scaleFor } from '../../../dp/mechanisms/cost.js';
import { noiseGap } from './gaps.js';
import type { MeasurementDesign } from './types.js';

/** Counts of `size` groups by correlated Gaussian noise, in halves: each unit may count in all of them. */
export function correlatedDesign(size: number, rho: number): MeasurementDesign {
  const { sigmaEach, sigmaShared } = correlatedGaussian({ size, rho });
  const noise = { law: 'discrete-gaussian', sigma: sigmaEach } as const;
  return { mechanism: 'correlated-gaussian', size, noise, shared: { law: 'discrete-gaussian', sigma: sigmaShared }, rho, step: 0.5, gap: 0.5 * noiseGap(noise) };
}

/** Counts of `size` groups by independent Laplace noise: a unit that counts in all of them moves them by `size` together. */
export function laplaceDesign(size: number, epsilon: number): MeasurementDesign {
  const scale = scaleFor(size, epsilon);
  // Refuses here, before a slice is spent, what it would refuse later.
  discreteLaplaceMechanism({ scale });
  const noise = { law: 'discrete-laplace', scale } as const;
  return { mechanism: 'discrete-laplace', size, noise, step: 1, gap: noiseGap(noise) };
}
