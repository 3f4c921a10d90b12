import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readLog, type LogRow } from '../../examples/support/readLog.js';
import { writeFiles } from '../../examples/support/writeFiles.js';
import { readArgs } from '../../examples/support/args.js';

const folder = mkdtempSync(join(tmpdir(), 'tokumei-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, content);
  return path;
};
const all = async (path: string, columns: string[], integers: string[] = []): Promise<LogRow[]> => {
  const rows: LogRow[] = [];
  for await (const row of readLog(path, { columns, integers })) rows.push(row);
  return rows;
};
const csv = 'time,user,item\n2026-11-16,u1,"a, b"\n\n2026-11-17,u2,"line\nbreak"\n';
const rows = [{ user: 'u1', item: 'a, b' }, { user: 'u2', item: 'line\nbreak' }];

describe('reading a log', () => {
  test('CSV, gzipped CSV, CSV with a byte order mark, and NDJSON give the same rows', async () => {
    const ndjson = `${rows.map((row) => JSON.stringify({ ...row, more: [1] })).join('\n')}\n\n`;
    for (const path of [file('a.csv', csv), file('a.csv.gz', gzipSync(csv)), file('b.csv', `\ufeff${csv}`), file('a.ndjson', ndjson), file('a.jsonl.gz', gzipSync(ndjson))]) {
      expect(await all(path, ['user', 'item'])).toEqual(rows);
    }
  });

  test('whole numbers are read as numbers', async () => {
    expect(await all(file('n.csv', 'user,item\n12,3\n'), ['user', 'item'], ['user'])).toEqual([{ user: 12, item: '3' }]);
  });

  test.each([
    ['a missing column', 'x.csv', csv, ['user', 'app'], "line 1: no column 'app'; the first line names 3 columns and none is called that"],
    ['a column that is there twice', 'x.csv', 'user,user\nSECRET,b\n', ['user'], "line 1: column 'user' stands there twice"],
    ['an empty log', 'x.csv', '', ['user'], 'the log is empty: a header line was expected'],
    ['too few fields', 'x.csv', 'user,item\nu1,a\nSECRET\n', ['user'], /^line 3.*: another number of fields than the header$/],
    ['a quote that is never closed', 'x.csv', 'user,item\nu1,a\nu2,"SECRET\n', ['user'], /^line \d.*: a quote is opened and not closed$/],
    ['a broken quote', 'x.csv', 'user,item\nu1,"SECRET"x\n', ['user'], /^line 2.*: broken quoting$/],
    ['a bad number', 'x.csv', 'user,item\n1,a\nSECRET,b\n', ['user'], "line 3, column 1 ('user'): not a whole number"],
    ['broken JSON', 'x.ndjson', '{"user":1}\n{"user":SECRET\n', ['user'], 'line 2: not valid JSON'],
    ['JSON that is no object', 'x.ndjson', '["SECRET"]\n', ['user'], 'line 1: not a JSON object'],
    ['a missing field', 'x.ndjson', '{"user":1}\n{"SECRET":1}\n', ['user'], "line 2: no field 'user'"],
    ['a nested field', 'x.ndjson', '{"user":{"SECRET":1}}\n', ['user'], "line 1: field 'user' is not a plain value"],
    ['no gzip at all', 'x.csv.gz', 'SECRET', ['user'], 'the compressed file is damaged or cut short'],
    ['gzip cut short', 'x.csv.gz', gzipSync(csv.repeat(50)).subarray(0, 60), ['user'], 'the compressed file is damaged or cut short'],
  ])('%s: says where, and nothing of what stands there', async (_, name, content, columns, message) => {
    const integers = name === 'x.csv' && String(message).includes('whole number') ? ['user'] : [];
    const error = await all(file(name, content), columns, integers).then(() => undefined, (e: unknown) => e as Error);
    expect(error?.name).toBe('LogError');
    expect(error?.message).toMatch(message);
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain('SECRET');
    expect(error?.cause).toBeUndefined();
  });

  test('a file that is not there', async () => {
    await expect(all(join(folder, 'nowhere.csv'), ['user'])).rejects.toThrow('no such file');
  });
});

test('files are written whole or not at all', () => {
  const out = join(folder, 'out');
  expect(writeFiles(out, { 'a.json': '1', 'b.csv': '2' }).map((path) => readFileSync(path, 'utf8'))).toEqual(['1', '2']);
  const blocked = join(folder, 'blocked');
  writeFiles(blocked, { keep: 'old' });
  expect(() => writeFiles(blocked, { keep: 'new', 'no/such/folder': 'x' })).toThrow();
  expect(readFileSync(join(blocked, 'keep'), 'utf8')).toBe('old');
  expect(readdirSync(blocked)).toEqual(['keep']);
  expect(existsSync(join(out, '.a.json.partial'))).toBe(false);
});

describe('arguments', () => {
  test('the sample needs none', () => {
    expect(readArgs([])).toMatchObject({ log: undefined, by: 'app', top: 20, epsilon: 1, delta: 1e-6, groupsPerUnit: 5 });
  });

  test.each([
    [['log.csv'], '--unit is needed'],
    [['log.csv', '--unit', 'u', '--by', 'i', '--epsilon', 'x', '--groups-per-unit', '5', '--keys', 'discover'], '--epsilon must be a number above 0, got "x"'],
    [['log.csv', '--unit', 'u', '--by', 'i', '--epsilon', '1', '--groups-per-unit', '0', '--keys', 'discover'], '--groups-per-unit must be a whole number from 1 on'],
    [['log.csv', '--unit', 'u', '--by', 'i', '--groups-per-unit', '5', '--keys', 'discover'], '--epsilon is needed'],
    [['--top', '1.5'], '--top must be a whole number'],
    [['--wrong'], 'wrong'],
    [['a.csv', 'b.csv'], 'one log at a time'],
  ])('%j is refused before anything is read', (argv, message) => {
    expect(() => readArgs(argv)).toThrow(message);
  });
});
