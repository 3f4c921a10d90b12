import { fold, isDigit, isLetter } from '../scan/units.js';
import { OTHER_IF_NUMBER, OTHER_NUMBER, PHONE, PHONE_WEAK, pairKey, wordKey, type Words } from './words.js';

/** How far before and after a candidate words are read, in UTF-16 units. */
export const WINDOW_BEFORE = 40;
export const WINDOW_AFTER = 16;

/**
 * What the nearest telling word before `pos` says: its bits among `mask`, 0 when there is none in the window.
 * A weak word (`number`, 番号) lets a stronger one further out speak: in `order number` it is `order`.
 */
export function labelBefore(text: string, pos: number, mask: number, words: Words): number {
  const { ascii, pairs } = words;
  const stop = Math.max(0, pos - WINDOW_BEFORE);
  let weak = 0;
  let p = pos - 1;
  let touching = true; // only spaces, brackets and colons so far
  while (p >= stop) {
    const unit = fold(text.charCodeAt(p));
    let bits: number | undefined;
    if (isLetter(unit)) {
      let key = 0;
      let u = unit;
      let upper = true; // a capital after small letters begins a word: phoneNumber
      for (;;) {
        const small = (u | 0x20) === u;
        if (small) upper = false;
        key = wordKey(key, u | 0x20);
        p--;
        if (p < stop || (!small && !upper)) break;
        u = fold(text.charCodeAt(p));
        if (!isLetter(u)) break;
      }
      bits = ascii.get(key);
      touching = false;
    } else if (isDigit(unit)) {
      p--;
      touching = false;
    } else {
      if (unit >= 0xa0) {
        if (p > 0) bits = pairs.get(pairKey(text.charCodeAt(p - 1), unit));
        if (touching) bits = (bits ?? 0) | (pairs.get(unit) ?? 0);
        // Kanji right before 番号 that is no telephone word: some other number.
        if (bits === undefined && weak === PHONE_WEAK && unit >= 0x4e00 && unit <= 0x9fff && text.startsWith('番号', p + 1)) bits = OTHER_NUMBER;
        touching = false;
      }
      p--;
    }
    if (bits === undefined || bits === 0) continue;
    if (weak !== 0 && (bits & OTHER_IF_NUMBER) !== 0) bits = OTHER_NUMBER;
    const strong = bits & mask & ~PHONE_WEAK & ~OTHER_IF_NUMBER;
    if (strong !== 0) return strong;
    if ((bits & mask & PHONE_WEAK) !== 0) weak = PHONE_WEAK;
  }
  return weak;
}

/** What the first word after `pos` says, past spaces and an opening bracket: its bits among `mask`. */
export function labelAfter(text: string, pos: number, mask: number, words: Words): number {
  const { ascii, pairs } = words;
  const stop = Math.min(text.length, pos + WINDOW_AFTER);
  let p = pos;
  while (p < stop && ' ([（　'.includes(text.charAt(p))) p++;
  if (p >= stop) return 0;
  const first = text.charCodeAt(p);
  if (first >= 0xa0) {
    const next = p + 1 < text.length ? text.charCodeAt(p + 1) : 0;
    return ((pairs.get(pairKey(first, next)) ?? 0) | (pairs.get(first) ?? 0)) & mask;
  }
  let end = p;
  while (end < stop && isLetter(text.charCodeAt(end))) end++;
  let key = 0;
  for (let i = end - 1; i >= p; i--) key = wordKey(key, text.charCodeAt(i) | 0x20);
  return end > p ? (ascii.get(key) ?? 0) & mask : 0;
}

/** What a field's name says, all its words together; a name like `order_number` is another number, not a weak telephone. */
export function fieldLabels(name: string, words: Words): number {
  const phone = PHONE | PHONE_WEAK | OTHER_NUMBER | OTHER_IF_NUMBER;
  let bits = labelBefore(name, name.length, phone, words);
  for (let bit = OTHER_IF_NUMBER << 1; bit < 1 << 16; bit <<= 1) bits |= labelBefore(name, name.length, bit, words);
  return bits;
}
