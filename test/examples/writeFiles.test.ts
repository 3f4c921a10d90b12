import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeSampleLog } from '../../examples/support/sampleLog.js';
import { checkTargets, writeFiles } from '../../examples/support/writeFiles.js';

const root = mkdtempSync(join(tmpdir(), 'tokumei-write-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const fresh = (): string => join(root, String(folders++), 'out');
const contents = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder, { withFileTypes: true }).map((file) => [file.name, file.isFile() ? readFileSync(join(folder, file.name), 'utf8') : 'a folder']));

describe('writing all files or none', () => {
  test('into a folder that is not there yet, and over old ones; nothing else is left', () => {
    const folder = fresh();
    expect(writeFiles(folder, { 'a.json': '1', 'b.csv': '2' })).toEqual([join(folder, 'a.json'), join(folder, 'b.csv')]);
    writeFiles(folder, { 'a.json': '3', 'b.csv': '4' });
    expect(contents(folder)).toEqual({ 'a.json': '3', 'b.csv': '4' });
  });

  test('one that cannot be written under its temporary name leaves all as it was', () => {
    const folder = fresh();
    writeFiles(folder, { a: 'old' });
    expect(() => writeFiles(folder, { a: 'new', 'no/such/folder': 'x' })).toThrow(expect.objectContaining({ name: 'OutputError' }) as Error);
    expect(contents(folder)).toEqual({ a: 'old' });
  });

  test('one that cannot be renamed: those before it become what they were', () => {
    const folder = fresh();
    writeFiles(folder, { a: 'old' });
    // Comes into being after the targets were looked at, as another program's folder might.
    const files = {
      a: 'new',
      b: 'new',
      get c(): string {
        mkdirSync(join(folder, 'c'));
        return 'new';
      },
    };
    expect(() => writeFiles(folder, files)).toThrow(`cannot write ${join(folder, 'c')}: a folder stands where a file should be`);
    expect(contents(folder)).toEqual({ a: 'old', c: 'a folder' });
  });
});

describe('whether files can be written is known before the work', () => {
  test.each([
    ['a folder stands where a file should', (folder: string) => mkdirSync(join(folder, 'a'), { recursive: true }), /a: something that is not a file stands there$/],
    ['a file stands where the folder should', (folder: string) => (mkdirSync(join(folder, '..'), { recursive: true }), writeFileSync(folder, '')), /: a file stands where a folder should be$/],
    ['a file stands where a folder above should', (folder: string) => writeFileSync(join(folder, '..'), ''), /: a file stands where a folder should be$/],
  ])('%s', (_, prepare, message) => {
    const folder = fresh();
    prepare(folder);
    expect(() => checkTargets(folder, ['a'])).toThrow(expect.objectContaining({ name: 'OutputError', message: expect.stringMatching(message) as string }) as Error);
  });

  test.skipIf(process.platform !== 'linux')('a file system that takes no folders answers, and does not hang', () => {
    expect(() => checkTargets('/proc/tokumei/out', ['a'])).toThrow(expect.objectContaining({ name: 'OutputError' }) as Error);
  });
});

test('two runs at once make one whole sample log', async () => {
  const folder = fresh();
  const path = join(folder, 'log.csv');
  await Promise.all([writeSampleLog(path, 50), writeSampleLog(path, 50)]);
  expect(Object.keys(contents(folder))).toEqual(['log.csv']);
  await writeSampleLog(join(folder, 'again.csv'), 50);
  expect(contents(folder)['log.csv']).toBe(contents(folder)['again.csv']);
});
