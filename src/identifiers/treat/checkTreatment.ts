import { TokumeiError } from '../../core/errors.js';
import type { Treatment } from './types.js';

/** @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` when `value` is not a treatment. */
export function checkTreatment(value: unknown, where: string, parameter: string): Treatment {
  if (isTreatment(value)) return value;
  throw new TokumeiError('TOKUMEI_TREAT_POLICY', { where, parameter, expected: 'a treatment such as label() or mask()', received: value });
}

function isTreatment(value: unknown): value is Treatment {
  if (typeof value !== 'object' || value === null) return false;
  const t = value as Partial<Record<keyof Treatment, unknown>>;
  return (
    typeof t.name === 'string' &&
    (t.scope === 'row-local' || t.scope === 'across-rows') &&
    (t.edges === 'closed' || t.edges === 'open' || t.edges === 'clear') &&
    typeof t.replace === 'function' &&
    (t.isOwn === undefined || typeof t.isOwn === 'function')
  );
}
