import { afterEach, describe, expect, test, vi } from 'vitest';
import { isSecureRandom, secureRandom } from '../../src/random/index.js';
import { chiSquare } from '../../src/testing/statistics.js';

const real = globalThis.crypto;
afterEach(() => {
  vi.restoreAllMocks();
  Object.defineProperty(globalThis, 'crypto', { value: real, configurable: true, writable: true });
});

describe('secureRandom', () => {
  test('is one source, secure, and known by identity and not by what it says', () => {
    expect(secureRandom()).toBe(secureRandom());
    expect(secureRandom().secure).toBe(true);
    expect(isSecureRandom(secureRandom())).toBe(true);
    expect(isSecureRandom({ secure: true, uint32: () => 4 })).toBe(false);
  });

  test('shows no words, neither as properties nor as JSON', () => {
    secureRandom().uint32();
    expect(JSON.stringify(secureRandom())).toBe('{"secure":true}');
    expect(Reflect.ownKeys(secureRandom())).toEqual(['secure']);
  });

  test('the bytes are uniform (false alarm 1e-9)', () => {
    const counts = new Array<number>(256).fill(0);
    const random = secureRandom();
    for (let i = 0; i < 100_000; i++) {
      const word = random.uint32();
      if (word >>> 0 !== word) expect.unreachable('not a whole number of 32 bits');
      for (const shift of [0, 8, 16, 24]) (counts[(word >>> shift) & 255] as number)++;
    }
    expect(chiSquare(counts, new Array<number>(256).fill(1 / 256)).z).toBeLessThan(6);
  });

  test('fetches in blocks of at most 65,536 bytes, each word once, and wipes what was used or left', async () => {
    const blocks: Uint32Array[] = [];
    let next = 1;
    Object.defineProperty(globalThis, 'crypto', {
      configurable: true,
      value: {
        getRandomValues(words: Uint32Array) {
          expect(words.byteLength).toBeLessThanOrEqual(65_536);
          blocks.push(words);
          for (let i = 0; i < words.length; i++) words[i] = next++;
          return words;
        },
      },
    });
    await Promise.resolve();
    const random = secureRandom();
    const drawn = Array.from({ length: 50_000 }, () => random.uint32());
    expect(drawn).toEqual(Array.from({ length: 50_000 }, (_, i) => i + 1));
    expect(blocks.map((b) => b.length)).toEqual([256, 1024, 4096, 16_384, 16_384, 16_384]);
    expect(blocks[5]?.some((word) => word !== 0)).toBe(true); // what is left of the last block
    await Promise.resolve();
    expect(blocks[5]?.every((word) => word === 0)).toBe(true); // wiped at the end of the run
    random.uint32();
    expect(blocks).toHaveLength(7); // and never used afterwards
    expect(blocks[6]).toHaveLength(256);
    await Promise.resolve();
  });

  test.each([
    ['absent', undefined],
    ['without getRandomValues', {}],
    ['a stand-in that does nothing', { getRandomValues: (a: unknown) => a }],
    ['failing', { getRandomValues: () => { throw new Error('quota'); } }],
  ])('a platform generator that is %s is an error, not a weaker source', async (_name, value) => {
    await Promise.resolve();
    Object.defineProperty(globalThis, 'crypto', { value, configurable: true });
    expect(() => secureRandom().uint32()).toThrowError(expect.objectContaining({ code: 'TOKUMEI_RANDOM_SOURCE' }));
    expect(() => secureRandom().uint32()).toThrowError(expect.objectContaining({ code: 'TOKUMEI_RANDOM_SOURCE' }));
  });
});
