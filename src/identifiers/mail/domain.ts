import { hostOf } from '../hostOf.js';
import { MAX_DOMAIN } from '../limits.js';
import { fold, foldAt, foldSlice, isDigit, isLetter, unitAt } from '../scan/units.js';
import { isLatin } from './local.js';

/** Endings of files that are no top-level domains: `logo@2x.png`. */
const FILES = /\.(?:png|jpe?g|gif|svg|webp|ico|bmp|css|jsx?|tsx?|scss|map|json|woff2?|ttf|mp4|pdf|html?|xml|ya?ml|lock|txt)$/i;

/** A letter of a script that is written without spaces. */
function isDense(unit: number): boolean {
  return unit >= 0x530 && (unit < 0xff01 || unit > 0xff5e) && /[\p{L}\p{M}]/u.test(String.fromCharCode(unit));
}

/**
 * Where the domain that begins at `at` ends: at least two labels, the last one a possible top-level domain; 0 when there
 * is none. Japanese text that follows without a space is left out.
 */
export function domainEnd(text: string, at: number): number {
  const stop = Math.min(text.length, at + MAX_DOMAIN);
  let p = at;
  let good = 0;
  let numbers = 0; // labels at the start that are all digits
  let lastDot = 0;
  let idn = false;
  for (let labels = 1; p < stop; labels++) {
    const start = p;
    let dense = false;
    let digits = 0;
    let letters = 0;
    let end = p; // past the last unit that is no hyphen
    for (; p < stop; p++) {
      const raw = unitAt(text, p);
      const unit = raw < 0x80 ? raw : fold(raw);
      if (isLetter(unit)) letters++;
      else if (isDigit(unit)) digits++;
      else if (raw === 0x2d || raw === 0xff0d || unit === 0x5f) continue;
      else if (isLatin(unit)) {
        letters++;
        idn = true;
      } else break;
      end = p + 1;
    }
    if (end === start) {
      if (!isDense(unitAt(text, p)) || (good > 0 && !idn)) break;
      dense = idn = true;
      while (p < stop && (isDense(unitAt(text, p)) || isLatin(foldAt(text, p)) || (unitAt(text, p) === 0x2d && isDense(unitAt(text, p + 1))))) p++;
      end = p;
    }
    const size = end - start;
    if (digits === size && numbers === labels - 1) numbers++;
    if (labels > 1) {
      // 集合@渋谷。明日は晴れ: behind 。 only katakana (コム, テスト) is taken for a top-level domain.
      if (dense) good = lastDot !== 0x3002 || script(text.charCodeAt(start)) === 2 ? scriptRun(text, start, end) : 0;
      else if (end === p && letters === size ? size > 1 && size < 25 : text.startsWith('xn--', start)) good = end;
    }
    const dot = unitAt(text, p);
    if (end !== p) break;
    if (dot === 0x3002 || dot === 0xff61) {
      // 。 also ends sentences.
      if (good > 0 && lastDot !== dot) break;
    } else if (fold(dot) !== 0x2e) break;
    lastDot = dot;
    p++;
  }
  return good > 0 && numbers < 2 && !FILES.test(text.slice(good - 6, good)) ? good : 0;
}

function script(unit: number): number {
  return unit >= 0x3041 && unit < 0x30a0 ? 1 : unit >= 0x30a0 && unit < 0x3100 ? 2 : unit === 0x3005 || (unit >= 0x3400 && unit < 0xa000) ? 3 : 4;
}

/** 例え.テストまで: a top-level domain without spaces around ends where the script changes. */
function scriptRun(text: string, start: number, end: number): number {
  if (text.startsWith('みんな', start)) return start + 3;
  let p = start;
  while (p < end && script(unitAt(text, p)) === script(unitAt(text, start)) && unitAt(text, p) >= 0x530) p++;
  return p;
}

/** Lower-case ASCII of a domain as it is written: full width folded, international labels in their `xn--` form. */
export function canonicalDomain(text: string, start: number, end: number): string {
  const host = foldSlice(text, start, end).toLowerCase();
  if (!/[^\0-\x7f]/.test(host)) return host;
  const dotted = host.replace(/[。｡]/g, '.');
  return hostOf(dotted) || dotted;
}
