import type { Words } from '../context/words.js';
import type { Carriers } from '../mail/carriers.js';
import type { Japan } from '../phone/japan.js';
import type { NationalFinder } from '../phone/national.js';
import type { Finding, IdentifierClass, IdentifierFlag } from '../types.js';

/** What the verifiers ask: made once per options object. */
export interface Plan {
  readonly minScore: number;
  readonly words: Words;
  /** What the field's name says (bits of context/words), 0 without one. */
  readonly field: number;
  readonly fieldName: string;
  readonly operatorOf: Carriers;
  readonly japan: Japan | undefined;
  readonly national: NationalFinder | undefined;
}

/** What the verifiers ask and what they write to: one per scan of a text. */
export interface Sink extends Plan {
  /** Accepted candidates; in the order of the passes, overlaps among them. */
  readonly found: Finding[];
  /** Candidates below the lowest score, kept only when an explanation was asked for. */
  readonly rejected: Finding[] | undefined;
  /** Rules applied to the candidate at hand; undefined when no trace was asked for. */
  trace: string[] | undefined;
}

/** The classes, in the order that settles overlaps between equals. */
export const CLASSES: readonly IdentifierClass[] = ['mail-address', 'device-address', 'mobile-or-ip-phone', 'telephone-number'];
export const MAIL = 0;
export const DEVICE = 1;

const NONE: readonly IdentifierFlag[] = /* @__PURE__ */ Object.freeze([]);
/** Each set of flags once: most findings share a few. */
const flagSets: Map<string, readonly IdentifierFlag[]> = /* @__PURE__ */ new Map();

function flagsOf(names: string): readonly IdentifierFlag[] {
  if (names === '') return NONE;
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
  return good;
}

/** Notes a rule for the trace, when one was asked for. */
export function note(sink: Sink, rule: string): void {
  sink.trace?.push(rule);
}
