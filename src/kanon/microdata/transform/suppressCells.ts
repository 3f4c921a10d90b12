import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { DenseIds } from '../search/grouping/denseIds.js';

export interface CellSuppressionOptions {
  readonly k: number;
  /** How dear each column is: cells of cheap ones go first. Default: all the same, so the column that helps most rows goes first. */
  readonly importance?: readonly number[];
}

export interface CellSuppression {
  /** For each column, 1 where the cell is to be withheld. */
  readonly withheld: readonly Uint8Array[];
  /** Cells withheld. */
  readonly cells: number;
  /** Rows that are withheld whole: no set of cells puts them into a class of k. */
  readonly rows: number;
}

/**
 * Withholds single cells until every row shares what it still shows with k - 1 others that show the same.
 *
 * A withheld cell counts as a value of its own, never as a wildcard that fits everybody: classes that only look large
 * because missing cells match everything are the error of sdcMicro#225. Greedy, so not the least number of cells.
 * Cost: a pass over the rows still at risk for each column and step.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_COLUMNS`
 * @example
 * suppressCells([Int32Array.of(0, 0, 0), Int32Array.of(1, 1, 2)], { k: 2 }).rows; // => 1
 */
export function suppressCells(columns: readonly Int32Array[], options: CellSuppressionOptions): CellSuppression {
  const where = 'suppressCells';
  const k = checkInteger(options.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const m = columns.length;
  const n = columns[0]?.length ?? 0;
  if (m === 0 || columns.some((column) => column.length !== n)) throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'needs at least one column of codes, all of the same length' });
  const importance = columns.map((_, a) => options.importance?.[a] ?? 1);
  if (importance.some((weight) => !(weight > 0))) throw new TokumeiError('TOKUMEI_COLUMNS', { where, parameter: 'importance', expected: 'numbers above 0' });
  // Code 0 is the withheld cell.
  const shown = columns.map((column) => column.map((code) => code + 1));
  const ids = new DenseIds();
  const classes = (): { of: Int32Array; sizes: Int32Array } => {
    ids.begin(n);
    for (const column of shown) ids.add(column, column.reduce((most, code) => Math.max(most, code), 0) + 1);
    const { codes, size } = ids.finish();
    const sizes = new Int32Array(size);
    for (const c of codes) sizes[c]!++;
    return { of: codes, sizes };
  };
  for (;;) {
    const now = classes();
    const atRisk: number[] = [];
    for (let i = 0; i < n; i++) if (now.sizes[now.of[i]!]! < k) atRisk.push(i);
    if (atRisk.length === 0) break;
    // The column whose cells, withheld for all rows at risk, bring the most of them into classes of k for their price.
    let best = -1;
    let most = -1;
    for (let a = 0; a < m; a++) {
      if (atRisk.every((i) => shown[a]![i] === 0)) continue;
      const held = atRisk.map((i) => shown[a]![i]!);
      for (const i of atRisk) shown[a]![i] = 0;
      const then = classes();
      const saved = (atRisk.filter((i) => then.sizes[then.of[i]!]! >= k).length + 1e-6) / importance[a]!;
      atRisk.forEach((i, j) => (shown[a]![i] = held[j]!));
      if (saved > most) {
        most = saved;
        best = a;
      }
    }
    // Everything is withheld already: what is left is fewer than k rows without a single cell.
    if (best < 0) break;
    for (const i of atRisk) shown[best]![i] = 0;
  }
  const withheld = shown.map((column) => Uint8Array.from(column, (code) => (code === 0 ? 1 : 0)));
  let cells = 0;
  for (const column of withheld) for (const mark of column) cells += mark;
  let rows = 0;
  for (let i = 0; i < n; i++) if (withheld.every((column) => column[i] === 1)) rows++;
  return { withheld, cells, rows };
}
