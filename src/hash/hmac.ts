import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { macOf, type Mac } from './mac.js';

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1), by `@noble/hashes`: runs wherever JavaScript does.
 *
 * `hmacSha256.prepare(key)` hashes the padded key once and copies that state for each message, which is about
 * four times as fast for short messages. In Node, `nodeHmacSha256` from `tokumei/node` is about twice as fast again.
 */
export const hmacSha256: Mac = /* @__PURE__ */ macOf((key) => {
  const start = hmac.create(sha256, key);
  const work = start.clone();
  const out = new Uint8Array(32);
  return (message) => {
    start._cloneInto(work);
    work.update(message).digestInto(out);
    return out;
  };
});
