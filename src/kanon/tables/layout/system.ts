import { nodeOf, type Layout } from './layout.js';

/**
 * What everybody knows of a table before any number: which cells add up to which.
 * Relation r says that the cells from `start[r]` to `start[r + 1]` of `cell`, each times its `sign`, sum to zero; the
 * first is the total. Where `union[r]` is 1 its parts may share people, and it says only: largest part <= total <= sum of parts.
 */
export interface LinearSystem {
  readonly cells: number;
  readonly relations: number;
  readonly start: Int32Array;
  readonly cell: Int32Array;
  readonly sign: Int8Array;
  readonly union: Uint8Array;
  /** The other way round: the relations of a cell, from `cellStart[c]` to `cellStart[c + 1]`. */
  readonly cellStart: Int32Array;
  readonly cellRelation: Int32Array;
  readonly cellSign: Int8Array;
}

/** One relation: parts that add up to a total. */
export interface Relation {
  readonly total: number;
  readonly parts: readonly number[];
  readonly union?: boolean;
}

/** Every inner node of every dimension, for every choice in the others, is the sum of its parts; their union in the dimension that overlaps. */
export function relationsOf(layout: Layout): Relation[] {
  const relations: Relation[] = [];
  layout.dimensions.forEach((dimension, d) => {
    const stride = layout.strides[d]!;
    for (let total = 0; total < layout.cells; total++) {
      const node = nodeOf(layout, total, d);
      for (const parts of dimension.partitions[node]!) relations.push({ total, parts: parts.map((part) => total + (part - node) * stride), union: d === layout.overlapping });
    }
  });
  return relations;
}

export function systemOf(cells: number, relations: readonly Relation[]): LinearSystem {
  const start = new Int32Array(relations.length + 1);
  relations.forEach(({ parts }, r) => (start[r + 1] = start[r]! + parts.length + 1));
  const terms = start[relations.length]!;
  const cell = new Int32Array(terms);
  const sign = new Int8Array(terms);
  relations.forEach(({ total, parts }, r) => {
    const from = start[r]!;
    cell[from] = total;
    sign[from] = -1;
    parts.forEach((part, at) => {
      cell[from + at + 1] = part;
      sign[from + at + 1] = 1;
    });
  });
  const union = Uint8Array.from(relations, (relation) => (relation.union === true ? 1 : 0));
  return { cells, relations: relations.length, start, cell, sign, union, ...transpose(cells, start, cell, sign) };
}

function transpose(cells: number, start: Int32Array, cell: Int32Array, sign: Int8Array): Pick<LinearSystem, 'cellStart' | 'cellRelation' | 'cellSign'> {
  const cellStart = new Int32Array(cells + 1);
  for (const c of cell) cellStart[c + 1]!++;
  for (let c = 0; c < cells; c++) cellStart[c + 1]! += cellStart[c]!;
  const next = cellStart.slice(0, cells);
  const cellRelation = new Int32Array(cell.length);
  const cellSign = new Int8Array(cell.length);
  for (let r = 0; r + 1 < start.length; r++) {
    for (let t = start[r]!; t < start[r + 1]!; t++) {
      const at = next[cell[t]!]!++;
      cellRelation[at] = r;
      cellSign[at] = sign[t]!;
    }
  }
  return { cellStart, cellRelation, cellSign };
}
