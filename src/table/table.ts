import { makePersonal, openPersonal, type Personal } from '../core/holders/personal.js';
import type { Step } from '../core/statement.js';
import type { Coded } from './columns/coded.js';
import { asKey, encode, type ColumnInput } from './columns/encode.js';

/** One field of all rows. Coded when it is first used as a key, and then kept. */
export class Column {
  readonly input: ColumnInput;
  #coded: Coded | undefined;

  constructor(input: ColumnInput, coded?: Coded) {
    this.input = input;
    this.#coded = coded;
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
