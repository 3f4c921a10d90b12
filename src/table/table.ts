import { makePersonal, openPersonal, type Personal } from '../core/holders/personal.js';
import type { Step } from '../core/statement.js';
import type { Coded } from './columns/coded.js';
import { asKey, encode, valueAt, type ColumnInput } from './columns/encode.js';

/** A column that is made when somebody asks for all of it, and gives single values before. */
export class LaterColumn {
  readonly make: () => ColumnInput;
  readonly at: (row: number) => unknown;

  constructor(make: () => ColumnInput, at: (row: number) => unknown) {
    this.make = make;
    this.at = at;
  }
}

/** One field of all rows. Made and coded when it is first used, and then kept: most fields of a log are never used. */
export class Column {
  #source: ColumnInput | LaterColumn;
  #coded: Coded | undefined;

  constructor(source: ColumnInput | LaterColumn) {
    this.#source = source;
  }

  get input(): ColumnInput {
    if (this.#source instanceof LaterColumn) this.#source = this.#source.make();
    return this.#source;
  }

  /** The value of one row. Does not make the column. */
  at(row: number): unknown {
    return this.#source instanceof LaterColumn ? this.#source.at(row) : valueAt(this.#source, row);
  }

  /** The column as keys: see `asKey` for what counts as one. */
  get coded(): Coded {
    this.#coded ??= encode(this.input, asKey);
    return this.#coded;
  }
}

/** What a `Personal` holds. The unit's own column is not among the columns. */
export interface PersonalTable {
  readonly unit: string;
  readonly rows: number;
  /** Code -1 marks a row that takes no part: its unit is missing or opted out, or a filter dropped it. */
  readonly units: Coded;
  readonly columns: ReadonlyMap<string, Column>;
  /** Declared stages so far, for the manifest. */
  readonly steps: readonly Step[];
  /** Rows left out at the door, for the operator alone. */
  readonly dropped: { readonly missingUnit: number; readonly optedOut: number };
  /** Set where the caller says that the unit's rows are all in this shard and in no other. */
  readonly shard: string | undefined;
  /** The unit's own fields: read at the door, never a field afterwards, whether rows are open or not. */
  readonly unitOf: readonly string[];
  /** True where nobody declared the fields: then which exist must not decide between a result and an error. */
  readonly open: boolean;
}

export const wrap = <Row, U extends string>(table: PersonalTable): Personal<Row, U> => makePersonal(table);

export const unwrap = (value: unknown, where: string): PersonalTable => openPersonal(value, where) as PersonalTable;
