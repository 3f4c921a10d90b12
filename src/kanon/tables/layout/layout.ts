import type { Axis } from './axis.js';

/** The cells of a table: one for each choice of a node in every dimension, numbered with the last dimension fastest. */
export interface Layout {
  readonly dimensions: readonly Axis[];
  readonly cells: number;
  /** How far apart two cells are that differ by one node in a dimension. */
  readonly strides: Int32Array;
  /** The dimension whose groups may share people, -1 where each person is in one group of each. */
  readonly overlapping: number;
}

export function layoutOf(dimensions: readonly Axis[], overlapping: number = -1): Layout {
  const strides = new Int32Array(dimensions.length);
  let cells = 1;
  for (let d = dimensions.length - 1; d >= 0; d--) {
    strides[d] = cells;
    cells *= dimensions[d]!.labels.length;
  }
  return { dimensions, cells, strides, overlapping };
}

/** The node of a cell in one dimension. */
export const nodeOf = (layout: Layout, cell: number, dimension: number): number =>
  Math.floor(cell / layout.strides[dimension]!) % layout.dimensions[dimension]!.labels.length;
