import { WINDOW_AFTER, WINDOW_BEFORE } from '../limits.js';
import { fold, isDigit, isLetter } from '../scan/units.js';
import { ADDRESS, bitsOf, keyOf, LINK, OTHER_IF_NUMBER, OTHER_NUMBER, PHONE, PHONE_WEAK, pairKey, TOUCH, UNIT, VERSION, type Words } from './words.js';

/** ASCII letters in lower case, 0 for anything else: one look for each unit of the window. */
const LOWER: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, unit) => (isLetter(unit) ? unit | 0x20 : 0));

/**
 * What the nearest telling word before `pos` says: its bits among `mask`, 0 when there is none in the window.
 * A weak word (`number`, 番号) lets a stronger one further out speak: in `order number` it is `order`.
 */
export function labelBefore(text: string, pos: number, mask: number, words: Words, window: number = WINDOW_BEFORE): number {
  let stop = pos > window ? pos - window : 0;
  let weak = 0;
  let touching = true; // only spaces, brackets and colons so far
  for (let p = pos - 1; p >= stop; p--) {
    let unit = text.charCodeAt(p);
    if (unit > 0x7f) unit = fold(unit);
    let bits = 0;
    if (unit < 0x80) {
      let lower = LOWER[unit] as number;
      if (lower === 0) {
        if (isDigit(unit)) touching = false;
        // key=value: only the key counts.
        else if (unit === 0x3d && p === pos - 1) stop = wordStart(text, p, stop);
        continue;
      }
      const touches = touching;
      touching = false;
      let key = 0;
      for (let upper = true; ; ) {
        key = (Math.imul(key, 31) + lower) | 0; // keyOf
        if (unit === lower) upper = false;
        else if (!upper) break; // a capital before small letters begins a word: phoneNumber
        if (p === stop) break;
        unit = text.charCodeAt(p - 1);
        if (unit > 0x7f) unit = fold(unit);
        if (unit > 0x7f || (lower = LOWER[unit] as number) === 0) break;
        p--;
      }
      bits = bitsOf(words, key);
      if ((bits & TOUCH) && !touches) bits &= OTHER_IF_NUMBER;
    } else if (unit >= 0xa0) {
      if (p > 0) bits = bitsOf(words, pairKey(text.charCodeAt(p - 1), unit));
      if (touching) bits |= bitsOf(words, unit);
      touching = false;
      // Kanji right before 番号 that is no telephone word: some other number.
      if (bits === 0 && weak !== 0 && unit >= 0x4e00 && unit < 0xa000 && text.startsWith('番号', p + 1)) bits = OTHER_NUMBER;
    }
    if (bits === 0) continue;
    if (weak !== 0 && (bits & OTHER_IF_NUMBER)) bits = OTHER_NUMBER;
    const strong = bits & mask & ~(PHONE_WEAK | OTHER_IF_NUMBER);
    if (strong !== 0) return strong;
    weak |= bits & (mask & PHONE_WEAK | LINK);
  }
  return weak & PHONE_WEAK;
}

/** Where the word before `pos` begins, not before `stop`: after the last space. */
function wordStart(text: string, pos: number, stop: number): number {
  let p = pos;
  while (p > stop && text.charCodeAt(p - 1) !== 0x20) p--;
  return p;
}

/** What the first word after `pos` says, past spaces: its bits among `mask`. In brackets no unit counts: （年中無休）. */
export function labelAfter(text: string, pos: number, wanted: number, words: Words): number {
  let mask = wanted;
  const stop = Math.min(text.length, pos + WINDOW_AFTER);
  let p = pos;
  for (; p < stop; p++) {
    const unit = text.charCodeAt(p);
    if (unit === 0x28 || unit === 0x5b || unit === 0xff08) mask &= ~UNIT;
    // 42-51-49-67-Office
    else if (unit !== 0x20 && unit !== 0x3000 && (unit !== 0x2d || p > pos || !isLetter(text.charCodeAt(p + 1)))) break;
  }
  if (p >= stop) return 0;
  const first = text.charCodeAt(p);
  if (first >= 0xa0) {
    const next = p + 1 < text.length ? text.charCodeAt(p + 1) : 0;
    return (bitsOf(words, pairKey(first, next)) | bitsOf(words, first)) & mask;
  }
  let end = p;
  while (end < stop && isLetter(text.charCodeAt(end))) end++;
  return bitsOf(words, keyOf(text.slice(p, end).toLowerCase())) & mask;
}

/** What a field's name says, all its words together; a name like `order_number` is another number, not a weak telephone. */
export function fieldLabels(name: string, words: Words): number {
  const end = name.length;
  return labelBefore(name, end, PHONE | PHONE_WEAK | OTHER_NUMBER | OTHER_IF_NUMBER, words) | labelBefore(name, end, VERSION, words) | labelBefore(name, end, ADDRESS, words);
}

/** Whether a pattern occurs in the window before `pos`, or in the field's name. */
export function says(text: string, pos: number, pattern: RegExp, sink: { readonly fieldName: string }): boolean {
  return pattern.test(text.slice(Math.max(0, pos - WINDOW_BEFORE), pos)) || (sink.fieldName !== '' && pattern.test(sink.fieldName));
}
