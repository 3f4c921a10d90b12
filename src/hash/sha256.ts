import { sha256 as digest } from '@noble/hashes/sha2.js';

/**
 * SHA-256 of some bytes (FIPS 180-4), by `@noble/hashes`.
 *
 * Unkeyed: never use it to hide an identifier, whose possible values can all be tried in minutes. That is what
 * {@link hmacSha256} is for.
 */
export function sha256(message: Uint8Array): Uint8Array {
  return digest(message);
}
