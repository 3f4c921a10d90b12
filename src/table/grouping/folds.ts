import { numbersOf } from '../columns/numbers.js';
import type { Measured } from '../plan.js';
import type { PersonalTable } from '../table.js';
import { columnOf } from '../fields.js';
import { Ahead } from './ahead.js';
import type { Choosing } from './chooseGroups.js';
import { distinctValues } from './distinctFold.js';
import { ExactCells, toSteps } from './exactCells.js';
import type { CellFold } from './foldUnits.js';
import { binOf, shareBins, shareMoments } from './shareFolds.js';

/** The fold of a plan over one table. @throws {TokumeiError} `TOKUMEI_FIELD` */
export function foldOf(table: PersonalTable, measured: Measured, choosing: Choosing, where: string): CellFold {
  switch (measured.measure) {
    case 'rows':
      return rows(measured.rowsPerGroup ?? Infinity);
    case 'sum':
      return sums(numbersOf(table, measured.value, where, 'value'), measured.step, measured.lowerSteps, measured.upperSteps);
    case 'moments':
      return shareMoments(numbersOf(table, measured.value, where, 'value'), measured);
    case 'bins':
      return shareBins(numbersOf(table, measured.value, where, 'value'), measured);
    case 'totals':
      return totals(numbersOf(table, measured.value, where, 'value'), measured.step, measured.edges);
    case 'distinct':
      return distinctValues({ ...choosing, values: columnOf(table, measured.value, where, 'value').coded, valuesPerGroup: measured.valuesPerGroup });
    case 'vector':
      return vectors(measured.values.map((field) => numbersOf(table, field, where, 'values')), measured);
  }
}

/** How many numbers each group has. */
export function widthOf(measured: Measured): number {
  switch (measured.measure) {
    case 'moments':
      return measured.degree + 1;
    case 'bins':
    case 'totals':
      return measured.edges.length - 1;
    case 'vector':
      return measured.values.length;
    default:
      return 1;
  }
}

function rows(rowsPerGroup: number): CellFold {
  return {
    width: 1,
    load: () => {},
    open: () => {},
    row: () => true,
    close: (_, count, totals, group) => totals.add(group, 0, Math.min(count, rowsPerGroup)),
  };
}

/** The total of the unit in the group, clamped once. Rows without a number are left out. */
function sums(values: ArrayLike<number>, step: number, lower: number, upper: number): CellFold {
  const { cells, ...rows } = totalled(values, step);
  return { ...rows, width: 1, close: (cell, _, out, group) => out.add(group, 0, cells.clamped(cell, lower, upper)) };
}

/** One for the bin of the unit's total in the group; totals beyond the ends count at the ends. */
function totals(values: ArrayLike<number>, step: number, edges: readonly number[]): CellFold {
  const { cells, ...rows } = totalled(values, step);
  return { ...rows, width: edges.length - 1, close: (cell, _, out, group) => out.add(group, binOf(edges, cells.rounded(cell) * step, true), 1) };
}

/** The exact totals of cells in steps, and how rows come into them. */
function totalled(values: ArrayLike<number>, step: number): Pick<CellFold, 'load' | 'open' | 'row'> & { readonly cells: ExactCells } {
  const cells = new ExactCells();
  const ahead = new Ahead(values, (value) => toSteps(value, step));
  return {
    cells,
    load: (ids, from, to) => ahead.load(ids, from, to),
    open: (cell) => cells.clear(cell),
    row: (cell, row) => {
      const steps = ahead.numbers[row]!;
      if (steps !== steps) return false;
      cells.add(cell, steps);
      return true;
    },
  };
}

/** The total vector of the unit in the group, shortened to the norm once. A row that lacks one of the numbers is left out. */
function vectors(columns: readonly ArrayLike<number>[], { step, norm, boundSteps }: Extract<Measured, { measure: 'vector' }>): CellFold {
  const cells = new ExactCells();
  const width = columns.length;
  const total = new Float64Array(width);
  const ahead = columns.map((column) => new Ahead(column, (value) => toSteps(value, step)));
  return {
    width,
    load: (ids, from, to) => {
      for (const column of ahead) column.load(ids, from, to);
    },
    open: (cell) => {
      for (let j = 0; j < width; j++) cells.clear(cell * width + j);
    },
    row: (cell, row) => {
      for (const column of ahead) if (Number.isNaN(column.numbers[row]!)) return false;
      for (let j = 0; j < width; j++) cells.add(cell * width + j, ahead[j]!.numbers[row]!);
      return true;
    },
    close: (cell, _, totals, group) => {
      for (let j = 0; j < width; j++) total[j] = cells.rounded(cell * width + j);
      shorten(total, norm, boundSteps);
      for (let j = 0; j < width; j++) totals.add(group, j, total[j]!);
    },
  };
}

/** Shortens a vector of whole numbers so that its norm, in exact arithmetic, is at most `bound` (of at most 2^24). */
function shorten(vector: Float64Array, norm: 'l1' | 'l2', bound: number): void {
  const limit = norm === 'l1' ? bound : bound * bound;
  const size = (x: Float64Array): number => x.reduce((sum, value) => sum + (norm === 'l1' ? Math.abs(value) : value * value), 0);
  const whole = size(vector);
  // Sums of squares below 2^53 are exact, and one that is not is above any limit.
  if (whole <= limit) return;
  const original = vector.slice();
  for (let factor = norm === 'l1' ? bound / whole : bound / Math.sqrt(whole); size(vector) > limit; factor *= 1 - 2 ** -30) {
    for (let j = 0; j < vector.length; j++) vector[j] = Math.trunc(original[j]! * factor) || 0;
  }
}
