import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, TextTable } from '../../src/table/columns/textTable.js';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('', '__proto__', '\ud800', '\udc00', '\ud800\udc00'));

test('codes are those of a Map, in the order of first meeting', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 300 }), (texts) => {
      const table = new TextTable();
      const map = new Map<string, number>();
      for (const t of texts) {
        if (!map.has(t)) map.set(t, map.size);
        expect(table.code(t)).toBe(map.get(t));
      }
      expect(table.texts).toEqual([...map.keys()]);
    }),
  );
});

test('a hundred thousand texts keep their codes while the table grows', () => {
  const table = new TextTable();
  let wrong = 0;
  for (let round = 0; round < 2; round++) for (let i = 0; i < 100_000; i++) if (table.code(`key-${i}`) !== i) wrong++;
  expect(wrong).toBe(0);
});

test('texts made to collide take a Map in its place, and codes stay right', () => {
  const colliding: string[] = [];
  for (let i = 0; colliding.length < 400; i++) if ((hashOf(`x${i}`) & 1023) < 2) colliding.push(`x${i}`);
  const table = new TextTable();
  expect(colliding.map((t) => table.code(t))).toEqual(colliding.map((_, i) => i));
  expect(table.gaveUp).toBe(true);
  expect(colliding.map((t) => table.code(t))).toEqual(colliding.map((_, i) => i));
  expect(table.code('another')).toBe(400);
});
