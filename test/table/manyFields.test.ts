import { expect, test } from 'vitest';
import { deidentify } from '../../src/identifiers/index.js';
import { personal } from '../../src/table/index.js';
import { unwrap } from '../../src/table/table.js';

const options = { unit: 'user', unitOf: 'u' } as const;

test('one row of many fields does not cost all rows as many', () => {
  const rows: Record<string, unknown>[] = Array.from({ length: 20_000 }, (_, u) => ({ u, a: 'x' }));
  const before = process.memoryUsage();
  rows[7] = Object.assign({ u: 7, a: 'x' }, Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, i])));
  const records = personal(rows as { u: number; a: string }[], options);
  const { columns } = unwrap(deidentify()(records), 'test');
  const after = process.memoryUsage();
  expect(columns.size).toBe(20_001);
  // As rows times fields it would be 400 million values of 8 bytes.
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(400e6);
  const late = columns.get('f19999')!;
  expect([late.at(6), late.at(7), late.at(8)]).toEqual([undefined, 19_999, undefined]);
  expect(late.coded.codes.length).toBe(20_000);
});

test('fields that come and go stay with their rows', () => {
  const rows = [{ u: 1, a: 'x' }, { u: 2, b: 'y' }, { u: 3 }, { u: 4, b: 'z', a: 'w' }, { u: 5, a: undefined }, { u: 6, ['__proto__']: 'p' }];
  const { columns } = unwrap(personal(rows as { u: number }[], options), 'test');
  const read = (field: string): unknown[] => rows.map((_, row) => columns.get(field)!.at(row));
  const coded = (field: string): unknown[] => [...columns.get(field)!.coded.codes].map((code) => columns.get(field)!.coded.content(code));
  expect([...columns.keys()]).toEqual(['a', 'b', '__proto__']);
  expect(read('a')).toEqual(['x', undefined, undefined, 'w', undefined, undefined]);
  expect(coded('a')).toEqual(['x', null, null, 'w', null, null]);
  expect(coded('b')).toEqual([null, 'y', null, 'z', null, null]);
  expect(coded('__proto__')).toEqual([null, null, null, null, null, 'p']);
});
