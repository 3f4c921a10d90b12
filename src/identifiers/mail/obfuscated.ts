import { fold, isDigit, isLetter } from '../scan/units.js';
import { note, type Sink } from '../scan/sink.js';
import type { Carriers } from './carriers.js';
import { report } from './report.js';

/** How far a spelled-out domain is read. */
const REACH = 160;
const DOT = /^(?: ?[[({（［] ?(?:dot|[.．]|ドット|どっと) ?[\])}）］] ?| (?:dot|\.) | ?(?:ドット|どっと) ?|[.．。])/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/i;

interface Spelled {
  end: number;
  host: string;
  words: boolean;
}

/** Reads a domain whose dots may be words (`example dot co dot jp`, `example[.]com`) from `at`. */
function readSpelled(text: string, at: number): Spelled | undefined {
  if (!mayBeDomain(text, at)) return undefined;
  const piece = foldSlice(text, at, at + REACH);
  let p = 0;
  let host = '';
  let good: Spelled | undefined;
  let words = false;
  for (let labels = 0; labels < 8; labels++) {
    const label = LABEL.exec(piece.slice(p, p + 64))?.[0];
    if (label === undefined) break;
    host += label.toLowerCase();
    p += label.length;
    if (labels > 0 && /^[a-z]{2,24}$/i.test(label)) good = { end: at + p, host, words };
    const dot = DOT.exec(piece.slice(p, p + 10))?.[0];
    if (dot === undefined) break;
    if (dot.length > 1) words = true;
    host += '.';
    p += dot.length;
  }
  return good;
}

/** A cheap look at what follows the first label, since most of what is looked at is ordinary prose. */
function mayBeDomain(text: string, at: number): boolean {
  let p = at;
  while (p < text.length && p - at < 64 && (isPart(fold(text.charCodeAt(p))) && text.charCodeAt(p) !== 0x2e)) p++;
  if (p === at) return false;
  const unit = fold(text.charCodeAt(p));
  const next = fold(text.charCodeAt(p + 1)) | 0x20;
  if (unit === 0x20) return next === 0x64 || next === 0x7b || next === 0x2e || next === 0x28 || next === 0x30c9;
  return unit === 0x2e || unit === 0x5b || unit === 0x28 || unit === 0x7b || unit === 0x3002 || unit === 0x30c9 || unit === 0x3069;
}

/** Reads the local part that ends before `at`, with up to one space and `dot` words between its parts. */
function localBefore(text: string, at: number): { start: number; name: string } | undefined {
  let p = at;
  if (p > 0 && fold(text.charCodeAt(p - 1)) === 0x20) p--;
  const end = p;
  while (p > 0 && end - p < 64 && isPart(fold(text.charCodeAt(p - 1)))) p--;
  let name = foldSlice(text, p, end);
  while (p > 5 && /[a-z0-9] dot $/i.test(text.slice(p - 6, p))) {
    const stop = p - 5;
    let q = stop;
    while (q > 0 && stop - q < 64 && isPart(fold(text.charCodeAt(q - 1)))) q--;
    name = `${foldSlice(text, q, stop)}.${name}`;
    p = q;
  }
  while (name.length > 1 && /^[-+]/.test(name)) {
    name = name.slice(1);
    p++;
  }
  return /[a-z0-9]/i.test(name) ? { start: p, name } : undefined;
}

function isPart(unit: number): boolean {
  return isLetter(unit) || isDigit(unit) || unit === 0x2e || unit === 0x5f || unit === 0x2d || unit === 0x2b;
}

function foldSlice(text: string, from: number, to: number): string {
  let s = '';
  for (let i = from; i < to && i < text.length; i++) {
    const unit = text.charCodeAt(i);
    s += String.fromCharCode(unit === 0x30fc ? unit : fold(unit));
  }
  return s;
}

const ROLES = /^(?:info|sales|support|contact|admin|help|office|hello|press|jobs|privacy|security|webmaster|postmaster|billing|service)$/i;
/** Domains that the word "at" is taken for an @ before; file names (`at main.py`) are not among them. */
const NOT_AFTER_AT = /\.(?:py|rs|sh|md|go|java|ts|js|cc|cpp|c|h|rb|php|html|htm|txt|log|json|xml|yml|yaml|conf|exe|dll|so|pl|cs|kt|vue|css)$/;

/**
 * A mail address that was written so that machines should not see it: something that means `@` stands from `at` to
 * `after`. `prose` says that it is the English word *at*, which needs more to count. Returns its end, or 0.
 */
export function spelledAt(text: string, at: number, after: number, prose: boolean, carriers: Carriers, sink: Sink): number {
  const from = after < text.length && fold(text.charCodeAt(after)) === 0x20 ? after + 1 : after;
  const to = readSpelled(text, from);
  if (to === undefined) return 0;
  // A real @ with nothing hidden about it has been looked at already: logo@2x.png.
  if (after === at + 1 && !to.words && from === after && fold(text.charCodeAt(at)) === 0x40 && fold(text.charCodeAt(at - 1)) !== 0x20) return 0;
  const local = localBefore(text, at);
  if (local === undefined) return 0;
  const { start, name } = local;
  let score = 0.82;
  if (prose && !to.words) {
    if (NOT_AFTER_AT.test(to.host) || !/[a-z]/i.test(name)) return 0;
    score = /[\d._+-]/.test(name) && !/^[-.]|[-.]$/.test(name) ? 0.75 : ROLES.test(name) ? 0.6 : 0.3;
    const before = start > 0 ? text.charCodeAt(start - 1) : 0;
    const further = before === 0x20 && start > 1 ? text.charCodeAt(start - 2) : before;
    if (score < 0.5 && (before >= 0x2e80 || further === 0x3a || further === 0xff1a || before === 0x3c)) score = 0.6;
  } else if (!/[a-z]/i.test(name)) score = 0.45;
  note(sink, prose ? 'mail:word-at' : 'mail:spelled');
  return report(name, start, to.end, to.host, carriers.operatorOf(to.host), score, ['obfuscated'], sink);
}

const BRACKETED = /^[[({<（［｛＜【〔] ?(?:at|a|アット(?:マーク)?|あっと(?:まーく)?|[@＠]) ?[\])}>）］｝＞】〕]/i;
const WRITTEN = /^(?:あっと(?:まーく)?|アット(?:マーク)?|ｱｯﾄ(?:ﾏｰｸ)?|[★☆◎●■◆♪])/;
const ENCODED = /^(?:%40|&#64;|&#x40;|&commat;)/i;

/** `[at]`, `(アットマーク)`, `あっと`, `★`, `%40`, `&#64;` at `at`. Returns where to go on. */
export function spelledMark(text: string, at: number, carriers: Carriers, sink: Sink): number {
  const first = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (first < 0x3042 && first !== 0x25 && first !== 0x26 && first < 0x2500 && !'aA@＠あア '.includes(String.fromCharCode(next))) return at + 1;
  if (first === 0x25 && next !== 0x34) return at + 1;
  const piece = text.slice(at, at + 12);
  const mark = BRACKETED.exec(piece) ?? WRITTEN.exec(piece) ?? ENCODED.exec(piece);
  if (mark === null) return at + 1;
  return spelledAt(text, at, at + mark[0].length, false, carriers, sink) || at + 1;
}
