import { fold, isDigit, isLetter } from '../scan/units.js';

/** The longest domain that is read, in UTF-16 units. */
export const MAX_DOMAIN = 255;

/** Endings of files that are no top-level domains: `logo@2x.png`. */
const FILES = ' png jpg jpeg gif svg webp ico bmp css js jsx tsx scss map json woff ttf mp4 pdf html htm xml yml yaml lock txt ';

/** What a domain was made of. */
export interface Domain {
  end: number;
  idn: boolean;
}

function isLatin(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || (unit >= 0xc0 && unit < 0x530 && unit !== 0xd7 && unit !== 0xf7);
}

/** A letter of a script that is written without spaces. */
function isDense(unit: number): boolean {
  return unit >= 0x530 && /[\p{L}\p{M}]/u.test(String.fromCharCode(unit));
}

/**
 * Reads the domain that begins at `at`: at least two labels, the last one a possible top-level domain. Japanese text
 * that follows without a space is left out. False when there is none.
 */
export function readDomain(text: string, at: number, domain: Domain): boolean {
  const stop = Math.min(text.length, at + MAX_DOMAIN);
  let p = at;
  let good = -1;
  let labels = 0;
  let idn = false;
  let lastDot = 0;
  let allDigits = 0;
  while (p < stop) {
    const start = p;
    let unit = fold(text.charCodeAt(p));
    let dense = false;
    let digitsOnly = true;
    let lettersOnly = true;
    if (isLatin(unit) || unit === 0x5f) {
      for (; p < stop; p++) {
        unit = fold(text.charCodeAt(p));
        if (isDigit(unit)) lettersOnly = false;
        else if (isLatin(unit)) digitsOnly = false;
        else if ((unit === 0x2d && isHyphen(text.charCodeAt(p))) || unit === 0x5f) digitsOnly = lettersOnly = false;
        else break;
        if (unit >= 0x80) idn = true;
      }
    } else if (isDense(unit) && (good < 0 || idn)) {
      dense = idn = true;
      while (p < stop && (isDense(text.charCodeAt(p)) || isLatin(fold(text.charCodeAt(p))))) p++;
    } else break;
    let end = p;
    while (end > start && !dense && (fold(text.charCodeAt(end - 1)) === 0x2d || text.charCodeAt(end - 1) === 0x5f)) end--;
    if (end === start) break;
    if (digitsOnly && !dense && labels === allDigits) allDigits++;
    labels++;
    if (labels > 1) {
      if (dense) good = scriptRun(text, start, p);
      else if (end === p && lettersOnly ? p - start >= 2 && p - start <= 24 : text.startsWith('xn--', start)) good = end;
    }
    if (end !== p || p + 1 >= stop) break;
    const dot = text.charCodeAt(p);
    if (dot === 0x3002 || dot === 0xff61) {
      // 。 also ends sentences.
      if (good >= 0 && lastDot !== dot) break;
    } else if (fold(dot) !== 0x2e) break;
    lastDot = dot;
    p++;
  }
  if (good < 0 || allDigits >= 2) return false;
  const tail = text.slice(Math.max(at, good - 5), good).toLowerCase();
  if (FILES.includes(` ${tail.slice(tail.lastIndexOf('.') + 1)} `)) return false;
  domain.end = good;
  domain.idn = idn || /(?:^|\.)xn--/i.test(text.slice(at, good));
  return true;
}

function isHyphen(raw: number): boolean {
  return raw === 0x2d || raw === 0xff0d;
}

function script(unit: number): number {
  if (unit >= 0x3041 && unit < 0x30a0) return 1;
  if (unit >= 0x30a0 && unit < 0x3100) return 2;
  if (unit === 0x3005 || (unit >= 0x3400 && unit < 0xa000)) return 3;
  return 4;
}

/** 例え.テストまで: a top-level domain without spaces around ends where the script changes. */
function scriptRun(text: string, start: number, end: number): number {
  if (text.startsWith('みんな', start)) return start + 3;
  const first = script(text.charCodeAt(start));
  let p = start + 1;
  while (p < end && script(text.charCodeAt(p)) === first && text.charCodeAt(p) >= 0x530) p++;
  return p;
}

/** Lower-case ASCII of a domain as it is written: full width folded, international labels in their `xn--` form. */
export function canonicalDomain(text: string, start: number, end: number, idn: boolean): string {
  let s = '';
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    s += unit === 0x3002 || unit === 0xff61 ? '.' : String.fromCharCode(fold(unit));
  }
  s = s.toLowerCase();
  if (!idn) return s;
  try {
    return new URL(`http://${s}`).hostname;
  } catch {
    return s;
  }
}

/** Set aside for documentation and tests (RFC 2606, RFC 6761). Takes a canonical domain. */
export function isExample(domain: string): boolean {
  return /(?:^|\.)(?:example(?:\.(?:com|net|org|jp|co\.jp|ne\.jp))?|test|invalid|localhost|xn--zckzah)$/.test(domain);
}
