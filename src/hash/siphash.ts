/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) on JavaScript strings, and HalfSipHash-1-3 for pairs of its results.
 *
 * 64-bit words are kept as two 32-bit halves: BigInt would cost sixty times as much. Used to choose which groups of
 * a unit are kept, where it has to be unpredictable without the key and nothing more: no guarantee rests on it.
 */

/** 128 bits: k0 low, k0 high, k1 low, k1 high. */
export type SipKey = readonly [number, number, number, number];

/** The state of one hash at a time; one object per table, so that hashing a million values allocates nothing. */
export class SipHasher {
  /** The result of the last call, as two signed 32-bit halves. */
  hi = 0;
  lo = 0;
  private readonly key: SipKey;
  private readonly v = new Int32Array(8);

  constructor(key: SipKey) {
    this.key = key;
  }

  /**
   * Hashes a text under a tag. The bytes are its UTF-16 code units (little-endian, so that lone surrogates stay
   * distinct) padded with zeros to a multiple of 8 and at least one such block, then the tag and the number of units, 32 bits each.
   */
  text(tag: number, text: string): void {
    const [k0l, k0h, k1l, k1h] = this.key;
    const v = this.v;
    v[0] = k0l ^ 0x70736575;
    v[1] = k0h ^ 0x736f6d65;
    v[2] = k1l ^ 0x6e646f6d;
    v[3] = k1h ^ 0x646f7261;
    v[4] = k0l ^ 0x6e657261;
    v[5] = k0h ^ 0x6c796765;
    v[6] = k1l ^ 0x79746573;
    v[7] = k1h ^ 0x74656462;
    const length = text.length;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      this.block(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16), text.charCodeAt(i + 2) | (text.charCodeAt(i + 3) << 16));
    }
    // What is left of the text, padded with zeros, then a block of tag and length (which makes the padding
    // unambiguous), then the block that SipHash itself ends with: the number of bytes modulo 256.
    const a = i < length ? text.charCodeAt(i) : 0;
    const b = i + 1 < length ? text.charCodeAt(i + 1) : 0;
    const c = i + 2 < length ? text.charCodeAt(i + 2) : 0;
    this.block(a | (b << 16), c);
    this.block(tag, length);
    this.block(0, ((i * 2 + 16) & 0xff) << 24);
    v[4]! ^= 0xff;
    round(v);
    round(v);
    round(v);
    round(v);
    this.lo = v[0]! ^ v[2]! ^ v[4]! ^ v[6]!;
    this.hi = v[1]! ^ v[3]! ^ v[5]! ^ v[7]!;
  }

  private block(low: number, high: number): void {
    const v = this.v;
    v[6]! ^= low;
    v[7]! ^= high;
    round(v);
    round(v);
    v[0]! ^= low;
    v[1]! ^= high;
  }
}

/** One SipRound on four 64-bit words, each as low and high half. */
function round(v: Int32Array): void {
  let v0l = v[0]!, v0h = v[1]!, v1l = v[2]!, v1h = v[3]!, v2l = v[4]!, v2h = v[5]!, v3l = v[6]!, v3h = v[7]!;
  let t: number;
  // v0 += v1; v1 <<<= 13; v1 ^= v0; v0 <<<= 32
  t = (v0l >>> 0) + (v1l >>> 0);
  v0h = (v0h + v1h + (t > 0xffffffff ? 1 : 0)) | 0;
  v0l = t | 0;
  t = (v1l << 13) | (v1h >>> 19);
  v1h = (v1h << 13) | (v1l >>> 19);
  v1l = t ^ v0l;
  v1h ^= v0h;
  t = v0l;
  v0l = v0h;
  v0h = t;
  // v2 += v3; v3 <<<= 16; v3 ^= v2
  t = (v2l >>> 0) + (v3l >>> 0);
  v2h = (v2h + v3h + (t > 0xffffffff ? 1 : 0)) | 0;
  v2l = t | 0;
  t = (v3l << 16) | (v3h >>> 16);
  v3h = (v3h << 16) | (v3l >>> 16);
  v3l = t ^ v2l;
  v3h ^= v2h;
  // v0 += v3; v3 <<<= 21; v3 ^= v0
  t = (v0l >>> 0) + (v3l >>> 0);
  v0h = (v0h + v3h + (t > 0xffffffff ? 1 : 0)) | 0;
  v0l = t | 0;
  t = (v3l << 21) | (v3h >>> 11);
  v3h = (v3h << 21) | (v3l >>> 11);
  v3l = t ^ v0l;
  v3h ^= v0h;
  // v2 += v1; v1 <<<= 17; v1 ^= v2; v2 <<<= 32
  t = (v2l >>> 0) + (v1l >>> 0);
  v2h = (v2h + v1h + (t > 0xffffffff ? 1 : 0)) | 0;
  v2l = t | 0;
  t = (v1l << 17) | (v1h >>> 15);
  v1h = (v1h << 17) | (v1l >>> 15);
  v1l = t ^ v2l;
  v1h ^= v2h;
  t = v2l;
  v2l = v2h;
  v2h = t;
  v[0] = v0l;
  v[1] = v0h;
  v[2] = v1l;
  v[3] = v1h;
  v[4] = v2l;
  v[5] = v2h;
  v[6] = v3l;
  v[7] = v3h;
}
