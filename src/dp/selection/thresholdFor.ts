import { smallestInteger } from '../../numeric/roots.js';
import { noiseSurvival } from '../accounting/laws/noiseLaw.js';
import type { NoiseLaw } from '../../core/statement.js';
import { deltaPerKey } from './checks.js';

/**
 * The smallest whole t with 1 - (1 - P[each + X >= t])^keys <= delta: of the keys that only one unit has, at most `keys`, to
 * each of which it adds at most `each`, any is shown with at most that probability. Delta is lowered by the outward margin
 * first, for the error of the elementary functions.
 */
export function thresholdFor(noise: NoiseLaw, delta: number, keys: number, each = 1): number {
  const tail = deltaPerKey(delta, keys);
  return each + smallestInteger((k) => noiseSurvival(noise, k) <= tail, 0, 2 ** 53);
}
