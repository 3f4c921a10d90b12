import { openSink, scanAll } from './compile.js';
import { compileOptions } from './options.js';
import type { Finding, FindOptions } from './types.js';

/** What was found in a text and what was not, each with the rules that were applied. */
export interface Explanation {
  readonly findings: readonly Finding[];
  /** Candidates that had the form of an identifier, but a score below `minScore`. */
  readonly rejected: readonly Finding[];
}

/**
 * Says why each identifier of a text was reported, and why others were not: a `trace` per finding and per candidate.
 *
 * When to use: to choose `minScore`, to see which word decided, to report a miss. The rules are listed in
 * `docs/identifiers.md`. For an operator's eyes: it holds what it found.
 *
 * @throws {TokumeiError} as `findIdentifiers`.
 * @example
 * ```ts
 * import { explainIdentifiers } from 'tokumei/identifiers';
 * const { findings, rejected } = explainIdentifiers('注文番号 0312345678、電話 0312345679');
 * findings.map((f) => f.trace); // => [['phone:JP:fixed-line:shape-1', 'word:phone']]
 * rejected.map((f) => f.trace); // => [['phone:JP:fixed-line:shape-1', 'word:other']]
 * ```
 */
export function explainIdentifiers(text: string, options: FindOptions = {}): Explanation {
  const compiled = compileOptions(options);
  const sink = openSink(compiled, true);
  const findings = scanAll(text, compiled, sink);
  return { findings, rejected: sink.rejected ?? [] };
}
