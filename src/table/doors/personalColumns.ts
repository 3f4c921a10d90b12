import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import { isDictionary, lengthOf, type ColumnInput, type DictionaryColumn } from '../columns/encode.js';
import { Column, wrap } from '../table.js';
import { tableOf } from './collector.js';
import { checkDoor, type CheckedDoor, type DoorOptions, type RowBehind, type UnitField } from './options.js';

/** The row type that a set of columns stands for. */
export type RowOfColumns<C> = {
  [K in keyof C]: C[K] extends DictionaryColumn
    ? C[K]['dictionary'] extends ArrayLike<infer V> ? V | null : never
    : C[K] extends ArrayLike<infer V> ? V : never;
};

/**
 * Takes records in as columns of equal length: typed arrays, plain arrays, or `{ indices, dictionary }`.
 *
 * The fast door. Arrays and typed arrays are used without a copy: leave them alone until the result is released.
 * Cost: none for typed arrays of whole numbers; about 0.5 µs a value for text, once a column is used.
 *
 * @throws {TokumeiError} as `personal`; `TOKUMEI_COLUMNS` when lengths differ or a column cannot be read by position;
 * `TOKUMEI_FIELD` when `unitOf` or `fields` names no column.
 * @example
 * const columns = { user: Int32Array.of(1, 1, 2), app: ['maps', 'mail', 'maps'] };
 * String(personalColumns(columns, { unit: 'user', unitOf: 'user' })); // => '[Personal: withheld]'
 */
export function personalColumns<
  const C extends { readonly [field: string]: ColumnInput },
  const U extends string,
  const F extends UnitField<RowOfColumns<C>> | readonly [UnitField<RowOfColumns<C>>, ...UnitField<RowOfColumns<C>>[]],
  const Kept extends keyof C & string = keyof C & string,
>(columns: C, options: DoorOptions<U, F, Kept>): Personal<RowBehind<RowOfColumns<C>, F, Kept>, U> {
  const door = checkDoor('personalColumns', options as DoorOptions<string, string | readonly string[]>);
  if (typeof columns !== 'object' || columns === null) {
    throw new TokumeiError('TOKUMEI_COLUMNS', { where: door.where, parameter: 'columns', expected: 'an object of columns', received: columns });
  }
  return wrap(tableOfColumns(door, new Map(entriesOf(columns, door.where))));
}

function entriesOf(columns: object, where: string): [string, ColumnInput][] {
  try {
    return Object.entries(columns);
  } catch {
    throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: 'the object of columns threw when it was read' });
  }
}

export function tableOfColumns(door: CheckedDoor, all: ReadonlyMap<string, ColumnInput>): ReturnType<typeof tableOf> {
  const { where } = door;
  for (const field of [...door.unitOf, ...(door.fields ?? [])]) {
    if (!all.has(field)) {
      throw new TokumeiError('TOKUMEI_FIELD', { where, parameter: door.unitOf.includes(field) ? 'unitOf' : 'fields', expected: 'the name of a column', received: field });
    }
  }
  let rows: number | undefined;
  const taken = new Map<string, ColumnInput>();
  for (const [field, input] of all) {
    if (door.fields !== undefined && !door.fields.has(field) && !door.unitOf.includes(field)) continue;
    const column = snapshot(input);
    if (column === undefined) {
      throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: `column ${JSON.stringify(field)} is neither an array, a typed array nor { indices, dictionary }, or threw when it was read` });
    }
    rows ??= lengthOf(column);
    if (lengthOf(column) !== rows) {
      throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: `column ${JSON.stringify(field)} has another length than the columns before it` });
    }
    taken.set(field, column);
  }
  const kept = [...taken].filter(([field]) => !door.unitOf.includes(field));
  return tableOf(door, door.unitOf.map((field) => taken.get(field)!), new Map(kept.map(([field, input]) => [field, new Column(input)])), rows ?? 0);
}

/**
 * The column; undefined where it cannot be read: what a reader of its own throws may quote the data. Arrays are taken as
 * they are, anything else is copied.
 */
function snapshot(input: unknown): ColumnInput | undefined {
  try {
    if (typeof input !== 'object' || input === null) return undefined;
    const column = input as ColumnInput;
    if (!isDictionary(column)) return values(column);
    const indices = values(column.indices);
    const dictionary = values(column.dictionary);
    return indices === undefined || dictionary === undefined ? undefined : { indices: indices as ArrayLike<number>, dictionary };
  } catch {
    return undefined;
  }
}

function values(list: ArrayLike<unknown>): ArrayLike<unknown> | undefined {
  if (ArrayBuffer.isView(list) && !(list instanceof DataView)) return list;
  const { length } = list;
  if (!Number.isInteger(length) || length < 0 || length > 0xffffffff) return undefined;
  if (!Array.isArray(list)) return Array.from(list);
  // Read once through here, where an element that throws is still caught. A copy would cost as much as all the rest.
  for (let i = 0; i < length; i++) void list[i];
  return list;
}
