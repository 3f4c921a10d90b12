import { nodeOf, type Layout } from '../../layout/layout.js';
import { HIDDEN, OPEN, SHOWN, type Problem } from '../../layout/problem.js';
import type { Search, Wanted } from '../search.js';
import type { Witness } from '../witness.js';
import { Beam, MOST_CORNERS } from './beam.js';
import { LineMoves, nodeWeights, type LineMove } from './options.js';

/** How many partial boxes are kept, by effort. */
const WIDTHS = [4, 24, 150] as const;

/**
 * Finds moves of one cell as boxes: a line move in every dimension, multiplied out. Each box keeps all relations by
 * construction and moves in whole numbers, so what it finds needs no linear program and no rounding.
 *
 * Dimension by dimension a few best partial boxes are kept. Where one box has not enough room, more are added.
 * (Boxes of 2^d corners are the hypercube method's, Repsilber 1994; here totals and groups are corners too, room is
 * counted, and several boxes may share a move.)
 */
export class TensorSearch implements Search {
  private readonly problem: Problem;
  private readonly layout: Layout;
  private readonly moves: readonly LineMoves[];
  private readonly withheld: Uint8Array;
  /** How far each cell may rise and fall from its true value, by layer. */
  private readonly rise: readonly Float64Array[];
  private readonly fall: readonly Float64Array[];
  /** The move under construction. */
  private readonly change: Float64Array;
  private now: Beam = new Beam(WIDTHS[2]);
  private next: Beam = new Beam(WIDTHS[2]);
  /** Candidates looked at so far. */
  work = 0;

  constructor(problem: Problem, layout: Layout, withheld: Uint8Array, alone: number = -1) {
    this.problem = problem;
    this.layout = layout;
    this.withheld = withheld;
    // Where most cells are seen in no table, which part of a total moves decides whether there is a box at all.
    const allLeaves = problem.role.includes(HIDDEN);
    this.moves = problem.layers.map(({ value }) => new LineMoves(layout, nodeWeights(layout, value), alone, allLeaves));
    this.rise = problem.layers.map(({ value, upper }) => upper.map((bound, cell) => bound - value[cell]!));
    this.fall = problem.layers.map(({ value, lower }) => lower.map((bound, cell) => value[cell]! - bound));
    this.change = new Float64Array(layout.cells);
  }

  changed(cell: number): void {
    // The pattern is read as it is; what is known of a cell changes where a zero is hidden.
    this.problem.layers.forEach(({ value, lower, upper }, l) => {
      this.rise[l]![cell] = upper[cell]! - value[cell]!;
      this.fall[l]![cell] = value[cell]! - lower[cell]!;
    });
  }

  closed(wanted: Wanted): Witness | undefined {
    return this.find(wanted, undefined, WIDTHS[0]);
  }

  open(wanted: Wanted, price: Float64Array, effort: number): Witness | undefined {
    const width = WIDTHS[effort];
    return width === undefined ? undefined : this.find(wanted, price, width);
  }

  furthest(wanted: Wanted, price: Float64Array): Witness | undefined {
    return this.find(wanted, price, WIDTHS[1], 1);
  }

  /** Boxes one after the other until `least` of what is needed is reached. */
  private find(wanted: Wanted, price: Float64Array | undefined, width: number, least: number = wanted.need): Witness | undefined {
    const { direction } = wanted;
    const touched: number[] = [];
    let rest = wanted.need;
    for (const start of wanted.together.length === 0 ? [wanted.cell] : [wanted.cell, ...wanted.together.filter((cell) => cell !== wanted.cell)]) {
      while (rest > 0) {
        const step = this.box(wanted, start, rest, price, width);
        if (step <= 0) break;
        const { cells, signs, corners } = this.now;
        for (let i = 0; i < corners[0]!; i++) {
          const c = cells[i]!;
          touched.push(c);
          this.change[c]! += direction * signs[i]! * step;
        }
        rest -= step;
      }
    }
    const cells: number[] = [];
    const changes: number[] = [];
    for (const c of touched) {
      if (this.change[c] === 0) continue;
      cells.push(c);
      changes.push(this.change[c]!);
      this.change[c] = 0;
    }
    return wanted.need - rest < least ? undefined : { cells: Int32Array.from(cells), changes: Float64Array.from(changes) };
  }

  /** Leaves the best box as the first of `now` and returns how far it can be moved, 0 where there is none. */
  private box(wanted: Wanted, cell: number, need: number, price: Float64Array | undefined, width: number): number {
    const { layer, direction } = wanted;
    const own = direction > 0 ? this.rise[layer]![cell]! - this.change[cell]! : this.fall[layer]![cell]! + this.change[cell]!;
    if (own <= 0) return 0;
    this.now.start(cell, Math.min(need, own));
    for (let d = 0; d < this.layout.dimensions.length; d++) {
      const options = this.moves[layer]!.of(d, nodeOf(this.layout, cell, d));
      this.next.open(width);
      for (let b = 0; b < this.now.size; b++) for (const option of options) this.grow(b, option, wanted, price);
      this.next.fill(this.now);
      [this.now, this.next] = [this.next, this.now];
      if (this.now.size === 0) return 0;
    }
    return this.now.step[0]!;
  }

  /** Looks at one partial box with one more line move, and offers it where every corner has room. */
  private grow(b: number, move: LineMove, wanted: Wanted, price: Float64Array | undefined): void {
    const { now, next, withheld, change } = this;
    const { role } = this.problem;
    const { layer, direction, knows } = wanted;
    const rise = this.rise[layer]!;
    const fall = this.fall[layer]!;
    const { offsets, signs } = move;
    const corners = now.corners[b]!;
    if (corners * offsets.length > MOST_CORNERS) return;
    this.work++;
    const worst = next.worst;
    const base = b * MOST_CORNERS;
    let step = now.step[b]!;
    let cost = now.cost[b]!;
    for (let m = 1; m < offsets.length; m++) {
      const offset = offsets[m]!;
      const sign = signs[m]! * direction;
      for (let i = base; i < base + corners; i++) {
        const cell = now.cells[i]! + offset;
        if (withheld[cell] === 0) {
          if (price === undefined || role[cell] !== OPEN) return;
          cost += price[cell]!;
          if (cost / step >= worst) return;
        } else if (role[cell] === SHOWN) return;
        if (knows.size > 0 && knows.has(cell)) return;
        const room = sign * now.signs[i]! > 0 ? rise[cell]! - change[cell]! : fall[cell]! + change[cell]!;
        if (room < step) {
          if (room <= 0) return;
          step = room;
        }
      }
    }
    // The cost of each unit of what a box brings; free boxes by how much they bring.
    const rank = cost > 0 ? cost / step : -step;
    if (rank < worst) next.offer(rank, b, move, step, cost);
  }
}
