import { TokumeiError } from '../../../core/errors.js';
import { columnOf } from '../../../table/fields.js';
import { keyId } from '../../../table/publicKeys.js';
import type { PersonalTable } from '../../../table/table.js';
import type { Layout } from '../layout/layout.js';

/** What counting needs of a table. */
export interface CountedTable {
  readonly by: readonly string[];
  readonly layout: Layout;
}

/** The rows that fall into a table, sorted by unit. Personal data: never handed out as it is. */
export interface UnitRows {
  /** Rows in the order of their units. */
  readonly rows: Int32Array;
  /** Unit u has `rows` from `start[u]` to `start[u + 1]`. */
  readonly start: Int32Array;
  /** By dimension and row, the node of the row, -1 outside all groups. */
  readonly node: readonly Int32Array[];
  /** Rows with a unit that are in no group: for the operator alone. */
  readonly outside: number;
}

/** @throws {TokumeiError} `TOKUMEI_FIELD`, `TOKUMEI_TABLE_OVERLAP` */
export function unitRows(table: PersonalTable, { by, layout }: CountedTable, where: string): UnitRows {
  const node = by.map((field, d) => nodesOf(table, field, layout, d, where));
  const { codes, size } = table.units;
  const start = new Int32Array(size + 1);
  let outside = 0;
  const taken = (row: number): boolean => codes[row]! >= 0 && node.every((nodes) => nodes[row]! >= 0);
  for (let row = 0; row < table.rows; row++) {
    if (taken(row)) start[codes[row]! + 1]!++;
    else if (codes[row]! >= 0) outside++;
  }
  for (let unit = 0; unit < size; unit++) start[unit + 1]! += start[unit]!;
  const next = start.slice(0, size);
  const rows = new Int32Array(start[size]!);
  for (let row = 0; row < table.rows; row++) if (taken(row)) rows[next[codes[row]!]!++] = row;
  return { rows, start, node, outside };
}

function nodesOf(table: PersonalTable, field: string, layout: Layout, d: number, where: string): Int32Array {
  const { codes, size, content } = columnOf(table, field, where, 'by').coded;
  const { labels, partitions } = layout.dimensions[d]!;
  // Only leaves: a row that says it is in a sub-total says not in which part of it.
  const leaf = new Map<string, number>();
  labels.forEach((label, node) => {
    if (partitions[node]!.length === 0) leaf.set(keyId(label), node);
  });
  const map = Int32Array.from({ length: size }, (_, code) => leaf.get(keyId(content(code))) ?? -1);
  return codes.map((code) => (code < 0 ? -1 : map[code]!));
}

/**
 * Refuses a unit in several groups of a field whose totals are taken for sums: the check of what can be worked out would be wrong.
 *
 * @throws {TokumeiError} `TOKUMEI_TABLE_OVERLAP`
 */
export function refuseOverlap({ rows, start, node }: UnitRows, { by, layout }: CountedTable, where: string): void {
  layout.dimensions.forEach(({ partitions }, d) => {
    if (d === layout.overlapping || partitions.every((ways) => ways.length === 0)) return;
    const nodes = node[d]!;
    for (let unit = 0; unit + 1 < start.length; unit++) {
      for (let i = start[unit]! + 1; i < start[unit + 1]!; i++) {
        if (nodes[rows[i]!] === nodes[rows[start[unit]!]!]) continue;
        throw new TokumeiError('TOKUMEI_TABLE_OVERLAP', {
          where,
          message:
            `some unit is in several groups of '${by[d]!}', so its totals do not add up: declare overlapping: '${by[d]!}' (one field of a table may be), ` +
            'leave its totals out with hierarchy(…, { total: false }), or use a finer unit such as user-day',
        });
      }
    }
  });
}

/** Walks over every cell that a row belongs to: its own and all totals above it. */
export class CellsAbove {
  private readonly layout: Layout;
  /** By dimension and node: how far it is from the node to itself and to each group above, in cells. */
  private readonly steps: readonly Int32Array[][];
  private found: Int32Array = new Int32Array(64);

  constructor(layout: Layout) {
    this.layout = layout;
    this.steps = layout.dimensions.map(({ above }, d) => above.map((groups, node) => Int32Array.from(groups, (at) => (at - node) * layout.strides[d]!)));
  }

  /** The cells of one choice of nodes; only the first `count` entries count, and only until the next call. */
  of(cell: number): { readonly cells: Int32Array; readonly count: number } {
    const { strides, dimensions } = this.layout;
    this.found[0] = cell;
    let count = 1;
    for (let d = 0; d < dimensions.length; d++) {
      const steps = this.steps[d]![Math.floor(cell / strides[d]!) % dimensions[d]!.labels.length]!;
      const before = count;
      if (this.found.length < before * steps.length) {
        const more = new Int32Array(2 * before * steps.length);
        more.set(this.found);
        this.found = more;
      }
      for (let s = 1; s < steps.length; s++) for (let i = 0; i < before; i++) this.found[count++] = this.found[i]! + steps[s]!;
    }
    return { cells: this.found, count };
  }
}

export const cellOfRow = (layout: Layout, { node }: UnitRows, row: number): number => node.reduce((cell, nodes, d) => cell + nodes[row]! * layout.strides[d]!, 0);

/** Distinct units of every cell, totals included: counted, never added up; and the unit of each cell that holds one alone, -1 elsewhere. */
export function countUnitsByCell(units: UnitRows, layout: Layout): { readonly counts: Float64Array; readonly sole: Int32Array } {
  const sole = new Int32Array(layout.cells).fill(-1);
  const counts = new Float64Array(layout.cells);
  const seen = new Int32Array(layout.cells).fill(-1);
  const above = new CellsAbove(layout);
  for (let unit = 0; unit + 1 < units.start.length; unit++) {
    for (let i = units.start[unit]!; i < units.start[unit + 1]!; i++) {
      const cell = cellOfRow(layout, units, units.rows[i]!);
      if (seen[cell] === unit) continue;
      const { cells, count } = above.of(cell);
      for (let j = 0; j < count; j++) {
        const at = cells[j]!;
        if (seen[at] === unit) continue;
        seen[at] = unit;
        sole[at] = counts[at] === 0 ? unit : -1;
        counts[at]!++;
      }
    }
  }
  return { counts, sole };
}
