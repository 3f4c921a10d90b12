import { TokumeiError } from '../../../core/errors.js';

/** A copy of the key, so that a change by the caller afterwards changes nothing. The error says lengths, never bytes. */
export function checkKey(key: unknown, where: string, parameter: string, lengths: (length: number) => boolean, expected: string): Uint8Array {
  if (!isBytes(key)) throw new TokumeiError('TOKUMEI_KEY', { where, parameter, expected: `a Uint8Array of ${expected}` });
  if (!lengths(key.length)) throw new TokumeiError('TOKUMEI_KEY', { where, parameter, expected: `a Uint8Array of ${expected}`, received: key.length });
  if (key.every((byte) => byte === key[0])) {
    throw new TokumeiError('TOKUMEI_KEY', { where, parameter, expected: 'random bytes, not one byte repeated' });
  }
  return Uint8Array.from(key);
}

/** The caller's name for what the output is used for: part of every hash and of every sealed token. */
export function checkContext(context: unknown, where: string): string {
  if (typeof context === 'string' && context.length > 0) return context;
  throw new TokumeiError('TOKUMEI_CONTEXT', { where, parameter: 'context', expected: 'a text that is not empty', received: context });
}

/** Also true for bytes of another window or test environment, whose `Uint8Array` is another class. */
function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array || (ArrayBuffer.isView(value) && value.constructor.name === 'Uint8Array');
}
