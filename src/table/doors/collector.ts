import { TokumeiError } from '../../core/errors.js';
import type { ColumnInput } from '../columns/encode.js';
import { Column, LaterColumn, type PersonalTable } from '../table.js';
import { doorStep, type CheckedDoor } from './options.js';
import { codeUnits } from './units.js';

/** Takes rows one at a time and turns them into columns. Values are read once, when the row comes in. */
export class RowCollector {
  readonly #door: CheckedDoor;
  readonly #units: unknown[][];
  /** Declared fields hold a value for each row; others only for the rows that have them. */
  readonly #columns = new Map<string, unknown[]>();
  #rows = 0;
  #lastKeys: readonly string[] = [];
  #lastColumns: readonly (unknown[] | undefined)[] = [];

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
    if (this.#door.fields === undefined) this.#readOwn(record);
    else for (const [field, values] of this.#columns) values.push(own(record, field));
    this.#rows++;
  }

  // The work is that of the values which are there: one row of many fields must not cost all rows as many.
  #readOwn(record: Readonly<Record<string, unknown>>): void {
    const keys = Object.keys(record);
    const last = this.#lastKeys;
    if (keys.length !== last.length || !keys.every((key, at) => key === last[at])) {
      this.#lastKeys = keys;
      this.#lastColumns = keys.map((key) => this.#columnOf(key));
    }
    for (let at = 0; at < keys.length; at++) {
      const column = this.#lastColumns[at];
      if (column !== undefined) column[this.#rows] = record[keys[at]!];
    }
  }

  #columnOf(field: string): unknown[] | undefined {
    if (this.#door.unitOf.includes(field)) return undefined;
    let column = this.#columns.get(field);
    if (column === undefined) this.#columns.set(field, (column = []));
    return column;
  }

  finish(): PersonalTable {
    const rows = this.#rows;
    const columns = [...this.#columns].map(([field, values]) => [field, new Column(new LaterColumn(() => padded(values, rows), (row) => values[row]))] as const);
    return { ...tableOf(this.#door, this.#units, new Map(columns), rows), open: this.#door.fields === undefined };
  }
}

function padded(values: unknown[], rows: number): unknown[] {
  if (values.length < rows) values.length = rows;
  return values;
}

// Only a row's own fields are data: `constructor` and `__proto__` are fields like any other, or absent.
const own = (record: Readonly<Record<string, unknown>>, field: string): unknown =>
  field in Object.prototype && !Object.hasOwn(record, field) ? undefined : record[field];

/** The table behind a door, from the columns of the unit and those of the other fields. */
export function tableOf(
  door: CheckedDoor,
  unitInputs: readonly ColumnInput[],
  columns: ReadonlyMap<string, Column>,
  rows: number,
): PersonalTable {
  const { units, missingUnit, optedOut } = codeUnits(door, unitInputs);
  return {
    unit: door.unit,
    rows,
    units,
    columns,
    steps: [doorStep(door)],
    dropped: { missingUnit, optedOut },
    shard: door.shard,
    unitOf: door.unitOf,
    open: false,
  };
}
