import type { LinearSystem } from '../layout/system.js';

/** The cells themselves, then those that share a relation with them, and so on. */
export function neighbours(system: LinearSystem, cells: readonly number[], radius: number): readonly number[] {
  let all = new Set(cells);
  for (let step = 0; step < radius; step++) {
    const wider = new Set(all);
    for (const cell of all) {
      for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
        const r = system.cellRelation[t]!;
        for (let i = system.start[r]!; i < system.start[r + 1]!; i++) wider.add(system.cell[i]!);
      }
    }
    all = wider;
  }
  return [...all];
}
