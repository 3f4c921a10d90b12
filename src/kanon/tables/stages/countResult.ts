import type { TableControl } from '../../../core/guarantee.js';
import { makeProtected, type Protected, type ProtectedPayload } from '../../../core/holders/protected.js';
import type { Json, Statement } from '../../../core/statement.js';
import type { GroupRow } from '../../../core/table.js';
import type { PersonalTable } from '../../../table/table.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { PRIMARY } from '../layout/problem.js';
import type { CountSuppression } from '../secondary/countTable.js';
import type { CountRule } from './countRule.js';
import { BY_TABLES } from './notCovered.js';
import { describeTable, keyOfCell, type CheckedTable } from './tableOptions.js';
import { tableReport } from './tableReport.js';

/** What became of the cells of a table. */
export interface CountOutcome {
  readonly counts: Float64Array;
  readonly suppression: CountSuppression;
  readonly outside: number;
  readonly overlapping?: string | undefined;
  /** Where the cells are those of a larger table: for each cell of this one its place there. */
  readonly cellOf?: Int32Array;
  /** What else the manifest says of how the table came about. */
  readonly more?: { readonly [name: string]: Json };
  readonly crossCheck?: ProtectedPayload<unknown>['crossCheck'];
}

/** A suppressed table of counts with all that goes with it: lines, statement, report. */
export function countResult<K, U extends string>(
  where: string,
  personal: Pick<PersonalTable, 'unit' | 'steps' | 'dropped'>,
  table: CheckedTable,
  { k, zeros, protect, cost }: CountRule,
  { counts, suppression, outside, overlapping, cellOf, more, ...o }: CountOutcome,
): Protected<readonly GroupRow<K>[], TableControl<U>> {
  const { role } = suppression.problem;
  const cells = Int32Array.from({ length: table.layout.cells }, (_, cell) => cellOf?.[cell] ?? cell);
  const own = Float64Array.from(cells, (cell) => counts[cell]!);
  const withheld = Uint8Array.from(cells, (cell) => suppression.withheld[cell]!);
  const guarantee: TableControl<U> = {
    kind: 'table-control',
    unit: personal.unit as U,
    rules: [`at least ${k} distinct ${personal.unit}s`, 'withheld counts stay uncertain against all published totals'],
  };
  const parameters = { k, zeros, protect, cost, overlapping: overlapping ?? null, table: describeTable(table), ...more };
  const statement: Statement = {
    unit: personal.unit,
    by: table.by,
    guarantee,
    mechanism: 'threshold on distinct units with secondary suppression',
    parameters,
    measures: [{ name: 'count', what: `distinct ${personal.unit}s`, noise: { law: 'none' }, step: 1 }],
    keys: { origin: 'public', declared: table.layout.cells },
    bounds: {},
    steps: [...personal.steps, { stage: where, by: table.by, ...parameters }],
    accuracy: { count: 'exact' },
    notCovered: BY_TABLES,
  };
  const value = Array.from(own, (count, cell): GroupRow<K> => {
    const key = keyOfCell(table, cell) as K;
    return withheld[cell] === 1 ? { key, state: 'suppressed', count: null } : { key, state: 'value', count };
  });
  const here = new Set(cells);
  const report = tableReport(
    {
      counts: own,
      withheld,
      reason: Array.from(cells, (cell, at) => (withheld[at] === 0 ? '' : counts[cell]! < k && role[cell] === PRIMARY ? 'A' : 'D')),
      values: own,
      parts: cells.reduce((sum, cell) => sum + suppression.parted[cell]!, 0),
      narrowed: suppression.narrowed.filter((cell) => here.has(cell)).length,
      narrowedTogether: suppression.narrowedUnions,
      nothingLeft: suppression.nothingLeft,
      outside,
    },
    personal.dropped,
  );
  return makeProtected(guarantee, { value, statement, secure: true, crossCheck: o.crossCheck ?? crossCheck, report });
}
