import { WORLD_WORDS } from '../context/words-world.js';
import { note, phoneCandidate, type Sink } from '../scan/sink.js';
import { foldAt, isDigit } from '../scan/units.js';
import type { Finding } from '../types.js';
import { fromAbroad } from './argentina.js';
import { accountBefore, around, labelOf, saidBehind } from './around.js';
import { wordAfter, wordBefore } from './context.js';
import { leftEdge, rightEdge } from './edges.js';
import { type Groups, leftOf, separator, spacesOnly } from './groups.js';
import type { Line, NationalFinder } from './national.js';
import { kindOf, Plan } from './plan.js';
import type { NumberingRegion } from './region.js';
import { otherShape, plausible, shapeText } from './shapes.js';
import { CLOSE, DASH, MIDDLE, OPEN, SPACE } from './separators.js';

/** What may stand between the groups of a number, for a set of a pattern. */
const SEPARATORS = '-./ ()_~·\u00a0\u00ad\u2000-\u2015\u202f\u2500\u2501\u2212\u3000\u3014\u301c\u30fb\u30fc\ufe63\uff08-\uff0f\uff5e\uff65\uff70\u202a-\u202e\u2060-\u2069\ufeff';
/** Digits of the scripts in which telephone numbers are usual; `units.ts` knows more. */
const DIGIT = '[\\d０-９٠-٩۰-۹०-९০-৯]';
/** Any region: the first digit of six with short gaps between them. */
const PATTERN: RegExp = /* @__PURE__ */ new RegExp(`(?<!${DIGIT})${DIGIT}(?=(?:[${SEPARATORS}\\n]{0,3}${DIGIT}){5})|[〇零○◯](?=[〇零○◯一二三四五六七八九])`, 'g');

/** A region's table with its plan parsed, on the first number that could be its. */
class Prepared {
  readonly shapes: Set<string>;
  readonly bareShapes: Set<string>;
  private parsed: Plan | undefined;

  constructor(readonly region: NumberingRegion) {
    this.shapes = new Set(region.shapes.split(' '));
    this.bareShapes = new Set(region.bareShapes.split(' '));
  }

  get plan(): Plan {
    this.parsed ??= new Plan(this.region.plan);
    return this.parsed;
  }

  /** How many digits of national prefix the number begins with. */
  prefixOf(g: Groups): number {
    const { prefix } = this.region;
    return g.has(prefix) ? prefix.length : 0;
  }

  /** How many digits of calling code the number begins with, written as a group of its own. */
  codeOf(g: Groups): number {
    const code = String(this.region.callingCode);
    return g.sum[0] === code.length && g.has(code) ? code.length : 0;
  }
}

interface Best {
  score: number;
  region: string;
  kind: string;
  from: number;
  /** The national digits, where they are not those that were written from `from` on. */
  digits: string;
  callingCode: number;
  assigned: boolean;
  /** The groups are those of the region. */
  known: boolean;
  /** They are not, and its prefix is missing as well. */
  doubtful: boolean;
}

/** Base scores: a number that the region has assigned, by its shape (odd, none, plausible, as the region writes it). */
const ASSIGNED: readonly number[] = [0.2, 0.36, 0.5, 0.62];
/** The same for a number of a possible length that is not assigned. */
const POSSIBLE: readonly number[] = [0.05, 0.22, 0.3, 0.42];

export function nationalFinder(regions: readonly NumberingRegion[]): NationalFinder {
  const all = regions.map((r) => new Prepared(r));

  const judge = (g: Groups, last: number, shape: string): Best | undefined => {
    const total = g.sum[last] as number;
    let best: Best | undefined;
    let underlined = false;
    for (let k = 1; k <= last; k++) underlined ||= ((g.sep[k] as number) & MIDDLE) !== 0;
    for (const p of all) {
      const skip = p.prefixOf(g);
      const code = p.codeOf(g);
      // With the national prefix, with the calling code but no plus, and without either.
      for (let from = skip || code; ; from = from === skip && code !== skip ? code : 0) {
        const digits = p.region.code === 'AR' ? fromAbroad(g, from, total) : '';
        const length = digits.length || total - from;
        if (length > 3 && (p.plan.lengths & (1 << length)) !== 0) {
          const uses = digits === '' ? p.plan.uses(g.digit, from, total) : p.plan.uses(Uint8Array.from(digits, Number), 0, length);
          const known = digits !== '' || !underlined && (from > 0 ? p.shapes.has(shape) : p.bareShapes.has(shape) || (p.region.prefix === '' && p.shapes.has(shape)));
          const grade = known ? 3 : plausible(g, last, shape, p.region.prefix);
          let score = (uses === 0 ? POSSIBLE : ASSIGNED)[last === 0 ? 1 : grade] as number;
          if (from === code && from !== 0 && from !== skip) score -= 0.12;
          // Without the prefix that this region's numbers are written with.
          if (from === 0 && p.region.prefix !== '' && p.region.bareShapes === '') score -= 0.15;
          if (total < 8) score -= total < 7 ? 0.25 : 0.13;
          if (best === undefined || score > best.score) {
            best = { score, region: p.region.code, kind: kindOf(uses), from, digits, callingCode: p.region.callingCode, assigned: uses !== 0, known, doubtful: from === 0 && grade === 2 };
          }
        }
        if (from === 0) break;
      }
    }
    return best;
  };

  const find = (text: string, at: number, g: Groups, sink: Sink): Finding | undefined => {
    if ((g.sum[g.n - 1] as number) < 6) return undefined;
    const start = leftOf(text, at, g);
    const left = leftEdge(text, start, sink.words) + continued(text, start);
    if (left >= 1) return undefined;
    const account = accountBefore(text, start);
    const word = labelOf(text, start) || wordBefore(text, start, sink);
    let bestLast = -1;
    let best: Best | undefined;
    for (let last = g.n - 1; last >= 0; last--) {
      const total = g.sum[last] as number;
      if (total > 15) continue;
      if (total < 6) break;
      const end = g.end[last] as number;
      const after = wordAfter(text, end, sink) || (word <= 0 ? saidBehind(text, end) : 0);
      const ceiling = after + (last === 0 ? (ASSIGNED[1] as number) : (ASSIGNED[3] as number));
      if (ceiling + word + 0.12 - left < sink.minScore && sink.rejected === undefined) continue;
      const shape = shapeText(g, last);
      const judged = judge(g, last, shape);
      if (judged === undefined) continue;
      const spaced = spacesOnly(g, last);
      let score = judged.score + word - left - otherShape(g, last, shape, judged.known && judged.assigned) - account - further(g, last, spaced) - rightEdge(text, end, spaced, sink.words);
      if (start < at) score += 0.1;
      score += after + around(text, start, end, word + after, judged.doubtful, g, last);
      if (best === undefined || score > best.score) {
        best = { ...judged, score };
        bestLast = last;
      }
    }
    if (best === undefined) return undefined;
    const end = g.end[bestLast] as number;
    const total = g.sum[bestLast] as number;
    note(sink, `phone:${best.region}:national:${best.kind}:${shapeText(g, bestLast)}`);
    return phoneCandidate(best.kind, start, end, `+${best.callingCode}${best.digits || g.digits(best.from, total)}`, Math.min(0.97, best.score), best.assigned ? '' : 'unassigned', best.region);
  };

  const classify = (callingCode: number, g: Groups, from: number, to: number): Line | undefined => {
    for (const p of all) {
      if (p.region.callingCode !== callingCode) continue;
      const uses = p.plan.uses(g.digit, from, to);
      if (uses !== 0) return { region: p.region.code, kind: kindOf(uses) };
    }
    return undefined;
  };

  return { words: WORLD_WORDS, pattern: PATTERN, find, classify };
}

/** A number that begins after a digit and a separator is the tail of something longer. */
function continued(text: string, start: number): number {
  if (start < 2 || !isDigit(foldAt(text, start - 2))) return 0;
  const bit = separator(text.charCodeAt(start - 1));
  return bit === SPACE ? 0.3 : bit === 0 || bit === OPEN || bit === CLOSE ? 0 : 0.6;
}

/** A number after which the groups go on is the head of something longer. */
function further(g: Groups, last: number, spaced: boolean): number {
  if (last + 1 >= g.n) return 0;
  const sep = g.sep[last + 1] as number;
  if ((sep & SPACE) !== 0) return spaced && (sep & OPEN) === 0 ? 0.3 : 0.1;
  if ((sep & DASH) !== 0) return 0.4;
  return (sep & (OPEN | MIDDLE)) !== 0 ? 0.05 : 0.4;
}
