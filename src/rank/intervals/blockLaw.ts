import { normalCdf } from '../../numeric/normal.js';
import type { NoiseLaw } from '../../core/statement.js';

/**
 * A symmetric law on the whole numbers as probabilities of blocks: block m is the `width` whole numbers around
 * `m * width`. With `width` 1 it is the law itself. What lies beyond the table is left out, so that sums over it
 * are never too large.
 */
export interface BlockLaw {
  readonly width: number;
  /** Blocks run from `-half` to `half`; `below[m + half]` is the probability of the table's blocks before m. */
  readonly half: number;
  readonly below: Float64Array;
}

const MOST_BLOCKS = 4096;
// Up to here the probabilities of a discrete Gaussian are summed one by one; beyond, sums are integrals with a first correction
// (Euler and Maclaurin, midpoints), which is off by less than 1 / (800 sigma^4): below 1e-17 by then.
const MOST_SUMMED = 65_536;

/** How far a law reaches: beyond this, `draws` draws together have probability below 1e-12, or `beyond`. */
export function reachOf(law: NoiseLaw, draws: number, beyond = 1e-12): number {
  const log = Math.log((2 * draws) / beyond);
  if (law.law === 'none') return 0;
  return Math.ceil(law.law === 'discrete-laplace' ? law.scale * log : law.sigma * Math.sqrt(2 * log)) + 1;
}

/** An odd width with which all blocks up to `reach` fit the table. */
export const blockWidthFor = (reach: number): number => (reach <= MOST_BLOCKS ? 1 : 2 * Math.ceil(reach / MOST_BLOCKS / 2) + 1);

export function blockLaw(law: NoiseLaw, reach: number, width: number): BlockLaw {
  const half = Math.ceil(reach / width);
  const probability = law.law === 'none' ? (m: number) => (m === 0 ? 1 : 0) : law.law === 'discrete-laplace' ? laplaceBlocks(law.scale, width) : gaussianBlocks(law.sigma, width, half);
  const below = new Float64Array(2 * half + 2);
  for (let m = -half; m <= half; m++) below[m + half + 1] = below[m + half]! + probability(Math.abs(m));
  return { width, half, below };
}

function laplaceBlocks(scale: number, width: number): (m: number) => number {
  // P[X >= x] = q^x / (1 + q) for x >= 1, with q = exp(-1 / scale).
  const q = Math.exp(-1 / scale);
  const side = (width - 1) / 2;
  const block = -Math.expm1(-width / scale) / (1 + q);
  const middle = 1 - (2 * Math.exp(-(side + 1) / scale)) / (1 + q);
  return (m) => (m === 0 ? middle : Math.exp(-(m * width - side) / scale) * block);
}

function gaussianBlocks(sigma: number, width: number, half: number): (m: number) => number {
  const side = (width - 1) / 2;
  if (half * width > MOST_SUMMED) {
    // The sum of f over a..b is its integral from a - 1/2 to b + 1/2 less the difference of f' / 24 at these ends; f' = -x f / sigma^2.
    const end = (x: number): number => normalCdf(-x / sigma) - ((x / sigma) * Math.exp((-x * x) / (2 * sigma * sigma))) / (24 * sigma * sigma * Math.sqrt(2 * Math.PI));
    return (m) => end(m * width - side - 0.5) - end(m * width + side + 0.5);
  }
  const weights = new Float64Array(half + 1);
  const weight = (x: number): number => Math.exp((-x * x) / (2 * sigma * sigma));
  for (let m = half; m >= 0; m--) for (let x = m * width + side; x >= m * width - side; x--) weights[m]! += weight(x);
  let total = 0;
  // Weights beyond the table belong to the total; two more reaches of the same length are far beyond a double's precision.
  for (let x = half * width + side + 1; x <= 2 * (half * width + side) && weight(x) > 0; x++) total += 2 * weight(x);
  for (let m = half; m >= 1; m--) total += 2 * weights[m]!;
  total += weights[0]!;
  return (m) => weights[m]! / total;
}
