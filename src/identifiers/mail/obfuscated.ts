import { note, type Sink } from '../scan/sink.js';
import { fold, foldSlice, isDigit, isLetter } from '../scan/units.js';
import type { Carriers } from './carriers.js';
import { report } from './report.js';

const DOT = /^(?: ?[[({（［] ?(?:dot|[.．]|ドット|どっと) ?[\])}）］] ?| (?:dot|\.) | ?(?:ドット|どっと) ?|[.．。])/i;

interface Spelled {
  end: number;
  host: string;
  words: boolean;
}

/** Reads a domain whose dots may be words (`example dot co dot jp`, `example[.]com`) from `at`. */
function readSpelled(text: string, at: number): Spelled | undefined {
  let p = at;
  let host = '';
  let good: Spelled | undefined;
  let words = false;
  for (let labels = 0; labels < 8; labels++) {
    const start = p;
    for (; p - start < 63 && isLabel(text.charCodeAt(p)); ) p++;
    while (p > start && fold(text.charCodeAt(p - 1)) === 0x2d) p--;
    const label = foldSlice(text, start, p).toLowerCase();
    if (label === '') break;
    host += label;
    if (labels > 0 && /^[a-z]{2,24}$/.test(label)) good = { end: p, host, words };
    const dot = DOT.exec(text.slice(p, p + 10))?.[0];
    if (dot === undefined) break;
    words ||= dot.length > 1;
    host += '.';
    p += dot.length;
  }
  return good;
}

function isLabel(raw: number): boolean {
  const unit = fold(raw);
  return isLetter(unit) || isDigit(unit) || (unit === 0x2d && raw !== 0x30fc);
}

function isPart(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || unit === 0x2e || unit === 0x5f || unit === 0x2d || unit === 0x2b;
}

/** Start of the local part that ends before `at`, with up to one space, and `dot` words between its parts. */
function localBefore(text: string, at: number): number {
  let p = at;
  for (let end = fold(text.charCodeAt(at - 1)) === 0x20 ? at - 1 : at; ; end = p - 5) {
    p = end;
    while (p > 0 && end - p < 64 && isPart(fold(text.charCodeAt(p - 1)))) p--;
    if (p < 6 || at - p > 90 || !/[a-z\d] dot $/i.test(text.slice(p - 6, p))) break;
  }
  while (p < at && /[-+]/.test(text.charAt(p))) p++;
  return p;
}

const ROLES = /^(?:info|sales|support|contact|admin|help|office|hello|press|jobs|privacy|security|webmaster|postmaster|billing|service)$/i;
/** Names of files that "at" may stand before (`at main.py`), with endings that are top-level domains too. */
const FILE = /\.(?:py|rs|sh|md|go|java|ts|js|cc|cpp|c|h|rb|php|html?|txt|log|json|xml|ya?ml|conf|exe|dll|so|pl|cs|kt|vue|css)$/;

/**
 * A mail address that was written so that machines should not see it: something that means `@` stands from `at` to
 * `after`. `prose` says that it is the English word *at*, which needs more to count. Returns its end, 0 when it is none.
 */
export function spelledAt(text: string, mark: number, afterMark: number, word: boolean, carriers: Carriers, sink: Sink): number {
  let [at, after, prose] = [mark, afterMark, word];
  const opening = text.charCodeAt(at - 1) === 0x20 ? at - 2 : at - 1;
  const closing = text.charCodeAt(after) === 0x20 ? after + 1 : after;
  if (OPENING.test(text.charAt(opening)) && CLOSING.test(text.charAt(closing))) [at, after, prose] = [opening, closing + 1, false];
  else if (word) {
    if (text.charCodeAt(at - 1) !== 0x20 || text.charCodeAt(after) !== 0x20) return 0;
    at--;
  }
  // Most of what gets here is prose: a look at the unit before and at the label behind.
  if (!isPart(fold(text.charCodeAt(text.charCodeAt(at - 1) === 0x20 ? at - 2 : at - 1)))) return 0;
  const from = fold(text.charCodeAt(after)) === 0x20 ? after + 1 : after;
  let p = from;
  while (p - from < 64 && isLabel(text.charCodeAt(p))) p++;
  const plain = fold(text.charCodeAt(p)) === 0x2e;
  if (p === from || (!plain && !/^[。ドど[({（［ ]/.test(text.charAt(p)))) return 0;
  const start = localBefore(text, at);
  const name = foldSlice(text, start, at).trimEnd().replace(/ dot /gi, '.');
  if (!/[a-z\d]/i.test(name)) return 0;
  const before = text.slice(Math.max(0, start - 4), start);
  let score = 0.82;
  if (!/[a-z]/i.test(name)) score = 0.45;
  else if (prose) {
    // "meet me at example.com": only what looks like an account, a role, or stands where an address would.
    score = accountLike(name) ? 0.75 : ROLES.test(name) || /[\u2e80-\uffff]$|[:<] ?$/.test(before) ? 0.6 : 0.3;
    if (plain && score < sink.minScore) return 0;
  }
  const to = readSpelled(text, from);
  if (to === undefined) return 0;
  // A real @ with nothing hidden about it has been looked at already (logo@2x.png); a name right after another
  // "at" is a domain.
  if ((!to.words && /^[\w.+-][@＠﹫]\w/.test(text.slice(at - 1, after + 1))) || / at $|[\])@★☆]$/i.test(before)) return 0;
  if (prose && FILE.test(to.host)) return 0;
  if (to.words && score > 0.45) score = 0.82;
  note(sink, prose ? 'mail:word-at' : 'mail:spelled');
  return report(name, start, to.end, to.host, carriers.operatorOf(to.host), score, 'obfuscated', sink);
}

const OPENING = /^[[({<（［｛＜【〔]/;
const CLOSING = /^[\])}>）］｝＞】〕]/;
const MARK = /^(?:[（［]at|あっと(?:まーく)?|アット(?:マーク)?|ｱｯﾄ(?:ﾏｰｸ)?|[★☆◎●■◆]|%40|&#64;|&#x40;|&commat;)/i;

/** `あっと`, `★`, `%40`, `&#64;` at `at`. Returns where to go on, 0 when it is none. */
export function spelledMark(text: string, at: number, carriers: Carriers, sink: Sink): number {
  const mark = MARK.exec(text.slice(at, at + 8));
  if (mark === null) return 0;
  const from = OPENING.test(mark[0]) ? at + 1 : at;
  return spelledAt(text, from, at + mark[0].length, false, carriers, sink);
}

/** A letter or digit at one end and a digit or sign elsewhere: `yamada.taro`, `user7`. */
function accountLike(name: string): boolean {
  return (/^[a-z\d]/i.test(name) && /[\d._+-]/.test(name.slice(1))) || (/[a-z\d]$/i.test(name) && /[\d._+-]/.test(name.slice(0, -1)));
}
