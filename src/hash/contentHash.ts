import { canonicalJson } from './canonicalJson.js';
import { sha256 } from './sha256.js';

/** `sha256:` and 64 hex digits over the canonical JSON of data and manifest, the hash itself left out. */
export function contentHash(data: unknown, manifest: object): string {
  const { contentHash: _, ...rest } = manifest as { readonly contentHash?: unknown };
  const bytes = sha256(new TextEncoder().encode(canonicalJson({ data, manifest: rest })));
  return `sha256:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
