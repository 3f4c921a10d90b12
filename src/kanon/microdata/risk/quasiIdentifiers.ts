import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { DenseIds } from '../search/grouping/denseIds.js';

/** How well a set of columns tells rows apart. */
export interface Separation {
  /** Positions of the columns. */
  readonly columns: readonly number[];
  /** Different combinations by rows: the share of rows that a combination is left for when each is kept once. */
  readonly distinction: number;
  /** The share of pairs of rows that differ in some of the columns. */
  readonly separation: number;
  /** Rows that are alone with their combination, by rows. */
  readonly unique: number;
}

/**
 * Distinction and separation (Motwani and Xu 2007) of all sets of up to `most` columns, the most telling first: which
 * columns may be quasi-identifiers, for who does not know. As ARX's risk analysis of attributes. Cost: one grouping for each set.
 *
 * @throws {TokumeiError} `TOKUMEI_COLUMNS`, `TOKUMEI_RISK` where there are more than 100,000 sets
 * @example
 * separation([Int32Array.of(0, 1, 2, 2), Int32Array.of(0, 0, 0, 0)], 1).map(({ distinction }) => distinction); // => [0.75, 0.25]
 */
export function separation(columns: readonly Int32Array[], most: number): readonly Separation[] {
  const where = 'separation';
  checkInteger(most, where, 'most', 'TOKUMEI_RISK', 1);
  const n = columns[0]?.length ?? 0;
  if (columns.length === 0 || columns.some((column) => column.length !== n)) throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'needs at least one column of codes, all of the same length' });
  const sets = subsets(columns.length, Math.min(most, columns.length), where);
  const sizes = columns.map(sizeOf);
  const ids = new DenseIds();
  const found = sets.map((set): Separation => {
    ids.begin(n);
    for (const a of set) ids.add(columns[a]!, sizes[a]!);
    const { codes, size } = ids.finish();
    const counts = new Float64Array(size);
    for (let i = 0; i < n; i++) counts[codes[i]!]!++;
    let pairs = (n * (n - 1)) / 2;
    const all = pairs;
    let unique = 0;
    for (const count of counts) {
      pairs -= (count * (count - 1)) / 2;
      if (count === 1) unique++;
    }
    return { columns: set, distinction: n === 0 ? 0 : Math.min(n, size) / n, separation: all === 0 ? 0 : pairs / all, unique: n === 0 ? 0 : unique / n };
  });
  return found.sort((a, b) => b.distinction - a.distinction || b.separation - a.separation || a.columns.length - b.columns.length);
}

const sizeOf = (column: Int32Array): number => {
  let most = -1;
  for (let i = 0; i < column.length; i++) if (column[i]! > most) most = column[i]!;
  return most + 1;
};

export function subsets(columns: number, most: number, where: string): number[][] {
  const out: number[][] = [];
  const extend = (set: number[], from: number): void => {
    for (let a = from; a < columns; a++) {
      const larger = [...set, a];
      out.push(larger);
      if (out.length > 100_000) throw new TokumeiError('TOKUMEI_RISK', { where, message: 'there are more than 100,000 sets of columns; look at fewer columns or smaller sets' });
      if (larger.length < most) extend(larger, a + 1);
    }
  };
  extend([], 0);
  return out.sort((a, b) => a.length - b.length);
}
