import { TokumeiError } from '../../core/errors.js';
import type { Words } from '../context/words.js';
import type { Finding, IdentifierClass, IdentifierFlag } from '../types.js';

/** What the verifiers write to: one per scan of a text. */
export interface Sink {
  /** Accepted candidates; sorted and without overlaps after {@link settleAll}. */
  readonly found: Finding[];
  /** Candidates below the lowest score, kept only when an explanation was asked for. */
  readonly rejected: Finding[] | undefined;
  readonly minScore: number;
  readonly maxFindings: number;
  readonly words: Words;
  /** What the field's name says (bits of context/words), 0 without one. */
  readonly field: number;
  readonly fieldName: string;
  /** Rules applied to the candidate at hand; undefined when no trace was asked for. */
  trace: string[] | undefined;
}

/** The classes, in the order that settles overlaps between equals. */
export const CLASSES: readonly IdentifierClass[] = ['mail-address', 'device-address', 'mobile-or-ip-phone', 'telephone-number'];
export const MAIL = 0;
export const DEVICE = 1;

/** Each set of flags once: most findings share a few. */
const flagSets: Map<string, readonly IdentifierFlag[]> = /* @__PURE__ */ new Map();

function flagsOf(names: string): readonly IdentifierFlag[] {
  let flags = flagSets.get(names);
  if (flags === undefined) {
    flags = Object.freeze((names.match(/[a-z-]+/g) ?? []) as IdentifierFlag[]);
    flagSets.set(names, flags);
  }
  return flags;
}

function rounded(score: number): number {
  return score > 0.98 ? 0.98 : score < 0 ? 0 : Math.round(score * 100) / 100;
}

/** Makes a candidate. `flags` are names held apart by spaces. */
export function candidate(cls: number, kind: string, start: number, end: number, canonical: string, score: number, flags: string = ''): Finding {
  return { class: CLASSES[cls] as IdentifierClass, kind, start, end, canonical, score: rounded(score), flags: flagsOf(flags) };
}

/** Makes a candidate for a telephone number: its kind says which of the two classes it is of. */
export function phoneCandidate(kind: string, start: number, end: number, canonical: string, score: number, flags: string, region: string | undefined): Finding {
  const cls = kind === 'mobile' || kind === 'ip-phone' || kind === 'sip-uri' ? 2 : 3;
  if (region === undefined) return candidate(cls, kind, start, end, canonical, score, flags);
  return { class: CLASSES[cls] as IdentifierClass, kind, start, end, canonical, score: rounded(score), flags: flagsOf(flags), region };
}

/** Takes a candidate in; below the lowest score it is dropped. Overlaps are settled when all are known. */
export function accept(sink: Sink, finding: Finding): boolean {
  let f = finding;
  if (sink.trace !== undefined) {
    f = { ...f, trace: sink.trace };
    sink.trace = [];
  }
  const good = f.score >= sink.minScore;
  if (good) sink.found.push(f);
  else sink.rejected?.push(f);
  if (sink.found.length > sink.maxFindings) {
    throw new TokumeiError('TOKUMEI_FINDINGS_LIMIT', { where: 'findIdentifiers', parameter: 'maxFindings', expected: 'at least as many as the text holds', received: sink.maxFindings });
  }
  return good;
}

/** Sorts what was found and settles overlaps. */
export function settleAll({ found }: Sink): void {
  if (found.length < 2) return;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let n = 0;
  for (const f of found) {
    const last = n > 0 ? (found[n - 1] as Finding) : undefined;
    if (last !== undefined && last.end > f.start) found[n - 1] = settle(last, f);
    else found[n++] = f;
  }
  found.length = n;
}

/**
 * One of two overlapping findings, by the documented total order: the caller's list first, then the longer span, the
 * higher score, the class (mail, device, mobile or IP phone, telephone), the earlier start. Where neither contains the
 * other the winner takes over the span of both, so that no remainder stays in clear.
 */
function settle(a: Finding, b: Finding): Finding {
  const winner = order(a, b) <= 0 ? a : b;
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  return winner.start === start && winner.end === end ? winner : { ...winner, start, end };
}

function order(a: Finding, b: Finding): number {
  return (
    Number(b.flags.includes('listed')) - Number(a.flags.includes('listed')) ||
    b.end - b.start - (a.end - a.start) ||
    b.score - a.score ||
    CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) ||
    a.start - b.start
  );
}

/** Notes a rule for the trace, when one was asked for. */
export function note(sink: Sink, rule: string): void {
  sink.trace?.push(rule);
}
