import { DIGIT, fold, kanjiDigit, unitClasses } from '../scan/units.js';

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

  /**
   * Reads groups from `at`, which holds a digit: at most ten groups and 24 digits, up to three separators between two
   * groups. A group that would go beyond is left out; a first group that does leaves nothing.
   */
  read(text: string, at: number, kanji: boolean): void {
    const classes = unitClasses();
    const length = text.length;
    let total = 0;
    let p = at;
    this.n = 0;
    for (;;) {
      const start = p;
      for (; p < length; p++) {
        const unit = text.charCodeAt(p);
        const cls = classes[unit] as number;
        const value = kanji ? kanjiDigit(unit) : cls >= DIGIT ? cls - DIGIT : -1;
        if (value < 0) break;
        if (total === MAX_DIGITS) return;
        this.digits[total++] = value;
      }
      const n = this.n;
      this.start[n] = start;
      this.end[n] = p;
      this.sum[n] = total;
      this.n = n + 1;
      if (n + 1 === MAX_GROUPS) return;
      let mask = 0;
      let q = p;
      for (; q < length && q - p < 3; q++) {
        const bit = separator(text.charCodeAt(q));
        if (bit === 0 || ((mask & bit) !== 0 && bit !== SPACE)) break;
        mask |= bit;
      }
      if (q === p || q >= length) return;
      const unit = text.charCodeAt(q);
      if (kanji ? kanjiDigit(unit) < 0 : (classes[unit] as number) < DIGIT) return;
      this.sep[n + 1] = mask;
      p = q;
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

  /** The digits `from` to `to` as text. */
  text(from: number, to: number): string {
    let s = '';
    for (let i = from; i < to; i++) s += String.fromCharCode(48 + (this.digits[i] as number));
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
