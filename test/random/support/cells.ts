import type { RandomSource } from '../../../src/random/index.js';

/** A source that counts the words it hands on. */
export function counting(source: RandomSource): RandomSource & { words: number } {
  return {
    secure: false,
    words: 0,
    uint32() {
      this.words++;
      return source.uint32();
    },
  };
}

/** P[X <= t] of the discrete Laplace law, in closed form. */
export function laplaceCdf(t: number, scale: number): number {
  const q = Math.exp(-1 / scale);
  return t >= 0 ? 1 - Math.exp(-(t + 1) / scale) / (1 + q) : Math.exp(t / scale) / (1 + q);
}

/** P[X = k] of the discrete Gaussian law for k = -reach … reach, by the sum over all whole numbers that matter. */
export function gaussianPmf(sigma: number, reach: number): number[] {
  const weight = (k: number): number => Math.exp(-(k * k) / (2 * sigma * sigma));
  let total = 1;
  for (let k = 1; weight(k) > 1e-20; k++) total += 2 * weight(k);
  return Array.from({ length: 2 * reach + 1 }, (_, i) => weight(i - reach) / total);
}

/** The mass between two whole numbers for a large sigma, where the sum is the integral (error of order exp(-19 sigma²)). */
export function gaussianMass(from: number, to: number, sigma: number): number {
  const [a, b] = [(from - 0.5) / sigma, (to + 0.5) / sigma];
  const steps = 400;
  const h = (b - a) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) sum += (i === 0 || i === steps ? 1 : i & 1 ? 4 : 2) * Math.exp(-((a + i * h) ** 2) / 2);
  return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

/** How often the draws fall in each cell (edges[i - 1], edges[i]]; the last count is of those above all edges. */
export function tally(draws: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const x of draws) {
    let [from, to] = [0, edges.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (x <= (edges[middle] as number)) to = middle;
      else from = middle + 1;
    }
    (counts[from] as number)++;
  }
  return counts;
}
