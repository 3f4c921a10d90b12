import type { Measured } from '../plan.js';
import { Ahead } from './ahead.js';
import type { CellFold } from './foldUnits.js';

/*
 * Folds in which every row is worth the same number of steps, divided over several numbers. A unit with more rows in a group
 * than `rowsPerGroup` counts there as that many rows, each an equal mix of all it has: so nothing is drawn by lot, and
 * its numbers sum to at most rowsPerGroup times a row's steps.
 */

/**
 * How a value between the bounds is divided: (x, 1 - x) for the mean, (x², 2 x (1 - x), (1 - x)²) for the variance, x
 * being its place between the bounds, in whole steps.
 */
export function shareMoments(values: ArrayLike<number>, o: Extract<Measured, { measure: 'moments' }>): CellFold {
  const { degree, lower, upper, rowsPerGroup, rowSteps } = o;
  let first = new Float64Array(64);
  let last = new Float64Array(64);
  const ahead = new Ahead(values, (value) => (value <= lower ? 0 : value >= upper ? 1 : placeBetween(lower, upper, value)));
  return {
    width: degree + 1,
    load: (ids, from, to) => ahead.load(ids, from, to),
    open: (cell) => {
      if (cell >= first.length) [first, last] = [grown(first, cell), grown(last, cell)];
      first[cell] = last[cell] = 0;
    },
    row: (cell, row) => {
      const x = ahead.numbers[row]!;
      if (x !== x) return false;
      // Below 2^20 steps a row and 2^31 rows: exact.
      if (degree === 1) first[cell]! += Math.round(x * rowSteps);
      else {
        first[cell]! += Math.floor(x * x * rowSteps);
        last[cell]! += Math.floor((1 - x) * (1 - x) * rowSteps);
      }
      return true;
    },
    close: (cell, rows, totals, group) => {
      const all = Math.min(rows, rowsPerGroup) * rowSteps;
      const a = fraction(first[cell]!, rowsPerGroup, rows);
      const z = fraction(last[cell]!, rowsPerGroup, rows);
      // What rounding leaves goes to the last but one: all steps of the unit are given, and no more.
      totals.add(group, 0, a);
      totals.add(group, 1, all - a - z);
      if (degree === 2) totals.add(group, 2, z);
    },
  };
}

/** One number for each bin between edges, which rise. Values outside go to the bins at the ends, or their rows are left out. */
export function shareBins(values: ArrayLike<number>, o: Extract<Measured, { measure: 'bins' }>): CellFold {
  const { edges, outside, rowsPerGroup, rowSteps } = o;
  const width = edges.length - 1;
  const counts = new Float64Array(width);
  // The rows of a cell are a chain: from its last row's entry to the one before.
  let top = new Int32Array(64);
  let before = new Int32Array(64);
  let binAt = new Int32Array(64);
  let entries = 0;
  const ahead = new Ahead(values, (value) => binOf(edges, value, outside === 'ends'));
  return {
    width,
    load: (ids, from, to) => ahead.load(ids, from, to),
    open: (cell) => {
      if (cell === 0) entries = 0;
      if (cell >= top.length) top = grownInts(top, cell);
      top[cell] = -1;
    },
    row: (cell, row) => {
      const bin = ahead.numbers[row]!;
      // NaN, or outside.
      if (!(bin >= 0)) return false;
      if (entries >= before.length) [before, binAt] = [grownInts(before, entries), grownInts(binAt, entries)];
      before[entries] = top[cell]!;
      binAt[entries] = bin;
      top[cell] = entries++;
      return true;
    },
    close: (cell, rows, totals, group) => {
      if (rows <= rowsPerGroup) {
        for (let at = top[cell]!; at >= 0; at = before[at]!) totals.add(group, binAt[at]!, rowSteps);
        return;
      }
      const bins: number[] = [];
      for (let at = top[cell]!; at >= 0; at = before[at]!) if (counts[binAt[at]!]!++ === 0) bins.push(binAt[at]!);
      // By running sums, each rounded down: all steps of the unit are given, and every sum up to a bin is within one of its share.
      let reached = 0;
      let given = 0;
      for (const bin of bins.sort((a, b) => a - b)) {
        reached += counts[bin]!;
        counts[bin] = 0;
        const due = fraction(reached * rowSteps, rowsPerGroup, rows);
        totals.add(group, bin, due - given);
        given = due;
      }
    },
  };
}

/** (value - lower) / (upper - lower), where the difference of the bounds may be beyond doubles. */
function placeBetween(lower: number, upper: number, value: number): number {
  const x = (value / 2 - lower / 2) / (upper / 2 - lower / 2);
  return x > 1 ? 1 : x > 0 ? x : 0;
}

/** floor(steps rowsPerGroup / rows), exactly, where there are more rows than the bound; all steps where not. */
function fraction(steps: number, rowsPerGroup: number, rows: number): number {
  if (rows <= rowsPerGroup) return steps;
  const product = steps * rowsPerGroup;
  // A quotient of whole numbers below 2^53 does not round up to a whole number that it does not reach.
  return product < 2 ** 53 ? Math.floor(product / rows) : Number((BigInt(steps) * BigInt(rowsPerGroup)) / BigInt(rows));
}

/** The last i with edges[i] <= value; the last bin has its upper edge as well. -1 outside, unless `ends`. */
export function binOf(edges: readonly number[], value: number, ends: boolean): number {
  const last = edges.length - 1;
  if (value < edges[0]!) return ends ? 0 : -1;
  if (value >= edges[last]!) return ends || value === edges[last] ? last - 1 : -1;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

function grown(values: Float64Array<ArrayBuffer>, at: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * (at + 1));
  larger.set(values);
  return larger;
}

function grownInts(values: Int32Array<ArrayBuffer>, at: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * (at + 1));
  larger.set(values);
  return larger;
}
