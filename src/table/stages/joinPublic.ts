import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import type { Key } from '../../core/statement.js';
import { asKey } from '../columns/encode.js';
import { columnOf, type FieldOf } from '../fields.js';
import { Column, unwrap, wrap } from '../table.js';
import { withColumns } from './rows.js';

/**
 * Adds fields of a public table by a key: the category of an app, the region of a shop.
 *
 * **Guarantee.** Each row is joined with at most one public line, so this is a stable transformation (stability 1).
 * A row without a match gets null. **Duty:** the table must be public: nothing of it may come from the same data.
 *
 * @throws {TokumeiError} `TOKUMEI_JOIN` when the table has two lines for one key or a line is not an object; `TOKUMEI_FIELD` when `on` is no field.
 */
/* @__NO_SIDE_EFFECTS__ */
export function joinPublic<Row, U extends string, const F extends FieldOf<Row, Key>, T extends { readonly [K in F]: Key }>(options: {
  readonly on: F;
  readonly table: Iterable<T>;
}): (p: Personal<Row, U>) => Personal<Omit<Row, Exclude<keyof T, F>> & { [K in Exclude<keyof T, F>]: T[K] | null }, U> {
  const { on, table: lines } = checkOptions(options, 'joinPublic');
  const byKey = new Map<unknown, Readonly<Record<string, unknown>>>();
  const fields = new Set<string>();
  for (const line of lines as Iterable<Readonly<Record<string, unknown>>>) {
    if (typeof line !== 'object' || line === null) throw new TokumeiError('TOKUMEI_JOIN', { where: 'joinPublic', message: 'a line of the public table is not an object' });
    const key = asKey(line[on]);
    if (key === undefined || byKey.has(key)) {
      throw new TokumeiError('TOKUMEI_JOIN', { where: 'joinPublic', parameter: 'table', expected: `one line for each value of '${on}'`, received: line[on] });
    }
    byKey.set(key, line);
    for (const field of Object.keys(line)) if (field !== on) fields.add(field);
  }
  return (p) => {
    const table = unwrap(p, 'joinPublic');
    const { codes, size, content } = columnOf(table, on, 'joinPublic', 'on').coded;
    const lineOf = Array.from({ length: size }, (_, code) => byKey.get(content(code)));
    const added = new Map<string, Column>();
    for (const field of fields) {
      const dictionary = lineOf.map((line) => line?.[field] ?? null);
      added.set(field, new Column({ indices: codes, dictionary }));
    }
    return wrap({ ...withColumns(table, added), steps: [...table.steps, { stage: 'joinPublic', on, fields: [...fields] }] });
  };
}
