import { note, type Sink } from '../scan/sink.js';
import { foldSlice, unitAt } from '../scan/units.js';
import { FILES } from './domain.js';
import { report } from './report.js';

/** What may stand around a word for `@`. */
export const OPENING = '[({<（［｛＜【〔_-';
export const CLOSING = '])}>）］｝＞】〕_-';
/** Everything below but AHEAD is matched on folded text: full-width brackets and dots are ASCII there. */
const OPEN = ' ?[[({<【_-]';
const CLOSE = '[\\])}>】_-] ?';
const DOT = `${OPEN} ?(?:dot|\\.|ドット|どっと) ?${CLOSE}| (?:dot|\\.) | ?(?:ドット|どっと) ?|[.。・点]`;
/**
 * A domain whose dots may be words (`example dot co dot jp`, `example[.]com`), behind the end of what means `@`. The hyphen of -dot- is
 * never a label's: where it may be both, a-dot-a-dot-… can be read in thousands of ways.
 */
const DOMAIN: RegExp = /* @__PURE__ */ new RegExp(`^(?: ?(${CLOSE})| )?((?:(?:[a-z\\d]|-(?!dot[- ]|[.ドど])){1,63}(?:${DOT})){1,7}[a-z]{2,24})(?![a-z\\d])`, 'i');
const DOTS: RegExp = /* @__PURE__ */ new RegExp(DOT, 'gi');
const NAME = '([a-z\\d._](?:[\\w.+-]|%2[bde]){0,63}(?: dot [\\w.+-]{1,63}){0,2})';
const FREE: RegExp = /* @__PURE__ */ new RegExp(`${NAME} ?$`, 'i');
const ENCLOSED: RegExp = /* @__PURE__ */ new RegExp(`${NAME}(${OPEN}) ?$`, 'i');
const ROLES = /^(?:info|sales|support|contact|admin|help|office|hello|press|jobs|privacy|security|webmaster|postmaster|billing|service)$/i;
/** Names of files that "at" may stand before (`at main.py`), with endings that are top-level domains too. */
const SOURCES = /\.(?:py|rs|sh|md|go|java|cc|cpp|rb|php|log|conf|exe|so|pl|cs|vue)$/;
/** What the domain begins like. Most of what gets here is prose, and ends here. */
// eslint-disable-next-line redos-detector/no-unsafe-regex -- sticky: tried at one place, on a bounded length
const AHEAD = / ?[^a-z\d ]? ?[a-z\d-]{1,63}(?: ?[^\w\s,):@★]|[ _]d)/iy;

/**
 * A mail address that was written so that machines should not see it: something that means `@` stands from `at` to
 * `afterMark`. `word` says that it is the English word *at*: between spaces it needs more to count. Returns its end, 0 when it is none.
 */
export function spelledAt(text: string, at: number, afterMark: number, word: boolean, sink: Sink): number {
  const after = word && text.startsWith(' mark', afterMark) ? afterMark + 5 : afterMark;
  AHEAD.lastIndex = after;
  if (!AHEAD.test(text)) return 0;
  const right = DOMAIN.exec(foldSlice(text, after, after + 160));
  if (!right) return 0;
  const [domain, closing, written = ''] = right;
  const left = (closing ? ENCLOSED : FREE).exec(foldSlice(text, Math.max(0, at - 96), at));
  if (!left) return 0;
  const [wholeName, plainName = '', opening] = left;
  const start = at - wholeName.length;
  const before = text.slice(Math.max(0, start - 4), start);
  const name = decodeURIComponent(plainName.replace(/ dot /gi, '.'));
  const host = written.replace(DOTS, '.').toLowerCase();
  const words = host.length < written.length;
  const spaced = unitAt(text, at - 1) === 0x20;
  let prose = word && !closing;
  if (prose ? !spaced || unitAt(text, after) !== 0x20
    // cc @naoki.dev is a mention.
    : !closing && spaced && unitAt(text, at) === 0x40 && unitAt(text, after) !== 0x20) return 0;
  // A real @ with nothing hidden about it has been looked at already (logo@2x.png); a name right after another "at" is a domain.
  if ((!words && /^[\w.+-][@＠﹫]\w/.test(text.slice(at - 1, after + 1))) || / at $|[\])@★☆]$/i.test(before)) return 0;
  let score = /[a-z]/i.test(name) ? 0.82 : 0.45;
  // life-at-google.com is a host; created_at_utc.x is source code, unless the end is one that nothing else has.
  if (!words && (opening === '-' || (opening === '_' && !/\.(?:com|net|org|jp)$/.test(host)))) return 0;
  if (/mail|メール/i.test(sink.fieldName)) prose = false;
  if (prose && !words) {
    // "meet me at example.com": only what looks like an account, a role, or stands where an address would.
    if (FILES.test(host) || SOURCES.test(host)) return 0;
    // eslint-disable-next-line redos-detector/no-unsafe-regex, regexp/no-super-linear-move -- a local part, of bounded length
    score = /[a-z].*(?:\d|[._+-].)|[\d._+-].*[a-z]/i.test(name) ? 0.75 : ROLES.test(name) || /[\u3040-\ufaff]$|[:：<] ?$/.test(before) ? 0.6 : 0.3;
  }
  note(sink, prose ? 'mail:word-at' : 'mail:spelled');
  return report(name, start, after + domain.length, host, sink.operatorOf(host), score, 'obfuscated', sink);
}

const MARK = /^(?:[[(]a(?=[\])])|あっと(?:まーく)?|アット(?:マーク)?|ｱｯﾄ(?:ﾏｰｸ)?|[★☆◎●■◆]|%40|&#64;|&#x40;|&commat;|\\u0040)/i;

/** `あっと`, `★`, `%40`, `&#64;` at `at`. Returns where to go on, 0 when it is none. */
export function spelledMark(text: string, at: number, sink: Sink): number {
  const mark = MARK.exec(text.slice(at, at + 8))?.[0];
  if (!mark) return 0;
  return spelledAt(text, OPENING.includes(mark.charAt(0)) ? at + 1 : at, at + mark.length, false, sink);
}
