import { describe, expect, test } from 'vitest';
import { examples, fences } from '../../tools/docs/extract.js';
import { toTest } from '../../tools/docs/transform.js';

const none = (): undefined => undefined;

/** Runs the body of a generated test with a stand-in for vitest's `expect`, which the real one checks. */
async function outcome(code: string): Promise<'passes' | 'fails'> {
  const body = /async \(\) => \{\n(.*)\n\}\);\n$/su.exec(toTest('t', code, none))?.[1] ?? '';
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (e: typeof expect) => Promise<void>;
  try {
    await new AsyncFunction('expect', body)(expect);
    return 'passes';
  } catch {
    return 'fails';
  }
}

describe('a claim', () => {
  test.each([
    ['1 + 1; // => 2', 'passes'],
    ['1 + 1; // => 3', 'fails'],
    ['const x = [1, 2]; // => [1, 2]', 'passes'],
    ['const x = [1, 2]; // => [2, 1]', 'fails'],
    ['({ a: 1 }); // => { a: 1 }', 'passes'],
    ['({ a: 1 }); // => { a: 1, b: 2 }', 'fails'],
    ['Math.PI; // => 3.141…', 'passes'],
    ['Math.PI; // => 3.142…', 'fails'],
    ['console.log(3);\n// => 4', 'fails'],
    ['[\n  1,\n  2,\n];\n// => [\n//   1,\n//   2,\n// ]', 'passes'],
    ['[1, 2];\n// => [\n//   1,\n//   3,\n// ]', 'fails'],
    ['2; // => 2\n// and prose below it', 'passes'],
    ['await Promise.resolve(5); // => 5', 'passes'],
    ['await Promise.resolve(5); // => 6', 'fails'],
    [`(() => { throw Object.assign(new Error(), { code: 'TOKUMEI_X' }); })(); // => throws TOKUMEI_X`, 'passes'],
    [`(() => { throw Object.assign(new Error(), { code: 'TOKUMEI_Y' }); })(); // => throws TOKUMEI_X`, 'fails'],
    ['3; // => throws TOKUMEI_X', 'fails'],
    ['0; // e.g. 5', 'passes'],
    ['undefinedName; // e.g. 5', 'fails'],
    ['-0; // => 0', 'fails'],
  ])('%s: the test %s', async (code, expected) => {
    expect(await outcome(code)).toBe(expected);
  });

  test('that follows nothing, or is no value, is a fault', () => {
    expect(() => toTest('t', 'if (true) {\n  1; // => 2\n}', none)).toThrow(/1 of its claims/);
    expect(() => toTest('t', '// => 2\nconst a = 1;', none)).toThrow(/1 of its claims/);
    expect(() => toTest('t', '1; // => one of', none)).toThrow(/is no value/);
    expect(() => toTest('t', 'const [a] = [1]; // => 1', none)).toThrow(/one constant/);
  });
});

describe('names', () => {
  const find = (name: string): string | undefined => (['pipe', 'flow'].includes(name) ? 'tokumei' : undefined);

  test('are imported when they are used and not declared', () => {
    expect(toTest('t', 'pipe(1);', find)).toContain(`import { pipe } from 'tokumei';`);
    expect(toTest('t', 'const pipe = 1; ({ flow: pipe }); ({}).flow;', find)).not.toContain(`from 'tokumei'`);
    expect(toTest('t', `import { pipe } from 'tokumei/x';\npipe(1);`, find).match(/import \{ pipe \}/gu)).toHaveLength(1);
  });
});

describe('extraction', () => {
  test('takes fences of the language, dedented, with line and marks, and joins continued ones', () => {
    const text = 'a\n\n```ts\nconst a = 1;\n```\n- b\n  ```ts continued\n  a; // => 1\n  ```\n```sh\nnpm test\n```\n```ts no-run\nx\n```\n';
    expect(fences('p.md', text, ['ts'])).toEqual([
      { file: 'p.md', line: 4, code: 'const a = 1;\n\na; // => 1\n', marks: [] },
      { file: 'p.md', line: 14, code: 'x\n', marks: ['no-run'] },
    ]);
    expect(fences('p.md', text, ['sh'])).toMatchObject([{ code: 'npm test\n' }]);
  });

  test('takes every example of every doc comment, up to the next tag', () => {
    const text = '/**\n * One.\n *\n * @example\n * one(); // => 1\n *\n * @example Another\n * ```ts\n * two();\n * ```\n * @throws never\n */\nexport const x = 1;\n';
    expect(examples('a.ts', text)).toEqual([
      { file: 'a.ts', line: 5, code: 'one(); // => 1', marks: [] },
      { file: 'a.ts', line: 8, code: '\ntwo();', marks: [] },
    ]);
  });
});
