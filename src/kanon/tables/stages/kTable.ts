import { readOptions } from '../../../core/checks.js';
import type { TableControl } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import type { Protected } from '../../../core/holders/protected.js';
import type { Key } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { relationsOf, systemOf } from '../layout/system.js';
import { suppressCounts } from '../secondary/countTable.js';
import { countResult } from './countResult.js';
import { checkCountRule, type CountRuleOptions } from './countRule.js';
import { checkTable, costOf, type FieldsIn, type Groups } from './tableOptions.js';
import { countUnitsByCell, refuseOverlap, unitRows } from './tally.js';

/** What {@link kTable} takes. There is no default `k`. */
export interface KTableOptions<F> extends CountRuleOptions {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** The groups of each field with their totals. What is in none of them is left out. */
  readonly groups: Groups<NoInfer<F>>;
  /** The one field in which a unit may be in several groups; its totals count it once and are no sums. */
  readonly overlapping?: FieldsIn<NoInfer<F>>;
}

/**
 * Counts distinct units in a cross-table with totals and sub-totals, and withholds what is small and what would give it away.
 *
 * **When.** Exact tables published once. For lists without totals take `kCountUnits`; for tables that come again and again
 * take differential privacy. An overall count beside a part of it, or a week beside the month, belong into one table:
 * what one of two tables withholds the other may give away.
 *
 * **Convention.** People, not rows; `count >= k` is published. (sdcTable `primarySuppression(type = "freq", maxN = k - 1)`, then
 * `protectTable`; GaussSuppression stops exact recovery alone, here intervals are kept.) A withheld cell has one code whatever the reason.
 *
 * **Guarantee.** A reader who knows all published cells, how they add up, that counts are whole and not negative and even which
 * cells are small cannot narrow a count of 1 to k - 1 down (`protect`). For each such cell the search leaves whole tables that
 * fit everything published and differ in it, and these are checked by themselves before anything is handed out; where one is
 * missing more is withheld, in the end everything. Of the parts of a small total, and to somebody who is alone in another cell,
 * a count is not certain. Cells that hold fewer than k units together are as one where their sum would follow by subtraction. Intervals that nothing could keep wider are counted in the operator's report.
 *
 * **Not covered.** Other releases (`previous` at `release()`), what readers know of people, and conclusions from the choice of
 * cells itself. Rules on groups bound no inference.
 *
 * **Overlapping groups.** A user of three apps is in three groups of `app` and once in the total: declare `overlapping: 'app'`.
 * The reader then is taken to know that a total is at least its largest part and at most the sum. Everything else must partition.
 *
 * Cost: counting is linear in rows times totals above each; the search takes about 0.1 ms a withheld cell.
 *
 * @throws {TokumeiError} `TOKUMEI_OPTIONS` for an option that there is not, `TOKUMEI_K_RANGE`, `TOKUMEI_BY`, `TOKUMEI_GROUPS`, `TOKUMEI_HIERARCHY`, `TOKUMEI_OVERLAPPING`,
 * `TOKUMEI_TABLE_SIZE`, `TOKUMEI_ZEROS`, `TOKUMEI_PROTECT`, `TOKUMEI_CELL_COST` before data is read; `TOKUMEI_FIELD`;
 * `TOKUMEI_TABLE_OVERLAP` when a unit is in several groups of a field that was not declared `overlapping`.
 * @example
 * const people = Array.from({ length: 40 }, (_, at) => ({ id: at, city: ['Tokyo', 'Chiba', 'Osaka'][at % 3] ?? 'Osaka', plan: at < 30 ? 'free' : 'paid' }));
 * const table = pipe(
 *   personal(people, { unit: 'user', unitOf: 'id' }),
 *   kTable({ by: ['city', 'plan'], groups: { city: { Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka'] }, plan: ['free', 'paid'] }, k: 5 }),
 * );
 * table.guarantee.kind; // => 'table-control'
 */
/* @__NO_SIDE_EFFECTS__ */
export function kTable<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: KTableOptions<F>,
): (p: Personal<Row, U>) => Protected<readonly GroupRow<KeyOf<F>>[], TableControl<U>> {
  const where = 'kTable';
  const o = readOptions(options, where, 'by groups overlapping k zeros protect cost');
  const table = checkTable(where, o.by, o.groups, o.overlapping);
  const rule = checkCountRule(where, o);
  return (p) => {
    const personal = unwrap(p, where);
    const units = unitRows(personal, table, where);
    refuseOverlap(units, table, where);
    const { layout } = table;
    const tally = countUnitsByCell(units, layout);
    const suppression = suppressCounts(systemOf(layout.cells, relationsOf(layout)), layout, tally, rule, costOf(tally.counts, rule.cost));
    return countResult(where, personal, table, rule, { counts: tally.counts, suppression, outside: units.outside, overlapping: o.overlapping });
  };
}
