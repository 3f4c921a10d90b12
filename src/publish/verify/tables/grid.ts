import { isRecord } from '../../../rank/verify/sameJson.js';

/** One sum that everybody knows: the total is its parts together, or their union where parts may share people. By number of cell. */
export interface TableRelation {
  readonly total: number;
  readonly parts: readonly number[];
  readonly union: boolean;
}

/** A published table, read by its own statement. */
export interface Grid {
  readonly cells: number;
  /** The line of each cell; undefined where there is none, as in a ranking that is cut off. */
  readonly lines: readonly (Readonly<Record<string, unknown>> | undefined)[];
  readonly relations: readonly TableRelation[];
  /** For each cell the innermost cells that it is made of. */
  readonly inner: readonly (readonly number[])[];
  readonly overlapping: boolean;
}

interface Dimension {
  readonly place: ReadonlyMap<string, number>;
  readonly parts: readonly (readonly number[])[];
  readonly leaves: readonly (readonly number[])[];
  readonly union: boolean;
}

/** More cells than any table has. */
const MOST_CELLS = 2_000_000;

/** Undefined where groups are no forest, or a line is of no cell or of one that had a line. */
export function readGrid(table: unknown, by: readonly string[], lines: readonly Readonly<Record<string, unknown>>[]): Grid | undefined {
  const dimensions = by.map((field) => readDimension(isRecord(table) ? table[field] : undefined));
  if (!dimensions.every((dimension) => dimension !== undefined) || dimensions.filter(({ union }) => union).length > 1) return undefined;
  const strides: number[] = new Array<number>(by.length).fill(1);
  for (let d = by.length - 2; d >= 0; d--) strides[d] = strides[d + 1]! * dimensions[d + 1]!.parts.length;
  const cells = strides[0]! * dimensions[0]!.parts.length;
  if (cells > MOST_CELLS) return undefined;
  const nodeOf = (cell: number, d: number): number => Math.floor(cell / strides[d]!) % dimensions[d]!.parts.length;
  const byCell: (Readonly<Record<string, unknown>> | undefined)[] = new Array<undefined>(cells).fill(undefined);
  for (const line of lines) {
    const key: readonly unknown[] = Array.isArray(line['key']) ? (line['key'] as readonly unknown[]) : [line['key']];
    const nodes: readonly (number | undefined)[] = key.length === by.length ? key.map((part, d) => dimensions[d]!.place.get(JSON.stringify(part))) : [undefined];
    if (!nodes.every((node) => node !== undefined)) return undefined;
    const cell = nodes.reduce((sum: number, node, d) => sum + node * strides[d]!, 0);
    if (byCell[cell] !== undefined) return undefined;
    byCell[cell] = line;
  }
  const relations: TableRelation[] = [];
  const inner: number[][] = [];
  for (let cell = 0; cell < cells; cell++) {
    let made = [cell];
    dimensions.forEach(({ parts, leaves, union }, d) => {
      const node = nodeOf(cell, d);
      const at = (other: number): number => cell + (other - node) * strides[d]!;
      if (parts[node]!.length > 0) relations.push({ total: cell, parts: parts[node]!.map(at), union });
      made = made.flatMap((one) => leaves[node]!.map((leaf) => one + (leaf - node) * strides[d]!));
    });
    inner.push(made);
  }
  return { cells, lines: byCell, relations, inner, overlapping: dimensions.some(({ union }) => union) };
}

function readDimension(stated: unknown): Dimension | undefined {
  if (!isRecord(stated)) return undefined;
  const { labels, above, groups, overlapping } = stated;
  if (!Array.isArray(labels) || !Array.isArray(above) || labels.length === 0 || labels.length !== above.length || groups !== labels.length) return undefined;
  const place = new Map(labels.map((label, node) => [JSON.stringify(label), node] as const));
  if (place.size !== labels.length || (overlapping !== undefined && overlapping !== true)) return undefined;
  const parts: number[][] = labels.map(() => []);
  for (const [node, parent] of (above as readonly unknown[]).entries()) {
    if (!Number.isInteger(parent) || (parent as number) < -1 || (parent as number) >= node) return undefined;
    if ((parent as number) >= 0) parts[parent as number]!.push(node);
  }
  const leaves: number[][] = labels.map(() => []);
  for (let node = labels.length - 1; node >= 0; node--) leaves[node] = parts[node]!.length === 0 ? [node] : parts[node]!.flatMap((part) => leaves[part]!);
  return { place, parts, leaves, union: overlapping === true };
}
