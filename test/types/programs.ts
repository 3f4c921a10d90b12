import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, root, subpaths } from '../support/repository.js';

/** The two compilers of the project, by the major version that they are. */
export const compilers = { 'TypeScript 6': 'tsc6', 'TypeScript 7': 'tsc' } as const;

export interface CompileError {
  readonly file: string;
  readonly line: number;
  /** With all indented lines that explain it. */
  readonly text: string;
}

/** Type-checks a folder of programs against the package installed in its parent; the library's own declarations with them. */
export function compile(compiler: string, folder: string, types: readonly string[]): readonly CompileError[] {
  const options = { target: 'ES2022', lib: ['ES2023', 'DOM'], module: 'NodeNext', types, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  let output = '';
  try {
    execFileSync(join(root, 'node_modules/.bin', compiler), ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout?: string }).stdout ?? '';
    if (!output.includes('error TS')) throw error;
  }
  const errors: { file: string; line: number; text: string }[] = [];
  for (const row of output.split('\n')) {
    const start = /^(.*)\((\d+),\d+\): (error TS.*)$/u.exec(row);
    if (start !== null) errors.push({ file: start[1] ?? '', line: Number(start[2]), text: start[3] ?? '' });
    else if (row.startsWith('error TS')) errors.push({ file: '', line: 0, text: row });
    else if (row.trim() !== '' && errors.length > 0) (errors.at(-1) as { text: string }).text += `\n${row}`;
  }
  return errors;
}

/** One mistake in a misuse program: `// @ts-expect-error -- text of the error`, above the line at fault. */
export interface Expected {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Program {
  readonly file: string;
  readonly source: string;
  readonly expected: readonly Expected[];
  /** From `// at run time: TOKUMEI_CODE`: what the same program throws as plain JavaScript. */
  readonly thrown: string | undefined;
  /** A subpath it imports that nobody has written yet. */
  readonly missing: string | undefined;
}

const directive = /^\s*\/\/ @ts-expect-error(?: -- (.+))?$/u;

export function programs(folder: 'misuse' | 'use'): readonly Program[] {
  const unwritten = subpaths().filter(({ written }) => !written).map(({ specifier }) => specifier);
  return filesUnder(`test/types/${folder}`, '.ts').map((path) => {
    const file = path.split('/').at(-1) ?? path;
    const source = readFileSync(join(root, path), 'utf8');
    const expected = source.split('\n').flatMap((row, index) => {
      const match = directive.exec(row);
      return match === null ? [] : [{ file, line: index + 2, text: match[1] ?? '' }];
    });
    return { file, source, expected, thrown: /^\/\/ at run time: (TOKUMEI_\w+)$/mu.exec(source)?.[1], missing: unwritten.find((name) => source.includes(`'${name}'`)) };
  });
}

/** Writes programs into a new folder beside the installed package. */
export function lay(installed: string, name: string, files: readonly { readonly file: string; readonly source: string }[]): string {
  const folder = join(installed, name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(installed, 'package.json'), join(folder, 'package.json'));
  for (const { file, source } of files) writeFileSync(join(folder, file), source);
  return folder;
}

/** The program without its `@ts-expect-error` lines, its line numbers unchanged. */
export function bare(source: string): string {
  return source.split('\n').map((row) => (directive.test(row) ? '//' : row)).join('\n');
}
