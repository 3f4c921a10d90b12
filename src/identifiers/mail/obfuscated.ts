import { note, type Sink } from '../scan/sink.js';
import { foldSlice, unitAt } from '../scan/units.js';
import { report } from './report.js';

/** Everything below is matched on folded text: full-width brackets and dots are ASCII there. */
const DOT = ' ?[[({<【] ?(?:dot|\\.|ドット|どっと) ?[\\])}>】] ?| (?:dot|\\.) | ?(?:ドット|どっと) ?|[_-]dot[_-]|[.。・点]';
/** A domain whose dots may be words: `example dot co dot jp`, `example[.]com`. */
const DOMAIN: RegExp = /* @__PURE__ */ new RegExp(`^ ?((?:[a-z\\d-]{1,63}(?:${DOT})){1,7}[a-z]{2,24})(?![a-z\\d])`, 'i');
const DOTS: RegExp = /* @__PURE__ */ new RegExp(DOT, 'gi');
// eslint-disable-next-line redos-detector/no-unsafe-regex -- on a cut of bounded length
const NAME = /[a-z\d._](?:[\w.+-]|%2[bde]){0,63}(?: dot [\w.+-]{1,63}){0,2} ?$/i;
const ROLES = /^(?:info|sales|support|contact|admin|help|office|hello|press|jobs|privacy|security|webmaster|postmaster|billing|service)$/i;
/** Names of files that "at" may stand before (`at main.py`), with endings that are top-level domains too. */
const FILE = /\.(?:py|rs|sh|md|go|java|ts|js|cc|cpp|rb|php|html?|txt|log|json|xml|ya?ml|conf|exe|so|pl|cs|vue)$/;
/** What may stand around a word for `@`. */
export const OPENING = '[({<（［｛＜【〔_-';
export const CLOSING = '])}>）］｝＞】〕_-';
/** What the domain begins like. Most of what gets here is prose, and ends here. */
// eslint-disable-next-line redos-detector/no-unsafe-regex -- sticky: tried at one place, on a bounded length
const AHEAD = / ?[a-z\d-]{1,63}(?: ?[.。．・点_<[({（［｛＜【〔ドど]|[ -]d)/iy;

/**
 * A mail address that was written so that machines should not see it: something that means `@` stands from `mark` to
 * `afterMark`. `word` says that it is the English word *at*: between spaces it needs more to count. Returns its end, 0 when it is none.
 */
export function spelledAt(text: string, mark: number, afterMark: number, word: boolean, sink: Sink): number {
  let [at, after, prose] = [mark, afterMark, word];
  if (word && text.startsWith(' mark', after)) after += 5;
  const opening = unitAt(text, at - 1) === 0x20 ? at - 2 : at - 1;
  const closing = unitAt(text, after) === 0x20 ? after + 1 : after;
  if (opening >= 0 && closing < text.length && OPENING.includes(text.charAt(opening)) && CLOSING.includes(text.charAt(closing))) [at, after, prose] = [opening, closing + 1, false];
  // cc @naoki.dev is a mention.
  else if (!word && unitAt(text, at - 1) === 0x20 && unitAt(text, at) === 0x40 && unitAt(text, after) !== 0x20) return 0;
  else if (word && (unitAt(text, at - 1) !== 0x20 || unitAt(text, after) !== 0x20)) return 0;
  AHEAD.lastIndex = after;
  if (!AHEAD.test(text)) return 0;
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
  // life-at-google.com is a host; created_at_utc.x is source code, unless the end is one that nothing else has.
  if (!words && (text.charCodeAt(at) === 0x2d || (text.charCodeAt(at) === 0x5f && !/\.(?:com|net|org|jp)$/.test(host)))) return 0;
  if (/mail|メール/i.test(sink.fieldName)) prose = false;
  if (prose && !words) {
    // "meet me at example.com": only what looks like an account, a role, or stands where an address would.
    if (FILE.test(host)) return 0;
    // eslint-disable-next-line redos-detector/no-unsafe-regex, regexp/no-super-linear-move -- a local part, of bounded length
    score = /[a-z].*[\d._+-].|[\d._+-].*[a-z\d]$|^[a-z]+\d+$/i.test(name) ? 0.75 : ROLES.test(name) || /[\u3040-\ufaff]$|[:：<] ?$/.test(before) ? 0.6 : 0.3;
  }
  note(sink, prose ? 'mail:word-at' : 'mail:spelled');
  return report(name, start, after + right[0].length, host, sink.operatorOf(host), score, 'obfuscated', sink);
}

const MARK = /^(?:[[(]a(?=[\])])|あっと(?:まーく)?|アット(?:マーク)?|ｱｯﾄ(?:ﾏｰｸ)?|[★☆◎●■◆]|%40|&#64;|&#x40;|&commat;|\\u0040)/i;

/** `あっと`, `★`, `%40`, `&#64;` at `at`. Returns where to go on, 0 when it is none. */
export function spelledMark(text: string, at: number, sink: Sink): number {
  const mark = MARK.exec(text.slice(at, at + 8))?.[0];
  if (mark === undefined) return 0;
  return spelledAt(text, OPENING.includes(mark.charAt(0)) ? at + 1 : at, at + mark.length, false, sink);
}
