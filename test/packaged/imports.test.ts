import { execFileSync } from 'node:child_process';
import { describe, expect, inject, test } from 'vitest';
import { packageJson, subpaths } from '../support/repository.js';

const installed = inject('installed');
const written = subpaths().filter((subpath) => subpath.written).map((subpath) => subpath.specifier);
for (const { specifier } of subpaths().filter((subpath) => !subpath.written)) test.skip(`${specifier} (skipped: not written yet)`, () => {});

/** Runs a program in the folder with plain Node and reads the JSON that it prints. */
function run(folder: string, kind: 'module' | 'commonjs', program: string): unknown {
  return JSON.parse(execFileSync('node', ['--no-warnings', `--input-type=${kind}`, '-e', program], { cwd: folder, encoding: 'utf8' }));
}

const names = (folder: string, kind: 'module' | 'commonjs', specifier: string): unknown =>
  run(folder, kind, `${kind === 'module' ? `import * as m from '${specifier}'` : `const m = require('${specifier}')`}; console.log(JSON.stringify(Object.keys(m).filter((n) => n !== '__esModule' && n !== 'module.exports')));`);

describe.each(written)('%s', (specifier) => {
  // The kit for tests stands on the caller's own fast-check.
  const folder = specifier.endsWith('/testing') ? installed.withPeers : installed.alone;

  test('can be imported and required, with the same names', () => {
    const imported = names(folder, 'module', specifier) as string[];
    expect(imported.length).toBeGreaterThan(0);
    expect(imported).not.toContain('default');
    expect(new Set(names(folder, 'commonjs', specifier) as string[])).toEqual(new Set(imported));
  });

  test('hands out nothing that makes or opens a holder', () => {
    const imported = names(folder, 'module', specifier) as string[];
    const inner = /^(?:(?:make|open)(?:Personal|Protected)|Personal|Protected)$/u;
    expect(imported.filter((name) => inner.test(name))).toEqual([]);
  });

  test('changes nothing global on import', () => {
    const program = `
      const state = () => JSON.stringify([globalThis, Object.prototype, Array.prototype, Function.prototype, String.prototype, Math, JSON].map((o) => Reflect.ownKeys(o).map(String)));
      const before = state();
      await import('${specifier}');
      console.log(JSON.stringify(before === state()));`;
    expect(run(folder, 'module', program)).toBe(true);
  });
});

test('package.json can be read through exports, and inner files cannot', () => {
  const program = `
    const { createRequire } = await import('node:module');
    const load = createRequire(process.cwd() + '/x.js');
    let inner = 'reached';
    try { load('tokumei/dist/core/holders/personal.js'); } catch (error) { inner = error.code; }
    console.log(JSON.stringify([load('tokumei/package.json').version, inner]));`;
  expect(run(installed.alone, 'module', program)).toEqual([packageJson().version, 'ERR_PACKAGE_PATH_NOT_EXPORTED']);
});
