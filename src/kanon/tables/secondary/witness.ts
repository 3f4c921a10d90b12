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

/**
 * Whether a witness is one: only unpublished cells change, all stay within what the attacker knows of them, and every
 * relation still holds. In whole numbers, so there is nothing to be rounded. It shares no code with any search.
 */
export function isPossible(problem: Problem, layer: Layer, withheld: Uint8Array, witness: Witness): boolean {
  const { system, role } = problem;
  const sums = new Map<number, number>();
  for (let i = 0; i < witness.cells.length; i++) {
    const cell = witness.cells[i]!;
    const change = witness.changes[i]!;
    const value = layer.value[cell]! + change;
    if (withheld[cell] !== 1 || role[cell] === SHOWN) return false;
    if (!Number.isSafeInteger(change) || value < layer.lower[cell]! || value > layer.upper[cell]!) return false;
    for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
      const r = system.cellRelation[t]!;
      sums.set(r, (sums.get(r) ?? 0) + system.cellSign[t]! * change);
    }
  }
  for (const sum of sums.values()) if (sum !== 0) return false;
  return true;
}

/** Whether witnesses show that a requirement is met: one for a direction, up to two for a distance. */
export function shows(problem: Problem, withheld: Uint8Array, requirement: Requirement, witnesses: readonly Witness[]): boolean {
  const layer = problem.layers[requirement.layer]!;
  if (!witnesses.every((witness) => isPossible(problem, layer, withheld, witness))) return false;
  if (requirement.knows >= 0 && !witnesses.every((witness) => changeOf(witness, requirement.knows) === 0)) return false;
  const reached = witnesses.map((witness) => changeOf(witness, requirement.cell));
  if (requirement.direction !== 0) return reached.some((change) => change * requirement.direction >= requirement.need);
  return Math.max(0, ...reached) - Math.min(0, ...reached) >= requirement.need;
}
