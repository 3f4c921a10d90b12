import { SHOWN, type Layer, type Problem } from '../layout/problem.js';
import type { Requirement } from './requirements.js';

/** Another table the attacker cannot rule out, as whole-numbered changes of the true one; cells that stay are left out. */
export interface Witness {
  readonly cells: Int32Array;
  readonly changes: Float64Array;
}

/** Rounds changes that came out of floating point. Undefined where they are not whole. */
export function wholeWitness(changes: ReadonlyMap<number, number>): Witness | undefined {
  const cells: number[] = [];
  const whole: number[] = [];
  for (const [cell, change] of changes) {
    const rounded = Math.round(change);
    if (Math.abs(change - rounded) > 1e-6 * Math.max(1, Math.abs(change))) return undefined;
    if (rounded === 0) continue;
    cells.push(cell);
    whole.push(rounded);
  }
  return { cells: Int32Array.from(cells), changes: Float64Array.from(whole) };
}

export function changeOf(witness: Witness, cell: number): number {
  const at = witness.cells.indexOf(cell);
  return at < 0 ? 0 : witness.changes[at]!;
}

/** By how much a witness changes what a requirement is about. */
export function changeFor(witness: Witness, { cell, together }: Pick<Requirement, 'cell' | 'together'>): number {
  return together.length === 0 ? changeOf(witness, cell) : together.reduce((sum, one) => sum + changeOf(witness, one), 0);
}

/** The same change the other way round: in most tables what can rise can fall. */
export const mirrored = ({ cells, changes }: Witness): Witness => ({ cells, changes: changes.map((change) => -change) });

/**
 * Checks witnesses by their definition. It shares no code with any search, and it is what every claim of a table rests on.
 */
export class WitnessCheck {
  private readonly problem: Problem;
  private readonly withheld: Uint8Array;
  /** Of each relation, while one witness is looked at. */
  private readonly sums: Float64Array;

  private readonly change: Float64Array;
  private readonly hasUnions: boolean;

  constructor(problem: Problem, withheld: Uint8Array) {
    this.problem = problem;
    this.withheld = withheld;
    this.sums = new Float64Array(problem.system.relations);
    this.change = new Float64Array(problem.system.cells);
    this.hasUnions = problem.system.union.includes(1);
  }

  /**
   * Whether a witness is one: only unpublished cells change, all stay within what the attacker knows of them, and every
   * relation still holds. In whole numbers, so there is nothing to be rounded.
   */
  isPossible(layer: Layer, { cells, changes }: Witness): boolean {
    const { system, role } = this.problem;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      const change = changes[i]!;
      const value = layer.value[cell]! + change;
      if (this.withheld[cell] !== 1 || role[cell] === SHOWN) return false;
      if (!Number.isSafeInteger(change) || value < layer.lower[cell]! || value > layer.upper[cell]!) return false;
    }
    const { sums } = this;
    const { cellStart, cellRelation, cellSign, union } = system;
    for (const cell of cells) for (let t = cellStart[cell]!; t < cellStart[cell + 1]!; t++) sums[cellRelation[t]!] = 0;
    for (let i = 0; i < cells.length; i++) {
      for (let t = cellStart[cells[i]!]!; t < cellStart[cells[i]! + 1]!; t++) sums[cellRelation[t]!]! += cellSign[t]! * changes[i]!;
    }
    for (const cell of cells) {
      for (let t = cellStart[cell]!; t < cellStart[cell + 1]!; t++) if (union[cellRelation[t]!] === 0 && sums[cellRelation[t]!] !== 0) return false;
    }
    if (!this.hasUnions) return true;
    cells.forEach((cell, i) => (this.change[cell] = changes[i]!));
    let unions = true;
    for (const cell of cells) {
      for (let t = cellStart[cell]!; t < cellStart[cell + 1]! && unions; t++) unions = union[cellRelation[t]!] === 0 || this.holdsUnion(layer, cellRelation[t]!);
    }
    for (const cell of cells) this.change[cell] = 0;
    return unions;
  }

  /** A family of sets of given sizes has a union of a given size just when that is between the largest and the sum. */
  private holdsUnion({ value }: Layer, relation: number): boolean {
    const { start, cell } = this.problem.system;
    let sum = 0;
    let largest = 0;
    for (let t = start[relation]! + 1; t < start[relation + 1]!; t++) {
      const part = value[cell[t]!]! + this.change[cell[t]!]!;
      sum += part;
      largest = Math.max(largest, part);
    }
    const total = value[cell[start[relation]!]!]! + this.change[cell[start[relation]!]!]!;
    return largest <= total && total <= sum;
  }

  /** Whether witnesses show that a requirement is met: one for a direction, up to two for a distance. */
  shows(requirement: Requirement, witnesses: readonly Witness[]): boolean {
    const layer = this.problem.layers[requirement.layer]!;
    return witnesses.every((witness) => this.isPossible(layer, witness)) && this.reaches(requirement, witnesses);
  }

  /** Whether witnesses that are possible go as far as is required, and move nothing that the reader knows. */
  reaches(requirement: Requirement, witnesses: readonly Witness[]): boolean {
    const { cell, direction, need, knows } = requirement;
    if (knows.size > 0 && !witnesses.every(({ cells }) => cells.every((other) => other === cell || !knows.has(other)))) return false;
    const reached = witnesses.map((witness) => changeFor(witness, requirement));
    if (direction !== 0) return reached.some((change) => change * direction >= need);
    return Math.max(0, ...reached) - Math.min(0, ...reached) >= need;
  }
}
