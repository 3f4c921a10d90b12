import type { NoiseLaw } from '../../core/statement.js';
import { blockLaw, blockWidthFor, reachOf } from './blockLaw.js';

/** Independent draws of one law, all with the same further draw of another on top: counts measured together. */
export interface SharedDraws {
  readonly each: NoiseLaw;
  readonly shared: NoiseLaw;
  readonly count: number;
}

/** Blocks on either side of zero that a law is cut into here. */
const BLOCKS = 512;

/**
 * The smallest whole w such that with probability at least `confidence` no noise of the first draws exceeds a noise of the
 * second by more than w: for telling measured groups from those that were only surveyed.
 *
 * (largest of the first) - (smallest of the second) + (difference of the shared ones) is a sum of four independent variables.
 * Each is rounded up to blocks and the four are convolved, so that w is never too small.
 */
export function crossGap(first: SharedDraws, second: SharedDraws, confidence: number): number {
  const laws = [
    { law: first.each, count: first.count },
    { law: second.each, count: second.count },
    { law: first.shared, count: 1 },
    { law: second.shared, count: 1 },
  ];
  const reach = Math.max(...laws.map(({ law, count }) => reachOf(law, count)));
  const width = Math.max(blockWidthFor(reach), 2 * Math.floor(reach / BLOCKS / 2) + 1);
  // All laws are symmetric: the smallest is distributed as minus the largest.
  const parts = laws.map(({ law, count }) => largest(law, count, reach, width));
  const sum = parts.slice(1).reduce((a, b) => convolve(a, b), parts[0]!);
  const half = (sum.length - 1) / 2;
  let below = 0;
  for (let m = 0; m < sum.length; m++) {
    below += sum[m]!;
    // Four values, each at most half a block above its middle.
    if (below >= confidence + 1e-9) return Math.max(0, (m - half) * width + 4 * ((width - 1) / 2));
  }
  return half * width + 4 * width;
}

/** The law of the largest of `count` draws by blocks. */
function largest(law: NoiseLaw, count: number, reach: number, width: number): Float64Array {
  const { below, half } = blockLaw(law, reach, width);
  const probability = new Float64Array(2 * half + 1);
  for (let m = 0; m <= 2 * half; m++) probability[m] = below[m + 1]! ** count - below[m]! ** count;
  return probability;
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const p = a[i]!;
    if (p < 1e-18) continue;
    for (let j = 0; j < b.length; j++) sum[i + j]! += p * b[j]!;
  }
  return sum;
}
