/** One condition: these variables (whole numbers from 0) add up to something from `lower` to `upper`. */
export interface SumBound {
  readonly variables: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

/** Raised where a number would pass 2^53: the result would not be exact. */
export class TooLarge extends Error {}

/** An optimum of the relaxed problem: value and solution are fractions over `denominator`. */
export interface Optimum {
  readonly value: number;
  readonly solution: readonly number[];
  readonly denominator: number;
}

/**
 * Maximizes a sum of some variables under sums with bounds, over fractions: `'infeasible'`, `'unbounded'` or an optimum.
 *
 * All entries are whole numbers over one common denominator (the integer-preserving pivots of Edmonds and Bareiss), so nothing is
 * rounded; Bland's rule, so it ends. Meant for some dozens of conditions. It stops early at a solution in whole numbers that reaches `enough`.
 */
export function maximize(variables: number, bounds: readonly SumBound[], target: ReadonlyMap<number, number>, enough: number = Infinity): Optimum | 'infeasible' | 'unbounded' {
  const tableau = new IntegerTableau(variables, bounds);
  if (!tableau.start()) return 'infeasible';
  return tableau.climb(target, enough);
}

class IntegerTableau {
  private readonly rows: number[][] = [];
  private readonly basis: number[] = [];
  private readonly variables: number;
  private readonly artificialFrom: number;
  private readonly columns: number;
  private denominator = 1;

  constructor(variables: number, bounds: readonly SumBound[]) {
    const equations: { readonly variables: readonly number[]; readonly slack: -1 | 0 | 1; readonly right: number }[] = [];
    for (const { variables: names, lower, upper } of bounds) {
      if (lower === upper) equations.push({ variables: names, slack: 0, right: lower });
      else {
        if (lower > 0) equations.push({ variables: names, slack: -1, right: lower });
        if (upper < Infinity) equations.push({ variables: names, slack: 1, right: upper });
      }
    }
    this.variables = variables;
    const slacks = equations.filter(({ slack }) => slack !== 0).length;
    this.artificialFrom = variables + slacks;
    this.columns = this.artificialFrom + equations.length;
    let slackAt = variables;
    equations.forEach(({ variables: names, slack, right }, at) => {
      const row = new Array<number>(this.columns + 1).fill(0);
      for (const name of names) row[name] = 1;
      if (slack !== 0) row[slackAt++] = slack;
      row[this.artificialFrom + at] = 1;
      row[this.columns] = right;
      this.rows.push(row);
      this.basis.push(this.artificialFrom + at);
    });
  }

  /** Finds a solution: drives out the artificial columns. */
  start(): boolean {
    const cost = new Array<number>(this.columns + 1).fill(0);
    for (const row of this.rows) for (let c = 0; c <= this.columns; c++) if (c < this.artificialFrom || c === this.columns) cost[c]! += row[c]!;
    this.run(cost, this.artificialFrom);
    if (cost[this.columns] !== 0) return false;
    this.basis.forEach((column, row) => {
      if (column < this.artificialFrom) return;
      const other = this.rows[row]!.findIndex((entry, c) => c < this.artificialFrom && entry !== 0);
      if (other < 0) return;
      // Its right side is zero, so the sign of the row is free.
      if (this.rows[row]![other]! < 0) this.rows[row] = this.rows[row]!.map((entry) => -entry + 0);
      this.pivot(row, other, cost);
    });
    return true;
  }

  climb(target: ReadonlyMap<number, number>, enough: number): Optimum | 'unbounded' {
    const cost = new Array<number>(this.columns + 1).fill(0);
    for (const [variable, weight] of target) cost[variable] = weight * this.denominator;
    this.basis.forEach((column, row) => {
      const weight = target.get(column) ?? 0;
      if (weight !== 0) for (let c = 0; c <= this.columns; c++) cost[c] = exact(cost[c]! - weight * this.rows[row]![c]!);
    });
    const reached = (): boolean => -cost[this.columns]! >= enough * this.denominator && this.rows.every((row) => row[this.columns]! % this.denominator === 0);
    if (!this.run(cost, this.artificialFrom, enough < Infinity ? reached : undefined)) return 'unbounded';
    const solution = new Array<number>(this.variables).fill(0);
    this.basis.forEach((column, row) => {
      if (column < this.variables) solution[column] = this.rows[row]![this.columns]!;
    });
    return { value: -cost[this.columns]! + 0, solution, denominator: this.denominator };
  }

  private run(cost: number[], below: number, reached?: () => boolean): boolean {
    for (;;) {
      if (reached?.() === true) return true;
      const entering = cost.findIndex((entry, c) => c < below && entry > 0);
      if (entering < 0) return true;
      let leaving = -1;
      for (let r = 0; r < this.rows.length; r++) {
        const entry = this.rows[r]![entering]!;
        if (entry <= 0) continue;
        if (leaving < 0) leaving = r;
        else {
          const less = exact(this.rows[r]![this.columns]! * this.rows[leaving]![entering]!) - exact(this.rows[leaving]![this.columns]! * entry);
          if (less < 0 || (less === 0 && this.basis[r]! < this.basis[leaving]!)) leaving = r;
        }
      }
      if (leaving < 0) return false;
      this.pivot(leaving, entering, cost);
    }
  }

  private pivot(row: number, column: number, cost: number[]): void {
    const pivotRow = this.rows[row]!;
    const p = pivotRow[column]!;
    const clear = (line: number[]): void => {
      const factor = line[column]!;
      for (let c = 0; c <= this.columns; c++) {
        // Always divides without remainder: each entry is a minor of the first matrix.
        if (pivotRow[c] !== 0 || line[c] !== 0) line[c] = (exact(exact(line[c]! * p) - exact(factor * pivotRow[c]!)) / this.denominator) + 0;
      }
    };
    this.rows.forEach((line, r) => {
      if (r !== row) clear(line);
    });
    clear(cost);
    this.denominator = p;
    this.basis[row] = column;
  }
}

function exact(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new TooLarge();
}
