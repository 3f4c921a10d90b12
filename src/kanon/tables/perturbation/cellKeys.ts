import { TokumeiError } from '../../../core/errors.js';
import { canonicalBytes } from '../../../hash/canonical.js';
import { hmacSha256 } from '../../../hash/hmac.js';
import { SipHasher, type SipKey } from '../../../hash/siphash.js';
import { hashContent, type Coded } from '../../../table/columns/coded.js';
import { KEYS } from './cellNoise.js';

/** @throws {TokumeiError} `TOKUMEI_CELL_KEY` when the secret is no byte array of at least 16 bytes, or all zero: a buffer that nobody has filled. */
export function checkSecret(where: string, secret: Uint8Array): Uint8Array {
  if (secret instanceof Uint8Array && secret.length >= 16 && secret.some((byte) => byte !== 0)) return secret.slice();
  throw new TokumeiError('TOKUMEI_CELL_KEY', { where, parameter: 'secret', expected: 'a Uint8Array of at least 16 secret bytes, not all zero' });
}

/** The key of SipHash for one kind of unit: HMAC-SHA-256 of the secret, so that users and devices have keys that know nothing of each other. */
export function unitKey(secret: Uint8Array, unit: string): SipKey {
  const bytes = hmacSha256(secret, canonicalBytes(['tokumei cell key 1', unit]));
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true), view.getInt32(12, true)];
}

/** For each cell its distinct units and the sum of their keys modulo 2^52. */
export interface CellSums {
  readonly counts: Float64Array;
  readonly keys: Float64Array;
}

/**
 * Counts distinct units and adds up their keys, cell by cell. A unit's key is the SipHash-2-4 of its content, cut to 52 bits: the same unit has
 * the same key whatever the order of rows, in every table. Rows are sorted by unit first, so that each unit is hashed once and counted once.
 */
export function sumCells(units: Coded, cells: Int32Array, size: number, key: SipKey): CellSums {
  const ends = new Int32Array(units.size + 1);
  const { codes } = units;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0 && cells[row]! >= 0) ends[codes[row]! + 1]!++;
  for (let unit = 0; unit < units.size; unit++) ends[unit + 1]! += ends[unit]!;
  const sorted = new Int32Array(ends[units.size]!);
  const next = ends.slice(0, units.size);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0 && cells[row]! >= 0) sorted[next[codes[row]!]!++] = cells[row]!;
  const counts = new Float64Array(size);
  const keys = new Float64Array(size);
  const last = new Int32Array(size).fill(-1);
  const hasher = new SipHasher(key);
  for (let unit = 0; unit < units.size; unit++) {
    if (ends[unit] === ends[unit + 1]) continue;
    hashContent(hasher, units.content(unit));
    const own = (hasher.hi >>> 0) * 2 ** 20 + (hasher.lo >>> 12);
    for (let at = ends[unit]!; at < ends[unit + 1]!; at++) {
      const cell = sorted[at]!;
      if (last[cell] === unit) continue;
      last[cell] = unit;
      counts[cell]!++;
      keys[cell] = (keys[cell]! + own) % KEYS;
    }
  }
  return { counts, keys };
}
