import { PRIMARY, type Problem } from '../layout/problem.js';

/** One thing that must stay possible for the attacker: a withheld cell's value, or the sum of several, moved by at least `need`. */
export interface Requirement {
  readonly layer: number;
  readonly cell: number;
  /** 1 up, -1 down, 0 the distance between both ends. */
  readonly direction: 1 | -1 | 0;
  readonly need: number;
  /** Cells whose values this attacker knows because they are its own (the cell in question aside); none for an outsider. */
  readonly knows: ReadonlySet<number>;
  /** The cells whose sum is meant, `cell` being one of them; none where it is `cell` alone. */
  readonly together: readonly number[];
}

export const NOTHING: ReadonlySet<number> = new Set();
export const ALONE: readonly number[] = [];

export function requirementsOf(problem: Problem): Requirement[] {
  const list: Requirement[] = [];
  problem.layers.forEach(({ down, up, slide }, layer) => {
    for (let cell = 0; cell < problem.role.length; cell++) {
      if (problem.role[cell] !== PRIMARY) continue;
      if (up[cell]! > 0) list.push({ layer, cell, direction: 1, need: up[cell]!, knows: NOTHING, together: ALONE });
      if (down[cell]! > 0) list.push({ layer, cell, direction: -1, need: down[cell]!, knows: NOTHING, together: ALONE });
      if (slide[cell]! > up[cell]! + down[cell]!) list.push({ layer, cell, direction: 0, need: slide[cell]!, knows: NOTHING, together: ALONE });
    }
  });
  return list;
}
