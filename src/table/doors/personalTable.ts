import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import type { ColumnInput } from '../columns/encode.js';
import { wrap } from '../table.js';
import { checkDoor, type DoorOptions, type RowBehind, type UnitField } from './options.js';
import { tableOfColumns } from './personalColumns.js';

/** The part of an Arrow vector that is read: its batches where they are plain numbers, its values one by one elsewhere. */
export interface VectorLike {
  readonly length: number;
  get(index: number): unknown;
  readonly nullCount?: number;
  readonly data?: readonly { readonly values?: unknown; readonly offset?: number; readonly length?: number; readonly dictionary?: unknown }[];
}

/** Anything shaped like an Arrow table, from any library and any version of it. */
export interface TableLike {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): VectorLike | null;
}

/**
 * Takes records in from an Arrow-shaped table. Call it with the row type first, since tables do not carry one:
 * `personalTable<{ user: number; app: string }>()(table, { unit: 'user', unitOf: 'user' })`.
 *
 * A column of one batch of 32-bit integers without nulls is used without a copy; dictionaries are read by index.
 *
 * @throws {TokumeiError} as `personalColumns`; `TOKUMEI_TABLE` when the value is not shaped like a table.
 */
export function personalTable<Row extends object>(): <
  const U extends string,
  const F extends UnitField<Row> | readonly [UnitField<Row>, ...UnitField<Row>[]],
  const Kept extends keyof Row & string = keyof Row & string,
>(
  table: TableLike,
  options: DoorOptions<U, F, Kept>,
) => Personal<RowBehind<Row, F, Kept>, U> {
  return (table, options) => {
    const door = checkDoor('personalTable', options as DoorOptions<string, string | readonly string[]>);
    if (typeof table !== 'object' || table === null || typeof table.getChild !== 'function' || !Array.isArray(table.schema?.fields)) {
      throw new TokumeiError('TOKUMEI_TABLE', { where: door.where, parameter: 'table', expected: 'shaped like an Arrow table', received: table });
    }
    const columns = new Map<string, ColumnInput>();
    try {
      for (const { name } of table.schema.fields) {
        const vector = table.getChild(name);
        if (vector !== null && wanted(name, door.unitOf, door.fields)) columns.set(name, columnOf(vector));
      }
    } catch {
      // What a reader throws may quote the data.
      throw new TokumeiError('TOKUMEI_TABLE', { where: door.where, message: 'the table threw when it was read' });
    }
    return wrap(tableOfColumns(door, columns));
  };
}

const wanted = (name: string, unitOf: readonly string[], fields: ReadonlySet<string> | undefined): boolean =>
  fields === undefined || fields.has(name) || unitOf.includes(name);

function columnOf(vector: VectorLike): ColumnInput {
  const batch = vector.data?.[0];
  const plain = vector.data?.length === 1 && (vector.nullCount ?? 1) === 0 && batch?.dictionary === undefined;
  if (plain && batch?.values instanceof Int32Array && batch.values.length >= vector.length && (batch.length ?? vector.length) === vector.length) {
    // Arrow libraries hand out `values` already cut to the batch; a longer one starts at the batch's offset.
    const from = batch.values.length === vector.length ? 0 : (batch.offset ?? 0);
    return batch.values.subarray(from, from + vector.length);
  }
  const values = new Array<unknown>(vector.length);
  for (let i = 0; i < vector.length; i++) values[i] = vector.get(i);
  return values;
}
