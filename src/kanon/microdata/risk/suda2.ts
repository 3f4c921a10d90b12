import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { DenseIds } from '../search/grouping/denseIds.js';
import { subsets } from './quasiIdentifiers.js';

export interface Suda2Result {
  /** For each row, the number of its minimal sample uniques. */
  readonly minimalUniques: Int32Array;
  /** For each row, the score: the smaller and the more its minimal uniques, the larger. */
  readonly score: Float64Array;
  /** For each row, the share of its score that comes from combinations with each column. */
  readonly contributions: readonly Float64Array[];
}

/**
 * Special uniques (Elliot, Manning and Ford 2002): combinations of at most `most` columns that a row is alone with, and
 * that have no such combination within them. A minimal unique of s of m columns scores the product of m - i, i from s
 * to `most` - 1.
 *
 * As sdcMicro's `suda2` without its DIS calibration. Cost: one grouping for each set of columns, so for small `most`.
 *
 * @throws {TokumeiError} `TOKUMEI_COLUMNS`, `TOKUMEI_RISK`
 * @example
 * suda2([Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1)], 2).minimalUniques[2]; // => 1
 */
export function suda2(columns: readonly Int32Array[], most: number): Suda2Result {
  const where = 'suda2';
  const m = columns.length;
  checkInteger(most, where, 'most', 'TOKUMEI_RISK', 1);
  const n = columns[0]?.length ?? 0;
  if (m === 0 || m > 30 || columns.some((column) => column.length !== n)) throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'needs 1 to 30 columns of codes, all of the same length' });
  const largest = Math.min(most, m);
  const sizes = columns.map((column) => column.reduce((top, code) => Math.max(top, code), -1) + 1);
  const ids = new DenseIds();
  const found: number[][] = Array.from({ length: n }, () => []);
  for (const set of subsets(m, largest, where)) {
    const mask = set.reduce((bits, a) => bits | (1 << a), 0);
    ids.begin(n);
    for (const a of set) ids.add(columns[a]!, sizes[a]!);
    const { codes, size } = ids.finish();
    const counts = new Int32Array(size);
    for (let i = 0; i < n; i++) counts[codes[i]!]!++;
    for (let i = 0; i < n; i++) {
      if (counts[codes[i]!] !== 1) continue;
      // Sets come smallest first: what holds a set found before is not minimal.
      if (!found[i]!.some((smaller) => (smaller & mask) === smaller)) found[i]!.push(mask);
    }
  }
  const score = new Float64Array(n);
  const contributions = columns.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (const mask of found[i]!) {
      let s = 0;
      for (let a = 0; a < m; a++) if ((mask & (1 << a)) !== 0) s++;
      let value = 1;
      for (let j = s; j < largest; j++) value *= m - j;
      score[i]! += value;
      for (let a = 0; a < m; a++) if ((mask & (1 << a)) !== 0) contributions[a]![i]! += value;
    }
    if (score[i]! > 0) for (const column of contributions) column[i]! /= score[i]!;
  }
  return { minimalUniques: Int32Array.from(found, (masks) => masks.length), score, contributions };
}
