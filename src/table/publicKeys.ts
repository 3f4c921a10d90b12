import { TokumeiError } from '../core/errors.js';
import type { Key } from '../core/statement.js';
import type { Coded, Content } from './columns/coded.js';
import { asKey } from './columns/encode.js';

/** Keys that are known without looking at the data: a catalogue, a list of countries, the hours of a day. */
export interface PublicKeys<K extends Key | readonly Key[] = Key | readonly Key[]> {
  readonly origin: 'public';
  readonly keys: readonly K[];
}

/**
 * Declares the keys of a table or ranking. Rows with other keys are left out before contributions are bounded.
 *
 * **Duty:** the list must come from public knowledge (a catalogue, a standard), not from the data: a key that is
 * listed because somebody used it says that somebody did. Keys nobody used are published too, with noise.
 *
 * @throws {TokumeiError} `TOKUMEI_KEYS` when the list is empty or an entry is neither text, a whole number, a truth value nor null (or a tuple of these).
 * @example
 * publicKeys(['maps', 'mail', 'maps']).keys; // => ['maps', 'mail']
 */
/* @__NO_SIDE_EFFECTS__ */
export function publicKeys<const K extends Key | readonly Key[]>(keys: Iterable<K>): PublicKeys<K> {
  if (typeof keys !== 'object' || keys === null || !(Symbol.iterator in keys)) {
    throw new TokumeiError('TOKUMEI_KEYS', { where: 'publicKeys', parameter: 'keys', expected: 'a list of keys', received: keys });
  }
  const known = new Map<string, K>();
  for (const key of keys) {
    const parts: readonly unknown[] = Array.isArray(key) ? key : [key];
    if (parts.length === 0 || !parts.every((part) => part !== undefined && asKey(part) !== undefined)) {
      throw new TokumeiError('TOKUMEI_KEYS', { where: 'publicKeys', parameter: 'keys', expected: 'text, whole numbers, truth values, null, or tuples of these', received: key });
    }
    const id = keyId(key as Content);
    if (!known.has(id)) known.set(id, (Array.isArray(key) ? Object.freeze(key.map((part) => asKey(part))) : asKey(key)) as K);
  }
  if (known.size === 0) throw new TokumeiError('TOKUMEI_KEYS', { where: 'publicKeys', parameter: 'keys', expected: 'at least one key' });
  return Object.freeze({ origin: 'public', keys: Object.freeze([...known.values()]) });
}

/** One text for one content: 1 and '1' differ, lone surrogates stay distinct (JSON escapes them). */
export const keyId = (content: Content): string => JSON.stringify(content, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

/** For each code of a column the position of its key in the declared list, -1 where it was not declared. */
export function mapToKeys(coded: Coded, keys: PublicKeys): Int32Array {
  const position = new Map(keys.keys.map((key, at) => [keyId(key as Content), at]));
  const map = new Int32Array(coded.size);
  for (let code = 0; code < coded.size; code++) map[code] = position.get(keyId(coded.content(code))) ?? -1;
  return map;
}

/** @throws {TokumeiError} `TOKUMEI_KEYS` when `keys` was not made by {@link publicKeys} or its tuples do not fit `by`. */
export function checkPublicKeys(where: string, keys: unknown, by: readonly string[], single: boolean): PublicKeys {
  if (typeof keys === 'object' && keys !== null && (keys as PublicKeys).origin === 'public' && Array.isArray((keys as PublicKeys).keys)) {
    const fits = (key: unknown): boolean => (single ? !Array.isArray(key) : Array.isArray(key) && key.length === by.length);
    // A copy, checked anew: the list must not change between the design of the noise and the count.
    if ((keys as PublicKeys).keys.every(fits)) return publicKeys((keys as PublicKeys).keys);
    throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: single ? 'single values, one for each group' : `tuples of ${by.length}, as in by` });
  }
  throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: 'publicKeys([…])', received: keys });
}
