import { nodeOf, type Layout } from '../layout/layout.js';
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

/** How many cells a neighbourhood has at most, about. */
const MOST_NEAR = 400;

/** The cells whose groups are near a cell's own in every dimension: above it, parts of those, its parts. */
export function neighbourhood(layout: Layout, cell: number): ReadonlySet<number> {
  const most = Math.max(3, Math.floor(MOST_NEAR ** (1 / layout.dimensions.length)));
  let cells = [cell];
  layout.dimensions.forEach(({ above, within, partitions }, d) => {
    const node = nodeOf(layout, cell, d);
    const near = new Set(above[node]!);
    for (const at of above[node]!) for (const siblings of within[at]!) for (const sibling of siblings) near.add(sibling);
    for (const parts of partitions[node]!) for (const part of parts) near.add(part);
    const nodes = [...near].slice(0, most);
    cells = cells.flatMap((from) => nodes.map((other) => from + (other - node) * layout.strides[d]!));
  });
  return new Set(cells);
}
