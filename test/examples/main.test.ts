import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';

const main = fileURLToPath(new URL('../../examples/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tokumei-main-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const out = join(folder, 'out');

let runs = 0;
/** The command as a person gives it, in this process; each import of the program is a run of it. */
async function run(log: string, keys: string, ...more: string[]): Promise<{ code: typeof process.exitCode; stdout: string; stderr: string }> {
  const { argv } = process;
  const [stdout, stderr] = [vi.spyOn(console, 'log').mockReturnValue(), vi.spyOn(console, 'error').mockReturnValue()];
  const printed = (spy: typeof stdout): string => spy.mock.calls.flat().join('\n');
  process.argv = [...argv.slice(0, 2), log, '--unit', 'user', '--by', 'item', '--epsilon', '1', '--groups-per-unit', '4', '--keys', keys, '--out', out, ...more];
  try {
    await import(/* @vite-ignore */ `${main}?run=${runs++}`);
    return { code: process.exitCode ?? 0, stdout: printed(stdout), stderr: printed(stderr) };
  } finally {
    process.argv = argv;
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

const broken = file('broken.csv', 'user,item\nSECRET\n');

test('options and targets are refused before the log is read; a fault of the log leaves old results as they were', async () => {
  const cut = file('cut.ndjson.gz', gzipSync('{"user":"SECRET","item":"a"}\n'.repeat(2000)).subarray(0, 60));
  mkdirSync(join(folder, 'blocked', 'release.html'), { recursive: true });
  const results = [
    await run(broken, 'discover', '--delta', '0'),
    await run(broken, 'discover', '--delta', '1e-6', '--out', join(folder, 'blocked')),
    await run(broken, 'discover', '--delta', '1e-6'),
    await run(cut, 'discover', '--delta', '1e-6'),
    await run(file('release.csv', 'user,item\nu1,a\n'), 'discover', '--delta', '1e-6', '--out', folder),
  ];
  expect(results.map(({ code, stdout }) => [code, stdout])).toEqual([[1, ''], [1, ''], [1, ''], [1, ''], [2, '']]);
  expect(results[0]!.stderr).toContain('delta');
  expect(results.slice(1).map(({ stderr }) => stderr.split('\n\n')[0])).toEqual([
    `cannot write ${join(folder, 'blocked', 'release.html')}: something that is not a file stands there`,
    'line 2, column 2: another number of fields than the header',
    'the compressed file is damaged or cut short, or is not gzip',
    '--out: the log itself would be written over',
  ]);
  expect(readdirSync(join(folder, 'blocked'))).toEqual(['release.html']);
  expect(readdirSync(out)).toEqual([]);
  expect(readFileSync(join(folder, 'release.csv'), 'utf8')).toBe('user,item\nu1,a\n');
});

test('the operator is told how many rows were read, the page is not; a bound that was not applied is not claimed', async () => {
  const log = file('log.csv', `user,item\n${Array.from({ length: 18_765 }, (_, i) => `${i % 11 === 0 ? '' : `u${i % 30}`},${i % 4}\n`).join('')}`);
  const { code, stdout, stderr } = await run(log, file('keys.txt', '\ufeff0\n1\n2\n3\n'), '--delta', '1e-6', '--integers', 'item');
  expect([code, stderr]).toEqual([0, "18,765 rows read, 1,706 left out: column 'user' is empty in them. (For you, not for the page.)"]);
  expect(readdirSync(out).sort()).toEqual(['release.csv', 'release.html', 'release.json']);
  const html = readFileSync(join(out, 'release.html'), 'utf8');
  const { manifest } = JSON.parse(readFileSync(join(out, 'release.json'), 'utf8')) as { manifest: { bounds: object; steps: { strategy?: string }[] } };
  expect([manifest.bounds, manifest.steps.at(-1)!.strategy]).toEqual([{}, 'measure-all']);
  for (const text of [html, stdout]) expect(text).not.toContain('at most');
  for (const name of readdirSync(out)) expect(readFileSync(join(out, name), 'utf8')).not.toMatch(/(?<![\w.])(?:18,?765|1,?706)(?![\w.])/);
});
