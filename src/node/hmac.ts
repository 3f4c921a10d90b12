import { hash } from 'node:crypto';
import { macOf, type Mac } from '../hash/mac.js';
import { Prefixed } from '../hash/prefixed.js';

const BLOCK = 64;

/**
 * HMAC-SHA-256 (RFC 2104) over Node's own SHA-256: give it as `mac` to `pseudonym`.
 *
 * Two calls of the one-shot `crypto.hash` on the padded key (RFC 2104, section 2) give the same bytes as
 * `crypto.createHmac('sha256', key).update(message).digest()` in about a third of the time for messages as short
 * as identifiers, because no stream object is made. The digests travel as Latin-1 strings, which Node hands over
 * faster than buffers.
 */
export const nodeHmacSha256: Mac = /* @__PURE__ */ macOf((key) => {
  const short = key.length > BLOCK ? bytesOf(hash('sha256', key, 'binary'), new Uint8Array(32)) : key;
  let inner = new Prefixed(BLOCK + 192);
  const outer = new Uint8Array(BLOCK + 32);
  const out = new Uint8Array(32);
  for (let i = 0; i < BLOCK; i++) {
    inner.bytes[i] = (short[i] ?? 0) ^ 0x36;
    outer[i] = (short[i] ?? 0) ^ 0x5c;
  }
  return (message) => {
    const length = BLOCK + message.length;
    if (length > inner.bytes.length) {
      const longer = new Prefixed(length * 2);
      longer.bytes.set(inner.bytes.subarray(0, BLOCK));
      inner = longer;
    }
    inner.bytes.set(message, BLOCK);
    const digest = hash('sha256', inner.first(length), 'binary');
    for (let i = 0; i < 32; i++) outer[BLOCK + i] = digest.charCodeAt(i);
    return bytesOf(hash('sha256', outer, 'binary'), out);
  };
});

function bytesOf(latin1: string, out: Uint8Array): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = latin1.charCodeAt(i);
  return out;
}
