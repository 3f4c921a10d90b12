import { TokumeiError } from '../../../core/errors.js';
import type { Hierarchy } from './hierarchy.js';

const TOP = '*';

function refuse(where: string, parameter: string, expected: string, received?: unknown): never {
  throw new TokumeiError('TOKUMEI_HIERARCHY_OPTIONS', { where, parameter, expected, received });
}

function checkValues(where: string, values: readonly string[]): void {
  if (!Array.isArray(values) || values.length === 0 || new Set(values).size !== values.length) refuse(where, 'values', 'a list of different texts, known in public');
}

export interface IntervalOptions {
  /** The smallest and the largest whole number, both included. */
  readonly from: number;
  readonly to: number;
  /** Width of the intervals at each level, each a multiple of the one before. */
  readonly widths: readonly number[];
}

/**
 * Whole numbers in intervals that widen from level to level, counted from `from`; the last level is `*`.
 *
 * @throws {TokumeiError} `TOKUMEI_HIERARCHY_OPTIONS`
 * @example
 * intervalHierarchy({ from: 0, to: 99, widths: [5, 10] }).rows[42]; // => ['42', '40-44', '40-49', '*']
 */
export function intervalHierarchy({ from, to, widths }: IntervalOptions): Hierarchy {
  const where = 'intervalHierarchy';
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to < from) refuse(where, 'to', 'a whole number not below from', to);
  if (to - from >= 1_000_000) refuse(where, 'to', 'less than a million values above from', to);
  widths.forEach((width, i) => {
    if (!Number.isSafeInteger(width) || width < 2 || (i > 0 && width % widths[i - 1]! !== 0)) refuse(where, 'widths', 'whole numbers above 1, each a multiple of the one before', width);
  });
  const rows: string[][] = [];
  for (let value = from; value <= to; value++) {
    const spans = widths.map((width) => {
      const start = from + Math.floor((value - from) / width) * width;
      return `${start}-${Math.min(to, start + width - 1)}`;
    });
    rows.push([String(value), ...spans, TOP]);
  }
  return { rows };
}

/**
 * Values in a given order, put together in groups of so many neighbours; each level groups the groups before.
 *
 * @example
 * orderedHierarchy(['S', 'M', 'L', 'XL'], [2]).rows[2]; // => ['L', 'L…XL', '*']
 */
export function orderedHierarchy(values: readonly string[], sizes: readonly number[]): Hierarchy {
  const where = 'orderedHierarchy';
  checkValues(where, values);
  for (const size of sizes) if (!Number.isSafeInteger(size) || size < 2) refuse(where, 'sizes', 'whole numbers above 1', size);
  return {
    rows: values.map((value, at) => {
      let width = 1;
      const groups = sizes.map((size) => {
        width *= size;
        const start = Math.floor(at / width) * width;
        const end = Math.min(values.length, start + width) - 1;
        return start === end ? values[start]! : `${values[start]!}…${values[end]!}`;
      });
      return [value, ...groups, TOP];
    }),
  };
}

export interface MaskOptions {
  /** Which end is masked first. Default `'right'`. */
  readonly from?: 'left' | 'right';
  /** The character that stands in place of a hidden one. Default `*`. */
  readonly mask?: string;
}

/**
 * Codes of equal meaning by position (postal codes and the like), hidden one character more at each level.
 *
 * @example
 * maskHierarchy(['1000001', '1000002'], {}).rows[0]?.slice(0, 3); // => ['1000001', '100000*', '10000**']
 */
export function maskHierarchy(values: readonly string[], { from = 'right', mask = '*' }: MaskOptions): Hierarchy {
  const where = 'maskHierarchy';
  checkValues(where, values);
  if (from !== 'left' && from !== 'right') refuse(where, 'from', "'left' or 'right'", from);
  if (typeof mask !== 'string' || [...mask].length !== 1) refuse(where, 'mask', 'one character', mask);
  const letters = values.map((value) => [...value]);
  const longest = Math.max(...letters.map((all) => all.length));
  return {
    rows: letters.map((all, at) => {
      // Shorter values are filled up on the side that is masked first, so that length tells nothing at higher levels.
      const pad = new Array<string>(longest - all.length).fill(mask);
      const even = from === 'right' ? [...all, ...pad] : [...pad, ...all];
      const row = [values[at]!];
      for (let hidden = 1; hidden <= longest; hidden++) {
        row.push(hidden === longest ? TOP : even.map((c, i) => ((from === 'right' ? i >= longest - hidden : i < hidden) ? mask : c)).join(''));
      }
      return row;
    }),
  };
}

/** What a date is put down to. */
export type DateUnit = 'month' | 'quarter' | 'year' | 'decade';

/**
 * Days from `from` to `to` (`YYYY-MM-DD`, both included), by month, quarter, year or decade.
 *
 * @example
 * dateHierarchy({ from: '2024-02-28', to: '2024-03-01', units: ['month', 'year'] }).rows[1]; // => ['2024-02-29', '2024-02', '2024', '*']
 */
export function dateHierarchy({ from, to, units }: { readonly from: string; readonly to: string; readonly units: readonly DateUnit[] }): Hierarchy {
  const where = 'dateHierarchy';
  const order: readonly DateUnit[] = ['month', 'quarter', 'year', 'decade'];
  units.forEach((unit, i) => {
    if (!order.includes(unit) || (i > 0 && order.indexOf(unit) <= order.indexOf(units[i - 1]!))) refuse(where, 'units', 'some of month, quarter, year, decade, in this order', unit);
  });
  const day = (text: string, parameter: string): number => {
    const time = Date.parse(`${text}T00:00:00Z`);
    if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) refuse(where, parameter, 'a day as YYYY-MM-DD', text);
    return time / 86_400_000;
  };
  const start = day(from, 'from');
  const end = day(to, 'to');
  if (end < start || end - start >= 1_000_000) refuse(where, 'to', 'not before from, and within a million days of it', to);
  const rows: string[][] = [];
  for (let at = start; at <= end; at++) {
    const text = new Date(at * 86_400_000).toISOString().slice(0, 10);
    const year = text.slice(0, 4);
    const month = Number(text.slice(5, 7));
    const of: Record<DateUnit, string> = {
      month: text.slice(0, 7),
      quarter: `${year}-Q${Math.ceil(month / 3)}`,
      year,
      decade: `${year.slice(0, 3)}0s`,
    };
    rows.push([text, ...units.map((unit) => of[unit]), TOP]);
  }
  return { rows };
}

/**
 * The most important values stay, the rest becomes `other` level by level: at each level so many of the list are kept.
 *
 * @example
 * priorityHierarchy(['JP', 'US', 'FR', 'IS'], [2, 1], 'other').rows[1]; // => ['US', 'US', 'other', '*']
 */
export function priorityHierarchy(values: readonly string[], kept: readonly number[], other: string): Hierarchy {
  const where = 'priorityHierarchy';
  checkValues(where, values);
  kept.forEach((count, i) => {
    if (!Number.isSafeInteger(count) || count < 0 || count > (kept[i - 1] ?? values.length)) refuse(where, 'kept', 'whole numbers that do not grow', count);
  });
  if (typeof other !== 'string' || values.includes(other)) refuse(where, 'other', 'a text that is none of the values', other);
  return { rows: values.map((value, at) => [value, ...kept.map((count) => (at < count ? value : other)), TOP]) };
}

/**
 * A hierarchy by functions: each turns a value of the level before into one of its own level; `*` is added at the end.
 *
 * @example
 * customHierarchy(['ab1', 'ab2'], [(v) => v.slice(0, 2)]).rows[0]; // => ['ab1', 'ab', '*']
 */
export function customHierarchy(values: readonly string[], levels: readonly ((value: string) => string)[]): Hierarchy {
  checkValues('customHierarchy', values);
  return {
    rows: values.map((value) => {
      const row = [value];
      for (const level of levels) row.push(level(row[row.length - 1]!));
      row.push(TOP);
      return row;
    }),
  };
}
