import { checkInteger, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { CONTEXT_WINDOW, MAX_IDENTIFIER_LENGTH } from '../limits.js';
import { compileTreatment, type TreatOptions } from '../treat/compile.js';
import type { TreatmentPolicy } from '../treat/policy.js';
import { StreamPass, type Reach } from './streamPass.js';

/** A text in pieces on its way through all passes of a treatment. One for each stream. */
export interface StreamEngine {
  readonly push: (piece: unknown) => string;
  readonly finish: () => string;
}

/** Checks policy and options now; gives a function that starts a stream. */
export function streamEngine(policy: TreatmentPolicy, options: TreatOptions, where: string): () => StreamEngine {
  const { maxFindings = Number.MAX_SAFE_INTEGER, ...rest } = checkOptions(options, where);
  checkInteger(maxFindings, where, 'maxFindings', 'TOKUMEI_FINDINGS_LIMIT', 1);
  const { passes } = compileTreatment(policy, rest, where);
  const reach = reachOf(options);
  return () => {
    const stages = passes.map((pass) => new StreamPass(pass, reach, maxFindings));
    return {
      push: (piece) => {
        if (typeof piece !== 'string') {
          throw new TokumeiError('TOKUMEI_STREAM_CHUNK', { where, message: 'takes pieces of text; decode bytes first, with TextDecoderStream' });
        }
        return stages.reduce((text, stage) => (text === '' ? '' : stage.push(text)), piece);
      },
      finish: () => stages.reduce((text, stage) => (text === '' ? '' : stage.push(text)) + stage.finish(), ''),
    };
  };
}

/** The scanner's own limits, or what the caller's detectors state where that is more: see `limits.ts`. */
function reachOf({ detectors = [] }: TreatOptions): Reach {
  const reach = Math.max(0, ...detectors.map(({ before, after }) => before + after));
  const longest = Math.max(MAX_IDENTIFIER_LENGTH, reach);
  return { longest, context: longest + Math.max(CONTEXT_WINDOW - MAX_IDENTIFIER_LENGTH, reach) };
}
