import { nodeOf, type Layout } from './layout.js';

/** 1 for cells that are no total in any dimension. */
export const innermost = (layout: Layout): Uint8Array =>
  Uint8Array.from({ length: layout.cells }, (_, cell) => (layout.dimensions.every(({ partitions }, d) => partitions[nodeOf(layout, cell, d)]!.length === 0) ? 1 : 0));

/** The innermost cells that a cell consists of: itself where it is one. */
export function innermostOf(layout: Layout, cell: number): readonly number[] {
  let cells = [cell];
  layout.dimensions.forEach(({ partitions }, d) => {
    const node = nodeOf(layout, cell, d);
    const leaves = leavesOf(partitions, node);
    cells = cells.flatMap((from) => leaves.map((leaf) => from + (leaf - node) * layout.strides[d]!));
  });
  return cells;
}

const leavesOf = (partitions: readonly (readonly (readonly number[])[])[], node: number): readonly number[] => partitions[node]![0]?.flatMap((part) => leavesOf(partitions, part)) ?? [node];
