import { TokumeiError } from '../../core/errors.js';
import type { Treatment } from './types.js';

/** @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` when `value` is not a treatment. */
export function checkTreatment(value: unknown, where: string, parameter: string): Treatment {
  const { name, scope, edges, replace, isOwn } = (value ?? {}) as Partial<Treatment>;
  if (typeof name === 'string' && SCOPES.includes(scope as string) && EDGES.includes(edges as string) && typeof replace === 'function' && (isOwn === undefined || typeof isOwn === 'function')) return value as Treatment;
  throw new TokumeiError('TOKUMEI_TREAT_POLICY', { where, parameter, expected: 'a treatment such as label() or mask()', received: value });
}

const SCOPES: readonly string[] = ['row-local', 'across-rows'];
const EDGES: readonly string[] = ['closed', 'open', 'clear'];
