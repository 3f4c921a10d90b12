import { checkInteger, checkOneOf, readOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { TableControl } from '../../../core/guarantee.js';
import type { Personal } from '../../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../../core/holders/protected.js';
import type { Key, Statement } from '../../../core/statement.js';
import type { GroupRow, KeyOf } from '../../../core/table.js';
import type { FieldOf } from '../../../table/fields.js';
import { unwrap } from '../../../table/table.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { relationsOf, systemOf } from '../layout/system.js';
import { judgeSum, type SumRules } from '../primary/judgeSums.js';
import { checkConcentration, depthOf, type Concentration } from '../primary/sumRules.js';
import { suppressSums } from '../secondary/sumTable.js';
import { contributionsByCell } from './contributions.js';
import { needTogether } from './needTogether.js';
import { BY_TABLES } from './notCovered.js';
import { CELL_COSTS, checkTable, costOf, describeTable, keyOfCell, type CellCost, type Groups } from './tableOptions.js';
import { tableReport, type Reason } from './tableReport.js';
import { unitRows } from './tally.js';

/** What {@link kSum} takes. There is no default `k`. */
export interface KSumOptions<F, V> {
  readonly by: F;
  /** The groups of each field with their totals. What is in none of them is left out. */
  readonly groups: Groups<NoInfer<F>>;
  /** The field that is summed: not negative. */
  readonly value: V;
  /** The grid of the sums: values are rounded to multiples of it. Default 1. */
  readonly step?: number;
  /** The smallest number of contributing units that is published. At least 2. */
  readonly k: number;
  /** Rules on few who contribute much: one or several. Default: none. */
  readonly concentration?: Concentration | readonly Concentration[];
  /** A cell that is just on the limit of a concentration rule. Default `'sensitive'` (GaussSuppression's dominance); sdcTable: `'allowed'`. */
  readonly boundary?: 'sensitive' | 'allowed';
  /** Whether a unit whose values sum to 0 counts as a contributor. Default `'ignored'`. */
  readonly zeroContributors?: 'ignored' | 'counted';
  /** Whether a cell without contributors is published as 0. Default `'suppressed'`. */
  readonly zeros?: 'suppressed' | 'published';
  /** How far from its sum a cell of fewer than k contributors must stay uncertain, as a share of it. Default 0.2. */
  readonly smallCellRange?: number;
  readonly cost?: CellCost;
}

/**
 * Sums a field of what units contribute in a cross-table with totals, and withholds sums that few units make up.
 *
 * **When.** Exact sums of money, time or quantities, published once. For values that may be negative, or tables that come
 * again and again, take `dpSum`.
 *
 * **Convention.** A contributor is a unit, and what it contributes to a cell is its total there. (n, k), p % and (p, q) as in
 * sdcTable `primarySuppression(type = "nk" | "p" | "pq")` and GaussSuppression `MagnitudeRule`, the limit itself by `boundary`;
 * protection levels as in tau-ARGUS, the same below as above.
 *
 * **Guarantee.** A reader who knows all published cells, how they add up and that nothing is negative cannot pin a sensitive sum
 * down to less than its protection interval, nor the sum of several cells that would be sensitive as one (two towns of one shop) and
 * follow by subtraction; to somebody who alone makes up other cells, one or several, no sensitive sum is certain. Shown by whole tables
 * that fit all that is published, checked by themselves; where one is missing more is withheld, in the end everything. Rules bound no inference.
 * **Duties.** As for `kTable`: one table for what belongs together, `previous` at `release()`.
 *
 * Cost: linear in rows times totals above each, about 0.1 ms a withheld cell.
 *
 * @throws {TokumeiError} `TOKUMEI_OPTIONS` for an option that there is not, `TOKUMEI_K_RANGE`, `TOKUMEI_BY`, `TOKUMEI_GROUPS`, `TOKUMEI_HIERARCHY`, `TOKUMEI_TABLE_SIZE`,
 * `TOKUMEI_CONCENTRATION`, `TOKUMEI_SUM_OPTIONS`, `TOKUMEI_ZEROS`, `TOKUMEI_CELL_COST` before data is read; `TOKUMEI_FIELD`;
 * `TOKUMEI_NEGATIVE_MAGNITUDE` for a negative value, `TOKUMEI_SUM_RANGE` for sums of 2^53 steps and more.
 * @example
 * const sales = Array.from({ length: 60 }, (_, at) => ({ shop: at % 20, region: ['north', 'south'][at % 2] ?? 'north', yen: 1000 + at }));
 * const table = pipe(
 *   personal(sales, { unit: 'shop', unitOf: 'shop' }),
 *   kSum({ by: 'region', groups: { region: ['north', 'south'] }, value: 'yen', k: 3, concentration: { rule: 'p-percent', p: 10 } }),
 * );
 * table.guarantee.rules[0]; // => 'at least 3 contributing shops'
 */
/* @__NO_SIDE_EFFECTS__ */
export function kSum<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], const V extends FieldOf<Row, number>>(
  options: KSumOptions<F, V>,
): (p: Personal<Row, U>) => Protected<readonly GroupRow<KeyOf<F>, 'sum'>[], TableControl<U>> {
  const where = 'kSum';
  const o = readOptions(options, where, 'by groups value step k concentration boundary zeroContributors zeros smallCellRange cost');
  const table = checkTable(where, o.by, o.groups, undefined);
  if (typeof o.value !== 'string' || (o.value as string) === '') {
    throw new TokumeiError('TOKUMEI_SUM_OPTIONS', { where, parameter: 'value', expected: 'the name of a field of numbers', received: o.value });
  }
  const step = checkPositive(o.step ?? 1, where, 'step', 'TOKUMEI_SUM_OPTIONS');
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', 2);
  const rules = checkConcentration(where, o.concentration);
  const boundary = checkOneOf(o.boundary ?? 'sensitive', where, 'boundary', 'TOKUMEI_SUM_OPTIONS', ['sensitive', 'allowed']);
  const zeroContributors = checkOneOf(o.zeroContributors ?? 'ignored', where, 'zeroContributors', 'TOKUMEI_SUM_OPTIONS', ['ignored', 'counted']);
  const zeros = checkOneOf(o.zeros ?? 'suppressed', where, 'zeros', 'TOKUMEI_ZEROS', ['suppressed', 'published']);
  const range = checkPositive(o.smallCellRange ?? 0.2, where, 'smallCellRange', 'TOKUMEI_SUM_OPTIONS');
  const cost = checkOneOf(o.cost ?? 'logarithm', where, 'cost', 'TOKUMEI_CELL_COST', CELL_COSTS);
  return (p) => {
    const personal = unwrap(p, where);
    const units = unitRows(personal, table, where);
    const { layout } = table;
    const found = contributionsByCell(personal, units, layout, { field: o.value, step, depth: depthOf(rules), zeroContributors }, where);
    const asked: SumRules = { k, rules, boundary, zeros, range };
    const verdicts = Array.from(found.sum, (_, cell) => judgeSum(found, cell, asked));
    const shown = Uint8Array.from(found.count, (count) => (count === 0 && zeros === 'published' ? 1 : 0));
    const together = needTogether(layout, found.shares, depthOf(rules), asked);
    // Of few contributors no sum with more is a part; with rules on concentration it may be.
    const joins = rules.length > 0 ? found.inner : new Uint8Array(layout.cells);
    const system = systemOf(layout.cells, relationsOf(layout));
    const result = suppressSums(system, layout, { sums: found.sum, need: Float64Array.from(verdicts, ({ need }) => need), sole: found.sole, shown, together, joins }, costOf(found.sum, cost));
    const { withheld } = result;
    const words = [`at least ${k} contributing ${personal.unit}s`, ...rules.map(inWords), 'withheld sums stay uncertain against all published totals'];
    const guarantee: TableControl<U> = { kind: 'table-control', unit: personal.unit as U, rules: words };
    const parameters = { value: o.value, k, concentration: rules.map((rule) => ({ ...rule })), boundary, zeroContributors, zeros, smallCellRange: range, cost, table: describeTable(table) };
    const statement: Statement = {
      unit: personal.unit,
      by: table.by,
      guarantee,
      mechanism: 'rules on contributions with secondary suppression',
      parameters,
      measures: [{ name: 'sum', what: `sum of ${o.value}`, noise: { law: 'none' }, step }],
      keys: { origin: 'public', declared: layout.cells },
      bounds: {},
      steps: [...personal.steps, { stage: where, by: table.by, step, ...parameters }],
      accuracy: { sum: 'exact' },
      notCovered: BY_TABLES,
    };
    const value = Array.from(found.sum, (sum, cell): GroupRow<KeyOf<F>, 'sum'> => {
      const key = keyOfCell(table, cell) as KeyOf<F>;
      return withheld[cell] === 1 ? { key, state: 'suppressed', sum: null } : { key, state: 'value', sum: sum * step };
    });
    const report = tableReport(
      {
        counts: found.count,
        withheld,
        reason: verdicts.map(({ reason }, cell): Reason | '' => (withheld[cell] === 0 ? '' : reason === '' ? 'D' : reason)),
        values: found.sum,
        narrowed: result.narrowed.length,
        narrowedTogether: result.narrowedUnions,
        nothingLeft: result.nothingLeft,
        outside: units.outside,
        rowsWithoutValue: found.rowsWithoutValue,
      },
      personal.dropped,
    );
    return makeProtected(guarantee, { value, statement, secure: true, crossCheck, report });
  };
}

function inWords(rule: Concentration): string {
  if (rule.rule === 'dominance') return `the largest ${rule.n} contribute less than ${rule.percent} %`;
  return rule.rule === 'p-percent' ? `nobody is known to within ${rule.p} %` : `nobody known to within ${rule.q} % becomes known to within ${rule.p} %`;
}
