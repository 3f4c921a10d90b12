import { TokumeiError } from '../../core/errors.js';
import type { Finding } from '../types.js';
import type { Treatment } from './types.js';

/**
 * The text from `from` to `to` with every finding replaced. Findings are sorted by start and do not
 * overlap, so that each unit of the text is either copied once or replaced once.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_FINDINGS` when findings are out of order, overlap or lie outside the text.
 */
export function replaceFindings(text: string, findings: readonly Finding[], from: number, to: number, replacement: (finding: Finding, written: string) => string): string {
  let out = '';
  let at = from;
  for (const finding of findings) {
    const { start, end } = finding;
    if (!(start >= at && end > start && end <= to)) {
      throw new TokumeiError('TOKUMEI_TREAT_FINDINGS', { where: 'treat', message: 'findings have to lie within the text, in order, and hold something' });
    }
    out += text.slice(at, start) + replacement(finding, text.slice(start, end));
    at = end;
  }
  return out + text.slice(at, to);
}

/**
 * What a treatment puts in the place of a finding.
 *
 * @throws {TokumeiError} `TOKUMEI_CALLBACK` when it throws or gives no text.
 */
export function replacementBy(treatment: Treatment, finding: Finding, written: string): string {
  try {
    const text: unknown = treatment.replace(finding, written);
    if (typeof text === 'string') return text;
  } catch (error) {
    if (error instanceof TokumeiError) throw error;
  }
  throw new TokumeiError('TOKUMEI_CALLBACK', { where: treatment.name, message: 'the treatment threw, or gave no text' });
}
