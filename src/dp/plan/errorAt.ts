import { noiseMeanError, noiseVariance } from '../accounting/laws/noiseLaw.js';
import type { Design } from './design.js';
import type { CheckedQuery } from './query.js';

/** The size of a group is in units, each with a row at least, where the result is a ratio or a rank; else in what is measured. */
export const sizedInUnits = ({ aggregate }: CheckedQuery): boolean => aggregate === 'count-units' || aggregate === 'mean' || aggregate === 'variance' || aggregate === 'quantiles';

/**
 * The mean error of the noise at a size, and its share of the size or range.
 *
 * A mean over n rows is a / n: to first order its noise is ((1 - m) X - m Y) / n of the range, on average at most that of X
 * alone. A variance has three noises, whose weights sum to at most 1 in magnitude, too, in the range's square. A rank between two
 * leaves is a sum of at most 16 nodes on the top level and 15 on each below, weighted by r and 1 - r.
 */
export function errorAt(size: number, q: CheckedQuery, { noise, step, levels }: Design): { readonly meanError: number; readonly relativeError: number } {
  const each = noiseMeanError(noise) * step;
  const { lower = 0, upper = 0, ranks = [0.5], cut = 0.01 } = q.options;
  const range = upper - lower;
  switch (q.aggregate) {
    case 'mean':
      return ofRange(range, each / size);
    case 'variance':
      return ofRange(range * range, each / size);
    case 'bounds':
    case 'quantiles': {
      const steepest = (q.aggregate === 'bounds' ? [cut] : ranks).reduce((most, rank) => Math.max(most, rank, 1 - rank), 0);
      const rows = Math.sqrt((15 * levels + 1) * noiseVariance(noise)) * step * steepest;
      return { meanError: rows, relativeError: Math.min(1, rows / size) };
    }
    default:
      return { meanError: each, relativeError: each / size };
  }
}

/** No estimate leaves the range, whatever the noise. */
function ofRange(range: number, share: number): { readonly meanError: number; readonly relativeError: number } {
  const most = Math.min(1, share);
  return { meanError: range * most, relativeError: most };
}
