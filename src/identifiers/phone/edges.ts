import { labelAfter } from '../context/labels.js';
import { bitsOf, keyOf, PHONE, PHONE_WEAK, UNIT, type Words } from '../context/words.js';
import { foldAt, foldSlice, isDigit, isEscape, isLetter, unitAt } from '../scan/units.js';
import { separator } from './groups.js';
import { DASH, SPACE, STOP } from './separators.js';

/** What stands right before a number: how much to take off its score; 1 or more means that it is none. */
export function leftEdge(text: string, start: number, words: Words): number {
  if (start === 0) return 0;
  const unit = foldAt(text, start - 1);
  if (isLetter(unit) && isEscape(text, start - 1)) return 0;
  if (isLetter(unit)) return foldAt(text, start) === 0x28 ? 0 : glued(text, start, words); // a bracket begins anew
  if ('$\\¢£¥€￥'.includes(String.fromCharCode(unit))) return 1;
  if (unit === 0x5f || unit === 0x23) return 0.3; // _ #
  const before = start > 1 ? foldAt(text, start - 2) : 0;
  if (isDigit(before)) return unit === 0x2e ? 0.35 : unit === 0x2c ? 0.1 : unit === 0x3a ? 0.3 : unit === 0x2d ? 0.4 : 0; // . , between columns as often as between thousands : -
  return unit === 0x2d && isLetter(before) ? glued(text, start - 1, words) * 0.4 : 0;
}

/** 0 when the letters right before `start` are a word for a telephone (`TEL03-…`) or an encoded plus, 1 otherwise. */
function glued(text: string, start: number, words: Words): number {
  let p = start;
  while (start - p < 12 && isLetter(foldAt(text, p - 1))) p--;
  const key = keyOf(foldSlice(text, p, start).toLowerCase());
  return (bitsOf(words, key) & (PHONE | PHONE_WEAK)) !== 0 ? 0 : 1;
}

/** What stands right after a number: how much to take off. `spaced` says that the number itself is grouped by spaces. */
export function rightEdge(text: string, end: number, spaced: boolean, words: Words): number {
  if (end >= text.length) return 0;
  const unit = foldAt(text, end);
  const next = end + 1 < text.length ? foldAt(text, end + 1) : 0;
  if (isLetter(unit)) {
    const [, word = '', digit] = /^([a-z]{1,6})(\d?)/i.exec(foldSlice(text, end, end + 7)) ?? [];
    if (/^(?:x|ext)$/i.test(word)) return 0;
    if (labelAfter(text, end, UNIT, words)) return 1; // a quantity
    // 03-1234-5678abc and 0312345678x8 may go on as an id; 09012345678Email does not.
    return digit || /^[a-f]+$/i.test(word) ? 0.6 : 0.05;
  }
  if (unit === 0x5f || unit === 0x25) return 0.3; // _ %
  if (unit === 0x40) return 0; // part of a mail address: overlaps are settled later
  const bit = separator(unitAt(text, end));
  if (!isDigit(next)) return bit === DASH && isLetter(next) && unitAt(text, end) === 0x2d && labelAfter(text, end, PHONE | PHONE_WEAK, words) === 0 ? 0.3 : 0;
  if (unit === 0x2c) return unitAt(text, end) === unit ? 0.1 : 0;
  if (bit === STOP || unit === 0x3a) return 0.6;
  if (bit === DASH) return 0.3;
  return bit === SPACE && spaced ? 0.3 : 0;
}

/** End of an extension (`x123`, ` ext. 123`, `（内線123）`) after a number that ends at `end`; `end` when there is none. */
export function withExtension(text: string, end: number): number {
  EXTENSION.lastIndex = end;
  return EXTENSION.test(text) ? EXTENSION.lastIndex : end;
}

// eslint-disable-next-line redos-detector/no-unsafe-regex -- sticky: tried at one place, on a bounded length
const EXTENSION = /,?[ \u3000]{0,2}(?:(?:ext(?:ension|n)?[.:]?|x) ?\d{1,7}|[（(]?内線(?:番号)?[ :：]?[\d０-９]{1,7}[）)]?)(?![\w@]|[-.]\d|[.+-][\w.+-]{0,16}@)/iy;
