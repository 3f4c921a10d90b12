import type { OptionCheck } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Treatment } from './types.js';

/** The check of an option that is a treatment. */
export const TREATMENT: OptionCheck = [isTreatment, 'TOKUMEI_TREAT_POLICY', 'a treatment such as label() or mask()'];

/** @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` when `value` is not a treatment. */
export function checkTreatment(value: unknown, where: string, parameter: string): Treatment {
  if (isTreatment(value)) return value;
  throw new TokumeiError(TREATMENT[1], { where, parameter, expected: TREATMENT[2], received: value });
}

function isTreatment(value: unknown): value is Treatment {
  const { name, scope, edges, replace, isOwn } = (value ?? {}) as Partial<Treatment>;
  return (
    typeof name === 'string' &&
    ['row-local', 'across-rows'].includes(scope as string) &&
    ['closed', 'open', 'clear'].includes(edges as string) &&
    typeof replace === 'function' &&
    (isOwn === undefined || typeof isOwn === 'function')
  );
}
