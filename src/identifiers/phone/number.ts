import { fold } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { Finding } from '../types.js';
import { inContext } from './context.js';
import { withExtension } from './edges.js';
import type { Groups } from './groups.js';
import { type Japan, shapeOf, spacesOnly, type Use } from './japan.js';
import { international } from './international.js';
import { closes, leftOf } from './left.js';
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
 * Where several plans could explain the digits the surest reading counts; Japan's among equals.
 */
export function phoneAt(text: string, at: number, kanji: boolean, plan: PhonePlan, g: Groups, sink: Sink): number {
  g.read(text, at, kanji);
  if (g.n === 0) return 0;
  const plus = plusBefore(text, at);
  const best = plus >= 0 ? plusNumber(text, plus, plan, g, sink) : plainNumber(text, at, plan, g, sink);
  if (best === undefined) return 0;
  const end = withExtension(text, best.end);
  return accept(sink, end === best.end ? best : { ...best, end }) ? end : 0;
}

/** Start of a `+` (or `(+`, or `%2B`) right before the digits, -1 without one. */
function plusBefore(text: string, at: number): number {
  if (at === 0) return -1;
  const unit = fold(text.charCodeAt(at - 1));
  if (unit === 0x2b) return at > 1 && fold(text.charCodeAt(at - 2)) === 0x28 ? at - 2 : at - 1;
  return (unit === 0x42 || unit === 0x62) && at > 2 && text.startsWith('%2', at - 3) ? at - 3 : -1;
}

function plusNumber(text: string, start: number, plan: PhonePlan, g: Groups, sink: Sink): Finding | undefined {
  const from = fold(text.charCodeAt(start)) === 0x28 && !closes(g) ? start + 1 : start;
  const japanese = g.digits[0] === 8 && g.digits[1] === 1 && plan.japan !== undefined ? match(text, from, plan.japan, g, 2, WITH_PLUS, 'plus', sink) : undefined;
  return japanese ?? international(text, from, 0, g, plan.national, sink);
}

function plainNumber(text: string, at: number, plan: PhonePlan, g: Groups, sink: Sink): Finding | undefined {
  const total = g.sum[g.n - 1] as number;
  const d = g.digits;
  let best: Finding | undefined;
  const consider = (f: Finding | undefined): void => {
    if (f !== undefined && (best === undefined || f.score > best.score || (f.score === best.score && f.end > best.end))) best = f;
  };
  const { japan, national } = plan;
  if (japan !== undefined && total >= 8) {
    if (d[0] !== 0) {
      if (d[0] === 8 && d[1] === 1) consider(match(text, at, japan, g, 2, BARE_81, '81', sink));
    } else if (d[1] === 0 && d[2] === 8 && d[3] === 1) consider(match(text, at, japan, g, 4, WITH_PLUS, '00', sink));
    else if (d[1] === 1 && d[2] === 0 && d[3] === 8 && d[4] === 1) consider(match(text, at, japan, g, 5, WITH_PLUS, '010', sink));
    else consider(match(text, leftOf(text, at, g), japan, g, 0, undefined, 'national', sink));
  }
  if (d[0] === 0 && d[1] === 0 && total >= 9 && (best === undefined || best.score < 0.5)) consider(international(text, leftOf(text, at, g), 2, g, national, sink));
  if (national !== undefined && (best === undefined || best.score < 0.9)) consider(national.find(text, at, g, sink));
  return best;
}

/** 81 without a plus says little: a word has to say the rest. */
const BARE_81: readonly number[] = [0.1, 0.35, 0.4, 0.45];

/** Tries the Japanese plan on the digits after `prefix` digits of country code (0: a national number). */
function match(text: string, start: number, japan: Japan, g: Groups, prefix: number, table: readonly number[] | undefined, how: string, sink: Sink): Finding | undefined {
  const from = prefix === 0 ? 1 : g.digits[prefix] === 0 ? prefix + 1 : prefix;
  if (from >= (g.sum[g.n - 1] as number)) return undefined;
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
  if (best === undefined) return undefined;
  const mobile = best.kind === 'mobile' || best.kind === 'ip-phone';
  let score = (table ?? (mobile ? MOBILE : OTHER))[bestGrade] as number;
  const spaced = spacesOnly(g, bestLast);
  if (table === undefined && spaced && bestGrade > 1) score -= mobile ? 0.1 : 0.15;
  if (best.unassigned) score -= 0.15;
  if (bestLast === 0 && g.text(0, 10) === '0123456789') score -= 0.3; // the digits themselves
  if (best.kind === 'personal' && table === undefined) score -= 0.2;
  note(sink, `phone:JP:${how}:${best.kind}:shape-${bestGrade}`);
  const end = g.end[bestLast] as number;
  return {
    class: mobile ? 'mobile-or-ip-phone' : 'telephone-number',
    kind: best.kind,
    start,
    end,
    canonical: `+81${g.text(g.digits[from] === 0 && prefix === 0 ? from - 1 : from, from + best.digits - 1)}`,
    score: inContext(text, start, end, score, spaced, sink),
    flags: best.unassigned ? ['unassigned'] : NO_FLAGS,
    region: 'JP',
  };
}
