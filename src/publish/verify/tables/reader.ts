import { Narrowed } from '../../../kanon/audit/sums/range.js';
import type { Grid } from './grid.js';

/** What anybody can work out of a published table: for each cell the least and the largest value that it can have. */
export interface Reading {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** False where no table at all fits what is published. */
  readonly possible: boolean;
  /** Withheld cells whose ends are exact; of the others the true ends may be nearer together. */
  readonly exact: number;
}

const MOST_ROUNDS = 1000;
/** With more cells than this only what each sum says by itself, again and again, is used. */
const MOST_EXACT = 600;

/**
 * A reader of a table with its own arithmetic: published cells, which cells add up to which, that values are whole and not
 * negative, and nothing else. Not told by which rule a cell went.
 *
 * @param value by cell what is published, in whole steps; undefined where nothing is.
 */
export function readValues(grid: Grid, value: readonly (number | undefined)[]): Reading {
  const low = Float64Array.from(value, (known) => known ?? 0);
  const high = Float64Array.from(value, (known) => known ?? Infinity);
  const possible = narrow(grid, low, high);
  let exact = 0;
  if (possible && !grid.overlapping && grid.cells <= MOST_EXACT) {
    const sums = new Narrowed({ variables: grid.cells, bounds: grid.inner.map((variables, cell) => ({ variables, lower: low[cell]!, upper: high[cell]! })) });
    if (!sums.feasible) return { low, high, possible: false, exact };
    for (let cell = 0; cell < grid.cells; cell++) {
      if (value[cell] !== undefined) continue;
      const range = sums.range(grid.inner[cell]!);
      if (range === undefined) return { low, high, possible: false, exact };
      if (range.complete) exact++;
      low[cell] = Math.max(low[cell]!, range.lower);
      high[cell] = Math.min(high[cell]!, range.upper);
    }
  }
  return { low, high, possible, exact };
}

/** Every sum narrows its cells until none does. False where one cannot be met. */
function narrow({ relations }: Grid, low: Float64Array, high: Float64Array): boolean {
  let open = true;
  let fits = true;
  const set = (cell: number, from: number, to: number): void => {
    if (from > low[cell]!) [low[cell], open] = [from, true];
    if (to < high[cell]!) [high[cell], open] = [to, true];
    fits &&= low[cell]! <= high[cell]!;
  };
  for (let round = 0; open && fits && round < MOST_ROUNDS; round++) {
    open = false;
    for (const { total, parts, union } of relations) {
      let least = 0;
      let most = 0;
      let unbounded = 0;
      let largest = 0;
      for (const part of parts) {
        least += low[part]!;
        if (high[part] === Infinity) unbounded++;
        else most += high[part]!;
        largest = Math.max(largest, low[part]!);
      }
      const [from, to] = [low[total]!, high[total]!];
      set(total, union ? largest : least, unbounded > 0 ? Infinity : most);
      for (const part of parts) {
        const others = high[part] === Infinity ? (unbounded > 1 ? Infinity : most) : unbounded > 0 ? Infinity : most - high[part]!;
        set(part, from - others, union ? to : to - (least - low[part]!));
      }
    }
  }
  return fits;
}
