import { checkPairs } from './pairs.js';

/**
 * Kendall's tau-b of two lists of numbers for the same items: 1 for the same order, -1 for the reverse.
 *
 * Ties on one side only count for neither; `null` where one side is all ties, for then there is no order to agree with.
 * R: `cor(x, y, method = "kendall")`; scipy: `kendalltau(x, y)`. Cost: O(n log n) (Knight 1966).
 *
 * @throws {TokumeiError} `TOKUMEI_PAIRS` unless both are lists of finite numbers of one length.
 * @example
 * kendallTau([1, 2, 2, 4, 5], [1, 3, 2, 4, 4])?.toFixed(6); // => '0.888889'
 */
export function kendallTau(x: readonly number[], y: readonly number[]): number | null {
  checkPairs(x, y, 'kendallTau');
  const order = x.map((_, i) => i).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!);
  const n = order.length;
  const pairs = (n * (n - 1)) / 2;
  const tiedX = tiedPairs(order, (a, b) => x[a] === x[b]);
  const tiedBoth = tiedPairs(order, (a, b) => x[a] === x[b] && y[a] === y[b]);
  const sorted = Float64Array.from(order, (i) => y[i]!);
  const discordant = inversions(sorted);
  const tiedY = tiedPairs([...sorted.keys()], (a, b) => sorted[a] === sorted[b]);
  const below = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  return below === 0 ? null : (pairs - tiedX - tiedY + tiedBoth - 2 * discordant) / below;
}

/** Pairs within runs of equal neighbours. */
function tiedPairs(order: readonly number[], equal: (a: number, b: number) => boolean): number {
  let tied = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && equal(order[from]!, order[to]!)) to++;
    tied += ((to - from) * (to - from - 1)) / 2;
  }
  return tied;
}

/** How many pairs stand in falling order; sorts the array on the way. */
function inversions(values: Float64Array): number {
  const from = values;
  const to = new Float64Array(values.length);
  let count = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      for (let left = start, right = middle, at = start; at < end; at++) {
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!;
        else {
          count += middle - left;
          to[at] = from[right++]!;
        }
      }
    }
    from.set(to);
  }
  return count;
}
