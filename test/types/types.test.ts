import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { subpaths } from '../support/repository.js';
import { bare, compile, compilers, lay, programs } from './programs.js';

const installed = inject('installed').withPeers;
const all = [...programs('use'), ...programs('misuse')];
const ready = all.filter(({ missing }) => missing === undefined);
const misuses = programs('misuse').filter(({ missing }) => missing === undefined);
for (const { file, missing } of all) if (missing !== undefined) test.skip(`${file} (skipped: ${missing} is not written yet)`, () => {});

const written = subpaths().filter((subpath) => subpath.written).map(({ specifier }) => specifier);
const everySubpath = written.map((specifier, index) => `export * as part${index} from '${specifier}';`).join('\n');

describe.each(Object.entries(compilers))('%s', (name, compiler) => {
  test('accepts the right programs, the declarations of every subpath, and finds every misuse where it is marked', () => {
    const portable = everySubpath.split('\n').filter((line) => !line.includes('/node')).join('\n');
    const folder = lay(installed, `marked-${compiler}`, [...ready, { file: 'every.ts', source: portable }]);
    expect(compile(compiler, folder, [])).toEqual([]);
    const withNode = lay(installed, `node-${compiler}`, [{ file: 'every.ts', source: everySubpath }]);
    expect(compile(compiler, withNode, ['node'])).toEqual([]);
  });

  // Without the marks, so that each program fails for the reason that it is meant to fail for.
  const errors = misuses.length === 0 ? [] : compile(compiler, lay(installed, `bare-${compiler}`, misuses.map(({ file, source }) => ({ file, source: bare(source) }))), []);
  test.each(misuses.filter(({ expected }) => expected.length > 0))('refuses $file in the wanted words', ({ file, expected }) => {
    const found = errors.filter((error) => error.file === file);
    expect(found.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
    expected.forEach(({ text }, index) => {
      expect(text, `${file}: write the wanted text behind @ts-expect-error --`).not.toBe('');
      expect(found[index]?.text, name).toContain(text);
    });
  });
});

describe('as plain JavaScript', () => {
  test.each(misuses.filter(({ thrown }) => thrown !== undefined))('$file throws $thrown', ({ file, source, thrown }) => {
    const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
    const folder = lay(installed, 'plain', [{ file: file.replace(/\.ts$/u, '.mjs'), source: code }]);
    const program = `import('./${file.replace(/\.ts$/u, '.mjs')}').then(() => console.log('ran'), (error) => console.log(error.name, error.code));`;
    expect(execFileSync('node', ['-e', program], { cwd: join(folder), encoding: 'utf8' }).trim()).toBe(`TokumeiError ${thrown}`);
  });
});
