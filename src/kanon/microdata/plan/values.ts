import { TokumeiError } from '../../../core/errors.js';
import type { Coded, Scalar } from '../../../table/columns/coded.js';
import { encode } from '../../../table/columns/encode.js';
import type { Column, PersonalTable } from '../../../table/table.js';
import { columnOf } from '../../../table/fields.js';

/** Everything that can be told apart: fractions too, which are no keys. NaN is a missing value. */
function asValue(value: unknown): Scalar | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return Number.isNaN(value) ? null : value + 0;
    case 'undefined':
      return null;
    default:
      return value === null ? null : undefined;
  }
}

/**
 * A field as values: what is no key (a fraction) is a value all the same, since lumping such values together would let
 * rows look alike that are not.
 *
 * @throws {TokumeiError} `TOKUMEI_FIELD`; `TOKUMEI_COLUMNS` where the field holds objects
 */
export function valuesOf(table: PersonalTable, field: string, rows: Int32Array, parameter: string, where: string): Coded {
  const column = columnOf(table, field, where, parameter, 'refused');
  const { coded } = column;
  if (allCoded(coded, rows)) return coded;
  const values = encode(column.input, asValue);
  if (allCoded(values, rows)) return values;
  throw notValues(field, where);
}

function allCoded({ codes }: Coded, rows: Int32Array): boolean {
  let signs = 0;
  for (let i = 0; i < rows.length; i++) signs |= codes[rows[i]!]!;
  return signs >= 0;
}

/** What a row holds in a field, to be released as it is. */
export function plainValue(column: Column, row: number, field: string, where: string): string | number | boolean | null {
  const value = asValue(column.at(row));
  if (value === undefined || typeof value === 'bigint') throw notValues(field, where);
  return value;
}

const notValues = (field: string, where: string): TokumeiError =>
  new TokumeiError('TOKUMEI_COLUMNS', { where, message: `${JSON.stringify(field)} holds something else than texts, numbers, truth values and missing values` });
