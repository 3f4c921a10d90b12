import { checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { canonicalBytes } from '../../../hash/canonical.js';
import type { RowLocalTreatment } from '../types.js';
import { checkContext, checkKey } from './keys.js';
import { bytesOfLetters, lettersOf } from './letters.js';

/** AES-SIV (RFC 5297): `aessiv` of `@noble/ciphers/aes.js`, or a function of the same shape. */
export type AesSiv = (
  key: Uint8Array,
  ...associatedData: Uint8Array[]
) => { readonly encrypt: (plaintext: Uint8Array) => Uint8Array; readonly decrypt: (ciphertext: Uint8Array) => Uint8Array };

/** What sealing and opening tokens have in common. */
export interface TokenKeys {
  /** `aessiv` of `@noble/ciphers/aes.js`: an argument, so that nobody else loads that package. */
  readonly cipher: AesSiv;
  /** Keys of 32, 48 or 64 random bytes by id (one to eight letters a to z and up to four digits: `k1`). Old keys stay here to open what they sealed. */
  readonly keys: Readonly<Record<string, Uint8Array>>;
  /** What the tokens are for, such as `support/tickets`. A token of one context does not open in another. */
  readonly context: string;
}

/** Options of {@link token}. */
export interface TokenOptions extends TokenKeys {
  /** The id of the key that seals. */
  readonly current: string;
}

/**
 * Puts a sealed token in place of the finding, which {@link revealTokens} turns back: `[mail-address:k1:…]`.
 *
 * When to use: someone who holds the key must be able to get the identifier back. Where nobody must, use
 * {@link pseudonym}, which cannot be turned back.
 *
 * AES-SIV (RFC 5297) over the canonical value, with the key's id, the context and the class as associated data. It is
 * deterministic: the same identifier gives the same token under one key, so that rows join, and misuse of nonces is
 * impossible; a token that was changed or moved to another class does not open. What comes back is the canonical
 * value (`+819012345678`), not the way in which it was written. A token's length tells the identifier's length.
 *
 * To change keys, add a new one, make it `current` and keep the old one until its tokens are gone.
 *
 * @throws {TokumeiError} `TOKUMEI_KEY` for a key of another length or of one byte repeated; `TOKUMEI_TOKEN_KEY_ID` for
 * an id of another form or a `current` without a key; `TOKUMEI_CONTEXT`; `TOKUMEI_TOKEN_CIPHER` when the cipher does
 * not give RFC 5297's own example.
 * @example
 * import { aessiv } from '@noble/ciphers/aes.js';
 * const keys = { k1: Uint8Array.from({ length: 32 }, (_, i) => i) }; // in earnest: random bytes from a key store
 * const sealed = treat({ 'mail-address': token({ cipher: aessiv, keys, current: 'k1', context: 'docs' }) })('to a@corp.jp');
 * revealTokens({ cipher: aessiv, keys, context: 'docs' })(sealed); // => 'to a@corp.jp'
 */
/* @__NO_SIDE_EFFECTS__ */
export function token(options: TokenOptions): RowLocalTreatment {
  const { current } = checkOptions(options, 'token');
  const { cipher, keys, context } = checkTokenKeys(options, 'token');
  const key = keys.get(current);
  if (key === undefined) throw new TokumeiError('TOKUMEI_TOKEN_KEY_ID', { where: 'token', parameter: 'current', expected: 'the id of one of the keys', received: current });
  const encoder = new TextEncoder();
  return {
    name: 'token',
    scope: 'row-local',
    edges: 'closed',
    settings: { context, current },
    replace: (finding) => {
      // A lone surrogate has no UTF-8; sealing U+FFFD in its place would give another value back.
      if (/\p{Cs}/u.test(finding.canonical)) return `[${finding.class}]`;
      const sealed = cipher(key, associated(current, context, finding.class)).encrypt(encoder.encode(finding.canonical));
      return `[${finding.class}:${current}:${lettersOf(sealed)}]`;
    },
  };
}

/**
 * Opens the tokens of {@link token} in a text: each becomes the canonical value that was sealed.
 *
 * Brackets that only look like a token (other letters, an id that has no key here) stay as they are; one that names a
 * known key and does not open throws, because it was changed or belongs to another context.
 *
 * @throws {TokumeiError} as {@link token}; the stage throws `TOKUMEI_TOKEN_INVALID` for a token that does not open.
 */
/* @__NO_SIDE_EFFECTS__ */
export function revealTokens(options: TokenKeys): (text: string) => string {
  const { cipher, keys, context } = checkTokenKeys(checkOptions(options, 'revealTokens'), 'revealTokens');
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reveal = (body: string): string | undefined => {
    const [cls = '', id = '', letters = '', ...more] = body.split(':');
    const key = keys.get(id);
    const sealed = bytesOfLetters(letters);
    if (key === undefined || sealed === undefined || sealed.length < 16 || more.length > 0 || !CLASSES.includes(cls)) return undefined;
    try {
      return decoder.decode(cipher(key, associated(id, context, cls)).decrypt(sealed));
    } catch {
      throw new TokumeiError('TOKUMEI_TOKEN_INVALID', { where: 'revealTokens', message: 'a token does not open: it was changed, or sealed for another context' });
    }
  };
  return (text) => {
    let out = '';
    let at = 0;
    let from = 0;
    // Each part up to a closing bracket is looked at once: the time is linear also where brackets are all of one kind.
    for (let end = text.indexOf(']'); end >= 0; end = text.indexOf(']', from)) {
      const open = text.slice(from, end).lastIndexOf('[');
      const value = open < 0 ? undefined : reveal(text.slice(from + open + 1, end));
      if (value !== undefined) {
        out += text.slice(at, from + open) + value;
        at = end + 1;
      }
      from = end + 1;
    }
    return out + text.slice(at);
  };
}

const KEY_ID = /^[a-z]{1,8}[0-9]{0,4}$/;
const CLASSES: readonly string[] = ['mail-address', 'device-address', 'telephone-number', 'mobile-or-ip-phone'];

function associated(id: string, context: string, cls: string): Uint8Array {
  return canonicalBytes(['tokumei token 1', id, context, cls]);
}

function checkTokenKeys(options: TokenKeys, where: string): { cipher: AesSiv; keys: ReadonlyMap<string, Uint8Array>; context: string } {
  checkOptions(options.keys, where);
  const keys = new Map<string, Uint8Array>();
  for (const [id, key] of Object.entries(options.keys)) {
    if (!KEY_ID.test(id)) {
      throw new TokumeiError('TOKUMEI_TOKEN_KEY_ID', { where, parameter: 'keys', expected: 'named by one to eight letters a to z and up to four digits', received: id });
    }
    keys.set(id, checkKey(key, where, `keys.${id}`, (length) => length === 32 || length === 48 || length === 64, '32, 48 or 64 bytes'));
  }
  checkCipher(options.cipher, where);
  return { cipher: options.cipher, keys, context: checkContext(options.context, where) };
}

// RFC 5297, appendix A.1.
const EXAMPLE = {
  key: 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
  associated: '101112131415161718191a1b1c1d1e1f2021222324252627',
  plaintext: '112233445566778899aabbccddee',
  output: '85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c',
};

/** Any other cipher given by mistake (one that needs a nonce, one without a tag) is found out here. */
function checkCipher(cipher: unknown, where: string): void {
  const [key, data, plaintext, output] = [EXAMPLE.key, EXAMPLE.associated, EXAMPLE.plaintext, EXAMPLE.output].map(bytesOfHex) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  let sealed: Uint8Array | undefined;
  try {
    sealed = typeof cipher === 'function' ? (cipher as AesSiv)(key, data).encrypt(plaintext) : undefined;
  } catch {
    sealed = undefined;
  }
  if (sealed?.length === output.length && output.every((byte, i) => sealed[i] === byte)) return;
  throw new TokumeiError('TOKUMEI_TOKEN_CIPHER', { where, parameter: 'cipher', expected: 'AES-SIV, such as aessiv of @noble/ciphers/aes.js' });
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
