import { TokumeiError } from '../core/errors.js';
import type { Coded } from './columns/coded.js';
import { combine } from './columns/combine.js';
import { Column, type PersonalTable } from './table.js';

/** The names of the fields of `Row` whose values fit `Value` (or may be missing). */
export type FieldOf<Row, Value> = {
  [K in keyof Row & string]-?: NonNullable<Row[K]> extends NonNullable<Value> ? K : never;
}[keyof Row & string];

/** `by` as a list of field names. @throws {TokumeiError} `TOKUMEI_BY` */
export function checkBy(where: string, by: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(by) ? by : [by];
  if (list.length > 0 && list.every((field) => typeof field === 'string' && field !== '') && new Set(list).size === list.length) {
    return Object.freeze([...(list as readonly string[])]);
  }
  throw new TokumeiError('TOKUMEI_BY', { where, parameter: 'by', expected: 'a field name or a list of different field names', received: by });
}

/** The group of each row: the one field's value, or a tuple of several. @throws {TokumeiError} `TOKUMEI_FIELD` */
export function codeGroups(table: PersonalTable, by: readonly string[], where: string, single: boolean): Coded {
  const columns = by.map((field) => columnOf(table, field, where, 'by').coded);
  return single ? columns[0]! : combine(columns);
}

/**
 * The column of a field. Where rows came without declared fields, a field that none of them has is missing in all of
 * them: whether one person with that field is there must not decide between a result and an error. Rules on rows, which
 * promise nothing of that kind, refuse it: there it is nearly always misspelt.
 *
 * @throws {TokumeiError} `TOKUMEI_FIELD`
 */
export function columnOf(table: PersonalTable, field: string, where: string, parameter: string, absent: 'missing' | 'refused' = 'missing'): Column {
  const column = table.columns.get(field);
  if (column !== undefined) return column;
  if (table.open && absent === 'missing' && !table.unitOf.includes(field)) return new Column(new Array<undefined>(table.rows).fill(undefined));
  if (table.rows === 0) return new Column([]);
  throw new TokumeiError('TOKUMEI_FIELD', { where, parameter, expected: 'the name of a field of the records (the unit is none)', received: field });
}
