import type { LinearSystem } from '../layout/system.js';

/** Smaller than this is zero: all entries begin as -1, 0 and 1 and stay small fractions. */
export const EPS = 1e-9;
/** Too small to divide by. */
const PIVOT = 1e-6;
/** Rounding errors double every few dozen pivots; long before they matter the tableau is made anew. */
const PIVOTS_BEFORE_RESTART = 1500;
const STALLED = 60;

/**
 * A simplex tableau over changes of cells, z = x - true value, under the relations of a table: no change at all is
 * always allowed, so it is where every search starts.
 *
 * Each relation has an artificial column, fixed at zero, as its first basic one (columns 0 to m - 1). In a row they
 * tell which combination of relations that row has become.
 */
export class Tableau {
  readonly m: number;
  readonly rows: readonly Float64Array[];
  readonly basis: Int32Array;
  /** The row in which a column is basic, -1 where it is not. */
  readonly rowOf: Int32Array;
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Columns in use. */
  end: number;
  /** Entries changed so far, as the measure of work: a clock would make results differ from run to run. */
  work = 0;
  /** A row of prices that pivots carry along. */
  objective: Float64Array | undefined;
  readonly system: LinearSystem;
  readonly relationOf: Int32Array;
  private sinceRestart = 0;
  private readonly columnCell: Int32Array;
  private readonly columnSign: Int8Array;
  private readonly room: Float64Array;
  private readonly touched: Int32Array;

  constructor(system: LinearSystem, relations: ArrayLike<number>, capacity: number) {
    const m = relations.length;
    const width = m + capacity;
    this.system = system;
    this.m = m;
    this.end = m;
    this.relationOf = new Int32Array(system.relations).fill(-1);
    for (let r = 0; r < m; r++) this.relationOf[relations[r]!] = r;
    this.rows = Array.from({ length: m }, () => new Float64Array(width));
    this.basis = new Int32Array(m);
    this.rowOf = new Int32Array(width);
    this.value = new Float64Array(width);
    this.low = new Float64Array(width);
    this.high = new Float64Array(width);
    this.columnCell = new Int32Array(width);
    this.columnSign = new Int8Array(width);
    this.room = new Float64Array(m);
    this.touched = new Int32Array(m);
    this.restart();
  }

  /** Forgets the basis and every change, and with them all rounding errors. */
  restart(): void {
    this.sinceRestart = 0;
    this.value.fill(0);
    this.rowOf.fill(-1);
    for (let r = 0; r < this.m; r++) {
      this.rows[r]!.fill(0);
      this.rows[r]![r] = 1;
      this.basis[r] = r;
      this.rowOf[r] = r;
    }
    for (let at = this.m; at < this.end; at++) this.fill(at);
  }

  /** To be called between searches, never within one. */
  refresh(): void {
    if (this.sinceRestart > PIVOTS_BEFORE_RESTART) this.restart();
  }

  /** A new column for a cell (`sign` -1: for its fall), at zero. Returns its number. */
  add(cell: number, sign: 1 | -1, low: number, high: number): number {
    const at = this.end++;
    this.columnCell[at] = cell;
    this.columnSign[at] = sign;
    this.low[at] = low;
    this.high[at] = high;
    this.fill(at);
    return at;
  }

  private fill(at: number): void {
    const { system, relationOf, rows, m } = this;
    const cell = this.columnCell[at]!;
    for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
      const r = relationOf[system.cellRelation[t]!]!;
      if (r < 0) continue;
      const sign = system.cellSign[t]! * this.columnSign[at]!;
      for (let i = 0; i < m; i++) {
        const entry = rows[i]![r]!;
        if (entry !== 0) rows[i]![at]! += sign * entry;
      }
    }
  }

  /**
   * Changes one column as far as its own bounds and those of the basic ones allow, and returns how far. `stalled`
   * counts moves that led nowhere: after many, Bland's rule takes over, under which no cycle is possible.
   */
  move(j: number, sign: number, stalled: number): number {
    const { rows, basis, value, low, high, m, room, touched } = this;
    const own = sign > 0 ? high[j]! - value[j]! : value[j]! - low[j]!;
    let step = own;
    let count = 0;
    for (let i = 0; i < m; i++) {
      const entry = rows[i]![j]!;
      if (Math.abs(entry) < PIVOT) continue;
      const b = basis[i]!;
      const rate = -entry * sign;
      const free = Math.max(0, rate > 0 ? (high[b]! - value[b]!) / rate : (low[b]! - value[b]!) / rate);
      touched[count] = i;
      room[count++] = free;
      if (free < step) step = free;
    }
    if (step === Infinity) return Infinity;
    const leaving = own > step + EPS ? this.leaving(j, count, step, stalled) : -1;
    if (leaving < 0) step = own;
    value[j]! += sign * step;
    for (let t = 0; t < count; t++) value[basis[touched[t]!]!]! -= rows[touched[t]!]![j]! * sign * step;
    if (leaving < 0) {
      value[j] = sign > 0 ? high[j]! : low[j]!;
      return step;
    }
    const b = basis[leaving]!;
    value[b] = -rows[leaving]![j]! * sign > 0 ? high[b]! : low[b]!;
    this.pivot(leaving, j);
    return step;
  }

  /** Among equal limits the largest entry, which keeps the tableau exact; the lowest column where it stalls. */
  private leaving(j: number, count: number, step: number, stalled: number): number {
    let leaving = -1;
    let best = 0;
    for (let t = 0; t < count; t++) {
      if (this.room[t]! > step + EPS) continue;
      const i = this.touched[t]!;
      const rank = stalled > STALLED ? 1 / (this.basis[i]! + 1) : Math.abs(this.rows[i]![j]!);
      if (rank <= best) continue;
      leaving = i;
      best = rank;
    }
    return leaving;
  }

  private pivot(row: number, j: number): void {
    this.sinceRestart++;
    const { rows, basis, rowOf, m, objective } = this;
    const pivotRow = rows[row]!;
    const scale = 1 / pivotRow[j]!;
    const nonzero: number[] = [];
    for (let c = 0; c < this.end; c++) {
      if (pivotRow[c] === 0) continue;
      pivotRow[c] = snapped(pivotRow[c]! * scale);
      nonzero.push(c);
    }
    pivotRow[j] = 1;
    let changed = 1;
    for (let i = 0; i < m; i++) if (i !== row) changed += subtract(rows[i]!, pivotRow, j, nonzero);
    if (objective !== undefined) changed += subtract(objective, pivotRow, j, nonzero);
    this.work += m + this.end + changed * nonzero.length;
    rowOf[basis[row]!] = -1;
    rowOf[j] = row;
    basis[row] = j;
  }
}

export const isStalled = (stalled: number): boolean => stalled > STALLED;

function subtract(target: Float64Array, pivotRow: Float64Array, j: number, nonzero: readonly number[]): number {
  const factor = target[j]!;
  if (factor === 0) return 0;
  for (const c of nonzero) {
    target[c] = snapped(target[c]! - factor * pivotRow[c]!);
  }
  target[j] = 0;
  return 1;
}

/** Entries are fractions of small whole numbers; put back on the commonest of them, rounding errors do not add up. */
function snapped(entry: number): number {
  const near = Math.round(entry * 12) / 12;
  return Math.abs(entry - near) < 1e-8 ? near : entry;
}
