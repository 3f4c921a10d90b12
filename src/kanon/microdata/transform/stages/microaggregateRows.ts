import { checkInteger, checkOneOf, checkOptions } from '../../../../core/checks.js';
import { TokumeiError } from '../../../../core/errors.js';
import type { KAnonymity } from '../../../../core/guarantee.js';
import type { Personal } from '../../../../core/holders/personal.js';
import type { Protected } from '../../../../core/holders/protected.js';
import type { Key } from '../../../../core/statement.js';
import { columnOf, type FieldOf } from '../../../../table/fields.js';
import { unwrap } from '../../../../table/table.js';
import { takePart } from '../../plan/prepare.js';
import { checkRelease } from '../../plan/release.js';
import { plainValue } from '../../plan/values.js';
import { checkFieldNames } from '../../report/fieldCodes.js';
import { groupMeans, mdav, microaggregateUnivariate } from '../microaggregate.js';
import { releaseRows, type AnonymousRow } from './releaseRows.js';

export interface MicroaggregateRowsOptions<F extends string = string, R extends string = F> {
  /** The fields that somebody may know of a person, all of them numbers. */
  readonly quasiIdentifiers: readonly F[];
  /** Every group has at least k rows. No default. */
  readonly k: number;
  /** Fields released as they are. Default: none. */
  readonly release?: readonly R[];
  readonly severalRows?: 'reject' | 'keep-first';
}

const where = 'microaggregateRows';

/**
 * Releases rows with the mean of a group of at least k in place of each number: of one field in optimal groups (Hansen
 * and Mukherjee 2003), of several in groups by MDAV.
 *
 * **When.** Means and totals should stay, single values may go. As sdcMicro's `microaggregation(method = "mdav")`.
 *
 * **Guarantee.** Every released combination of quasi-identifiers stands for at least k units. It bounds no inference.
 * **Duties.** Name every field that others may know; fields in `release` must be unknown to them.
 * Cost: a sort for one field; about n²/k distances for several.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_RELEASE_FIELDS` when called;
 * `TOKUMEI_K_RANGE` (fewer rows than k), `TOKUMEI_COLUMNS`, `TOKUMEI_FIELD`, `TOKUMEI_ROWS_PER_UNIT` with data.
 * @example
 * const people = [20, 22, 60, 62].map((age, id) => ({ id, age }));
 * const rows = pipe(personal(people, { unit: 'person', unitOf: 'id' }), microaggregateRows({ quasiIdentifiers: ['age'], k: 2 }));
 * rows.guarantee; // => { kind: 'k-anonymity', unit: 'person', k: 2 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function microaggregateRows<Row, U extends string>(
  options: MicroaggregateRowsOptions<FieldOf<Row, number>, FieldOf<Row, Key>>,
): (records: Personal<Row, U>) => Protected<readonly AnonymousRow[], KAnonymity<U>> {
  const o: MicroaggregateRowsOptions = checkOptions(options, where);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const fields = checkFieldNames(o.quasiIdentifiers, where);
  const release = checkRelease(o.release ?? [], fields, where);
  const severalRows = checkOneOf(o.severalRows ?? 'reject', where, 'severalRows', 'TOKUMEI_ROWS_PER_UNIT', ['reject', 'keep-first']);
  return (records) => {
    const table = unwrap(records, where);
    const rows = takePart(table, { where, severalRows });
    const columns = fields.map((field) => {
      const column = columnOf(table, field, where, 'quasiIdentifiers', 'refused');
      return Float64Array.from(rows, (row) => {
        const value = plainValue(column, row, field, where);
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        throw new TokumeiError('TOKUMEI_COLUMNS', { where, message: `${JSON.stringify(field)} holds something else than finite numbers` });
      });
    });
    const { groupOf, groups, sse } = columns.length === 1 ? microaggregateUnivariate(columns[0]!, k) : mdav(columns, k);
    const means = columns.map((column) => groupMeans(column, groupOf));
    return releaseRows<U>(table, {
      where,
      k,
      mechanism: 'means of groups of rows',
      fields,
      release,
      parameters: { k, method: columns.length === 1 ? 'univariate' : 'mdav' },
      rows,
      shown: (a, i) => means[a]![i]!,
      figures: { groups, sse },
    });
  };
}
