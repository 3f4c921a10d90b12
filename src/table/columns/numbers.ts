import type { PersonalTable } from '../table.js';
import { columnOf } from '../fields.js';
import { valueAt } from './encode.js';

/**
 * A field as numbers, one for each row; NaN where a row has none. Only numbers and bigints are numbers: a text is none,
 * nor is a truth value, so that no parser decides what a row is worth.
 *
 * @throws {TokumeiError} `TOKUMEI_FIELD`
 */
export function numbersOf(table: PersonalTable, field: string, where: string, parameter: string): ArrayLike<number> {
  const { input } = columnOf(table, field, where, parameter);
  if (input instanceof Float64Array || input instanceof Int32Array) return input;
  const numbers = new Float64Array(table.rows);
  for (let row = 0; row < numbers.length; row++) {
    const value = valueAt(input, row);
    numbers[row] = typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : NaN;
  }
  return numbers;
}
