import { hostOf } from '../hostOf.js';
import { MAX_DOMAIN } from '../limits.js';
import { foldSlice } from '../scan/units.js';
import { LETTER, SIGN } from './local.js';

/** Endings of files that are no top-level domains: `logo@2x.png`. */
export const FILES: RegExp = /\.(?:png|jpe?g|gif|svg|webp|ico|bmp|css|jsx?|tsx?|scss|map|json|woff2?|ttf|mp4|pdf|html?|xml|ya?ml|lock|txt)$/i;

const HYPHEN = '_＿－-';
const LATIN = `[${SIGN}${HYPHEN}]*[${SIGN}]`;
const TOP = `[${LETTER}]{2,24}(?![${SIGN}${HYPHEN}])|xn--[a-z\\d-]*[a-z\\d]`;
/** A label that begins with a letter of another script. */
const OTHER = `(?![${SIGN}${HYPHEN}])[${SIGN}\\p{L}\\p{M}${HYPHEN}]*[${SIGN}\\p{L}\\p{M}]`;
/** Japanese text may follow without a space: a top-level domain ends where the script changes (例え.テストまで), and 。 ends sentences, so only katakana stands behind it. */
const OTHER_TOP = '[゠-ヿ]+|(?<!。)(?:みんな|[ぁ-ゟ]+|[々㐀-鿿]+|(?:(?![\\0-ԯぁ-ヿ々㐀-鿿＀-￯])[\\p{L}\\p{M}])+)';

/** All dots of a domain have one form. */
const DOMAINS: readonly RegExp[] = /* @__PURE__ */ ['[.．]', '[。｡]'].flatMap((dot) => [
  new RegExp(`^(?:${LATIN}${dot})+(?:${TOP})`, 'i'),
  new RegExp(`^(?:(?:${LATIN}|${OTHER})${dot})+(?:${TOP}|${OTHER_TOP})`, 'iu'),
]);

/** Where the domain that begins at `at` ends: at least two labels, the last one a possible top-level domain; 0 when there is none. */
export function domainEnd(text: string, at: number): number {
  const ahead = text.slice(at, at + MAX_DOMAIN);
  // lib@2.4.beta: two labels of digits alone begin no domain.
  if (/^(?:\d+\.){2}/.test(ahead)) return 0;
  for (const form of DOMAINS) {
    const domain = form.exec(ahead)?.[0];
    if (domain) return FILES.test(domain) ? 0 : at + domain.length;
  }
  return 0;
}

/** Lower-case ASCII of a domain as it is written: full width folded, international labels in their `xn--` form. */
export function canonicalDomain(text: string, start: number, end: number): string {
  const host = foldSlice(text, start, end).toLowerCase();
  if (!/[^\0-\x7f]/.test(host)) return host;
  const dotted = host.replace(/[。｡]/g, '.');
  return hostOf(dotted) || dotted;
}
