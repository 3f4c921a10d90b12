import { TokumeiError } from '../core/errors.js';
import { textBytesBound, writeText } from './text.js';

/** A value that has one canonical form in bytes. Numbers are whole and at most 2^53 - 1 in size; `-0` is `0`. */
export type CanonicalValue = string | number | bigint | boolean | null;

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const INTEGER = 3;
const TEXT = 4;
const LENGTH_BYTES = 4;

/**
 * The one sequence of bytes that stands for a list of values: what is hashed is always this, never a joined string.
 *
 * Each value is a tag, and for texts and whole numbers the length in four bytes (big-endian) and then UTF-8 or the
 * decimal digits. Every value ends itself, so `['ab', 'c']` and `['a', 'bc']` differ, and two different lists never
 * give the same bytes; text is taken as it is (no Unicode normalization) and lone surrogates stay distinct.
 *
 * @throws {TokumeiError} `TOKUMEI_CANONICAL_VALUE` for a number that is not whole or too large, and for any other type.
 * @example
 * [...canonicalBytes(['a', 1])]; // => [4, 0, 0, 0, 1, 97, 3, 0, 0, 0, 1, 49]
 */
export function canonicalBytes(values: readonly CanonicalValue[]): Uint8Array {
  const parts = values.map(bodyOf);
  let bound = 0;
  for (const part of parts) bound += 1 + (typeof part === 'string' ? LENGTH_BYTES + textBytesBound(part) : 0);
  const bytes = new Uint8Array(bound);
  const view = new DataView(bytes.buffer);
  let at = 0;
  parts.forEach((part, i) => {
    if (typeof part === 'number') {
      bytes[at++] = part;
      return;
    }
    bytes[at++] = typeof values[i] === 'string' ? TEXT : INTEGER;
    const end = writeText(part, bytes, at + LENGTH_BYTES);
    view.setUint32(at, end - at - LENGTH_BYTES);
    at = end;
  });
  return bytes.slice(0, at);
}

/** The text of a value that has one, or the tag that says it all. */
function bodyOf(value: CanonicalValue): string | number {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  if (value === null) return NULL;
  if (value === false) return FALSE;
  if (value === true) return TRUE;
  throw new TokumeiError('TOKUMEI_CANONICAL_VALUE', {
    where: 'canonicalBytes',
    message: `takes text, whole numbers up to 2^53 - 1, booleans and null, not ${typeof value === 'number' ? 'another number' : `a value of type ${typeof value}`}`,
  });
}
