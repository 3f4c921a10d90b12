import { checkInteger, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { canonicalBytes } from '../../../hash/canonical.js';
import { hmacSha256 } from '../../../hash/hmac.js';
import type { Mac } from '../../../hash/mac.js';
import { Prefixed } from '../../../hash/prefixed.js';
import { textBytesBound, writeText } from '../../../hash/text.js';
import type { RowLocalTreatment } from '../types.js';
import { checkContext, checkKey } from './keys.js';
import { LetterFrame } from './letters.js';

/** Options of {@link pseudonym}. */
export interface PseudonymOptions {
  /** At least 32 random bytes. Who has it can test any guess, so it never leaves where it is used. */
  readonly key: Uint8Array;
  /** What the pseudonyms are for, such as `shop/analytics`. Two contexts do not join, even under one key. */
  readonly context: string;
  /** HMAC-SHA-256, synchronous. `@noble/hashes` by default; `nodeHmacSha256` of `tokumei/node` is faster in Node. */
  readonly mac?: Mac;
  /** Bits that are kept: 128 (the default) to 256, in steps of 8. */
  readonly bits?: number;
}

/** Remembered pseudonyms; the map is emptied when full, which changes no output. */
const CACHE = 1 << 14;

/**
 * Puts a keyed pseudonym in place of the finding: `[mail-address:…]` with 32 letters for 128 bits.
 *
 * When to use: rows of the same person must be joined, and the identifier itself must not be there. The same
 * identifier gives the same pseudonym however it is written (`090-…`, `０９０…`, `+81 90 …`), because the canonical value
 * is hashed. Different classes and different contexts never join.
 *
 * HMAC-SHA-256 (RFC 2104) over {@link canonicalBytes} of `['tokumei pseudonym 1', context, class, canonical]`, cut to
 * `bits`. An unkeyed hash would be a table look-up: all Japanese mobile numbers take minutes. Two of n identifiers
 * share a pseudonym with a chance below n²/2^(bits+1). Letters run from `g` to `v`, so that no part of a pseudonym
 * reads as a number or an address; the same as `translate(encode(hmac(…), 'hex'), '0123456789abcdef', 'ghijklmnopqrstuv')`
 * in PostgreSQL, cut to bits/4 letters.
 *
 * The caller's duty: keep the key apart from the data and replace it when the purpose ends. Pseudonymous data are
 * personal data: how often each one appears may identify a person without any key.
 *
 * Cost: about 2 µs for an identifier not seen lately (1 µs with `nodeHmacSha256`), 0.1 µs for one that was.
 *
 * @throws {TokumeiError} `TOKUMEI_KEY` for a key that is not bytes, shorter than 32 or one byte repeated;
 * `TOKUMEI_CONTEXT` for an empty context; `TOKUMEI_PSEUDONYM_BITS`; `TOKUMEI_MAC` when `mac` is not HMAC-SHA-256.
 * @example
 * const key = Uint8Array.from({ length: 32 }, (_, i) => i); // in earnest: random bytes from a key store
 * treat({ 'mail-address': pseudonym({ key, context: 'docs' }) })('yamada@example.com');
 * // => '[mail-address:sgskqmkrolrklvnjvjtnmmlpupurpnop]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function pseudonym(options: PseudonymOptions): RowLocalTreatment {
  const { key, context, mac = hmacSha256, bits = 128 } = checkOptions(options, 'pseudonym', 'key context mac bits');
  const secret = checkKey(key, 'pseudonym', 'key', (length) => length >= 32, 'at least 32 bytes');
  checkContext(context, 'pseudonym');
  checkInteger(bits, 'pseudonym', 'bits', 'TOKUMEI_PSEUDONYM_BITS', 128, 256);
  if (bits % 8 !== 0) throw new TokumeiError('TOKUMEI_PSEUDONYM_BITS', { where: 'pseudonym', parameter: 'bits', expected: 'a multiple of 8', received: bits });
  checkMac(mac);
  const keyed = mac.prepare?.(secret) ?? ((message: Uint8Array) => mac(secret, message));
  const hashers = new Map<string, (canonical: string) => string>();
  return {
    name: 'pseudonym',
    scope: 'row-local',
    edges: 'closed',
    settings: { context, bits },
    replace: (finding) => {
      let hasher = hashers.get(finding.class);
      if (hasher === undefined) {
        hasher = hasherOf(finding.class, context, keyed, bits / 8);
        hashers.set(finding.class, hasher);
      }
      return hasher(finding.canonical);
    },
  };
}

function hasherOf(cls: string, context: string, keyed: (message: Uint8Array) => Uint8Array, size: number): (canonical: string) => string {
  // What comes before the value: context and class, then a text's tag and the place for its length.
  const head = canonicalBytes(['tokumei pseudonym 1', context, cls, '']);
  const body = head.length;
  let message = new Prefixed(0);
  let view = new DataView(message.bytes.buffer);
  const letters = new LetterFrame(`[${cls}:`, size, ']');
  const cache = new Map<string, string>();
  return (canonical) => {
    const known = cache.get(canonical);
    if (known !== undefined) return known;
    const bound = body + textBytesBound(canonical);
    if (message.bytes.length < bound) {
      message = new Prefixed(bound * 2);
      view = new DataView(message.bytes.buffer);
      message.bytes.set(head);
    }
    const end = writeText(canonical, message.bytes, body);
    view.setUint32(body - 4, end - body);
    const made = letters.around(checkDigest(keyed(message.first(end))));
    if (cache.size >= CACHE) cache.clear();
    cache.set(canonical, made);
    return made;
  };
}

// HMAC-SHA-256 of 'tokumei' under the bytes 0 to 31.
const KNOWN: readonly number[] = [55, 157, 83, 114, 228, 170, 94, 199, 241, 222, 108, 174, 4, 47, 20, 136, 190, 207, 175, 190, 217, 192, 68, 244, 168, 97, 74, 175, 90, 120, 101, 118];

/** An unkeyed hash, a promise or another length in place of HMAC-SHA-256 would be found out by nobody later. */
function checkMac(mac: unknown): void {
  if (typeof mac === 'function' && givesKnownAnswer(mac as Mac)) return;
  throw new TokumeiError('TOKUMEI_MAC', { where: 'pseudonym', parameter: 'mac', expected: 'HMAC-SHA-256: (key, message) => 32 bytes, synchronous' });
}

function givesKnownAnswer(mac: Mac): boolean {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  const message = new TextEncoder().encode('tokumei');
  try {
    const digests = [mac(key, message), mac.prepare === undefined ? KNOWN : mac.prepare(key)(message)];
    return digests.every((digest) => digest.length === 32 && KNOWN.every((byte, i) => digest[i] === byte));
  } catch {
    return false;
  }
}

function checkDigest(digest: Uint8Array): Uint8Array {
  if (digest?.length === 32) return digest;
  throw new TokumeiError('TOKUMEI_MAC', { where: 'pseudonym', parameter: 'mac', expected: 'to give 32 bytes for every message' });
}
