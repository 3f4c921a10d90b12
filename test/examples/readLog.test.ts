import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readLog, type LogRow } from '../../examples/support/readLog.js';

const folder = mkdtempSync(join(tmpdir(), 'tokumei-log-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, content);
  return path;
};
const all = async (path: string, columns: string[], integers: string[] = [], separator = ','): Promise<LogRow[]> => {
  const rows: LogRow[] = [];
  for await (const row of readLog(path, { columns, integers, separator })) rows.push(row);
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

  test('a byte order mark, UTF-16 and every line break are the same for both formats', async () => {
    const short = 'user,item\nu1,é\nu2,b\n';
    const ndjson = '{"user":"u1","item":"é"}\n{"user":"u2","item":"b"}\n';
    for (const [name, text] of [['x.csv', short], ['x.ndjson', ndjson]] as const) {
      const variants = [`\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), text.trimEnd(), Buffer.from(`\ufeff${text}`, 'utf16le')];
      for (const variant of variants) expect(await all(file(name, variant), ['user', 'item'])).toEqual([{ user: 'u1', item: 'é' }, { user: 'u2', item: 'b' }]);
    }
  });

  test('a log longer than one chunk: letters and line breaks across the borders, and the line of a fault behind them', async () => {
    const line = (n: number): string => `{"user":"é${n}"}\r\n`;
    const ndjson = Array.from({ length: 20_000 }, (_, n) => line(n)).join('');
    for (const shift of ['', ' ']) {
      const rows = await all(file('long.ndjson', shift + ndjson), ['user']);
      expect(rows.length).toBe(20_000);
      expect(rows.at(-1)).toEqual({ user: 'é19999' });
      const broken = Buffer.concat([Buffer.from(shift + ndjson), Buffer.from([0x22, 0xe9, 0x22, 0x0a])]);
      await expect(all(file('long.ndjson', broken), ['user'])).rejects.toThrow('line 20001: not utf-8 text');
    }
  });

  test('another separator, when it is named', async () => {
    expect(await all(file('s.csv', 'user;item\nu1;a,b\n'), ['user', 'item'], [], ';')).toEqual([{ user: 'u1', item: 'a,b' }]);
  });

  test('a reader who stops early leaves nothing open', async () => {
    for await (const row of readLog(file('a.csv.gz', gzipSync(csv)), { columns: ['user'] })) {
      expect(row).toEqual({ user: 'u1' });
      break;
    }
  });

  test('whole numbers are read as numbers', async () => {
    expect(await all(file('n.csv', 'user,item\n12,3\n'), ['user', 'item'], ['user'])).toEqual([{ user: 12, item: '3' }]);
  });

  test.each([
    ['a missing column', 'x.csv', csv, ['user', 'app'], "line 1: no column 'app'; the first line names 3 columns and none is called that"],
    ['a column that is there twice', 'x.csv', 'user,user\nSECRET,b\n', ['user'], "line 1, column 2: column 'user' stands there twice"],
    ['an empty log', 'x.csv', '', ['user'], 'the log is empty: a header line was expected'],
    ['too few fields', 'x.csv', 'user,item\nu1,a\nSECRET\n', ['user'], /^line 3.*: another number of fields than the header$/],
    ['a quote that is never closed', 'x.csv', 'user,item\nu1,a\nu2,"SECRET\n', ['user'], /^line \d.*: a quote is opened and not closed$/],
    ['a broken quote', 'x.csv', 'user,item\nu1,"SECRET"x\n', ['user'], /^line 2.*: broken quoting$/],
    ['a bad number', 'x.csv', 'user,item\n1,a\nSECRET,b\n', ['user'], "line 3, column 1 ('user'): not a whole number"],
    ['a number in another notation', 'x.csv', 'user,item\n0x3,SECRET\n', ['user'], "line 2, column 1 ('user'): not a whole number"],
    ['a bad number in NDJSON', 'i.ndjson', '{"user":1}\n{"user":"SECRET"}\n', ['user'], "line 2, field 'user': not a whole number"],
    ['semicolons', 'x.csv', 'user;SECRET\nu1;a\n', ['user'], "line 1: no column 'user'; its columns seem to be parted by ';': give --separator ';'"],
    ['tabs', 'x.csv', 'user\tSECRET\nu1\ta\n', ['user'], "line 1: no column 'user'; its columns seem to be parted by tabs: give --separator tab"],
    ['NDJSON under another name', 'x.csv', '{"user":"SECRET"}\n', ['user'], 'line 1, column 1: broken quoting; if it is NDJSON, give it a name that ends in .ndjson'],
    ['gzip named as CSV', 'x.csv', gzipSync('SECRET'), ['user'], 'the log is compressed with gzip: give it a name that ends in .gz'],
    ['gzip named as NDJSON', 'x.ndjson', gzipSync('SECRET'), ['user'], 'the log is compressed with gzip: give it a name that ends in .gz'],
    ['a spreadsheet', 'x.csv', Buffer.from('PK\x03\x04SECRET'), ['user'], 'the log is a zip archive or a spreadsheet: unpack it, or save it as CSV'],
    ['UTF-16 without a mark', 'x.csv', Buffer.from('user,SECRET\n', 'utf16le'), ['user'], 'the log is not text, or is UTF-16 without a byte order mark: save it as UTF-8'],
    ['another encoding in CSV', 'x.csv', Buffer.from('user,item\nu1,a\nu2,SECRET\xe9\n', 'latin1'), ['user'], 'line 3: not utf-8 text; save the log as UTF-8'],
    ['another encoding in NDJSON', 'x.ndjson', Buffer.from('{"user":"é"}\n{"user":"SECRET\xe9"}\n', 'latin1'), ['user'], 'line 1: not utf-8 text; save the log as UTF-8'],
    ['a letter cut off at the end', 'x.ndjson', Buffer.from('{"user":"SECRET"}\n"é').subarray(0, -1), ['user'], 'line 2: not utf-8 text; save the log as UTF-8'],
    ['broken JSON', 'x.ndjson', '{"user":1}\n{"user":SECRET\n', ['user'], 'line 2, column 9: not valid JSON'],
    ['JSON cut short', 'x.ndjson', '{"user":"SECRET"}\n{"user":"SECRET\n', ['user'], 'line 2, column 16: not valid JSON'],
    ['two objects on a line', 'x.ndjson', '{"user":"SECRET"} {"user":1}\n', ['user'], 'line 1, column 19: not valid JSON'],
    ['JSON that is no object', 'x.ndjson', '["SECRET"]\n', ['user'], 'line 1, column 1: not a JSON object; one object a line was expected'],
    ['a missing field', 'x.ndjson', '{"user":1}\n{"SECRET":1}\n', ['user'], "line 2: no field 'user'"],
    ['a nested field', 'x.ndjson', '{"user":{"SECRET":1}}\n', ['user'], "line 1: field 'user' is not a plain value"],
    ['no gzip at all, CSV', 'x.csv.gz', 'SECRET', ['user'], 'the compressed file is damaged or cut short, or is not gzip'],
    ['no gzip at all, NDJSON', 'x.ndjson.gz', 'SECRET', ['user'], 'the compressed file is damaged or cut short, or is not gzip'],
    ['gzip cut short, CSV', 'x.csv.gz', gzipSync(csv.repeat(50)).subarray(0, 60), ['user'], 'the compressed file is damaged or cut short, or is not gzip'],
    ['gzip cut short, NDJSON', 'x.ndjson.gz', gzipSync('{"user":"SECRET"}\n'.repeat(50)).subarray(0, 40), ['user'], 'the compressed file is damaged or cut short, or is not gzip'],
  ])('%s: says where, and nothing of what stands there', async (_, name, content, columns, message) => {
    const integers = String(message).includes('whole number') ? ['user'] : [];
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
