import { checkInteger, checkOneOf, checkOptions } from '../../../../core/checks.js';
import type { KAnonymity } from '../../../../core/guarantee.js';
import type { Personal } from '../../../../core/holders/personal.js';
import type { Protected } from '../../../../core/holders/protected.js';
import type { Key } from '../../../../core/statement.js';
import { columnOf, type FieldOf } from '../../../../table/fields.js';
import { unwrap } from '../../../../table/table.js';
import { checkRelease } from '../../plan/release.js';
import { plainValue } from '../../plan/values.js';
import { checkFieldNames, fieldCodes } from '../../report/fieldCodes.js';
import { suppressCells } from '../suppressCells.js';
import { releaseRows, type AnonymousRow } from './releaseRows.js';

export interface CellSuppressedRowsOptions<F extends string = string> {
  /** The fields that somebody may know of a person. */
  readonly quasiIdentifiers: readonly F[];
  /** What a row still shows is shown by at least k rows. No default. */
  readonly k: number;
  /** How dear each field is: cells of cheap ones go first. Default: all the same. */
  readonly importance?: { readonly [K in F]?: number };
  /** Fields released as they are. Default: none. */
  readonly release?: readonly F[];
  readonly severalRows?: 'reject' | 'keep-first';
}

const where = 'cellSuppressedRows';

/**
 * Releases rows with single cells withheld (`null`) until every row shows what at least k rows show.
 *
 * **When.** Few rows are rare, and values should stay as they are. A withheld cell counts as a value of its own, not as
 * one that fits everybody: sdcMicro's `localSuppression` counts the other way (`alpha`), where classes only look large.
 * A row of which nothing would be left is left out.
 *
 * **Guarantee.** Every released combination of quasi-identifiers stands for at least k units. It bounds no inference.
 * **Duties.** Name every field that others may know; fields in `release` must be unknown to them.
 * Cost: a grouping for each field and step. Greedy: not the least number of cells.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_RELEASE_FIELDS` when called;
 * `TOKUMEI_COLUMNS`, `TOKUMEI_FIELD`, `TOKUMEI_ROWS_PER_UNIT` with data.
 * @example
 * const people = [[30, 'Kobe'], [30, 'Kobe'], [30, 'Nara'], [30, 'Tokyo']].map(([age, town], id) => ({ id, age: Number(age), town: String(town) }));
 * const rows = pipe(personal(people, { unit: 'person', unitOf: 'id' }), cellSuppressedRows({ quasiIdentifiers: ['age', 'town'], k: 2 }));
 * rows.guarantee; // => { kind: 'k-anonymity', unit: 'person', k: 2 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function cellSuppressedRows<Row, U extends string>(options: CellSuppressedRowsOptions<FieldOf<Row, Key>>): (records: Personal<Row, U>) => Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const o: CellSuppressedRowsOptions = checkOptions(options, where);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const fields = checkFieldNames(o.quasiIdentifiers, where);
  const release = checkRelease(o.release ?? [], fields, where);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  const importance = fields.map((field) => (o.importance !== undefined && Object.hasOwn(o.importance, field) ? o.importance[field]! : 1));
  // Asked first, so that what is out of range is told before data are read.
  suppressCells(fields.map(() => new Int32Array(0)), { k, importance });
  return (records) => {
    const table = unwrap(records, where);
    const coded = fieldCodes(table, fields, severalRows, where);
    const { withheld, cells } = suppressCells(coded.codes, { k, importance });
    const columns = fields.map((field) => columnOf(table, field, where, 'quasiIdentifiers', 'refused'));
    const nothingLeft = (i: number): boolean => columns.every((column, a) => withheld[a]![i] === 1 || plainValue(column, coded.rows[i]!, fields[a]!, where) === null);
    return releaseRows<U>(table, {
      where,
      k,
      mechanism: 'single cells withheld',
      fields,
      release,
      parameters: { k },
      rows: coded.rows,
      shown: (a, i) => (a === 0 && nothingLeft(i) ? undefined : withheld[a]![i] === 1 ? null : plainValue(columns[a]!, coded.rows[i]!, fields[a]!, where)),
      figures: { cells },
    });
  };
}
