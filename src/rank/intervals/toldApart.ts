import { TokumeiError } from '../../core/errors.js';
import type { RankInterval } from './target.js';

/**
 * The rows that may hold the first place: those whose rank interval begins with 1.
 *
 * With simultaneous intervals all true leaders are among them with the stated confidence.
 *
 * @example
 * leaders([{ key: 'a', interval: [1, 2] }, { key: 'b', interval: [1, 3] }, { key: 'c', interval: [2, 3] }]).map(({ key }) => key); // => ['a', 'b']
 */
export function leaders<Row extends { readonly interval: RankInterval | null }>(rows: readonly Row[]): Row[] {
  return rows.filter(({ interval }) => interval !== null && interval[0] === 1);
}

/**
 * Letters for rows that are not told apart: two rows differ by more than `gap` exactly when they share no letter.
 *
 * "Not told apart" does not chain: a and b, b and c may be close, and a and c not. So there are no tie groups; a row
 * may have several letters, as in a compact letter display (R: `multcompView::multcompLetters`). In the order of the values;
 * '' where a value is no finite number. `gap` is that of `rankIntervals`. Cost: O(n log n).
 *
 * @throws {TokumeiError} `TOKUMEI_GAP` unless `gap` is finite and >= 0.
 * @example
 * compactLetters([100, 90, 80], 10); // => ['a', 'ab', 'b']
 */
export function compactLetters(values: readonly (number | null | undefined)[], gap: number): string[] {
  if (!(typeof gap === 'number' && gap >= 0 && gap < Infinity)) throw new TokumeiError('TOKUMEI_GAP', { where: 'compactLetters', parameter: 'gap', expected: 'finite and >= 0', received: gap });
  const order = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : [])).sort((a, b) => values[b]! - values[a]!);
  const letters = values.map(() => '');
  let end = 0;
  let count = 0;
  for (let from = 0; from < order.length; from++) {
    let to = end;
    while (to < order.length && values[order[from]!]! - values[order[to]!]! <= gap) to++;
    // A run that goes no further than the last one lies within it.
    if (to === end) continue;
    const letter = letterOf(count++);
    for (let i = from; i < to; i++) letters[order[i]!] += letter;
    end = to;
  }
  return letters;
}

/** a to z, then with a number: a1 to z1, and so on. */
function letterOf(n: number): string {
  const letter = String.fromCharCode(97 + (n % 26));
  return n < 26 ? letter : `${letter}${Math.floor(n / 26)}`;
}
