/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) on JavaScript strings, and HalfSipHash-1-3 for pairs of its results.
 *
 * 64-bit words are kept as two 32-bit halves: BigInt would cost sixty times as much. Used to choose which groups of
 * a unit are kept, where it has to be unpredictable without the key and nothing more: no guarantee rests on it.
 */

/** 128 bits: k0 low, k0 high, k1 low, k1 high. */
export type SipKey = readonly [number, number, number, number];

/** One object per table, so that hashing a million values allocates nothing. */
export class SipHasher {
  /** The result of the last call, as two signed 32-bit halves. */
  hi = 0;
  lo = 0;
  private readonly key: SipKey;
  private words: Int32Array = new Int32Array(64);

  constructor(key: SipKey) {
    this.key = key;
  }

  /**
   * Hashes a text under a tag. The bytes are its UTF-16 code units (little-endian, so that lone surrogates stay
   * distinct) padded with zeros to a multiple of 8 and at least one such block, then the tag and the number of units, 32 bits each.
   */
  text(tag: number, text: string): void {
    const length = text.length;
    // Whole blocks of four units, one more for what is left, then tag and length (which make the padding
    // unambiguous), then the block that SipHash itself ends with: the number of bytes modulo 256.
    const full = length >> 2;
    const size = 2 * full + 6;
    if (this.words.length < size) this.words = new Int32Array(2 * size);
    const { words } = this;
    for (let w = 0; w < full; w++) {
      words[2 * w] = text.charCodeAt(4 * w) | (text.charCodeAt(4 * w + 1) << 16);
      words[2 * w + 1] = text.charCodeAt(4 * w + 2) | (text.charCodeAt(4 * w + 3) << 16);
    }
    const i = 4 * full;
    const a = i < length ? text.charCodeAt(i) : 0;
    const b = i + 1 < length ? text.charCodeAt(i + 1) : 0;
    words[size - 6] = a | (b << 16);
    words[size - 5] = i + 2 < length ? text.charCodeAt(i + 2) : 0;
    words[size - 4] = tag;
    words[size - 3] = length;
    words[size - 2] = 0;
    words[size - 1] = ((4 * (size - 2)) & 0xff) << 24;
    this.run(words, size);
  }

  /**
   * Hashes a safe integer under a tag: its 8 bytes in two's complement, then the tag. These 12 bytes are never those of
   * a text, which are a multiple of 8.
   */
  integer(tag: number, value: number): void {
    const { words } = this;
    words[0] = value; // modulo 2^32
    words[1] = Math.floor(value / 4294967296);
    words[2] = tag;
    words[3] = 12 << 24;
    this.run(words, 4);
  }

  /** SipHash-2-4 over `size` words, two to a block. All state is in local variables: that is the whole speed. */
  private run(words: Int32Array, size: number): void {
    const [k0l, k0h, k1l, k1h] = this.key;
    let v0l = k0l ^ 0x70736575, v0h = k0h ^ 0x736f6d65, v1l = k1l ^ 0x6e646f6d, v1h = k1h ^ 0x646f7261;
    let v2l = k0l ^ 0x6e657261, v2h = k0h ^ 0x6c796765, v3l = k1l ^ 0x79746573, v3h = k1h ^ 0x74656462;
    let t = 0;
    // Two rounds a block, then four at the end.
    for (let round = 0; round < size + 4; round++) {
      const word = round & ~1;
      if (round < size) {
        if ((round & 1) === 0) {
          v3l ^= words[word]!;
          v3h ^= words[word + 1]!;
        }
      } else if (round === size) v2l ^= 0xff;
      // v0 += v1; v1 <<<= 13; v1 ^= v0; v0 <<<= 32
      t = (v0l >>> 0) + (v1l >>> 0);
      v0h = (v0h + v1h + (t > 0xffffffff ? 1 : 0)) | 0;
      v0l = t | 0;
      t = (v1l << 13) | (v1h >>> 19);
      v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
      v1l = t ^ v0l;
      t = v0l;
      v0l = v0h;
      v0h = t;
      // v2 += v3; v3 <<<= 16; v3 ^= v2
      t = (v2l >>> 0) + (v3l >>> 0);
      v2h = (v2h + v3h + (t > 0xffffffff ? 1 : 0)) | 0;
      v2l = t | 0;
      t = (v3l << 16) | (v3h >>> 16);
      v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
      v3l = t ^ v2l;
      // v0 += v3; v3 <<<= 21; v3 ^= v0
      t = (v0l >>> 0) + (v3l >>> 0);
      v0h = (v0h + v3h + (t > 0xffffffff ? 1 : 0)) | 0;
      v0l = t | 0;
      t = (v3l << 21) | (v3h >>> 11);
      v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
      v3l = t ^ v0l;
      // v2 += v1; v1 <<<= 17; v1 ^= v2; v2 <<<= 32
      t = (v2l >>> 0) + (v1l >>> 0);
      v2h = (v2h + v1h + (t > 0xffffffff ? 1 : 0)) | 0;
      v2l = t | 0;
      t = (v1l << 17) | (v1h >>> 15);
      v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
      v1l = t ^ v2l;
      t = v2l;
      v2l = v2h;
      v2h = t;
      if (round < size && (round & 1) === 1) {
        v0l ^= words[word]!;
        v0h ^= words[word + 1]!;
      }
    }
    this.lo = v0l ^ v1l ^ v2l ^ v3l;
    this.hi = v0h ^ v1h ^ v2h ^ v3h;
  }
}
