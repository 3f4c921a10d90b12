import { rankTies } from '../order/rankTies.js';
import { checkPairs } from './pairs.js';

/**
 * Spearman's rank correlation: Pearson's correlation of fractional ranks. `null` where one side is all ties.
 *
 * R: `cor(x, y, method = "spearman")`; scipy: `spearmanr(x, y)`. Cost: O(n log n).
 *
 * @throws {TokumeiError} `TOKUMEI_PAIRS` unless both are lists of finite numbers of one length.
 * @example
 * spearman([1, 2, 2, 4, 5], [1, 3, 2, 4, 4])?.toFixed(6); // => '0.947368'
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  checkPairs(x, y, 'spearman');
  // Twice the rank less the mean is a whole number, so that all sums are exact for up to 200,000 items.
  const centred = (values: readonly number[]): number[] => rankTies(values, { ties: 'fractional' }).map(({ rank }) => 2 * rank! - values.length - 1);
  const [a, b] = [centred(x), centred(y)];
  const sum = (p: readonly number[], q: readonly number[]): number => p.reduce((total, value, i) => total + value * q[i]!, 0);
  const below = Math.sqrt(sum(a, a)) * Math.sqrt(sum(b, b));
  return below === 0 ? null : sum(a, b) / below;
}
