import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combine } from '../../src/table/columns/combine.js';
import { asKey, asUnit, encode } from '../../src/table/columns/encode.js';
import { PairTable } from '../../src/table/columns/pairTable.js';

const word = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 }), fc.constantFrom(2 ** 31 - 1, -(2 ** 31)));

test('codes are those of a Map over both parts, in the order of first meeting', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 2000 }), fc.tuple(fc.integer(), fc.integer()), (pairs, seeds) => {
      const table = new PairTable(Int32Array.from(seeds));
      const map = new Map<string, number>();
      for (const [a, b] of pairs) {
        const name = `${a},${b}`;
        if (!map.has(name)) map.set(name, map.size);
        expect(table.code(a, b)).toBe(map.get(name));
      }
      expect(table.size).toBe(map.size);
    }),
  );
});

test('pairs whose one number would be above 2^53 stay apart', () => {
  const big = 2_000_000_000;
  const column = (...codes: number[]) => ({ codes: Int32Array.from(codes), size: big + 1, content: (code: number) => code });
  const both = combine([column(big, big, big, big - 1, -1, 0), column(3, 4, 3, big, 5, -1), column(0, 0, 0, 7, 0, 0)]);
  expect([...both.codes]).toEqual([0, 1, 0, 2, -1, -1]);
  expect([0, 1, 2].map((code) => both.content(code))).toEqual([[big, 3, 0], [big, 4, 0], [big - 1, big, 7]]);
});

test('values of every kind have one code each, and keep their kind', () => {
  const values = [1, '1', 1n, true, null, -0, 0, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 32 + 1, 1, '1', 1n, undefined, -1, 0.5, NaN, {}, 2 ** 53];
  const keys = encode(values, asKey);
  expect([...keys.codes].map((code) => (code < 0 ? 'none' : keys.content(code)))).toEqual([1, '1', 'none', true, null, 0, 0, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 32 + 1, 1, '1', 'none', null, -1, 'none', 'none', 'none', 'none']);
  expect(keys.codes[0]).toBe(keys.codes[10]);
  expect(keys.codes[4]).toBe(keys.codes[13]);
  const units = encode(values, asUnit);
  expect([...units.codes].map((code) => (code < 0 ? 'none' : units.content(code)))).toEqual([1, '1', 1n, true, 'none', 0, 0, 2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 32 + 1, 1, '1', 1n, 'none', -1, 'none', 'none', 'none', 'none']);
  expect(units.codes[2]).toBe(units.codes[12]);
});
