import { TokumeiError } from '../../core/errors.js';
import type { Finding } from '../types.js';
import type { CompiledPolicy } from './policy.js';

/**
 * The text from `from` to `to` with every finding replaced as the policy says. Findings are sorted by start and do not
 * overlap, so that each unit of the text is either copied once or replaced once.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_FINDINGS` when findings are out of order, overlap or lie outside the text;
 * `TOKUMEI_CALLBACK` when a treatment throws or gives no text.
 */
export function replaceFindings(text: string, findings: readonly Finding[], policy: CompiledPolicy, from: number, to: number): string {
  let out = '';
  let at = from;
  for (const finding of findings) {
    const { start, end } = finding;
    if (!(start >= at && end > start && end <= to)) {
      throw new TokumeiError('TOKUMEI_TREAT_FINDINGS', { where: 'treat', message: 'a finding lies outside the text, is empty or overlaps the one before' });
    }
    out += text.slice(at, start) + replacement(finding, text.slice(start, end), policy);
    at = end;
  }
  return out + text.slice(at, to);
}

function replacement(finding: Finding, written: string, policy: CompiledPolicy): string {
  const treatment = policy.treatmentOf(finding);
  let text: unknown;
  try {
    text = treatment.replace(finding, written);
  } catch (error) {
    if (error instanceof TokumeiError) throw error;
    throw new TokumeiError('TOKUMEI_CALLBACK', { where: treatment.name, message: 'the treatment threw; nothing is handed on' });
  }
  if (typeof text === 'string') return text;
  throw new TokumeiError('TOKUMEI_CALLBACK', { where: treatment.name, message: 'the treatment gave something else than text; nothing is handed on' });
}
