import type { Witness } from './witness.js';

/** From this effort on linear programs are solved; below it boxes are looked at, more of them at each step. */
export const LP_EFFORT = 3;

/** What to look for: a change of one cell, or of the sum of several, at least so far in one direction. */
export interface Wanted {
  readonly layer: number;
  readonly cell: number;
  readonly direction: 1 | -1;
  readonly need: number;
  /** Cells that must not change, but for `cell`. */
  readonly knows: ReadonlySet<number>;
  /** Cells that may stand in for `cell` where it cannot go so far: it is their sum that is to change. */
  readonly together: readonly number[];
}

/** A way to find other possible tables. What it finds is checked by the pattern; what it does not find may still exist. */
export interface Search {
  /** Through withheld cells alone. */
  closed(wanted: Wanted): Witness | undefined;
  /** Through open cells too, at their price; cheap rather than cheapest. `effort` goes from 0 (quick) to 4. */
  open(wanted: Wanted, price: Float64Array, effort: number): Witness | undefined;
  /** As far towards what is wanted as it can find, through open cells too; undefined where the cell does not move at all. */
  furthest(wanted: Wanted, price: Float64Array): Witness | undefined;
  /** Tells that a cell was withheld or published. */
  changed(cell: number): void;
  /** Steps so far: a measure of work that, unlike a clock, is the same in every run. */
  readonly work: number;
}
