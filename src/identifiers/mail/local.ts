import { fold, isDigit, isLetter } from '../scan/units.js';

/** Longer local parts than this are cut: what is left of the cut is no deliverable address any more. RFC 5321 allows 64. */
export const MAX_LOCAL = 256;

/** Where the local part before an `@` begins, and what is odd about it. */
export interface Local {
  start: number;
  overlong: boolean;
}

/** Signs that belong to a local part only between two letters or digits: o'brien, a!b. */
const INNER = "'!#$*^";

/** What may stand in a local part anywhere. `= / ? & | { }` and the backtick end it: in running text they separate. */
function isPlain(unit: number): boolean {
  if (unit < 0x80) return isLetter(unit) || isDigit(unit) || unit === 0x2e || unit === 0x5f || unit === 0x2d || unit === 0x2b || unit === 0x25 || unit === 0x7e;
  // Letters of scripts that are written with spaces between words: ñ, ü, ж, λ.
  return unit >= 0xc0 && unit < 0x530 && unit !== 0xd7 && unit !== 0xf7;
}

function isAlphanumeric(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || (unit >= 0xc0 && unit < 0x530);
}

/** Reads the local part that ends before `at`. `local.start === at` when there is none. */
export function readLocal(text: string, at: number, local: Local): void {
  const stop = Math.max(0, at - MAX_LOCAL);
  let p = at;
  while (p > stop) {
    const raw = text.charCodeAt(p - 1);
    const unit = fold(raw);
    if (isPlain(unit)) {
      // ー and its relatives are hyphens only between letters: メーラーtaro@ begins at t.
      if (unit === 0x2d && raw !== 0x2d && raw !== 0xff0d && !between(text, p - 1)) break;
    } else if (unit >= 0x80 || !INNER.includes(String.fromCharCode(unit)) || !between(text, p - 1)) break;
    p--;
  }
  local.overlong = p === stop && stop > 0 && isPlain(fold(text.charCodeAt(p - 1)));
  if (p === at) p = text.charCodeAt(at - 1) === 0x22 ? quoted(text, at) : letters(text, at);
  else if (p > 0 && fold(text.charCodeAt(p - 1)) === 0x3d) p = returnPath(text, p, at);
  // Signs that only lead up to an address: a list's dash, "+".
  while (p < at - 1 && '-+~%'.includes(String.fromCharCode(fold(text.charCodeAt(p))))) p++;
  local.start = p;
}

function between(text: string, p: number): boolean {
  return p > 0 && isAlphanumeric(fold(text.charCodeAt(p - 1))) && isAlphanumeric(fold(text.charCodeAt(p + 1)));
}

/** `"john doe"@…`: the start of a quoted local part that ends before `at`. */
function quoted(text: string, at: number): number {
  const stop = Math.max(0, at - 80);
  for (let p = at - 2; p >= stop; p--) {
    const unit = text.charCodeAt(p);
    if (unit === 0x0a || unit === 0x0d) break;
    if (unit !== 0x22) continue;
    let slashes = 0;
    while (text.charCodeAt(p - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return p === at - 2 ? at : p;
  }
  return at;
}

/** 総務部@…: a local part in a script without spaces, from the last sign that is no letter. */
function letters(text: string, at: number): number {
  let p = at;
  while (p > 0 && at - p < 64 && text.charCodeAt(p - 1) >= 0x530 && /[\p{L}\p{M}\uD800-\uDFFF]/u.test(text.charAt(p - 1))) p--;
  return p;
}

/** `bounce+user=example.com@list.org` (VERP) and `SRS0=…` name a person before the `=`: the start of the whole, else `p`. */
function returnPath(text: string, p: number, at: number): number {
  if (!/\.[a-z]{2,}$/i.test(text.slice(p, at))) return p;
  let start = p - 1;
  while (start > 0 && p - start < 96 && (isPlain(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 0x3d)) start--;
  return /[+-].*=$|^SRS/i.test(text.slice(start, p)) ? start : p;
}
