import { readOptions, reading } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { TableControl } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { openProtected, type Protected } from '../../../core/holders/protected.js';
import type { Key } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { linkTables } from '../layout/linked.js';
import { relationsOf, systemOf } from '../layout/system.js';
import { suppressCounts } from '../secondary/countTable.js';
import { countResult } from './countResult.js';
import { checkCountRule, type CountRuleOptions } from './countRule.js';
import { crossCheckBeside } from './siblings.js';
import { checkTable, costOf, MOST_CELLS, type Groups } from './tableOptions.js';
import { countUnitsByCell, refuseOverlap, unitRows } from './tally.js';

/** One of the tables that {@link kTables} protects together. */
export interface LinkedTable<F> {
  readonly by: F;
  /** The groups of each field. Where another table has the field too, it has the same leaves; sub-totals may differ. */
  readonly groups: Groups<NoInfer<F>>;
}

type AnyBy<Row> = FieldOf<Row, Key> | readonly FieldOf<Row, Key>[];

/** What {@link kTables} takes. There is no default `k`. */
export interface KTablesOptions<T> extends CountRuleOptions {
  /** The tables by name. */
  readonly tables: { readonly [N in keyof T]: LinkedTable<T[N]> };
  /** The one field in which a unit may be in several groups, in whichever tables it stands. */
  readonly overlapping?: string;
}

/**
 * Counts distinct units in several tables about the same people and withholds in all of them together what is small and what would give it away.
 *
 * **When.** Tables that share fields: country by month beside country by product, one field with two sets of sub-totals, a list
 * beside a table that has it as a margin. What one of them withholds another may give away, so they are protected as one.
 * (tau-ARGUS and sdcTable `protectLinkedTables()`: linked tables; there tables are protected in turn until nothing changes.)
 *
 * **Convention.** As `kTable`. A group of people that stands in two tables is published in both or in neither. Rows outside the
 * groups of any field of any table are left out of all tables, so that all are about the same people.
 *
 * **Guarantee.** That of `kTable` for a reader of all tables, who also knows that they are about the same people: every witness is
 * a way to fill the table of all fields. A small group that no table shows (country, month and product) is kept from being certain.
 * **Duties.** A field that follows from another (quarter from month) is a sub-total of it and no field of its own: the reader knows that,
 * and this function does not. Release each table with `previous` naming those already out; tables of one call pass.
 *
 * Cost: that of one `kTable` over all fields of all tables together, which must have at most 2,000,000 cells.
 *
 * @throws {TokumeiError} `TOKUMEI_LINKED_TABLES`, `TOKUMEI_LINKED_GROUPS`, and the errors of `kTable`.
 * @example
 * const visits = Array.from({ length: 90 }, (_, at) => ({ id: at, city: ['Tokyo', 'Osaka', 'Kobe'][at % 7 % 3] ?? 'Kobe', week: 1 + (at % 2), plan: at < 60 ? 'free' : 'paid' }));
 * const city = ['Tokyo', 'Osaka', 'Kobe'];
 * const { weeks, plans } = pipe(
 *   personal(visits, { unit: 'user', unitOf: 'id' }),
 *   kTables({ tables: { weeks: { by: ['city', 'week'], groups: { city, week: [1, 2] } }, plans: { by: ['city', 'plan'], groups: { city, plan: ['free', 'paid'] } } }, k: 5 }),
 * );
 * weeks.guarantee.rules[0]; // => 'at least 5 distinct users'
 */
/* @__NO_SIDE_EFFECTS__ */
export function kTables<Row, U extends string, const T extends { readonly [name: string]: AnyBy<Row> }>(
  options: KTablesOptions<T>,
): (p: Personal<Row, U>) => { readonly [N in keyof T]: Protected<readonly GroupRow<KeyOf<T[N]>>[], TableControl<U>> } {
  const where = 'kTables';
  const o = readOptions(options, where, 'tables overlapping k zeros protect cost');
  const given = Object.entries(checkNamed(where, o.tables)).map(([name, one]) => ({ name, ...readOptions(one, where, 'by groups') }));
  const fields = given.flatMap(({ by }) => by as readonly unknown[]);
  const named = given.map(({ name, by, groups }) => ({ name, table: checkTable(where, by, groups, undefined, fields) }));
  const tables = named.map(({ table }) => table);
  if (o.overlapping !== undefined && !tables.some(({ by }) => by.includes(o.overlapping!))) {
    throw new TokumeiError('TOKUMEI_OVERLAPPING', { where, parameter: 'overlapping', expected: 'one of the fields of the tables', received: o.overlapping });
  }
  const linked = linkTables(where, tables, o.overlapping, MOST_CELLS);
  const rule = checkCountRule(where, o);
  return (p) => {
    const personal = unwrap(p, where);
    const units = unitRows(personal, linked, where);
    refuseOverlap(units, linked, where);
    const { layout, unseen } = linked;
    const tally = countUnitsByCell(units, layout);
    const suppression = suppressCounts(systemOf(layout.cells, relationsOf(layout)), layout, tally, rule, costOf(tally.counts, rule.cost), unseen);
    const more = { linked: named.map(({ table }) => table.by) };
    const values: unknown[] = [];
    const results = named.map(({ name, table }, at) => {
      const overlapping = table.by.find((field) => field === o.overlapping);
      const outcome = { counts: tally.counts, suppression, outside: units.outside, overlapping, cellOf: linked.cellOf[at]!, more, crossCheck: crossCheckBeside(values) };
      return [name, countResult(where, personal, table, rule, outcome)] as const;
    });
    for (const [, result] of results) values.push(openProtected(result, where).value);
    return Object.fromEntries(results) as never;
  };
}

function checkNamed(where: string, tables: unknown): object {
  const entries = typeof tables === 'object' && tables !== null && !Array.isArray(tables) ? reading(where, 'tables', 'TOKUMEI_LINKED_TABLES', () => Object.entries(tables)) : [];
  if (entries.length > 0) return Object.fromEntries(entries);
  throw new TokumeiError('TOKUMEI_LINKED_TABLES', { where, parameter: 'tables', expected: 'an object of tables by name, each { by, groups }', received: tables });
}
