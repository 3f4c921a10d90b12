import { readOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { TableControl } from '../../../core/guarantee.js';
import type { Protected } from '../../../core/holders/protected.js';
import type { Key } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import { checkTotals, readCells } from '../layout/readCells.js';
import { relationsOf, systemOf } from '../layout/system.js';
import { suppressCounts } from '../secondary/countTable.js';
import { soleByCell } from '../secondary/sole.js';
import { countResult } from './countResult.js';
import { checkCountRule, type CountRuleOptions } from './countRule.js';
import { checkTable, costOf, type FieldsIn, type Groups } from './tableOptions.js';

/** What {@link suppressTable} takes. There is no default `k`. */
export interface SuppressTableOptions<F, U> extends CountRuleOptions {
  /** Who was counted: `'user'`. */
  readonly unit: U;
  /** The fields that the keys of the lines are of. */
  readonly by: F;
  /** The groups of each field with their totals, as in the lines. */
  readonly groups: Groups<NoInfer<F>>;
  /** The one field in which a unit may be in several groups. */
  readonly overlapping?: FieldsIn<NoInfer<F>>;
}

/** A line of a table that is counted already. */
export interface CountedCell<K = Key | readonly Key[]> {
  readonly key: K;
  /** Distinct units, true and complete. */
  readonly count: number;
}

/**
 * Protects a table that was counted elsewhere, as `kTable` does one that it counts itself.
 *
 * **When.** A database or another program has made the table with its totals, and there are no records to hand in. With records take `kTable`:
 * it counts people and not rows, and sees for itself who is in several groups. (sdcTable `makeProblem()` on aggregated data, then `protectTable()`.)
 *
 * **Convention, guarantee.** Those of `kTable`. **Duties.** The counts are of distinct units; each unit is in one group of a field that is not
 * `overlapping`. What can be checked is: every cell is there once, and totals are those of their parts.
 *
 * Lines come in the order of the groups, whatever their order was. Cost: that of the search in `kTable`.
 *
 * @throws {TokumeiError} the errors of `kTable` for options, `TOKUMEI_UNIT`; `TOKUMEI_TABLE_EMPTY`, `TOKUMEI_TABLE_CELLS` for lines that are no whole table,
 * `TOKUMEI_TABLE_TOTALS` where totals do not add up, `TOKUMEI_NEGATIVE_MAGNITUDE`.
 * @example
 * const stage = suppressTable({ unit: 'user', by: 'city', groups: { city: ['Tokyo', 'Osaka', 'Kobe'] }, k: 5 });
 * const table = stage([{ key: 'total', count: 42 }, { key: 'Tokyo', count: 30 }, { key: 'Osaka', count: 10 }, { key: 'Kobe', count: 2 }]);
 * table.guarantee.kind; // => 'table-control'
 */
/* @__NO_SIDE_EFFECTS__ */
export function suppressTable<U extends string, const F extends string | readonly string[]>(
  options: SuppressTableOptions<F, U>,
): (lines: readonly CountedCell<KeyOf<F>>[]) => Protected<readonly GroupRow<KeyOf<F>>[], TableControl<U>> {
  const where = 'suppressTable';
  const o = readOptions(options, where, 'unit by groups overlapping k zeros protect cost');
  if (typeof o.unit !== 'string' || (o.unit as string) === '') throw new TokumeiError('TOKUMEI_UNIT', { where, parameter: 'unit', expected: "who was counted, such as 'user'", received: o.unit });
  const table = checkTable(where, o.by, o.groups, o.overlapping);
  const rule = checkCountRule(where, o);
  return (lines) => {
    const { layout } = table;
    const system = systemOf(layout.cells, relationsOf(layout));
    const counts = readCells(where, table, lines, 'count');
    checkTotals(where, table, system, counts);
    const suppression = suppressCounts(system, layout, { counts, sole: soleByCell(system, counts) }, rule, costOf(counts, rule.cost));
    const source = { unit: o.unit, steps: [], dropped: { missingUnit: 0, optedOut: 0 } };
    return countResult(where, source, table, rule, { counts, suppression, outside: 0, overlapping: o.overlapping });
  };
}
