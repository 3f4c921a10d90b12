import type { NoiseLaw } from '../../core/statement.js';

/**
 * The smallest whole w with P[|noise| <= w] >= confidence, for the exact law.
 *
 * For discrete Laplace with q = exp(-1/scale): P[|X| > w] = 2 q^(w+1) / (1 + q).
 */
export function halfWidth(noise: Extract<NoiseLaw, { readonly law: 'discrete-laplace' }>, confidence: number): number {
  const q = Math.exp(-1 / noise.scale);
  const beyond = (w: number): number => Math.log(2) - (w + 1) / noise.scale - Math.log1p(q);
  let w = Math.max(0, Math.floor(noise.scale * (Math.log(2 / (1 - confidence)) - Math.log1p(q))) - 2);
  while (beyond(w) > Math.log1p(-confidence)) w++;
  return w;
}
