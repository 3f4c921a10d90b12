import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import { Column, unwrap, wrap } from '../table.js';
import { forEachRow, withColumns } from './rows.js';

type Derived<Row, D> = Omit<Row, keyof D> & { [K in keyof D]: D[K] extends (row: never) => infer V ? V : never };

/**
 * Adds fields that are functions of the row: a week from a date, a band from an age.
 *
 * **Guarantee.** Row by row, so a stable transformation (stability 1). **Duty:** the functions must not remember other rows.
 *
 * @throws {TokumeiError} `TOKUMEI_FUNCTION` when a field is no function; `TOKUMEI_CALLBACK` when one throws.
 */
/* @__NO_SIDE_EFFECTS__ */
export function derive<Row, U extends string, D extends { readonly [field: string]: (row: Row) => unknown }>(
  fields: D,
): (p: Personal<Row, U>) => Personal<Derived<Row, D>, U> {
  const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  if (entries.length === 0 || !entries.every(([, f]) => typeof f === 'function')) {
    throw new TokumeiError('TOKUMEI_FUNCTION', { where: 'derive', parameter: 'fields', expected: 'an object of functions of a row', received: fields });
  }
  return (p) => {
    const table = unwrap(p, 'derive');
    const values = new Map<string, unknown[]>(entries.map(([field]) => [field, new Array<unknown>(table.rows).fill(undefined)]));
    forEachRow(table, 'derive', (row, at) => {
      for (const [field, compute] of entries) values.get(field)![at] = compute(row as Row);
    });
    const added = new Map([...values].map(([field, column]) => [field, new Column(column)]));
    return wrap({ ...withColumns(table, added), steps: [...table.steps, { stage: 'derive', fields: [...values.keys()] }] });
  };
}
