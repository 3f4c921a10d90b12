import { TokumeiError } from '../../../core/errors.js';
import { valueAt } from '../../../table/columns/encode.js';
import { columnOf } from '../../../table/fields.js';
import type { PersonalTable } from '../../../table/table.js';
import { innermost } from '../layout/innermost.js';
import type { Layout } from '../layout/layout.js';
import type { Contributions } from '../primary/sumRules.js';
import { ShareList, type Shares } from './shares.js';
import { CellsAbove, cellOfRow, type UnitRows } from './tally.js';

export interface SumOptions {
  readonly field: string;
  readonly step: number;
  readonly depth: number;
  readonly zeroContributors: 'ignored' | 'counted';
}

export interface UnitContributions extends Contributions {
  /** The unit that alone makes a cell up, -1 where nobody or several do. Personal data: never handed out. */
  readonly sole: Int32Array;
  /** Who contributes what to each innermost cell. Personal data too. */
  readonly shares: Shares;
  /** 1 for the cells that are no total. */
  readonly inner: Uint8Array;
  readonly rowsWithoutValue: number;
}

/** What each unit contributes to each cell, totals included, in steps. Rows without a finite number are left out and counted. */
export function contributionsByCell(table: PersonalTable, units: UnitRows, layout: Layout, o: SumOptions, where: string): UnitContributions {
  const { input } = columnOf(table, o.field, where, 'value', 'refused');
  const sum = new Float64Array(layout.cells);
  const count = new Float64Array(layout.cells);
  const sole = new Int32Array(layout.cells).fill(-1);
  const top = new Float64Array(layout.cells * o.depth);
  const above = new CellsAbove(layout);
  const own = new Float64Array(layout.cells);
  const seen = new Int32Array(layout.cells).fill(-1);
  const touched: number[] = [];
  const inner = innermost(layout);
  const shares = new ShareList();
  let rowsWithoutValue = 0;
  for (let unit = 0; unit + 1 < units.start.length; unit++) {
    touched.length = 0;
    for (let i = units.start[unit]!; i < units.start[unit + 1]!; i++) {
      const row = units.rows[i]!;
      const raw = valueAt(input, row);
      if (typeof raw !== 'number' || !Number.isFinite(raw)) {
        rowsWithoutValue++;
        continue;
      }
      const steps = Math.round(raw / o.step);
      if (raw < 0) {
        throw new TokumeiError('TOKUMEI_NEGATIVE_MAGNITUDE', {
          where,
          message: `some value of '${o.field}' is negative, and rules on who contributes most mean nothing then: sum income and spending apart, or take dpSum`,
        });
      }
      if (!Number.isSafeInteger(steps)) throw tooLarge(where);
      const { cells, count: cellCount } = above.of(cellOfRow(layout, units, row));
      for (let j = 0; j < cellCount; j++) {
        const at = cells[j]!;
        if (seen[at] !== unit) {
          seen[at] = unit;
          own[at] = 0;
          touched.push(at);
        }
        own[at]! += steps;
      }
    }
    for (const at of touched) {
      const amount = own[at]!;
      if (amount === 0 && o.zeroContributors === 'ignored') continue;
      if (inner[at] === 1) shares.add(at, unit, amount);
      sole[at] = count[at] === 0 ? unit : -1;
      count[at]!++;
      sum[at]! += amount;
      insert(top, at * o.depth, o.depth, amount);
    }
  }
  if (!sum.every(Number.isSafeInteger)) throw tooLarge(where);
  return { sum, count, sole, shares: shares.sorted(layout.cells), top, depth: o.depth, inner, rowsWithoutValue };
}

const tooLarge = (where: string): TokumeiError =>
  new TokumeiError('TOKUMEI_SUM_RANGE', { where, parameter: 'step', expected: 'so large that every sum stays below 2^53 steps' });

/** Puts an amount where it belongs among the largest. */
export function insert(top: Float64Array, from: number, depth: number, amount: number): void {
  let at = from + depth - 1;
  if (top[at]! >= amount) return;
  while (at > from && top[at - 1]! < amount) {
    top[at] = top[at - 1]!;
    at--;
  }
  top[at] = amount;
}
