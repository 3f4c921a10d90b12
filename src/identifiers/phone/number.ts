import { accept, note, phoneCandidate, type Sink } from '../scan/sink.js';
import { foldAt } from '../scan/units.js';
import type { Finding } from '../types.js';
import { inContext } from './context.js';
import { withExtension } from './edges.js';
import { boundary, closes, Groups, leftOf, readGroups, spacesOnly } from './groups.js';
import { international } from './international.js';
import { shapeOf } from './japan.js';
import { STOP } from './separators.js';

/** Scores by the grade of the shape: separators elsewhere, none, some, where they usually are. */
const MOBILE: readonly number[] = [0.35, 0.75, 0.75, 0.95];
const OTHER: readonly number[] = [0.25, 0.6, 0.65, 0.95];
/** With +81 in front the form proves itself. */
const WITH_CODE: readonly number[] = [0.65, 0.95, 0.95, 0.97];
/** 81 without a plus says little: a word has to say the rest. */
const BARE_CODE: readonly number[] = [0.1, 0.35, 0.4, 0.45];

/** The digits at hand. */
const groups: Groups = /* @__PURE__ */ new Groups();

/**
 * Looks for a telephone number whose first digit stands at `at`. Returns where to go on, or 0 when there is none.
 * Where several plans could explain the digits the surest reading counts; Japan's among equals.
 */
export function phoneAt(text: string, at: number, kanji: boolean, sink: Sink): number {
  const g = groups;
  readGroups(text, at, kanji, g);
  if (g.n === 0) return 0;
  const plus = plusBefore(text, at);
  const best = plus >= 0 ? plusNumber(text, plus, g, sink) : plainNumber(text, at, g, sink);
  if (!best) return 0;
  const end = withExtension(text, best.end);
  return accept(sink, end === best.end ? best : { ...best, end }) ? end : 0;
}

/** Start of a `+` (or `(+`, or `%2B`) right before the digits, -1 without one. */
function plusBefore(text: string, at: number): number {
  if (at === 0) return -1;
  if (text.startsWith('wa.me/', at - 6)) return at;
  const unit = foldAt(text, at - 1);
  if (unit === 0x28 && at > 1 && foldAt(text, at - 2) === 0x2b) return at - 2; // +(81)
  if (unit === 0x2b) return at > 1 && foldAt(text, at - 2) === 0x28 ? at - 2 : at - 1;
  return (unit | 0x20) === 0x62 && at > 2 && text.startsWith('%2', at - 3) ? at - 3 : -1;
}

function plusNumber(text: string, start: number, g: Groups, sink: Sink): Finding | undefined {
  const from = foldAt(text, start) === 0x28 && !closes(g) ? start + 1 : start;
  return japanese(text, from, g, 2, WITH_CODE, sink) ?? international(text, from, 0, g, sink);
}

function plainNumber(text: string, at: number, g: Groups, sink: Sink): Finding | undefined {
  const start = leftOf(text, at, g);
  const zero = g.digit[0] === 0;
  if (zero && g.sum[0] === 1 && ((g.sep[1] ?? 0) & STOP)) return undefined; // 0.651119829
  let best: Finding | undefined;
  if (!zero) best = japanese(text, at, g, 2, BARE_CODE, sink);
  else if (g.has('0081')) best = japanese(text, at, g, 4, WITH_CODE, sink);
  else if (g.has('01081')) best = japanese(text, at, g, 5, WITH_CODE, sink);
  else best = japanese(text, start, g, 0, undefined, sink);
  if ((!best || best.score < 0.5) && g.has('00') && g.sum[0] !== 1 && !g.has('0011')) best = better(best, international(text, start, 2, g, sink));
  if (g.sum[0] === 3 ? g.has('010') || g.has('011') : g.sum[0] === 4 && g.has('0011')) best = better(best, international(text, start, g.sum[0] as number, g, sink));
  const { national } = sink;
  if (national && (!best || best.score < 0.9)) best = better(best, national.find(text, at, g, sink));
  return best;
}

function better(a: Finding | undefined, b: Finding | undefined): Finding | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.score > a.score || (b.score === a.score && b.end > a.end) ? b : a;
}

/** Tries the Japanese plan on the digits after `prefix` digits that end with the country code (0: a national number). */
function japanese(text: string, start: number, g: Groups, prefix: number, table: readonly number[] | undefined, sink: Sink): Finding | undefined {
  const { japan } = sink;
  if (!japan || (prefix > 0 && !g.has('81', prefix - 2))) return undefined;
  // The first digit after the leading 0, which may stand after a country code as well.
  const from = prefix === 0 || g.digit[prefix] === 0 ? prefix + 1 : prefix;
  const use = japan.useOf(g, from);
  if (!use) return undefined;
  const last = boundary(g, from + use.digits - 1);
  if (last < 0) return undefined;
  const grade = shapeOf(g, last, from, use);
  const mobile = use.kind === 'mobile' || use.kind === 'ip-phone';
  const spaced = spacesOnly(g, last);
  let score = (table ?? (mobile ? MOBILE : OTHER))[grade] as number;
  if (!table) {
    if (spaced && grade > 1) score -= mobile ? 0.1 : 0.2;
    if (use.kind === 'personal') score -= 0.2;
    if (last === 0 && g.has('0123456789')) score -= 0.3; // the digits themselves
  }
  if (use.unassigned && !mobile) score -= 0.15; // blocks of mobile numbers are handed out faster than tables are made
  note(sink, `phone:JP:${use.kind}:shape-${grade}`);
  const end = g.end[last] as number;
  const canonical = g.after('+81', g.digit[from] === 0 && prefix === 0 ? 0 : from, from + use.digits - 1);
  return phoneCandidate(use.kind, start, end, canonical, inContext(text, start, end, score, spaced, sink), use.unassigned ? 'unassigned' : '', 'JP');
}
