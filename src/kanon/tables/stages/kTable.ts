import { checkInteger, checkOneOf, checkOptions } from '../../../core/checks.js';
import type { TableControl } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import type { Key, Statement } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { PRIMARY } from '../layout/problem.js';
import { relationsOf, systemOf } from '../layout/system.js';
import { suppressCounts } from '../secondary/countTable.js';
import { CELL_COSTS, checkTable, costOf, describeTable, keyOfCell, type CellCost, type FieldsIn, type Groups } from './tableOptions.js';
import { tableReport } from './tableReport.js';
import { countUnitsByCell, refuseOverlap, unitRows } from './tally.js';

/** What {@link kTable} takes. There is no default `k`. */
export interface KTableOptions<F> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** The groups of each field with their totals. What is in none of them is left out. */
  readonly groups: Groups<NoInfer<F>>;
  /** The smallest number of distinct units that is published: at least 2, and at least 3 where zeros are. */
  readonly k: number;
  /**
   * Whether nobody is published as 0. Default `'suppressed'`: nobody and few look the same. With `'published'` a reader sees where
   * nobody is; the parts of a total below `k` are withheld all the same.
   */
  readonly zeros?: 'suppressed' | 'published';
  /**
   * How wide a withheld count must stay for a reader who knows all that is published. Default `'range'`: every count that the
   * rule withholds (1 to k - 1) stays possible. A number: the largest possible count less the smallest is at least that.
   */
  readonly protect?: 'range' | number;
  /** The one field in which a unit may be in several groups; its totals count it once and are no sums. */
  readonly overlapping?: FieldsIn<NoInfer<F>>;
  /** Which cells rather go to protect others. Default `'logarithm'`: few cells, small ones first. */
  readonly cost?: CellCost;
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
 * a count is not certain. Intervals that nothing could keep wider are counted in the operator's report.
 *
 * **Not covered.** Other releases (`previous` at `release()`), what readers know of people, and conclusions from the choice of
 * cells itself. Rules on groups bound no inference.
 *
 * **Overlapping groups.** A user of three apps is in three groups of `app` and once in the total: declare `overlapping: 'app'`.
 * The reader then is taken to know that a total is at least its largest part and at most the sum. Everything else must partition.
 *
 * Cost: counting is linear in rows times totals above each; the search takes about 0.1 ms a withheld cell.
 *
 * @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_BY`, `TOKUMEI_GROUPS`, `TOKUMEI_HIERARCHY`, `TOKUMEI_OVERLAPPING`,
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
  const o = checkOptions(options, where);
  const table = checkTable(where, o.by, o.groups, o.overlapping);
  const zeros = checkOneOf(o.zeros ?? 'suppressed', where, 'zeros', 'TOKUMEI_ZEROS', ['suppressed', 'published']);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', zeros === 'published' ? 3 : 2);
  const protect = o.protect === undefined || o.protect === 'range' ? 'range' : checkInteger(o.protect, where, 'protect', 'TOKUMEI_PROTECT', 1, k - 1);
  const cost = checkOneOf(o.cost ?? 'logarithm', where, 'cost', 'TOKUMEI_CELL_COST', CELL_COSTS);
  return (p) => {
    const personal = unwrap(p, where);
    const units = unitRows(personal, table, where);
    refuseOverlap(units, table, where);
    const { layout } = table;
    const counts = countUnitsByCell(units, layout);
    const system = systemOf(layout.cells, relationsOf(layout));
    const result = suppressCounts(system, layout, counts, { k, zeros, protect }, costOf(counts, cost));
    const { withheld, problem } = result;
    const rules = [`at least ${k} distinct ${personal.unit}s`, 'withheld counts stay uncertain against all published totals'];
    const guarantee: TableControl<U> = { kind: 'table-control', unit: personal.unit as U, rules };
    const parameters = { k, zeros, protect, cost, overlapping: o.overlapping ?? null, table: describeTable(table) };
    const statement: Statement = {
      unit: personal.unit,
      by: table.by,
      guarantee,
      mechanism: 'threshold on distinct units with secondary suppression',
      parameters,
      measures: [{ name: 'count', what: `distinct ${personal.unit}s`, noise: { law: 'none' }, step: 1 }],
      keys: { origin: 'public', declared: layout.cells },
      bounds: {},
      steps: [...personal.steps, { stage: where, by: table.by, ...parameters }],
      accuracy: { count: 'exact' },
      notCovered: ['other releases about the same people', 'what the choice of withheld cells itself tells'],
    };
    const value = Array.from(counts, (count, cell): GroupRow<KeyOf<F>> => {
      const key = keyOfCell(table, cell) as KeyOf<F>;
      return withheld[cell] === 1 ? { key, state: 'suppressed', count: null } : { key, state: 'value', count };
    });
    const report = tableReport(
      {
        counts,
        withheld,
        reason: Array.from(counts, (count, cell) => (withheld[cell] === 0 ? '' : count < k && problem.role[cell] === PRIMARY ? 'A' : 'D')),
        values: counts,
        narrowed: result.narrowed.length,
        nothingLeft: result.nothingLeft,
        outside: units.outside,
      },
      personal.dropped,
    );
    return makeProtected(guarantee, { value, statement, secure: true, crossCheck, report });
  };
}
