import type { LinearSystem } from '../layout/system.js';

/**
 * Who is alone in each cell of a table of counts whose people are not known, as a number that is the same where it must be
 * the same person: a part of 1 of a total of 1 holds whom the total holds. -1 for cells of nobody or of several.
 */
export function soleByCell(system: LinearSystem, counts: Float64Array): Int32Array {
  const parent = Int32Array.from(counts, (_, cell) => cell);
  const find = (cell: number): number => {
    let at = cell;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let r = 0; r < system.relations; r++) {
    const total = system.cell[system.start[r]!]!;
    if (counts[total] !== 1) continue;
    for (let t = system.start[r]! + 1; t < system.start[r + 1]!; t++) {
      const part = system.cell[t]!;
      if (counts[part] === 1) parent[find(part)] = find(total);
    }
  }
  return Int32Array.from(counts, (count, cell) => (count === 1 ? find(cell) : -1));
}
