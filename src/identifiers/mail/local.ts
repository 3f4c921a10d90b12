import { MAX_LOCAL } from '../limits.js';
import { fold, foldAt, isDigit, isEscape, isInvisible, isLetter, unitAt } from '../scan/units.js';

/** A letter or digit of a script that is written with spaces between words: a, 7, ñ, ж, λ. */
export function isLatin(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || (unit >= 0xc0 && unit < 0x530 && unit !== 0xd7 && unit !== 0xf7);
}

function between(text: string, p: number): boolean {
  return p > 0 && isLatin(foldAt(text, p - 1)) && isLatin(foldAt(text, p + 1));
}

/** Where the local part before an `@` begins; `at` when there is none. A longer one than RFC 5321 allows is cut: what is left of the cut is no deliverable address. */
export function localStart(text: string, at: number): number {
  const stop = at > MAX_LOCAL ? at - MAX_LOCAL : 0;
  let p = at;
  for (; p > stop; p--) {
    const raw = unitAt(text, p - 1);
    const unit = fold(raw);
    if (isLatin(unit) || isInvisible(unit)) continue;
    // ー and its relatives are hyphens only between letters: メーラーtaro@ begins at t.
    if (unit === 0x2d ? raw < 0x80 || raw === 0xff0d || between(text, p - 1) : unit === 0x2e || unit === 0x5f || unit === 0x2b || unit === 0x25 || unit === 0x7e) continue;
    // o'brien, a!b; while = / ? & | { } and the backtick separate in running text.
    if (unit > 0x5e || !"'!#$*^".includes(String.fromCharCode(unit)) || !between(text, p - 1)) break;
  }
  if (p === at) return unitAt(text, at - 1) === 0x22 ? quoted(text, at) : letters(text, at);
  if (p > 0 && unitAt(text, p - 1) === 0x3d) p = returnPath(text, p, at);
  if (p < at - 1 && isEscape(text, p)) p++;
  // Signs that only lead up to an address: a list's dash, "+".
  for (; p < at - 1; p++) {
    const unit = foldAt(text, p);
    if (unit !== 0x2d && unit !== 0x2b && unit !== 0x7e && unit !== 0x25 && !isInvisible(unit)) break;
  }
  return p;
}

/** `"john doe"@…`: the start of a quoted local part that ends before `at`. */
function quoted(text: string, at: number): number {
  // eslint-disable-next-line redos-detector/no-unsafe-regex -- looks at 68 units at most
  const match = /"(?:[^"\\\r\n]|\\.){1,64}$/.exec(text.slice(Math.max(0, at - 68), at - 1));
  return match === null ? at : at - 1 - match[0].length;
}

/** 総務部@…: a local part in a script without spaces, from the last sign that is no letter. */
function letters(text: string, at: number): number {
  let p = at;
  while (p > 0 && at - p < 64 && unitAt(text, p - 1) >= 0x530 && /[\p{L}\p{M}\uD800-\uDFFF]/u.test(text.charAt(p - 1))) p--;
  return p;
}

/** `bounce+user=example.com@list.org` (VERP) and `SRS0=…` name a person before the `=`: the start of the whole, else `p`. */
function returnPath(text: string, p: number, at: number): number {
  if (!/\.[a-z]{2,24}$/i.test(text.slice(p, at))) return p;
  let start = p - 1;
  while (start > 0 && p - start < MAX_LOCAL && /[\w.+=-]/.test(text.charAt(start - 1))) start--;
  const name = text.slice(start, p);
  return (name.endsWith('=') && /[+-]/.test(name)) || /^SRS/i.test(name) ? start : p;
}
