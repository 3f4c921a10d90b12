import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read, root, trackedFiles } from './support/repository.js';

const files = trackedFiles();

/** Folders and the registry's host of the machine that runs this, found out rather than written down. */
function ofThisMachine(): readonly RegExp[] {
  const registry = execFileSync('npm', ['config', 'get', 'registry', '--loglevel=error'], { cwd: root, encoding: 'utf8' }).trim();
  const host = URL.canParse(registry) ? new URL(registry).hostname : '';
  const hosts = host.includes('.') && !/^[\d.]+$/u.test(host) ? [new RegExp(`(?<![\\w.-])${literal(host)}`, 'u')] : [];
  const folders = [homedir(), dirname(root.replace(/\/$/u, ''))].filter((path) => path.length > 1);
  return [...hosts, ...new Set(folders)].map((name) => (typeof name === 'string' ? new RegExp(`(?<![\\w.~:/-])${literal(name)}/`, 'u') : name));
}

const literal = (text: string): string => text.replace(/[^\w\s]/gu, '\\$&');

// Written so that no pattern matches its own text.
const elsewhere = [
  /(?<![\w.~:/-])\/(?:work|root|home|Users|mnt|private|workspace)\/[\w.-]/u,
  /(?<![\w/])[A-Z]:\\(?:Users|work)\\/u,
  /\bregistry[.](?:npmjs|yarnpkg)[.]/iu,
  /\b(?:npmjs|pypi|pythonhosted|jsr)[.](?:org|com|io)\b/iu,
  /\bcrates[.]io\b/iu,
  /\bproxy[.]golang[.]org\b/iu,
  /\b(?:repo1?|central)[.](?:maven|sonatype)[.]/iu,
  /\b(?:deb|security|ftp)[.]debian[.]org\b/iu,
];

describe.skipIf(files === undefined)('tracked files', () => {
  test('name no folder of a machine and no host of a registry', { timeout: 120_000 }, () => {
    const patterns = [...ofThisMachine(), ...elsewhere];
    const faults: string[] = [];
    for (const file of files ?? []) {
      for (const [index, line] of read(file).split('\n').entries()) {
        const match = patterns.map((pattern) => pattern.exec(line)?.[0]).find((text) => text !== undefined);
        if (match !== undefined) faults.push(`${file}:${index + 1}: ${match}`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('have names that every file system holds apart, and none is large', () => {
    const names = (files ?? []).map((file) => file.toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect((files ?? []).filter((file) => read(file).length > 2_000_000)).toEqual([]);
  });
});
