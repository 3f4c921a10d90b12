import { TokumeiError } from '../../../core/errors.js';
import type { Dimension } from './dimension.js';
import { layoutOf, nodeOf, type Layout } from './layout.js';
import { linkedAxis } from './linkedAxis.js';

/** What linking needs of a table. */
export interface LinkableTable {
  readonly by: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly layout: Layout;
}

/** Several tables as parts of one: the table of all their fields, most cells of which nobody sees. */
export interface Linked {
  readonly by: readonly string[];
  readonly layout: Layout;
  /** For each table and each of its cells the cell here. Cells about the same people are one. */
  readonly cellOf: readonly Int32Array[];
  /** 1 for a cell that no table shows. */
  readonly unseen: Uint8Array;
}

/**
 * The table of all fields of several tables. A cell of a table that lacks a field is the one over all groups of that field, so all
 * that a reader can work out of several tables together is in the relations of one, and every way to fill it is a way people could be.
 *
 * @throws {TokumeiError} `TOKUMEI_LINKED_GROUPS`, `TOKUMEI_TABLE_SIZE`
 */
export function linkTables(where: string, tables: readonly LinkableTable[], overlapping: string | undefined, mostCells: number): Linked {
  const by = [...new Set(tables.flatMap((table) => table.by))];
  const axes = by.map((field) => {
    const dimensions = tables.flatMap((table) => table.dimensions.filter((_, d) => table.by[d] === field));
    return linkedAxis(where, field, dimensions, field === overlapping);
  });
  const cells = axes.reduce((product, { axis }) => product * axis.labels.length, 1);
  if (cells > mostCells) {
    throw new TokumeiError('TOKUMEI_TABLE_SIZE', { where, parameter: 'tables', expected: `such that the table of all their fields has at most ${mostCells} cells; link fewer fields or coarser groups`, received: cells });
  }
  const layout = layoutOf(axes.map(({ axis }) => axis), overlapping === undefined ? -1 : by.indexOf(overlapping));
  const used = by.map(() => 0);
  const unseen = new Uint8Array(cells).fill(1);
  const cellOf = tables.map((table) => {
    const steps = table.by.map((field, d) => {
      const at = by.indexOf(field);
      const nodes = axes[at]!.nodes[used[at]!++]!;
      return { d, nodes, stride: layout.strides[at]! };
    });
    const places = Int32Array.from({ length: table.layout.cells }, (_, cell) =>
      steps.reduce((sum, { d, nodes, stride }) => sum + nodes[nodeOf(table.layout, cell, d)]! * stride, 0),
    );
    for (const place of places) unseen[place] = 0;
    return places;
  });
  return { by, layout, cellOf, unseen };
}
