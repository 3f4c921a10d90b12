import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import { unwrap, wrap } from '../table.js';
import { forEachRow, withUnitCodes } from './rows.js';

/**
 * Keeps the rows for which a function of the row says true.
 *
 * **Guarantee.** A function of one row and of public things: a stable transformation (stability 1), so every guarantee
 * of the aggregate behind it holds as stated. **Duty:** the function must not remember other rows; nothing can check that.
 * `name` goes into the manifest: say in public words what is kept.
 *
 * @throws {TokumeiError} `TOKUMEI_FUNCTION` when `keep` is no function; `TOKUMEI_CALLBACK` when it throws.
 */
/* @__NO_SIDE_EFFECTS__ */
export function where<Row, U extends string>(keep: (row: Row) => boolean, options: { readonly name?: string } = {}): (p: Personal<Row, U>) => Personal<Row, U> {
  if (typeof keep !== 'function') {
    throw new TokumeiError('TOKUMEI_FUNCTION', { where: 'where', parameter: 'keep', expected: 'a function of a row', received: keep });
  }
  return (p) => {
    const table = unwrap(p, 'where');
    const codes = new Int32Array(table.rows).fill(-1);
    forEachRow(table, 'where', (row, at) => {
      if (keep(row as Row) === true) codes[at] = table.units.codes[at]!;
    });
    return wrap({ ...withUnitCodes(table, codes), steps: [...table.steps, { stage: 'where', name: options.name ?? 'unnamed' }] });
  };
}
