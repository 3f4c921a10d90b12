import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';

/** The group of each row, and how many groups there are. */
export interface Microgroups {
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** Sum of squared distances of rows to the mean of their group, in standardized columns for `mdav`. */
  readonly sse: number;
}

function checkColumn(column: ArrayLike<number>, where: string): void {
  for (let i = 0; i < column.length; i++) {
    if (!Number.isFinite(column[i])) throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'a column holds something else than finite numbers' });
  }
}

/**
 * Optimal microaggregation of one column (Hansen and Mukherjee 2003): groups of neighbours of k to 2k-1 values with the
 * least sum of squares. Cost: a sort and k steps for each value.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_COLUMNS`
 * @example
 * microaggregateUnivariate(Float64Array.of(1, 2, 10, 11, 12), 2).groups; // => 2
 */
export function microaggregateUnivariate(column: ArrayLike<number>, k: number): Microgroups {
  const where = 'microaggregateUnivariate';
  checkInteger(k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  checkColumn(column, where);
  const n = column.length;
  if (n < k) throw new TokumeiError('TOKUMEI_K_RANGE', { where, message: 'there are fewer rows than k' });
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => column[a]! - column[b]!);
  // Sums around the middle value, so that squares of large numbers do not swallow small differences.
  const middle = column[order[n >>> 1]!]!;
  const sum = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const x = column[order[i]!]! - middle;
    sum[i + 1] = sum[i]! + x;
    squares[i + 1] = squares[i]! + x * x;
  }
  const cost = (from: number, to: number): number => {
    const total = sum[to]! - sum[from]!;
    return Math.max(0, squares[to]! - squares[from]! - (total * total) / (to - from));
  };
  const best = new Float64Array(n + 1).fill(Infinity);
  const start = new Int32Array(n + 1).fill(-1);
  best[0] = 0;
  for (let to = k; to <= n; to++) {
    for (let from = Math.max(0, to - 2 * k + 1); from <= to - k; from++) {
      const value = best[from]! + cost(from, to);
      if (value < best[to]!) {
        best[to] = value;
        start[to] = from;
      }
    }
  }
  const groupOf = new Int32Array(n);
  let groups = 0;
  for (let to = n; to > 0; to = start[to]!) {
    for (let i = start[to]!; i < to; i++) groupOf[order[i]!] = groups;
    groups++;
  }
  return { groupOf, groups, sse: best[n]! };
}

/**
 * MDAV (Domingo-Ferrer and Mateo-Sanz 2002, in the fixed-size form of Domingo-Ferrer and Torra 2005): groups of k rows
 * around the rows that are farthest from the mean. Columns are standardized. As sdcMicro's `microaggregation(method =
 * "mdav")`. Cost: about n²/k distances.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_COLUMNS`
 * @example
 * mdav([Float64Array.of(0, 0, 9, 9)], 2).groups; // => 2
 */
export function mdav(columns: readonly ArrayLike<number>[], k: number): Microgroups {
  const where = 'mdav';
  checkInteger(k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const n = columns[0]?.length ?? 0;
  if (columns.length === 0 || columns.some((column) => column.length !== n)) throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'needs at least one column, all of the same length' });
  if (n < k) throw new TokumeiError('TOKUMEI_K_RANGE', { where, message: 'there are fewer rows than k' });
  const points = columns.map((column) => standardized(column, where));
  const groupOf = new Int32Array(n).fill(-1);
  let left = Int32Array.from({ length: n }, (_, i) => i);
  let groups = 0;
  const take = (around: Float64Array): void => {
    const distances = Float64Array.from(left, (row) => distance(points, row, around));
    const nearest = Int32Array.from(left, (_, i) => i).sort((a, b) => distances[a]! - distances[b]! || left[a]! - left[b]!);
    for (let i = 0; i < k; i++) groupOf[left[nearest[i]!]!] = groups;
    groups++;
    left = left.filter((row) => groupOf[row]! < 0);
  };
  while (left.length >= 3 * k) {
    const first = at(points, farthest(points, left, meanOf(points, left)));
    const second = at(points, farthest(points, left, first));
    take(first);
    take(second);
  }
  if (left.length >= 2 * k) take(at(points, farthest(points, left, meanOf(points, left))));
  for (const row of left) groupOf[row] = groups;
  if (left.length > 0) groups++;
  return { groupOf, groups, sse: within(points, groupOf, groups) };
}

function standardized(column: ArrayLike<number>, where: string): Float64Array {
  checkColumn(column, where);
  const n = column.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (column[i]! - mean) / (i + 1);
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (column[i]! - mean) ** 2 / Math.max(1, n - 1);
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return Float64Array.from({ length: n }, (_, i) => (column[i]! - mean) * scale);
}

const at = (points: readonly Float64Array[], row: number): Float64Array => Float64Array.from(points, (column) => column[row]!);

function distance(points: readonly Float64Array[], row: number, to: Float64Array): number {
  let sum = 0;
  for (let a = 0; a < points.length; a++) sum += (points[a]![row]! - to[a]!) ** 2;
  return sum;
}

function meanOf(points: readonly Float64Array[], rows: Int32Array): Float64Array {
  return Float64Array.from(points, (column) => rows.reduce((sum, row) => sum + column[row]!, 0) / rows.length);
}

function farthest(points: readonly Float64Array[], rows: Int32Array, from: Float64Array): number {
  let best = rows[0]!;
  let most = -1;
  for (const row of rows) {
    const d = distance(points, row, from);
    if (d > most) {
      most = d;
      best = row;
    }
  }
  return best;
}

function within(points: readonly Float64Array[], groupOf: Int32Array, groups: number): number {
  const sizes = new Float64Array(groups);
  for (const group of groupOf) sizes[group]!++;
  let sse = 0;
  for (const column of points) {
    const sums = new Float64Array(groups);
    for (let i = 0; i < groupOf.length; i++) sums[groupOf[i]!]! += column[i]!;
    for (let i = 0; i < groupOf.length; i++) sse += (column[i]! - sums[groupOf[i]!]! / sizes[groupOf[i]!]!) ** 2;
  }
  return sse;
}

/**
 * The mean of each row's group in place of its value.
 *
 * @example
 * [...groupMeans([1, 3, 8], Int32Array.of(0, 0, 1))]; // => [2, 2, 8]
 */
export function groupMeans(column: ArrayLike<number>, groupOf: Int32Array): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>();
  for (let i = 0; i < groupOf.length; i++) {
    const known = sums.get(groupOf[i]!) ?? { sum: 0, count: 0 };
    known.sum += column[i]!;
    known.count++;
    sums.set(groupOf[i]!, known);
  }
  return Float64Array.from(groupOf, (group) => sums.get(group)!.sum / sums.get(group)!.count);
}
