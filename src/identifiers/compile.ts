import { TokumeiError } from '../core/errors.js';
import { withOffsets } from './offsets.js';
import { type Compiled, compileOptions } from './options.js';
import { scan } from './scan/scan.js';
import { settleAll, type Sink } from './scan/sink.js';
import type { Finding, FindOptions } from './types.js';

/** A sink for one scan. */
export function openSink(compiled: Compiled, explain: boolean): Sink {
  const { minScore, maxFindings, words, field, fieldName, trace } = compiled;
  return { found: [], rejected: explain ? [] : undefined, minScore, maxFindings, words, field, fieldName, trace: trace || explain ? [] : undefined };
}

/** Scans a whole text. */
export function scanAll(text: string, compiled: Compiled, sink: Sink): Finding[] {
  if (typeof text !== 'string') throw new TokumeiError('TOKUMEI_TEXT', { where: 'findIdentifiers', parameter: 'text', expected: 'a string' });
  scan(text, compiled.plan, sink);
  if (compiled.detectors.length > 0) {
    for (const detector of compiled.detectors) sink.found.push(...detector.find(text));
    settleAll(sink);
  }
  const found = wanted(sink.found, compiled);
  return compiled.offsets === 'utf16' ? found : withOffsets(text, found, compiled.offsets);
}

/** Leaves out what the caller allowed or did not ask for. */
export function wanted(found: Finding[], { classes, allow }: Compiled): Finding[] {
  if (classes === undefined && allow === undefined) return found;
  return found.filter((f) => classes?.has(f.class) !== false && allow?.has(f.canonical) !== true);
}

/**
 * Makes a function of a text out of options, for callers that read many texts with the same options.
 *
 * `findIdentifiers` does the same and keeps the result per options object; this one saves the look-up.
 */
export function compileFinder(options: FindOptions = {}): (text: string) => Finding[] {
  const compiled = compileOptions(options);
  return (text) => scanAll(text, compiled, openSink(compiled, false));
}
