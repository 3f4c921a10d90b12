import { MAX_LOCAL } from '../limits.js';
import { isEscape, unitAt } from '../scan/units.js';

/** Letters of scripts that are written with spaces between words, in full width too, and digits: for a set of a pattern. */
export const LETTER = 'a-zÀ-ԯａ-ｚ';
export const SIGN: string = `${LETTER}\\d０-９`;
/** Units that show nothing: zero-width spaces and joiners, marks of direction, variation selectors. */
export const INVISIBLE = '\\ufe00-\\ufe0f\\ufeff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069';

/**
 * What can end in front of an `@`: signs of a local part; in quotes anything; letters of a script without spaces (総務部@…). Some signs
 * need letters on both sides: ー and its relatives (メーラーtaro@ begins at t), and o'brien, a!b; = / ? & | { } and the backtick separate.
 */
const LOCAL: RegExp = /* @__PURE__ */ new RegExp(
  `(?<=((?:[${INVISIBLE}${SIGN}.．_＿+＋%％~～－-]|(?<=[${SIGN}])['!#$*^＇！＃＄＊＾‐-―─━ーｰ−﹣﹘⁃\u00ad](?=[${SIGN}])){1,${MAX_LOCAL}}|"(?:[^"\\\\\\r\\n]|\\\\.){1,64}"|(?:(?![\\0-ԯ])[\\p{L}\\p{M}\\p{Cs}\\u{10000}-\\u{10ffff}]){1,64}))`,
  'iuy',
);
/** Signs that only lead up to an address: a list's dash, "+". */
const LEADING: RegExp = /* @__PURE__ */ new RegExp(`^[${INVISIBLE}+＋%％~～－-]+(?!$)`);

/** Where the local part before an `@` begins; `at` when there is none. A longer one than RFC 5321 allows is cut: what is left of the cut is no deliverable address. */
export function localStart(text: string, at: number): number {
  LOCAL.lastIndex = at;
  const local = LOCAL.exec(text)?.[1] ?? '';
  let start = at - local.length;
  if (unitAt(text, start - 1) === 0x3d) start = returnPath(text, start, at);
  if (start < at - 1 && isEscape(text, start)) start++;
  return start + (LEADING.exec(text.slice(start, at))?.[0].length ?? 0);
}

const NAME = /(?<=([\w.+=-]{1,96}))/y;

/** `bounce+user=example.com@list.org` (VERP) and `SRS0=…` name a person before the `=`: the start of the whole, else `p`. */
function returnPath(text: string, p: number, at: number): number {
  if (!/\.[a-z]{2,24}$/i.test(text.slice(p, at))) return p;
  NAME.lastIndex = p;
  const name = NAME.exec(text)?.[1] ?? '';
  return (name.endsWith('=') && /[+-]/.test(name)) || /^SRS/i.test(name) ? p - name.length : p;
}
