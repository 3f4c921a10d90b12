import { MAX_DIGITS, MAX_GROUPS } from '../limits.js';
import { digitValue, fold, foldAt, isInvisible, kanjiDigit, unitAt } from '../scan/units.js';
import { CLOSE, DASH, MIDDLE, OPEN, SLASH, SPACE, STOP } from './separators.js';

/** Groups of digits with separators between them: the raw material of every telephone number. */
export class Groups {
  /** Values of the digits read. */
  readonly digit: Uint8Array = new Uint8Array(MAX_DIGITS);
  /** How many there are. */
  size = 0;
  /** Number of groups. */
  n = 0;
  readonly start: number[] = [];
  readonly end: number[] = [];
  /** Separators before each group, as bits; 0 for the first. */
  readonly sep: number[] = [0];
  /** Digits up to the end of each group. */
  readonly sum: number[] = [];

  /** Digits as ASCII. */
  digits(from: number = 0, to: number = this.size): string {
    return this.after('', from, to);
  }

  /** Text, and digits as ASCII behind it. */
  after(text: string, from: number, to: number): string {
    const codes: number[] = [];
    for (let i = 0; i < text.length; i++) codes.push(unitAt(text, i));
    for (let i = from; i < to; i++) codes.push(48 + (this.digit[i] as number));
    return String.fromCharCode.apply(null, codes);
  }

  /** Whether the digits from `from` on are those of `expected`. */
  has(expected: string, from: number = 0): boolean {
    for (let i = 0; i < expected.length; i++) if (from + i >= this.size || this.digit[from + i] !== expected.charCodeAt(i) - 48) return false;
    return true;
  }
}

/**
 * Reads groups from `at`, which holds a digit: at most ten groups and 24 digits, up to three separators between two
 * groups; a line may end after a dash. A group that would go beyond is left out; a first group that does leaves nothing.
 */
export function readGroups(text: string, at: number, kanji: boolean, g: Groups): void {
  const { digit, sep } = g;
  let p = at;
  let size = 0;
  g.size = 0;
  for (g.n = 0; g.n < MAX_GROUPS; ) {
    const start = p;
    let end = p; // past the last digit
    for (; ; p++) {
      const unit = unitAt(text, p);
      const v = unit >= 0x30 && unit < 0x3a ? unit - 0x30 : digitAt(unit, kanji);
      if (!(v >= 0)) {
        if (isInvisible(unit) && p > start && p - end < 3) continue;
        break;
      }
      if (size === MAX_DIGITS) return;
      digit[size++] = v;
      end = p + 1;
    }
    if (end === start) return;
    g.size = size;
    g.start[g.n] = start;
    g.end[g.n] = end;
    g.sum[g.n++] = size;
    let stop = p + 3;
    let mask = 0;
    for (; p < stop; p++) {
      const unit = unitAt(text, p);
      const bit = separator(unit);
      if (bit === 0 && ((unit === 0x0a && (mask & DASH)) || (isInvisible(unit) && stop - end < 9))) stop++;
      else if (bit === 0 || ((mask & bit) && bit !== SPACE && (unit !== 0x2d || text.charCodeAt(p + 1) === 0x2d))) break;
      mask |= bit;
    }
    if (mask === 0) return;
    sep[g.n] = mask;
  }
}

function digitAt(unit: number, kanji: boolean): number {
  return unit < 0x80 ? -1 : kanji ? kanjiDigit(unit) : digitValue(unit);
}

/** Index of the group that ends after exactly so many digits, -1 when none does. */
export function boundary(g: Groups, total: number): number {
  for (let k = 0; k < g.n; k++) if (g.sum[k] === total) return k;
  return -1;
}

/** The separator bit of a unit, 0 when it separates nothing. */
export function separator(unit: number): number {
  return unit < 0x80 ? (PLAIN[unit] as number) : separatorOf(fold(unit));
}

function separatorOf(folded: number): number {
  switch (folded) {
    case 0x2d:
      return DASH;
    case 0x20:
      return SPACE;
    case 0x2e:
      return STOP;
    case 0x2f:
      return SLASH;
    case 0x28:
      return OPEN;
    case 0x29:
      return CLOSE;
    case 0x5f: // _
    case 0x7e: // ~ ～
    case 0xb7: // ·
    case 0x30fb: // ・
    case 0xff65: // ･
    case 0x301c: // 〜
      return MIDDLE;
    default:
      return 0;
  }
}

const PLAIN: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, unit) => separatorOf(unit));

/** Whether the groups up to `last` are held apart by spaces, with or without brackets, and nothing else. */
export function spacesOnly(g: Groups, last: number): boolean {
  let all = 0;
  for (let k = 1; k <= last; k++) all |= g.sep[k] as number;
  return (all & SPACE) !== 0 && (all & ~(SPACE | OPEN | CLOSE)) === 0;
}

/** Whether a closing bracket comes before any opening one. */
export function closes(g: Groups): boolean {
  for (let k = 1; k < g.n; k++) {
    const sep = g.sep[k] as number;
    if (sep & (OPEN | CLOSE)) return (sep & CLOSE) !== 0;
  }
  return false;
}

/** Takes the opening bracket of `(03) 1234-5678` into the span. */
export function leftOf(text: string, at: number, g: Groups): number {
  return foldAt(text, at - 1) === 0x28 && closes(g) ? at - 1 : at;
}
