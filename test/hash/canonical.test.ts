import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, type CanonicalValue } from '../../src/hash/index.js';
import { textBytesBound, writeText } from '../../src/hash/text.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const utf8 = (text: string): string => {
  const bytes = new Uint8Array(textBytesBound(text));
  return hex(bytes.subarray(0, writeText(text, bytes, 0)));
};

// Any sequence of UTF-16 units, lone surrogates included, and often units that lie next to the borders.
const units = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff)), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));

describe('writeText', () => {
  test('is UTF-8 for every well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8(text)).toBe(hex(new TextEncoder().encode(text)));
      }),
    );
  });

  test('different texts give different bytes, lone surrogates included', () => {
    expect(utf8('\ud800')).toBe('eda080');
    expect(utf8('\udfff')).toBe('edbfbf');
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(units, (text) => {
        const bytes = utf8(text);
        expect(seen.get(bytes) ?? text).toBe(text);
        seen.set(bytes, text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('canonicalBytes', () => {
  test('is what the page says, byte by byte', () => {
    expect(hex(canonicalBytes(['a', 1]))).toBe('04000000016103000000' + '0131');
    expect(hex(canonicalBytes([null, false, true, '', -12n]))).toBe('000102' + '0400000000' + '0300000003' + '2d3132');
  });

  test('a number and a bigint of the same value are the same, -0 is 0', () => {
    expect(hex(canonicalBytes([5]))).toBe(hex(canonicalBytes([5n])));
    expect(hex(canonicalBytes([-0]))).toBe(hex(canonicalBytes([0])));
  });

  test('text and number, true and "true", "ab"+"c" and "a"+"bc" do not meet', () => {
    const lists: CanonicalValue[][] = [['1'], [1], [true], ['true'], [null], ['null'], ['ab', 'c'], ['a', 'bc'], ['abc'], [''], [], ['', ''], ['\ud800'], ['\ufffd'], ['é'], ['e\u0301']];
    expect(new Set(lists.map((list) => hex(canonicalBytes(list)))).size).toBe(lists.length);
  });

  test('different lists give different bytes', () => {
    const value = fc.oneof(units, fc.maxSafeInteger(), fc.bigInt(), fc.boolean(), fc.constant(null));
    const key = (list: readonly CanonicalValue[]): string => JSON.stringify(list.map((v) => (typeof v === 'string' ? [...Array(v.length).keys()].map((i) => v.charCodeAt(i)) : typeof v === 'bigint' || typeof v === 'number' ? `n${v === 0 ? 0 : v}` : v)));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), (a, b) => {
        expect(hex(canonicalBytes(a)) === hex(canonicalBytes(b))).toBe(key(a) === key(b));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([[NaN], [Infinity], [-Infinity], [0.5], [2 ** 53], [undefined], [Symbol('x')], [{}], [new Date(0)]])('refuses %s and does not repeat it', (value) => {
    expect(() => canonicalBytes([value as never])).toThrow(expect.objectContaining({ code: 'TOKUMEI_CANONICAL_VALUE', received: undefined }));
  });
});
