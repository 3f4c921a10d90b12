/** Only text of one byte a unit holds none of these, and the engine knows that without a look at it. */
export const WIDE: RegExp = /[\u0100-\uffff]/;

/** Zeros of the decimal digits of other scripts that are used for telephone numbers (Arabic, Persian, Indic, Thai, Lao, Tibetan, Burmese, Khmer). */
const ZEROS = '0０٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០';

/** Value of a decimal digit in any of those scripts, -1 for anything else. */
export function digitValue(unit: number): number {
  if (unit < 0x3a) return unit < 0x30 ? -1 : unit - 0x30;
  if (unit >= 0x660 && (unit < 0x17ea || unit >= 0xff10)) {
    for (let i = 1; i < ZEROS.length; i++) {
      const value = unit - ZEROS.charCodeAt(i);
      if (value >= 0 && value < 10) return value;
    }
  }
  return -1;
}

/** Value of a kanji digit, -1 for anything else. */
export function kanjiDigit(unit: number): number {
  if (unit < 0x25cb) return -1;
  return unit === 0x96f6 || unit === 0x25cb || unit === 0x25ef ? 0 : '〇一二三四五六七八九'.indexOf(String.fromCharCode(unit));
}

/** The eleven dashes of Japanese text and their relatives become '-', full-width forms ASCII, wide spaces ' '. One unit for one unit: offsets stay. */
export function fold(unit: number): number {
  return unit < 0x80 ? unit : foldWide(unit);
}

/**
 * The unit at a place, 0 outside of the text. A look outside by charCodeAt itself gives NaN, and makes the engine's code for the function
 * that looked slower for good.
 */
export function unitAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : 0;
}

/** {@link unitAt} with {@link fold} applied. */
export function foldAt(text: string, at: number): number {
  return fold(unitAt(text, at));
}

/** Apart, so that the engine copies the common case of {@link fold} to where it is called. */
function foldWide(unit: number): number {
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0;
  if ((unit >= 0x2010 && unit <= 0x2015) || unit === 0x2500 || unit === 0x2501) return 0x2d; // ─ ━ too
  if (unit >= 0x2000 && unit <= 0x200a) return 0x20;
  switch (unit) {
    case 0x30fc: // ー
    case 0xff70: // ｰ
    case 0x2212: // −
    case 0xfe63: // ﹣
    case 0xfe58: // ﹘
    case 0x2043: // ⁃
    case 0x00ad: // soft hyphen
      return 0x2d;
    case 0x3000:
    case 0x00a0:
    case 0x202f:
      return 0x20;
    case 0x3014: // 〔
      return 0x28;
    case 0x3015: // 〕
      return 0x29;
    case 0xfe6b: // ﹫
      return 0x40;
    default:
      return unit;
  }
}

/** Units that show nothing: zero-width spaces and joiners, marks of direction, variation selectors, the frame of 1️⃣. */
export function isInvisible(unit: number): boolean {
  return unit >= 0x200b && (unit <= 0x200f || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2060 && unit <= 0x2069) || unit === 0x20e3 || unit === 0xfe0e || unit === 0xfe0f || unit === 0xfeff);
}

/** An ASCII letter, in either case. Takes a folded unit. */
export function isLetter(unit: number): boolean {
  return (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
}

/** An ASCII digit. Takes a folded unit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether the letter at `at` is that of an escaped line end or tab (`\\n`), as in JSON. */
export function isEscape(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit === 0x6e || unit === 0x72 || unit === 0x74) && text.charCodeAt(at - 1) === 0x5c;
}

/** An ASCII letter, digit or underscore. Takes a folded unit. */
export function isWord(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || unit === 0x5f;
}

/** Value of an ASCII hexadecimal digit, -1 for anything else. */
export function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The units `from` to `to` with {@link fold} applied to each. */
export function foldSlice(text: string, from: number, to: number): string {
  const piece = text.slice(from, to);
  if (!/[^\0-\x7f]/.test(piece)) return piece;
  let s = '';
  for (let i = 0; i < piece.length; i++) s += String.fromCharCode(fold(piece.charCodeAt(i)));
  return s;
}

/** A table of all units in which those of the first set have the value 1, of the second 2, of the third 4; others 0. */
export function tableOf(...sets: string[]): Uint8Array {
  const table = new Uint8Array(65_536);
  sets.forEach((set, i) => {
    for (const c of set) table[c.charCodeAt(0)] = 1 << i;
  });
  return table;
}
