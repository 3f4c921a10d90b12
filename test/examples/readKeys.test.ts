import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readKeys } from '../../examples/support/readKeys.js';

const folder = mkdtempSync(join(tmpdir(), 'tokumei-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (content: string | Buffer, integers = false): (string | number)[] => {
  const path = join(folder, 'keys.txt');
  writeFileSync(path, content);
  return readKeys(path, integers);
};

test.each([
  ['plain', 'maps\nmail\n'],
  ['with a byte order mark', '\ufeffmaps\nmail'],
  ['from Windows', 'maps\r\n\r\nmail\r\n'],
  ['from an old Mac', 'maps\rmail\r'],
  ['in UTF-16', Buffer.from('\ufeffmaps\nmail\n', 'utf16le')],
])('a file %s holds the same keys', (_, content) => {
  expect(read(content)).toEqual(['maps', 'mail']);
});

test('signs within a key belong to it', () => {
  expect(read('a "b" c\n👩‍👩‍👧\nx, y\n')).toEqual(['a "b" c', '👩‍👩‍👧', 'x, y']);
  expect(read('7\n-3\n010\n', true)).toEqual([7, -3, 10]);
});

test.each([
  ['blanks at the end', 'mail\nSECRET \n', false, '--keys, line 2: blanks at an end'],
  ['a wide blank in front', '\u3000SECRET\n', false, '--keys, line 1: blanks at an end'],
  ['a line of blanks', 'mail\n  \n', false, '--keys, line 2: blanks at an end'],
  ['a line of blanks among numbers', '1\n  \n', true, '--keys, line 2: blanks at an end'],
  ['quotes', '"SECRET"\n', false, '--keys, line 1: in quotes; a key stands as it is in the log, without quotes around it'],
  ['NUL', 'SEC\0RET\n', false, '--keys, line 1: a tab, a NUL or another control sign; one key a line was expected'],
  ['a tab', 'SECRET\tRET\n', false, '--keys, line 1: a tab, a NUL or another control sign; one key a line was expected'],
  ['a mark in the middle of the file', 'mail\n\u200bSECRET\n', false, '--keys, line 2: a sign that cannot be seen'],
  ['the same key twice', 'SECRET\nmail\nSECRET\n', false, '--keys, line 3: the same key as in line 1'],
  ['the same number twice', '7\n07\n', true, '--keys, line 2: the same key as in line 1'],
  ['another notation', '1\n0x3\n', true, '--keys, line 2: not a whole number'],
  ['more digits than a number holds', '9007199254740993\n', true, '--keys, line 1: not a whole number'],
  ['nothing', '\ufeff\n\n', false, '--keys: the file holds no key; one a line was expected'],
  ['another encoding', Buffer.from('SECRET\xe9\n', 'latin1'), false, '--keys: not text; save the file as UTF-8'],
] as const)('%s: refused with the line, and not with what stands there', (_, content, integers, message) => {
  expect(() => read(content, integers)).toThrow(expect.objectContaining({ name: 'UsageError', message }) as Error);
});

test('a folder and a file that is not there', () => {
  expect(() => readKeys(folder, false)).toThrow('--keys: a folder, not a file');
  expect(() => readKeys(join(folder, 'nowhere'), false)).toThrow('--keys: no such file');
});
