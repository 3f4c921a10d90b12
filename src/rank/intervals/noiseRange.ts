import { smallestInteger } from '../../numeric/roots.js';
import type { NoiseLaw } from '../../core/statement.js';
import { blockLaw, blockWidthFor, reachOf, type BlockLaw } from './blockLaw.js';

/** Independent draws of one law. */
export interface Draws {
  readonly law: NoiseLaw;
  readonly count: number;
}

/** Sums of a few thousand products of doubles are off by less; it is taken from the confidence, never added to it. */
const ROUNDING = 1e-9;

/**
 * The smallest whole `w` such that with probability at least `confidence` no two of all the draws differ by more than `w`.
 *
 * Exact up to the last unit for scales up to a few hundred, and never too small: for larger scales the law is taken in
 * blocks of less than a five-hundredth of a scale and `w` rounded up.
 *
 * For independent draws X with distribution functions F: P[max - min <= w] = sum over m of
 * prod P[m <= X <= m + w] - prod P[m + 1 <= X <= m + w], the event that the smallest is m.
 */
export function rangeQuantile(draws: readonly Draws[], confidence: number): number {
  const total = draws.reduce((sum, { count }) => sum + count, 0);
  if (total < 2) return 0;
  const reach = Math.max(...draws.map(({ law }) => reachOf(law, total)));
  const width = blockWidthFor(reach);
  const laws = draws.map(({ law, count }) => ({ law: blockLaw(law, reach, width), count }));
  const blocks = smallestInteger((w) => rangeProbability(laws, w) >= confidence + ROUNDING, 0, 2 * laws[0]!.law.half);
  // Two values in blocks that are `blocks` apart differ by at most this.
  return blocks * width + (width - 1);
}

function rangeProbability(laws: readonly { readonly law: BlockLaw; readonly count: number }[], w: number): number {
  const { half } = laws[0]!.law;
  const last = 2 * half + 1;
  let probability = 0;
  for (let m = 0; m < last; m++) {
    const end = Math.min(m + w + 1, last);
    let from = 1;
    let after = 1;
    for (const { law, count } of laws) {
      from *= (law.below[end]! - law.below[m]!) ** count;
      after *= (law.below[end]! - law.below[m + 1]!) ** count;
    }
    probability += from - after;
  }
  return probability;
}
