import type { NoiseLaw } from '../../core/statement.js';
import { blockLaw, reachOf } from './blockLaw.js';

export interface Weighted {
  readonly value: number;
  readonly probability: number;
}

/** How finely the noise is taken: for small p-values over many items, or for one test at a level of some per cent. */
export type Resolution = 'tails' | 'level';

const BLOCKS = { tails: { half: 100, beyond: 1e-12 }, level: { half: 40, beyond: 1e-6 } } as const;

/**
 * The distribution of X - r Y for independent X and Y, as some hundred values with probabilities: for variances and tails.
 * Symmetric, as both are; what lies beyond the table is at its ends.
 *
 * Noise of a small scale is taken value by value; beyond in blocks of a third of a scale, each at its middle.
 */
export function noiseDifference(x: NoiseLaw, y: NoiseLaw, r: number, resolution: Resolution = 'tails'): Weighted[] {
  const [a, b] = [points(x, resolution), points(y, resolution)];
  const exact = a.width === 1 && b.width === 1 && Number.isInteger(r);
  const width = exact ? 1 : Math.max(a.width, b.width * r) / (resolution === 'tails' ? 2 : 1);
  const half = Math.ceil((a.reach + r * b.reach) / width);
  const sums = new Float64Array(2 * half + 1);
  for (const p of a.list) for (const q of b.list) sums[Math.round((p.value - r * q.value) / width) + half]! += p.probability * q.probability;
  const missing = 1 - sums.reduce((sum, probability) => sum + probability, 0);
  sums[0]! += missing / 2;
  sums[2 * half]! += missing / 2;
  return [...sums].map((probability, i) => ({ value: (i - half) * width, probability })).filter(({ probability }) => probability > 1e-13);
}

function points(law: NoiseLaw, resolution: Resolution): { readonly width: number; readonly reach: number; readonly list: readonly Weighted[] } {
  const blocks = BLOCKS[resolution];
  const reach = reachOf(law, 1, blocks.beyond);
  const width = reach <= blocks.half ? 1 : 2 * Math.ceil(reach / blocks.half / 2) + 1;
  const { below, half } = blockLaw(law, reach, width);
  const list = Array.from({ length: 2 * half + 1 }, (_, i) => ({ value: (i - half) * width, probability: below[i + 1]! - below[i]! }));
  return { width, reach: half * width, list: list.filter(({ probability }) => probability > 0) };
}

/** The variance of a law; for a discrete Gaussian its bound sigma^2, which it all but reaches. */
export function varianceOf(law: NoiseLaw): number {
  if (law.law === 'none') return 0;
  if (law.law === 'discrete-gaussian') return law.sigma * law.sigma;
  const q = Math.exp(-1 / law.scale);
  return (2 * q) / Math.expm1(-1 / law.scale) ** 2;
}

/** The smallest whole w with P[|X + Y| <= w] >= confidence, for independent X and Y of these laws; a little too large where blocks are used, never too small. */
export function halfWidthOf(x: NoiseLaw, y: NoiseLaw, confidence: number): number {
  const sums = noiseDifference(x, y, 1, 'tails').sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
  let inside = 0;
  for (const { value, probability } of sums) {
    inside += probability;
    if (inside >= confidence) return Math.ceil(Math.abs(value));
  }
  return Math.ceil(Math.abs(sums.at(-1)?.value ?? 0));
}
