import type { LinearSystem } from '../layout/system.js';
import { EPS, isStalled, Tableau } from './tableau.js';

const LEAST = 1e-7;

/**
 * What an attacker can work out about one withheld cell: the largest and smallest change of it that all relations
 * and all bounds allow, over the reals (which is all the attacker could know in tables of two flat dimensions, and an
 * outer limit elsewhere). A bounded primal simplex.
 */
export class Simplex {
  private readonly tableau: Tableau;
  private readonly column = new Map<number, number>();

  constructor(system: LinearSystem, relations: ArrayLike<number>, capacity: number) {
    this.tableau = new Tableau(system, relations, capacity);
  }

  get work(): number {
    return this.tableau.work;
  }

  has(cell: number): boolean {
    return this.column.has(cell);
  }

  /** Makes a cell unknown to the attacker; its change may lie from `low` to `high`, around zero. */
  add(cell: number, low: number, high: number): void {
    this.column.set(cell, this.tableau.add(cell, 1, low, high));
  }

  /** The change of a cell at the present corner. */
  change(cell: number): number {
    const at = this.column.get(cell);
    return at === undefined ? 0 : this.tableau.value[at]!;
  }

  /** Cells and their changes at the present corner, zeros left out. */
  changes(): Map<number, number> {
    const out = new Map<number, number>();
    for (const [cell, at] of this.column) {
      const z = this.tableau.value[at]!;
      if (Math.abs(z) > EPS) out.set(cell, z);
    }
    return out;
  }

  /** Back to no change at all, which is always possible. */
  reset(): void {
    this.tableau.value.fill(0);
  }

  /** Makes a cell known again: it stays as it is. */
  fix(cell: number): void {
    const at = this.column.get(cell);
    if (at === undefined) return;
    if (this.tableau.value[at] !== 0) this.reset();
    this.tableau.low[at] = 0;
    this.tableau.high[at] = 0;
  }

  /** Other bounds for a cell; its present change must lie within them. */
  bound(cell: number, low: number, high: number): void {
    const at = this.column.get(cell)!;
    this.tableau.low[at] = low;
    this.tableau.high[at] = high;
  }

  /**
   * Moves the corner until the cell's change, times `direction`, is as large as possible or reaches `enough`.
   * Returns what was reached. With `random` it takes another way, which may end in another corner.
   */
  push(cell: number, direction: 1 | -1, enough: number, random?: () => number): number {
    const { tableau } = this;
    tableau.refresh();
    const { low, high, value } = tableau;
    const p = this.column.get(cell)!;
    const keep = [low[p]!, high[p]!] as const;
    // The target itself is a bound, so that the search stops there and at a corner.
    if (direction === 1) high[p] = Math.max(Math.min(keep[1], enough), value[p]!);
    else low[p] = Math.min(Math.max(keep[0], -enough), value[p]!);
    let stalled = 0;
    while (direction * value[p]! < enough - EPS) {
      const entering = this.entering(p, direction, isStalled(stalled), random);
      if (entering === 0) break;
      stalled = tableau.move(Math.abs(entering) - 1, entering > 0 ? 1 : -1, stalled) > EPS ? 0 : stalled + 1;
    }
    [low[p], high[p]] = keep;
    return direction * value[p]!;
  }

  /** The column to change, plus one, with the sign of its change; 0 where the cell is at its best. */
  private entering(p: number, direction: number, careful: boolean, random?: () => number): number {
    const { rowOf, rows, value, low, high, m, end } = this.tableau;
    const row = rowOf[p]!;
    if (row < 0) {
      const free = direction === 1 ? value[p]! < high[p]! - EPS : value[p]! > low[p]! + EPS;
      return free ? direction * (p + 1) : 0;
    }
    const entries = rows[row]!;
    let best = 0;
    let bestGain = 0;
    for (let j = m; j < end; j++) {
      const entry = entries[j]!;
      if (entry === 0 || rowOf[j]! >= 0) continue;
      const gain = -direction * entry;
      if (Math.abs(gain) < LEAST) continue;
      const size = random === undefined ? Math.abs(gain) : random();
      if (size <= bestGain) continue;
      const free = gain > 0 ? value[j]! < high[j]! - EPS : value[j]! > low[j]! + EPS;
      if (!free) continue;
      best = gain > 0 ? j + 1 : -(j + 1);
      if (careful) return best;
      bestGain = size;
    }
    return best;
  }

  /**
   * Why the cell cannot go further: for each other cell, by how much the change of `cell` (times `direction`) can
   * follow a change of it. The sum over all others is an identity that follows from the relations alone.
   * Undefined where the cell's own bound is what limits it.
   */
  limits(cell: number, direction: 1 | -1): Map<number, number> | undefined {
    const { rowOf, rows, relationOf, system } = this.tableau;
    const row = rowOf[this.column.get(cell)!]!;
    if (row < 0) return undefined;
    const entries = rows[row]!;
    const gains = new Map<number, number>();
    for (let r = 0; r < system.relations; r++) {
      const at = relationOf[r]!;
      if (at < 0) continue;
      const weight = entries[at]!;
      if (Math.abs(weight) < 1e-7) continue;
      for (let t = system.start[r]!; t < system.start[r + 1]!; t++) {
        const c = system.cell[t]!;
        gains.set(c, (gains.get(c) ?? 0) - direction * weight * system.sign[t]!);
      }
    }
    gains.delete(cell);
    for (const [c, gain] of gains) if (Math.abs(gain) < 1e-7) gains.delete(c);
    return gains;
  }
}
