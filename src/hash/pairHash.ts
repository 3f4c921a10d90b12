import type { SipKey } from './siphash.js';

/**
 * HalfSipHash-1-3 with a 32-bit result over three words: the content hash of a unit, then half of that of a group.
 *
 * The unit's half is absorbed once per unit and its state kept, since a unit above its bound has many groups.
 * Both halves have a fixed length, so no two pairs of contents are confused by where one ends.
 */
export class PairHasher {
  private readonly k0: number;
  private readonly k1: number;
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;

  constructor(key: SipKey) {
    // The other half of the key hashes contents; taking the sum keeps both halves in play.
    this.k0 = (key[0] + key[2]) | 0;
    this.k1 = (key[1] ^ key[3]) | 0;
  }

  /** Takes in the content hash of a unit. */
  unit(hi: number, lo: number): void {
    let v0 = this.k0, v1 = this.k1, v2 = 0x6c796765 ^ this.k0, v3 = 0x74656462 ^ this.k1;
    for (let word = 0; word < 2; word++) {
      const m = word === 0 ? hi : lo;
      v3 ^= m;
      v0 = (v0 + v1) | 0; v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0; v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0; v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0; v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0; v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2; v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= m;
    }
    this.s0 = v0;
    this.s1 = v1;
    this.s2 = v2;
    this.s3 = v3;
  }

  /** The priority of a group of the current unit, from 32 bits of the group's content hash: an unsigned 32-bit number. */
  group(hash: number): number {
    let v0 = this.s0, v1 = this.s1, v2 = this.s2, v3 = this.s3;
    for (let word = 0; word < 2; word++) {
      const m = word === 0 ? hash : 0x0c000000;
      v3 ^= m;
      v0 = (v0 + v1) | 0; v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0; v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0; v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0; v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0; v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2; v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= m;
    }
    v2 ^= 0xff;
    for (let last = 0; last < 3; last++) {
      v0 = (v0 + v1) | 0; v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0; v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0; v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0; v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0; v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2; v2 = (v2 << 16) | (v2 >>> 16);
    }
    return (v1 ^ v3) >>> 0;
  }
}
