import { reading } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Key } from '../../../core/statement.js';
import { asKey } from '../../../table/columns/encode.js';
import { keyId } from '../../../table/publicKeys.js';
import type { Dimension } from './dimension.js';
import type { Layout } from './layout.js';
import type { LinearSystem } from './system.js';

/** What reading needs of a table. */
export interface ReadableTable {
  readonly by: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly layout: Layout;
}

/**
 * The figures of a table that is counted already, by cell: every cell of the declared groups once. Errors hold no figure and say not which cell is wrong.
 *
 * @throws {TokumeiError} `TOKUMEI_TABLE_EMPTY`, `TOKUMEI_TABLE_CELLS`, `TOKUMEI_NEGATIVE_MAGNITUDE`
 */
export const readCells = (where: string, table: ReadableTable, lines: unknown, measure: string): Float64Array =>
  reading(where, 'lines', 'TOKUMEI_TABLE_CELLS', () => cellsOf(where, table, lines, measure));

function cellsOf(where: string, table: ReadableTable, lines: unknown, measure: string): Float64Array {
  const { by, dimensions, layout } = table;
  const bad = (message: string): TokumeiError => new TokumeiError('TOKUMEI_TABLE_CELLS', { where, message });
  if (!Array.isArray(lines)) throw bad(`expects a list of lines { key, ${measure} }`);
  if (lines.length === 0) throw new TokumeiError('TOKUMEI_TABLE_EMPTY', { where, message: 'the table has no lines: give one for each cell of the declared groups, totals too, with 0 where nobody is' });
  const places = dimensions.map(({ labels }) => new Map(labels.map((label, node) => [keyId(label), node])));
  const values = new Float64Array(layout.cells).fill(-1);
  for (const line of lines as readonly unknown[]) {
    const given = typeof line === 'object' && line !== null ? (line as Readonly<Record<string, unknown>>) : {};
    const key: readonly unknown[] = Array.isArray(given['key']) ? given['key'] : [given['key']];
    if (key.length !== by.length) throw bad(`some line has a key that is not of the fields ${by.join(', ')}`);
    let cell = 0;
    key.forEach((part, d) => {
      const label = part === undefined ? undefined : asKey(part);
      const node = label === undefined || typeof label === 'bigint' ? undefined : places[d]!.get(keyId(label as Key));
      if (node === undefined) throw bad(`some line has a group of '${by[d]!}' that was not declared in groups: declare it, or leave the line out of the totals too`);
      cell += node * layout.strides[d]!;
    });
    const value = given[measure];
    if (typeof value === 'number' && value < 0) throw new TokumeiError('TOKUMEI_NEGATIVE_MAGNITUDE', { where, message: `some ${measure} is negative: rules on groups mean nothing then` });
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw bad(`some ${measure} is no whole number from 0 to 2^53 - 1: withheld or rounded figures cannot be protected again`);
    if (values[cell] !== -1) throw bad('some cell has two lines: give each choice of groups one');
    values[cell] = value + 0;
  }
  if (values.includes(-1)) throw bad(`some cell of the declared groups has no line: give all of them, totals too, with 0 where nobody is (hierarchy(…, { total: false }) where a field has no total)`);
  return values;
}

/**
 * Refuses a table whose totals are not those of its parts, naming the field.
 *
 * @throws {TokumeiError} `TOKUMEI_TABLE_TOTALS`
 */
export function checkTotals(where: string, { by, layout }: ReadableTable, { relations, start, cell, union }: LinearSystem, values: Float64Array): void {
  for (let r = 0; r < relations; r++) {
    const total = values[cell[start[r]!]!]!;
    let sum = 0;
    let largest = 0;
    for (let t = start[r]! + 1; t < start[r + 1]!; t++) {
      sum += values[cell[t]!]!;
      largest = Math.max(largest, values[cell[t]!]!);
    }
    if (union[r] === 1 ? largest <= total && total <= sum : total === sum) continue;
    const field = by[layout.strides.findIndex((stride) => Math.floor(cell[start[r]!]! / stride) !== Math.floor(cell[start[r]! + 1]! / stride))]!;
    const wanted = union[r] === 1 ? 'at least the largest of its parts and at most their sum' : `the sum of its parts: correct it, or declare overlapping: '${field}' where people are in several of them`;
    throw new TokumeiError('TOKUMEI_TABLE_TOTALS', { where, message: `some total of '${field}' is not ${wanted}` });
  }
}
