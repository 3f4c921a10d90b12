import type { LineMove } from './options.js';

/** A box with more corners is not looked at. */
export const MOST_CORNERS = 256;

/** The few best partial boxes of one dimension, side by side in flat arrays: no object is made while searching. */
export class Beam {
  size = 0;
  width = 0;
  cells: Int32Array = new Int32Array(0);
  signs: Int8Array = new Int8Array(0);
  readonly corners: Int32Array;
  readonly step: Float64Array;
  readonly cost: Float64Array;
  readonly rank: Float64Array;
  private readonly from: Int32Array;
  private readonly option: LineMove[] = [];

  constructor(widest: number) {
    this.corners = new Int32Array(widest);
    this.step = new Float64Array(widest);
    this.cost = new Float64Array(widest);
    this.rank = new Float64Array(widest);
    this.from = new Int32Array(widest);
  }

  /** Empties it for so many boxes. */
  open(width: number): void {
    this.size = 0;
    this.width = width;
    if (this.cells.length >= width * MOST_CORNERS) return;
    this.cells = new Int32Array(width * MOST_CORNERS);
    this.signs = new Int8Array(width * MOST_CORNERS);
  }

  /** The rank that a candidate has to be below. */
  get worst(): number {
    return this.size < this.width ? Infinity : this.rank[this.width - 1]!;
  }

  /** Keeps a candidate where it is among the best. */
  offer(rank: number, from: number, option: LineMove, step: number, cost: number): void {
    let at = this.size < this.width ? this.size++ : this.width - 1;
    while (at > 0 && this.rank[at - 1]! > rank) {
      this.rank[at] = this.rank[at - 1]!;
      this.from[at] = this.from[at - 1]!;
      this.option[at] = this.option[at - 1]!;
      this.step[at] = this.step[at - 1]!;
      this.cost[at] = this.cost[at - 1]!;
      at--;
    }
    this.rank[at] = rank;
    this.from[at] = from;
    this.option[at] = option;
    this.step[at] = step;
    this.cost[at] = cost;
  }

  /** Starts from a single cell. */
  start(cell: number, step: number): void {
    this.open(1);
    this.size = 1;
    this.cells[0] = cell;
    this.signs[0] = 1;
    this.corners[0] = 1;
    this.step[0] = step;
    this.cost[0] = 0;
  }

  /** Multiplies the kept candidates out. */
  fill(before: Beam): void {
    for (let b = 0; b < this.size; b++) {
      const { offsets, signs } = this.option[b]!;
      const source = this.from[b]! * MOST_CORNERS;
      const count = before.corners[this.from[b]!]!;
      let to = b * MOST_CORNERS;
      for (let m = 0; m < offsets.length; m++) {
        for (let i = source; i < source + count; i++) {
          this.cells[to] = before.cells[i]! + offsets[m]!;
          this.signs[to++] = before.signs[i]! * signs[m]!;
        }
      }
      this.corners[b] = count * offsets.length;
    }
  }
}
