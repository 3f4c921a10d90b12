import type { ExactCounts } from '../../table/grouping/unitCounts.js';
import type { NoisePort } from '../mechanisms/port.js';
import type { CountDesign } from './countDesign.js';

/** Exact counts plus noise of the designed law, one draw for each key. One unit moves at most `l0` counts, each by one. */
export function addCountNoise(exact: ExactCounts, design: CountDesign, discovered: boolean, port: NoisePort): Float64Array {
  const { noise, l0 } = design;
  const request = { values: exact.counts, keys: exact.keys, newKeys: discovered ? l0 : 0 };
  return noise.law === 'discrete-laplace'
    ? port.laplace({ ...request, sensitivity: l0, scale: noise.scale })
    : port.gaussian({ ...request, sensitivity: Math.sqrt(l0), sigma: noise.sigma });
}
