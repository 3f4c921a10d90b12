import { describe, expect, test } from 'vitest';
import { filesUnder, read } from './support/repository.js';

/** The one-line descriptions by area, `docs/errors/AREA.md`: tables of `| code | when | what to do |`. */
const areas = filesUnder('docs/errors', '.md');

/** Code → the places that name it. */
function places(files: readonly string[], pattern: RegExp): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    for (const [, code = ''] of read(file).matchAll(pattern)) found.set(code, [...(found.get(code) ?? []), file]);
  }
  return found;
}

const sources = filesUnder('src', '.ts');
const thrown = places(sources, /['"](TOKUMEI_[A-Z0-9_]+)['"]/gu);
const promised = places(sources, /`(TOKUMEI_[A-Z0-9_]+)`/gu);
const listed = places(areas, /^\|\s*`?(TOKUMEI_[A-Z0-9_]+)`?\s*\|/gmu);
const indexed = places(['docs/errors.md'], /<a id="tokumei_[a-z0-9_]+"><\/a>`(TOKUMEI_[A-Z0-9_]+)`/gu);

describe('error codes', () => {
  test('every code in src has a line in docs/errors/', () => {
    const missing = [...thrown].filter(([code]) => !listed.has(code)).map(([code, files]) => `${code} of ${files[0]}`);
    expect(missing).toEqual([]);
  });

  test('every code that a doc comment promises is thrown somewhere', () => {
    const empty = [...promised].filter(([code]) => !thrown.has(code)).map(([code, files]) => `${code} of ${files[0]}`);
    expect(empty).toEqual([]);
  });

  test('every line in docs/errors/ is of a code in src', () => {
    const stale = [...listed].filter(([code]) => !thrown.has(code)).map(([code, files]) => `${code} of ${files[0]}`);
    expect(stale).toEqual([]);
  });

  test('every line says when it comes and what to do', () => {
    for (const file of areas) {
      for (const line of read(file).split('\n').filter((text) => /^\|\s*`?TOKUMEI_/u.test(text))) {
        const cells = line.split(/(?<!\\)\|/u).slice(1, -1).map((cell) => cell.trim());
        expect(cells.length, `${file}: ${line}`).toBe(3);
        expect(cells.every((cell) => cell.length > 3), `${file}: ${line}`).toBe(true);
      }
    }
  });

  test('docs/errors.md, where errors point to, leads to every code (npm run errors writes it)', () => {
    expect([...indexed.keys()].sort()).toEqual([...listed.keys()].sort());
    for (const [code, files] of listed) {
      const line = read('docs/errors.md').split('\n').find((text) => text.includes(`\`${code}\``)) ?? '';
      for (const file of files) expect(line, code).toContain(file.replace('docs/', ''));
    }
  });
});
