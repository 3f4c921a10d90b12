import { note, type Sink } from '../scan/sink.js';
import { fold, foldSlice, isDigit, isLetter, isWord } from '../scan/units.js';
import type { Carriers } from './carriers.js';
import { report } from './report.js';

/** Everything below is matched on folded text: full-width brackets and dots are ASCII there. */
const DOT = ' ?[[({] ?(?:dot|\\.|ドット|どっと) ?[\\])}] ?| (?:dot|\\.) | ?(?:ドット|どっと) ?|[.。]';
/** A domain whose dots may be words: `example dot co dot jp`, `example[.]com`. */
const DOMAIN: RegExp = /* @__PURE__ */ new RegExp(`^ ?((?:[a-z\\d-]{1,63}(?:${DOT})){1,7}[a-z]{2,24})(?![a-z\\d])`, 'i');
const DOTS: RegExp = /* @__PURE__ */ new RegExp(DOT, 'gi');
// eslint-disable-next-line redos-detector/no-unsafe-regex -- on a cut of bounded length
const NAME = /[a-z\d._](?:[\w.+-]|%2[bde]){0,63}(?: dot [\w.+-]{1,63}){0,2} ?$/i;
const ROLES = /^(?:info|sales|support|contact|admin|help|office|hello|press|jobs|privacy|security|webmaster|postmaster|billing|service)$/i;
/** Names of files that "at" may stand before (`at main.py`), with endings that are top-level domains too. */
const FILE = /\.(?:py|rs|sh|md|go|java|ts|js|cc|cpp|rb|php|html?|txt|log|json|xml|ya?ml|conf|exe|so|pl|cs|vue)$/;
const OPENING = '[({<（［｛＜【〔';
const CLOSING = '])}>）］｝＞】〕';
/** What may follow the first label of a domain: a dot, a bracket, or a space and one of these. */
const AFTER_LABEL = '[({（［';
const AFTER_SPACE = 'dD.ドど[({（［';

/**
 * A mail address that was written so that machines should not see it: something that means `@` stands from `mark` to
 * `afterMark`. `word` says that it is the English word *at*: between spaces it needs more to count. Returns its end, 0 when it is none.
 */
export function spelledAt(text: string, mark: number, afterMark: number, word: boolean, carriers: Carriers, sink: Sink): number {
  let [at, after, prose] = [mark, afterMark, word];
  const opening = text.charCodeAt(at - 1) === 0x20 ? at - 2 : at - 1;
  const closing = text.charCodeAt(after) === 0x20 ? after + 1 : after;
  if (opening >= 0 && closing < text.length && OPENING.includes(text.charAt(opening)) && CLOSING.includes(text.charAt(closing))) [at, after, prose] = [opening, closing + 1, false];
  else if (word && (text.charCodeAt(at - 1) !== 0x20 || text.charCodeAt(after) !== 0x20)) return 0;
  // Most of what gets here is prose: a look at the unit before, and at what follows the next word.
  const last = fold(text.charCodeAt(text.charCodeAt(at - 1) === 0x20 ? at - 2 : at - 1));
  if (!isWord(last) && last !== 0x2e && last !== 0x2b && last !== 0x2d) return 0;
  if (!labelAfter(text, after) || (prose && sink.minScore > 0.3 && sink.rejected === undefined && isProse(text, at - 1, after))) return 0;

  const left = NAME.exec(foldSlice(text, Math.max(0, at - 96), at))?.[0];
  const right = DOMAIN.exec(foldSlice(text, after, after + 160));
  if (left === undefined || right === null) return 0;
  const start = at - left.length;
  const name = left.trimEnd().replace(/ dot |%2[bde]/gi, (sign) => (sign.charCodeAt(0) === 0x20 ? '.' : decodeURIComponent(sign)));
  const written = right[1] as string;
  const host = written.replace(DOTS, '.').toLowerCase();
  const words = host.length < written.length;
  const before = text.slice(Math.max(0, start - 4), start);
  // A real @ with nothing hidden about it has been looked at already (logo@2x.png); a name right after another "at" is a domain.
  if ((!words && /^[\w.+-][@＠﹫]\w/.test(text.slice(at - 1, after + 1))) || / at $|[\])@★☆]$/i.test(before)) return 0;
  let score = /[a-z]/i.test(name) ? 0.82 : 0.45;
  if (prose && !words) {
    // "meet me at example.com": only what looks like an account, a role, or stands where an address would.
    if (FILE.test(host)) return 0;
    // eslint-disable-next-line redos-detector/no-unsafe-regex, regexp/no-super-linear-move -- a local part, of bounded length
    score = /[a-z].*[\d._+-].|[\d._+-].*[a-z\d]$|^[a-z]+\d+$/i.test(name) ? 0.75 : ROLES.test(name) || /[\u2e80-\uffff]$|[:<] ?$/.test(before) ? 0.6 : 0.3;
  }
  note(sink, prose ? 'mail:word-at' : 'mail:spelled');
  return report(name, start, after + right[0].length, host, carriers.operatorOf(host), score, 'obfuscated', sink);
}

/** Whether a label stands at `after`, with a dot behind it, as a sign or perhaps as a word. */
function labelAfter(text: string, after: number): boolean {
  const start = text.charCodeAt(after) === 0x20 ? after + 1 : after;
  let p = start;
  for (let unit: number; p < start + 63 && (isLetter((unit = text.charCodeAt(p))) || isDigit(unit) || unit === 0x2d); ) p++;
  if (p === start) return false;
  const unit = text.charCodeAt(p);
  if (unit === 0x20) return AFTER_SPACE.includes(text.charAt(p + 1) || ' ');
  if (unit === 0x2e || unit === 0x3002 || unit === 0xff0e) return !/^\s?$/.test(text.charAt(p + 1));
  return unit === 0x30c9 || unit === 0x3069 || (p < text.length && AFTER_LABEL.includes(text.charAt(p)));
}

/** "failed at Main.java:12", with the space before *at* at `end`: a plain word that names no role before it, two plain labels behind it. */
function isProse(text: string, end: number, after: number): boolean {
  let p = end;
  while (p > 0 && end - p < 32 && isLetter(text.charCodeAt(p - 1))) p--;
  const before = text.charCodeAt(p - 1);
  const further = text.charCodeAt(p - 2);
  if (p === end || (before !== 0x20 && before !== 0x0a) || further === 0x3a || further === 0x3c || (further | 0x20) === 0x74 && text.slice(p - 5, p).toLowerCase() === ' dot ') return false;
  let q = after + 1;
  while (q < after + 64 && isWord(text.charCodeAt(q))) q++;
  if (text.charCodeAt(q) !== 0x2e) return false;
  for (q++; q < after + 96 && isLetter(text.charCodeAt(q)); ) q++;
  return !/^(?:[-\w]| ?[.。．ドど[({（［]| d)/i.test(text.slice(q, q + 2)) && !ROLES.test(text.slice(p, end));
}

const MARK = /^(?:[（［]at|あっと(?:まーく)?|アット(?:マーク)?|ｱｯﾄ(?:ﾏｰｸ)?|[★☆◎●■◆]|%40|&#64;|&#x40;|&commat;|\\u0040)/i;

/** `あっと`, `★`, `%40`, `&#64;` at `at`. Returns where to go on, 0 when it is none. */
export function spelledMark(text: string, at: number, carriers: Carriers, sink: Sink): number {
  const mark = MARK.exec(text.slice(at, at + 8))?.[0];
  if (mark === undefined) return 0;
  return spelledAt(text, OPENING.includes(mark.charAt(0)) ? at + 1 : at, at + mark.length, false, carriers, sink);
}
