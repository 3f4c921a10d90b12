import { digitValue, fold, kanjiDigit } from '../scan/units.js';

/** Separators between groups of digits, one bit each. */
export const DASH = 1;
export const STOP = 2;
export const SPACE = 4;
export const SLASH = 8;
export const OPEN = 16;
export const CLOSE = 32;
/** `_ · ・ 〜 ～ ~`: seen between the groups of Japanese numbers, rare enough to weigh less. */
export const MIDDLE = 64;

const MAX_GROUPS = 10;
const MAX_DIGITS = 24;

/** Groups of digits with separators between them: the raw material of every telephone number. */
export class Groups {
  /** Number of groups. */
  n = 0;
  readonly start: Int32Array = new Int32Array(MAX_GROUPS);
  readonly end: Int32Array = new Int32Array(MAX_GROUPS);
  /** Separators before each group, as bits; 0 for the first. */
  readonly sep: Uint8Array = new Uint8Array(MAX_GROUPS);
  /** Digits up to the end of each group. */
  readonly sum: Uint8Array = new Uint8Array(MAX_GROUPS);
  readonly digits: Uint8Array = new Uint8Array(MAX_DIGITS + 1);
  private source = '';
  private ascii = true;

  /**
   * Reads groups from `at`, which holds a digit: at most ten groups and 24 digits, up to three separators between two
   * groups. A group that would go beyond is left out; a first group that does leaves nothing.
   */
  read(text: string, at: number, kanji: boolean): void {
    const { length } = text;
    let total = 0;
    let p = at;
    this.n = 0;
    this.source = text;
    this.ascii = true;
    for (;;) {
      const start = p;
      for (; p < length; p++) {
        const unit = text.charCodeAt(p);
        let value = unit - 48;
        if (value > 9 || value < 0) {
          if (unit < 0x80 || (value = kanji ? kanjiDigit(unit) : digitValue(unit)) < 0) break;
          this.ascii = false;
        }
        if (total === MAX_DIGITS) return;
        this.digits[total++] = value;
      }
      if (p === start) return; // what looked like a separator leads nowhere
      const n = this.n;
      this.start[n] = start;
      this.end[n] = p;
      this.sum[n] = total;
      this.n = n + 1;
      if (n + 1 === MAX_GROUPS) return;
      let mask = 0;
      const stop = p + 3;
      for (let bit: number; p < stop && p < length && (bit = separator(text.charCodeAt(p))) !== 0 && ((mask & bit) === 0 || bit === SPACE); p++) mask |= bit;
      if (mask === 0) return;
      this.sep[n + 1] = mask;
    }
  }

  /** Index of the group that ends after exactly so many digits, -1 when none does. */
  boundary(total: number): number {
    for (let k = 0; k < this.n; k++) {
      const sum = this.sum[k] as number;
      if (sum >= total) return sum === total ? k : -1;
    }
    return -1;
  }

  /** Whether the digits from `from` on are these. */
  holds(from: number, digits: string): boolean {
    for (let i = 0; i < digits.length; i++) if (this.digits[from + i] !== digits.charCodeAt(i) - 48) return false;
    return from + digits.length <= (this.sum[this.n - 1] as number);
  }

  /** The digits `from` to `to` as ASCII text. */
  text(from: number, to: number): string {
    let s = '';
    if (this.ascii) {
      // A slice per group, not a character at a time.
      for (let k = 0, before = 0; k < this.n && before < to; before = this.sum[k++] as number) {
        const start = this.start[k] as number;
        if ((this.sum[k] as number) > from) s += this.source.slice(start + Math.max(0, from - before), start + Math.min(to, this.sum[k] as number) - before);
      }
    } else for (let i = from; i < to; i++) s += String.fromCharCode(48 + (this.digits[i] as number));
    return s;
  }
}

/** The separator bit of a unit, 0 when it separates nothing. */
export function separator(unit: number): number {
  switch (fold(unit)) {
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
