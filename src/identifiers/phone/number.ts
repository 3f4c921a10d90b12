import { fold } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';
import { inContext } from './context.js';
import { CLOSE, type Groups, OPEN } from './groups.js';
import { type Japan, shapeOf, spacesOnly, type Use } from './japan.js';
import { international } from './international.js';
import type { NationalFinder } from './national.js';

/** Scores by the grade of the shape (elsewhere, none, some, usual separators). */
const MOBILE: readonly number[] = [0.35, 0.75, 0.75, 0.95];
const OTHER: readonly number[] = [0.25, 0.6, 0.65, 0.9];
/** With +81 in front the form proves itself. */
const WITH_PLUS: readonly number[] = [0.65, 0.95, 0.95, 0.97];

export interface PhonePlan {
  readonly japan: Japan | undefined;
  readonly national: NationalFinder | undefined;
}

/**
 * Looks for a telephone number whose first digit stands at `at`. Returns where to go on, or 0 when there is none.
 */
export function phoneAt(text: string, at: number, kanji: boolean, plan: PhonePlan, g: Groups, sink: Sink): number {
  g.read(text, at, kanji);
  if (g.n === 0) return 0;
  const plus = plusBefore(text, at);
  if (plus >= 0) return plusNumber(text, plus, plan, g, sink);
  const total = g.sum[g.n - 1] as number;
  const japan = plan.japan;
  if (japan !== undefined && total >= 8) {
    const end = japanese(text, at, japan, g, sink);
    if (end !== 0) return end;
  }
  if (g.digits[0] === 0 && g.digits[1] === 0 && total >= 9) {
    const end = international(text, leftOf(text, at, g), 2, g, plan.national, sink);
    if (end !== 0) return end;
  }
  return plan.national === undefined ? 0 : plan.national.find(text, at, g, sink);
}

/** Start of a `+` (or `(+`, or `%2B`) right before the digits, -1 without one. */
function plusBefore(text: string, at: number): number {
  if (at === 0) return -1;
  const unit = fold(text.charCodeAt(at - 1));
  if (unit === 0x2b) return at > 1 && fold(text.charCodeAt(at - 2)) === 0x28 ? at - 2 : at - 1;
  return (unit === 0x42 || unit === 0x62) && at > 2 && text.startsWith('%2', at - 3) ? at - 3 : -1;
}

function plusNumber(text: string, start: number, plan: PhonePlan, g: Groups, sink: Sink): number {
  const japan = plan.japan;
  let from = start;
  if (text.charCodeAt(start) === 0x28 && !closes(g)) from = start + 1;
  if (japan !== undefined && g.digits[0] === 8 && g.digits[1] === 1) {
    const end = match(text, from, japan, g, 2, WITH_PLUS, 'plus', sink);
    if (end !== 0) return end;
  }
  return international(text, from, 0, g, plan.national, sink);
}

function japanese(text: string, at: number, japan: Japan, g: Groups, sink: Sink): number {
  const d = g.digits;
  if (d[0] === 0) {
    if (d[1] === 0 && d[2] === 8 && d[3] === 1) {
      const end = match(text, at, japan, g, 4, WITH_PLUS, '00', sink);
      if (end !== 0) return end;
    }
    if (d[1] === 1 && d[2] === 0 && d[3] === 8 && d[4] === 1) {
      const end = match(text, at, japan, g, 5, WITH_PLUS, '010', sink);
      if (end !== 0) return end;
    }
    return match(text, leftOf(text, at, g), japan, g, 0, undefined, 'national', sink);
  }
  return d[0] === 8 && d[1] === 1 ? match(text, at, japan, g, 2, BARE_81, '81', sink) : 0;
}

/** 81 without a plus says little: a word has to say the rest. */
const BARE_81: readonly number[] = [0.1, 0.35, 0.4, 0.45];

/** Tries the Japanese plan on the digits after `prefix` digits of country code (0: a national number). */
function match(text: string, start: number, japan: Japan, g: Groups, prefix: number, table: readonly number[] | undefined, how: string, sink: Sink): number {
  const from = prefix === 0 ? 1 : g.digits[prefix] === 0 ? prefix + 1 : prefix;
  if (from >= (g.sum[g.n - 1] as number)) return 0;
  let best: Use | undefined;
  let bestLast = -1;
  let bestGrade = -1;
  for (const use of japan.uses(g, from)) {
    const last = g.boundary(from + use.digits - 1);
    if (last < 0) continue;
    let first = 0;
    while (first < last && (g.sum[first] as number) < from) first++;
    if (prefix > 0 && (g.sum[first] as number) === from && from > prefix) first++; // the (0) of +81 (0)3
    const grade = shapeOf(g, Math.min(first, last), last, from, use);
    if (grade > bestGrade) [best, bestLast, bestGrade] = [use, last, grade];
  }
  if (best === undefined) return 0;
  const strong = best.kind === 'mobile' || best.kind === 'ip-phone';
  let score = (table ?? (strong ? MOBILE : OTHER))[bestGrade] as number;
  const spaced = spacesOnly(g, bestLast);
  if (table === undefined && spaced && bestGrade > 1) score -= strong ? 0.1 : 0.15;
  if (best.unassigned) score -= 0.15;
  if (best.kind === 'personal' && table === undefined) score -= 0.2;
  note(sink, `phone:JP:${how}:${best.kind}:shape-${bestGrade}`);
  const end = g.end[bestLast] as number;
  score = inContext(text, start, end, score, spaced, sink);
  const mobile = best.kind === 'mobile' || best.kind === 'ip-phone';
  const flags: readonly IdentifierFlag[] = best.unassigned ? ['unassigned'] : NO_FLAGS;
  const canonical = `+81${g.text(g.digits[from] === 0 && prefix === 0 ? from - 1 : from, from + best.digits - 1)}`;
  const found = accept(sink, { class: mobile ? 'mobile-or-ip-phone' : 'telephone-number', kind: best.kind, start, end, canonical, score, flags, region: 'JP' });
  return found ? end : 0;
}

/** Takes the opening bracket of `(03) 1234-5678` into the span. */
export function leftOf(text: string, at: number, g: Groups): number {
  return at > 0 && fold(text.charCodeAt(at - 1)) === 0x28 && closes(g) ? at - 1 : at;
}

/** A closing bracket comes before any opening one. */
function closes(g: Groups): boolean {
  for (let k = 1; k < g.n; k++) {
    const sep = g.sep[k] as number;
    if ((sep & CLOSE) !== 0) return true;
    if ((sep & OPEN) !== 0) return false;
  }
  return false;
}
