import type { Groups } from './groups.js';
import { DASH, MIDDLE, OPEN, SLASH, SPACE, STOP } from './separators.js';

/** The lengths of the groups 0 to `last`, a base-36 digit each. */
export function shapeText(g: Groups, last: number): string {
  let shape = '';
  let before = 0;
  for (let k = 0; k <= last; k++) {
    const sum = g.sum[k] as number;
    shape += (sum - before).toString(36);
    before = sum;
  }
  return shape;
}

/** Values of the groups, for the looks at dates and years; groups are short there. */
function value(g: Groups, k: number): number {
  return Number(g.digits(k === 0 ? 0 : g.sum[k - 1], g.sum[k]));
}

const month = (v: number): boolean => v <= 12;
const day = (v: number): boolean => v <= 31;
const dayAndMonth = (a: number, b: number): boolean => (month(a) && day(b)) || (day(a) && month(b));
const year = (v: number): boolean => v >= 1900 && v <= 2099;
/** Of any age, for ranges: 1868-1912. */
const anyYear = (v: number): boolean => v >= 1000 && v <= 2099;
/** An hour and its minutes, as opening hours have them: 0900-1830. */
const hours = (v: number): boolean => v <= 2400 && v % 100 < 60 && v % 5 === 0;

/**
 * How much a shape speaks for something other than a telephone number: dates, ranges of years, card numbers, social
 * security numbers, postal codes with a suffix. `known` says that an assigned number stands in the groups of its region.
 */
export function otherShape(g: Groups, last: number, shape: string, known: boolean): number {
  const sep = last > 0 ? (g.sep[1] as number) : 0;
  const v = (k: number): number => value(g, k);
  if ((sep & (DASH | SLASH | STOP | SPACE)) !== 0) {
    if (/^44/.test(shape) && year(v(0)) && year(v(1))) return 0.6;
    // 34991/2021, 1990/531564: a case, a regulation, an application of a year.
    if (last === 1 && sep !== SPACE && ((/^4/.test(shape) && year(v(0))) || (shape.endsWith('4') && year(v(1))))) return sep === SLASH ? 0.4 : 0.13;
    if (shape === '44' && sep !== SPACE && ((anyYear(v(0)) && anyYear(v(1))) || (hours(v(0)) && hours(v(1))))) return 0.5;
    if (/^[12][12]2$/.test(shape) && sep !== SPACE && dayAndMonth(v(0), v(1))) return 0.5;
    // 97-01-26 1847, 10.02.10 04.04, 02/14-07/04: a date that ends where the sign changes, or two without years.
    if (/^222[24]/.test(shape) && sep !== SPACE && g.sep[2] === sep && g.sep[3] !== sep && (dayAndMonth(v(0), v(1)) || dayAndMonth(v(1), v(2)))) return 0.5;
    if (shape === '2222' && g.sep[2] !== sep && g.sep[3] === sep && dayAndMonth(v(0), v(1)) && dayAndMonth(v(2), v(3))) return 0.5;
  }
  // (1999): only the first group, or an area behind a prefix, stands between brackets.
  for (let k = 2; k <= last; k++) if (((g.sep[k] as number) & OPEN) !== 0) return 0.4;
  // Mon 02 0900-1730: hours behind a day.
  if (last > 1 && shape.endsWith('44') && g.sep[last] === DASH && g.sep[last - 1] === SPACE && hours(v(last - 1)) && hours(v(last))) return 0.5;
  for (let k = 0; k + 2 <= last; k++) {
    const lengths = shape.slice(k, k + 3);
    if (/^4[12][12]/.test(lengths) && year(v(k)) && dayAndMonth(v(k + 1), v(k + 2))) return 0.6;
    if (/^[12][12]4/.test(lengths) && year(v(k + 2)) && dayAndMonth(v(k), v(k + 1))) return 0.6;
  }
  if (sep === STOP) {
    if (last > 1 && (g.sep[2] as number) === SPACE && g.digit[0] !== 0) return 0.5; // 96.45 71.45 37.19: decimal numbers
    if (last === 1) return known && g.digit[0] !== 0 ? 0.2 : 0.4; // a decimal number
    if (/^[123]{2,4}$/.test(shape) && g.digit[0] !== 0) return known ? 0.1 : 0.35; // a version, a section
  }
  if (/^8$/.test(shape) && year(Math.floor(v(0) / 10_000)) && month(Math.floor(v(0) / 100) % 100) && day(v(0) % 100)) return 0.4;
  if (g.has('1234567890'.slice(0, g.sum[last]))) return 0.4; // the digits themselves
  switch (shape) {
    case '4444':
    case '465':
    case '464':
      return 0.5;
    case '324': // social security
      return sep === DASH || sep === SPACE ? 0.45 : 0;
    case '54': // ZIP+4
      return sep === DASH ? 0.4 : 0;
    case '27': // employer's number
      return sep === DASH && g.digit[0] !== 0 ? 0.15 : 0;
    default:
      return 0;
  }
}

/** 2: groups as telephone numbers have them; 1: none; 0: odd. */
export function plausible(g: Groups, last: number, shape: string, prefix: string): number {
  if (last === 0) return 1;
  if (last > 5) return 0;
  let from = 0;
  // A national prefix, a calling code or an area of one digit may stand alone in front.
  if (shape.startsWith('1') && (last > 1 || String(g.digit[0]) === prefix)) from = 1;
  for (let k = from; k <= last; k++) {
    const n = Number.parseInt(shape.charAt(k), 36);
    if (n === 1) return 0;
    if (k < last && n > (last - from > 1 ? 4 : 5)) return 0;
    if (k > 1 && ((g.sep[k] as number) & SLASH) !== 0) return 0;
    if (((g.sep[k] as number) & MIDDLE) !== 0) return 0;
  }
  const tail = Number.parseInt(shape.charAt(last), 36);
  return tail <= 8 && (last - from > 1 || tail > 3) ? 2 : 0;
}
