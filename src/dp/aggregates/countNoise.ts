import { discreteLaplace } from '../../random/discreteLaplace.js';
import type { RandomSource } from '../../random/index.js';
import type { ExactCounts } from '../../table/grouping/unitCounts.js';
import type { CountDesign } from './countDesign.js';

/** Exact counts plus noise of the designed law, one draw for each key. Draws are made before counts are looked at. */
export function addCountNoise(exact: ExactCounts, design: CountDesign, _groupsPerUnit: number, random: RandomSource): Float64Array {
  const noisy = discreteLaplace(design.noise.scale).fill(new Float64Array(exact.counts.length), random);
  for (let i = 0; i < noisy.length; i++) noisy[i]! += exact.counts[i]!;
  return noisy;
}
