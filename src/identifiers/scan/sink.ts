import { TokumeiError } from '../../core/errors.js';
import type { Words } from '../context/words.js';
import type { Finding, IdentifierClass, IdentifierFlag } from '../types.js';

/** What the verifiers write to: one per scan of a text. */
export interface Sink {
  /** Accepted findings: sorted by start, overlaps settled. */
  readonly found: Finding[];
  /** Candidates below the lowest score, kept only when an explanation was asked for. */
  readonly rejected: Finding[] | undefined;
  readonly minScore: number;
  readonly maxFindings: number;
  readonly words: Words;
  /** What the field's name says (bits of context/words), 0 without one. */
  readonly field: number;
  /** Rules applied to the candidate at hand; undefined when no trace was asked for. */
  trace: string[] | undefined;
}

/** The classes, in the order that settles overlaps between equals. */
export const CLASSES: readonly IdentifierClass[] = ['mail-address', 'device-address', 'mobile-or-ip-phone', 'telephone-number'];
export const MAIL = 0;
export const DEVICE = 1;

const NO_FLAGS: readonly IdentifierFlag[] = [];

/** Makes a candidate. `flags` are names held apart by spaces. */
export function candidate(cls: number, kind: string, start: number, end: number, canonical: string, score: number, flags: string = ''): Finding {
  return {
    class: CLASSES[cls] as IdentifierClass,
    kind,
    start,
    end,
    canonical,
    score: score > 0.98 ? 0.98 : score < 0 ? 0 : Math.round(score * 100) / 100,
    flags: flags === '' ? NO_FLAGS : (flags.trim().split(' ') as IdentifierFlag[]),
  };
}

/** Makes a candidate for a telephone number: its kind says which of the two classes it is of. */
export function phoneCandidate(kind: string, start: number, end: number, canonical: string, score: number, flags: string, region: string | undefined): Finding {
  const f = candidate(kind === 'mobile' || kind === 'ip-phone' || kind === 'sip-uri' ? 2 : 3, kind, start, end, canonical, score, flags);
  return region === undefined ? f : { ...f, region };
}

/** Takes a candidate in: below the lowest score it is dropped, where it overlaps earlier ones the total order decides. */
export function accept(sink: Sink, finding: Finding): boolean {
  let f = finding;
  if (sink.trace !== undefined) {
    f = { ...f, trace: sink.trace };
    sink.trace = [];
  }
  if (f.score < sink.minScore) {
    sink.rejected?.push(f);
    return false;
  }
  const { found } = sink;
  for (let last = found[found.length - 1]; last !== undefined && last.end > f.start; last = found[found.length - 1]) {
    found.pop();
    f = settle(last, f);
  }
  if (found.length >= sink.maxFindings) {
    throw new TokumeiError('TOKUMEI_FINDINGS_LIMIT', { where: 'findIdentifiers', parameter: 'maxFindings', expected: 'at least as many as the text holds', received: sink.maxFindings });
  }
  found.push(f);
  return true;
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

/** Two sorted lists as one, overlaps settled. */
export function merge(sink: Sink, more: readonly Finding[]): void {
  const all = [...sink.found, ...more].sort((a, b) => a.start - b.start || b.end - a.end);
  sink.found.length = 0;
  const { trace } = sink;
  sink.trace = undefined;
  for (const f of all) accept(sink, f);
  sink.trace = trace;
}

/** Notes a rule for the trace, when one was asked for. */
export function note(sink: Sink, rule: string): void {
  sink.trace?.push(rule);
}
