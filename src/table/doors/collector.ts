import { TokumeiError } from '../../core/errors.js';
import type { ColumnInput } from '../columns/encode.js';
import { Column, type PersonalTable } from '../table.js';
import { doorStep, type CheckedDoor } from './options.js';
import { codeUnits } from './units.js';

/** Takes rows one at a time and turns them into columns. Values are read once, when the row comes in. */
export class RowCollector {
  readonly #door: CheckedDoor;
  readonly #units: unknown[][];
  readonly #columns = new Map<string, unknown[]>();
  #rows = 0;
  #lastKeys: readonly string[] = [];

  constructor(door: CheckedDoor) {
    this.#door = door;
    this.#units = door.unitOf.map(() => []);
    for (const field of door.fields ?? []) if (!door.unitOf.includes(field)) this.#columns.set(field, []);
  }

  add(row: unknown): void {
    if (typeof row !== 'object' || row === null) {
      throw new TokumeiError('TOKUMEI_ROW', { where: this.#door.where, message: 'a row is not an object' });
    }
    try {
      this.#read(row as Readonly<Record<string, unknown>>);
    } catch {
      // A getter's or a proxy's own error may quote the row.
      throw new TokumeiError('TOKUMEI_ROW', { where: this.#door.where, message: 'a row threw when it was read' });
    }
  }

  #read(record: Readonly<Record<string, unknown>>): void {
    this.#door.unitOf.forEach((field, at) => this.#units[at]!.push(own(record, field)));
    if (this.#door.fields === undefined) this.#noteFields(record);
    for (const [field, values] of this.#columns) values.push(own(record, field));
    this.#rows++;
  }

  /** Rows may differ in their fields: a new field starts with undefined for all rows before. */
  #noteFields(record: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(record);
    const last = this.#lastKeys;
    if (keys.length === last.length && keys.every((key, at) => key === last[at])) return;
    this.#lastKeys = keys;
    for (const key of keys) {
      if (this.#columns.has(key) || this.#door.unitOf.includes(key)) continue;
      this.#columns.set(key, new Array<unknown>(this.#rows).fill(undefined));
    }
  }

  finish(): PersonalTable {
    return { ...tableOf(this.#door, this.#units, this.#columns, this.#rows), open: this.#door.fields === undefined };
  }
}

// Only a row's own fields are data: `constructor` and `__proto__` are fields like any other, or absent.
const own = (record: Readonly<Record<string, unknown>>, field: string): unknown =>
  field in Object.prototype && !Object.hasOwn(record, field) ? undefined : record[field];

/** The table behind a door, from the columns of the unit and those of the other fields. */
export function tableOf(
  door: CheckedDoor,
  unitInputs: readonly ColumnInput[],
  columns: ReadonlyMap<string, ColumnInput>,
  rows: number,
): PersonalTable {
  const { units, missingUnit, optedOut } = codeUnits(door, unitInputs);
  return {
    unit: door.unit,
    rows,
    units,
    columns: new Map([...columns].map(([field, input]) => [field, new Column(input)])),
    steps: [doorStep(door)],
    dropped: { missingUnit, optedOut },
    shard: door.shard,
    unitOf: door.unitOf,
    open: false,
  };
}
