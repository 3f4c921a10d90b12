import { isEscape } from '../scan/units.js';
import type { Groups } from './groups.js';
import { DASH, SLASH, SPACE, STOP } from './separators.js';

/** `T: …`, `(h) …`, `M +44…`: one letter that stands for a word; and the caller's id, which is no id of the other kinds. */
export function labelOf(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 26), start);
  return /(?:^|[\s(|,;/])(?:[tmcfhwp]:|\([tmcfhw]\)|[TMF][. ]|ph[.:]?) ?\(?$/i.test(before.slice(-6)) || /\bcaller[ -]id[^\d.;]{0,15}$/i.test(before) ? 0.3 : 0;
}

/** `GB60 NSAQ 0290 8762 …`: what to take off for the tail of a bank account. */
export function accountBefore(text: string, start: number): number {
  // eslint-disable-next-line redos-detector/no-unsafe-regex -- on a cut of bounded length
  return /(?:^|[^A-Za-z])[A-Z]{2}\d\d ?(?:[A-Z\d]{4} ?){0,7}$/.test(text.slice(Math.max(0, start - 40), start)) ? 0.4 : 0;
}

const FILLERS = ' as is was are still not no longer my your his her our their the a new old ';

/** `… is my cell`, `… still your number`: what is said of a number behind it. */
export function saidBehind(text: string, end: number): number {
  if (text.charCodeAt(end) !== 0x20) return 0;
  const words = text.slice(end + 1, end + 40).toLowerCase().split(/[^a-z]/, 5);
  const k = words.findIndex((word) => !FILLERS.includes(` ${word} `));
  return k > 0 && /^(?:phone|tele|cell|mobile|number|land|direct|home|office|work|fax|what|contact)/.test(words[k] as string) ? 0.3 : 0;
}

/**
 * What the place of a national number says beyond words. `said` is what the words did.
 *
 * A capital after a space makes two short groups a postal code and a house (`28792 2184 Albert St`). Up to eight digits that
 * nothing speaks for, digits in threes or five pairs, and groups that are only plausible (`doubtful`) are quantities, draws and
 * orders as often as numbers, unless they stand where a name's number stands: on a line of their own, or behind a name.
 */
export function around(text: string, start: number, end: number, said: number, doubtful: boolean, g: Groups, last: number): number {
  const total = g.sum[last] as number;
  const sep = last === 0 ? 0 : (g.sep[1] as number);
  const bracket = text.charCodeAt(start) > 0x7f ? text.charCodeAt(start) === 0xff08 : text.charCodeAt(start) === 0x28;
  if (bracket) return 0;
  let points = 0;
  if (last > 0 && last < 3 && total < 11 && ((g.sep[last] as number) & SPACE) !== 0 && /^ \p{Lu}[^' ]/u.test(text.slice(end, end + 4))) points -= 0.3;
  if (said > 0) return points;
  // 丸の内24-11-29-881: Japanese text does not lead up to numbers of other countries without a word.
  if (start > 0 && text.charCodeAt(start - 1) > 0x3040 && text.charCodeAt(start - 1) < 0xfa00) points -= 0.3;
  const threes = (sep & (SPACE | STOP | SLASH)) !== 0 && total === 9 && last === 2 && g.sum[0] === 3 && g.sum[1] === 6;
  // 20790-51934: from one to the other.
  const span = sep === DASH && last === 1 && total === 10 && g.sum[0] === 5;
  // 28 26 48 08 37: five draws.
  const pairs = sep === SPACE && last === 4 && total === 10 && g.digit[0] !== 0;
  if ((doubtful || total < 9 || threes || span || pairs) && !onCard(text, start, end)) points -= 0.13;
  return points;
}

/** Whether a number ends its clause and begins one: a line of its own after other lines, or behind a name and a sign. */
function onCard(text: string, start: number, end: number): boolean {
  const next = text.charCodeAt(end);
  if (end < text.length && next !== 0x5c && !/^[\s,;)>|/]/.test(text.charAt(end))) return false;
  if (next === 0x20 && !/^ [|(/–—-]/.test(text.slice(end, end + 2))) return false;
  if (start > 0 && (text.charCodeAt(start - 1) === 0x0a || (start > 2 && isEscape(text, start - 1)))) return true;
  let p = start - 1;
  if (text.charAt(p) === ' ') p--;
  if (p < 1 || !',;|/(<–—-'.includes(text.charAt(p))) return false;
  if (text.charAt(p - 1) === ' ') p--;
  while (p > 0 && start - p < 20 && /[\p{L}'.]/u.test(text.charAt(p - 1))) p--;
  return /\p{Lu}/u.test(text.charAt(p));
}
