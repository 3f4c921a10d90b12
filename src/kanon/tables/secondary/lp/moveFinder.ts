import { EPS, isStalled, Tableau } from '../../attack/tableau.js';
import type { LinearSystem } from '../../layout/system.js';
import { jitter } from '../jitter.js';

/** More than any move can cost: the cell is moved as far as it must, and among all ways cheaply. */
const REWARD = 1e5;

/**
 * The cheapest change of the table that keeps every relation and moves one cell by a given amount: a linear program
 * with a price for every unit by which a cell changes. Its support is what has to be withheld for the move.
 *
 * Rises and falls have columns of their own, so that both cost; the basis is kept from call to call.
 */
export class MoveFinder {
  private readonly tableau: Tableau;
  private readonly cells: Int32Array;
  private readonly rise: Int32Array;
  private readonly price: Float64Array;
  private readonly reduced: Float64Array;
  private readonly slack: Float64Array;

  constructor(system: LinearSystem, relations: ArrayLike<number>, cells: Int32Array) {
    this.tableau = new Tableau(system, relations, 2 * cells.length);
    this.cells = cells;
    this.rise = new Int32Array(system.cells).fill(-1);
    for (const cell of cells) {
      this.rise[cell] = this.tableau.add(cell, 1, 0, 0);
      this.tableau.add(cell, -1, 0, 0);
    }
    this.price = new Float64Array(this.tableau.end);
    this.reduced = new Float64Array(this.tableau.end);
    this.tableau.objective = this.reduced;
    const random = jitter();
    this.slack = Float64Array.from({ length: this.tableau.end }, () => 1e-4 * (1 + random()));
  }

  get work(): number {
    return this.tableau.work;
  }

  /** Gains smaller than this are left where they are. */
  leastGain = 1e-8;

  /** What a unit of change of a cell costs, and how far it may fall and rise. */
  set(cell: number, price: number, fall: number, rise: number): void {
    const at = this.rise[cell]!;
    this.price[at] = price;
    this.price[at + 1] = price;
    this.tableau.high[at] = rise;
    this.tableau.high[at + 1] = fall;
    this.tableau.low[at] = rise > 0 ? -this.slack[at]! : 0;
    this.tableau.low[at + 1] = fall > 0 ? -this.slack[at + 1]! : 0;
  }

  /** The cheapest move that changes `cell` by `direction` times `need`, or as far towards it as there is any. */
  find(cell: number, direction: 1 | -1, need: number): { readonly reached: number; readonly changes: Map<number, number> } {
    const { tableau, price } = this;
    const { low, high, value } = tableau;
    const wanted = this.rise[cell]! + (direction === 1 ? 0 : 1);
    const unwanted = this.rise[cell]! + (direction === 1 ? 1 : 0);
    const keep = [price[wanted]!, high[wanted]!, high[unwanted]!, low[unwanted]!] as const;
    price[wanted] = -REWARD;
    high[wanted] = need;
    high[unwanted] = 0;
    low[unwanted] = 0;
    tableau.refresh();
    value.fill(0);
    this.reprice();
    let stalled = 0;
    for (let j = this.entering(false); j >= 0; j = this.entering(isStalled(stalled))) {
      stalled = tableau.move(j, this.reduced[j]! < 0 ? 1 : -1, stalled) > EPS ? 0 : stalled + 1;
    }
    this.settle();
    const reached = value[wanted]!;
    [price[wanted], high[wanted], high[unwanted], low[unwanted]] = keep;
    return { reached, changes: this.changes() };
  }

  /** The corner without the slack: columns at their lower end go to zero, and the basic ones follow. */
  private settle(): void {
    const { value, rowOf, rows, basis, m, end } = this.tableau;
    const moved: number[] = [];
    for (let j = m; j < end; j++) {
      if (rowOf[j]! >= 0) continue;
      if (value[j]! <= EPS) value[j] = 0;
      else moved.push(j);
    }
    for (let i = 0; i < m; i++) {
      const row = rows[i]!;
      let sum = 0;
      for (const j of moved) sum -= row[j]! * value[j]!;
      value[basis[i]!] = sum;
    }
  }

  private changes(): Map<number, number> {
    const { value } = this.tableau;
    const out = new Map<number, number>();
    for (const cell of this.cells) {
      const z = value[this.rise[cell]!]! - value[this.rise[cell]! + 1]!;
      if (Math.abs(z) > EPS) out.set(cell, z);
    }
    return out;
  }

  private reprice(): void {
    const { basis, rows, m, end } = this.tableau;
    this.reduced.set(this.price);
    for (let i = 0; i < m; i++) {
      const price = this.price[basis[i]!]!;
      if (price === 0) continue;
      const row = rows[i]!;
      for (let c = 0; c < end; c++) if (row[c] !== 0) this.reduced[c]! -= price * row[c]!;
    }
  }

  /** A column worth changing: below its bound at a negative reduced price, or above zero at a positive one. */
  private entering(careful: boolean): number {
    const { rowOf, value, low, high, m, end } = this.tableau;
    let best = -1;
    let bestGain = this.leastGain;
    for (let j = m; j < end; j++) {
      if (rowOf[j]! >= 0 || high[j]! <= 0) continue;
      const d = this.reduced[j]!;
      const gain = d < 0 ? (value[j]! < high[j]! - EPS ? -d : 0) : value[j]! > low[j]! + EPS ? d : 0;
      if (gain <= bestGain) continue;
      if (careful) return j;
      best = j;
      bestGain = gain;
    }
    return best;
  }
}
