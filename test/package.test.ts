import { describe, expect, test } from 'vitest';
import { VERSION } from '../src/core/version.js';
import { filesUnder, packageJson, read, subpaths } from './support/repository.js';

const json = packageJson();

describe('package.json', () => {
  test('names the subpaths of the plan, types first, each behind a folder of the same name', () => {
    expect(Object.keys(json.exports)).toEqual(['.', './identifiers', './kanon', './dp', './dp/pld', './dp/rdp', './rank', './publish', './testing', './node', './package.json']);
    for (const [key, target] of Object.entries(json.exports)) {
      if (typeof target === 'string') continue;
      const stem = key === '.' ? './dist/index' : `./dist/${key.slice(2)}/index`;
      expect(Object.entries(target)).toEqual([['types', `${stem}.d.ts`], ['default', `${stem}.js`]]);
    }
  });

  for (const { specifier, source, written } of subpaths()) {
    test.skipIf(!written)(`${specifier} has its source in ${source}`, () => {
      expect(read(source)).toMatch(/^export /mu);
    });
  }

  test('is ESM without side effects for Node 20.19 and later', () => {
    expect(json.type).toBe('module');
    expect(json.sideEffects).toBe(false);
    expect(json.engines.node).toBe('>=20.19');
  });

  test('depends on what was decided and on nothing else', () => {
    expect(Object.keys(json.dependencies)).toEqual(['@noble/hashes', 'seedrandom', 'simple-statistics']);
    expect(Object.keys(json.peerDependencies)).toEqual(['@noble/ciphers', 'fast-check']);
    for (const peer of Object.keys(json.peerDependencies)) expect(json.peerDependenciesMeta[peer]).toEqual({ optional: true });
    const decisions = filesUnder('docs/decisions', '.md').map(read).join('\n');
    for (const name of [...Object.keys(json.dependencies), ...Object.keys(json.peerDependencies)]) {
      expect(decisions, `a page of docs/decisions/ with a heading that names ${name}`).toMatch(new RegExp(`^#.*${name}`, 'mu'));
    }
  });

  test('pins every tool', () => {
    for (const [name, version] of Object.entries(json.devDependencies)) {
      expect(version, name).toMatch(/^(?:npm:@?[a-z/0-9]+@)?\d+\.\d+\.\d+$/u);
    }
  });
});

describe('versions', () => {
  test('the one that manifests state is that of package.json', () => {
    expect(VERSION).toBe(json.version);
  });

  test('the newest in CHANGELOG.md is that of package.json', () => {
    const heads = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gmu)].map((match) => match[1] ?? '');
    const newest = heads.find((head) => /\d/u.test(head));
    expect(newest, 'a heading such as "## 0.1.0"').toBeDefined();
    expect((newest ?? '').split(' ')[0]).toBe(json.version);
  });
});

test('package-lock.json names no place to fetch from, so that every registry serves', () => {
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string; link?: boolean }> };
  const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined && entry.link !== true);
  expect(resolved.map(([path]) => path)).toEqual([]);
});
