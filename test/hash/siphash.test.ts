import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { PairHasher } from '../../src/hash/pairHash.js';
import { SipHasher, type SipKey } from '../../src/hash/siphash.js';

const M64 = (1n << 64n) - 1n;
const rotl = (x: bigint, b: bigint, bits: bigint): bigint => ((x << b) | (x >> (bits - b))) & ((1n << bits) - 1n);

/** SipHash-c-d over bytes with BigInt, written from the paper: the independent twin. */
function sipBig(key: readonly bigint[], bytes: readonly number[], c: number, d: number): bigint {
  let [v0, v1, v2, v3] = [key[0]! ^ 0x736f6d6570736575n, key[1]! ^ 0x646f72616e646f6dn, key[0]! ^ 0x6c7967656e657261n, key[1]! ^ 0x7465646279746573n];
  const round = (): void => {
    v0 = (v0 + v1) & M64; v1 = rotl(v1, 13n, 64n) ^ v0; v0 = rotl(v0, 32n, 64n);
    v2 = (v2 + v3) & M64; v3 = rotl(v3, 16n, 64n) ^ v2;
    v0 = (v0 + v3) & M64; v3 = rotl(v3, 21n, 64n) ^ v0;
    v2 = (v2 + v1) & M64; v1 = rotl(v1, 17n, 64n) ^ v2; v2 = rotl(v2, 32n, 64n);
  };
  const blocks = Math.floor(bytes.length / 8) + 1;
  for (let b = 0; b < blocks; b++) {
    let m = 0n;
    for (let j = 0; j < 8; j++) {
      const at = 8 * b + j;
      const byte = at < bytes.length ? bytes[at]! : b === blocks - 1 && j === 7 ? bytes.length & 0xff : 0;
      m |= BigInt(byte) << BigInt(8 * j);
    }
    v3 ^= m;
    for (let r = 0; r < c; r++) round();
    v0 ^= m;
  }
  v2 ^= 0xffn;
  for (let r = 0; r < d; r++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

/** HalfSipHash-c-d over 32-bit words, then the length block, with BigInt. */
function halfSipBig(k0: bigint, k1: bigint, words: readonly bigint[], c: number, d: number): bigint {
  const M32 = 0xffffffffn;
  let [v0, v1, v2, v3] = [k0, k1, 0x6c796765n ^ k0, 0x74656462n ^ k1];
  const round = (): void => {
    v0 = (v0 + v1) & M32; v1 = rotl(v1, 5n, 32n) ^ v0; v0 = rotl(v0, 16n, 32n);
    v2 = (v2 + v3) & M32; v3 = rotl(v3, 8n, 32n) ^ v2;
    v0 = (v0 + v3) & M32; v3 = rotl(v3, 7n, 32n) ^ v0;
    v2 = (v2 + v1) & M32; v1 = rotl(v1, 13n, 32n) ^ v2; v2 = rotl(v2, 16n, 32n);
  };
  for (const m of [...words, BigInt(words.length * 4) << 24n]) {
    v3 ^= m;
    for (let r = 0; r < c; r++) round();
    v0 ^= m;
  }
  v2 ^= 0xffn;
  for (let r = 0; r < d; r++) round();
  return (v1 ^ v3) & M32;
}

const u32 = (x: number): bigint => BigInt(x >>> 0);
const key = fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()) as fc.Arbitrary<SipKey>;

/** The documented bytes of a tagged text. */
function canonicalBytes(tag: number, text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i) & 0xff, text.charCodeAt(i) >> 8);
  const full = Math.floor(text.length / 4) * 8;
  while (bytes.length < full + 8) bytes.push(0);
  for (const word of [tag, text.length]) for (let j = 0; j < 4; j++) bytes.push((word >>> (8 * j)) & 0xff);
  return bytes;
}

describe('SipHash', () => {
  test('the twin reproduces the example of the paper (appendix A)', () => {
    const k = [0x0706050403020100n, 0x0f0e0d0c0b0a0908n];
    expect(sipBig(k, Array.from({ length: 15 }, (_, i) => i), 2, 4)).toBe(0xa129ca6149be45e5n);
  });

  test('the content hash is SipHash-2-4 of the documented bytes', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 6 }), fc.string({ unit: 'binary', maxLength: 40 }), (k, tag, text) => {
        const hasher = new SipHasher(k);
        hasher.text(tag, text);
        const twin = sipBig([u32(k[0]) | (u32(k[1]) << 32n), u32(k[2]) | (u32(k[3]) << 32n)], canonicalBytes(tag, text), 2, 4);
        expect((u32(hasher.hi) << 32n) | u32(hasher.lo)).toBe(twin);
      }),
    );
  });

  test('the hash of an integer is SipHash-2-4 of its 8 bytes and the tag', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 6 }), fc.maxSafeInteger(), (k, tag, value) => {
        const hasher = new SipHasher(k);
        hasher.integer(tag, value);
        const word = BigInt.asUintN(64, BigInt(value)) | (BigInt(tag) << 64n);
        const bytes = Array.from({ length: 12 }, (_, i) => Number((word >> BigInt(8 * i)) & 0xffn));
        const twin = sipBig([u32(k[0]) | (u32(k[1]) << 32n), u32(k[2]) | (u32(k[3]) << 32n)], bytes, 2, 4);
        expect((u32(hasher.hi) << 32n) | u32(hasher.lo)).toBe(twin);
      }),
      { examples: [[[1, 2, 3, 4], 3, -1], [[1, 2, 3, 4], 3, Number.MIN_SAFE_INTEGER], [[1, 2, 3, 4], 3, Number.MAX_SAFE_INTEGER], [[1, 2, 3, 4], 3, 0]] },
    );
  });

  test('lone surrogates, empty texts and types stay apart', () => {
    const hasher = new SipHasher([1, 2, 3, 4]);
    const seen = new Set<string>();
    for (const [tag, text] of [[2, ''], [2, '\ud800'], [2, '\udc00'], [2, '\ufffd'], [2, '1'], [3, '1'], [2, '1\0'], [2, '1\0\0\0'], [1, 'null'], [2, 'null']] as const) {
      hasher.text(tag, text);
      seen.add(`${hasher.hi},${hasher.lo}`);
    }
    for (const value of [1, 0, -1, 256, 2 ** 32, 2 ** 32 + 1, -(2 ** 32)]) {
      hasher.integer(3, value);
      seen.add(`${hasher.hi},${hasher.lo}`);
    }
    expect(seen.size).toBe(17);
  });

  test('the priority of a pair is HalfSipHash-1-3 of both content hashes', () => {
    fc.assert(
      fc.property(key, fc.tuple(fc.integer(), fc.integer(), fc.integer()), (k, [a, b, c]) => {
        const hasher = new PairHasher(k);
        hasher.unit(a, b);
        const twin = halfSipBig(u32(k[0] + k[2]), u32(k[1] ^ k[3]), [u32(a), u32(b), u32(c)], 1, 3);
        expect(BigInt(hasher.group(c))).toBe(twin);
      }),
    );
  });
});
