import { TokumeiError } from '../core/errors.js';
import { withOffsets } from './offsets.js';
import { type Compiled, compileOptions } from './options.js';
import { scan } from './scan/scan.js';
import { settleAll } from './scan/settle.js';
import { accept, type Sink } from './scan/sink.js';
import type { Finding, FindOptions } from './types.js';

/** A sink for one scan. */
export function openSink(compiled: Compiled, explain: boolean): Sink {
  // Field by field: the engine's code for the verifiers is made for objects of one shape.
  const { minScore, words, field, fieldName, operatorOf, japan, national, traced } = compiled;
  return { found: [], rejected: explain ? [] : undefined, trace: traced || explain ? [] : undefined, minScore, words, field, fieldName, operatorOf, japan, national };
}

/** Scans a whole text. */
export function scanAll(text: string, compiled: Compiled, sink: Sink): Finding[] {
  if (typeof text !== 'string') throw new TokumeiError('TOKUMEI_TEXT', { where: 'findIdentifiers', parameter: 'text', expected: 'a string' });
  scan(text, sink);
  for (const detector of compiled.detectors) {
    for (const finding of detector.find(text)) {
      const { start, end } = finding;
      if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= text.length)) {
        throw new TokumeiError('TOKUMEI_DETECTOR', { where: 'findIdentifiers', parameter: 'detectors', expected: 'to find places in the text' });
      }
      accept(sink, finding);
    }
  }
  const { classes, allow, maxFindings, offsets } = compiled;
  const found = settleAll(text, sink.found).filter((f) => classes?.includes(f.class) !== false && !allow?.has(f.canonical));
  if (found.length > maxFindings) {
    throw new TokumeiError('TOKUMEI_FINDINGS_LIMIT', { where: 'findIdentifiers', parameter: 'maxFindings', expected: 'at least as many as the text holds', received: maxFindings });
  }
  return offsets === 'utf16' ? found : withOffsets(text, found, offsets);
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
