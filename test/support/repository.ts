import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';

/** The folder that holds package.json. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file, named from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** All files under a folder whose names end so, named from the root, in order. None where the folder is absent. */
export function filesUnder(folder: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** What Git tracks or would add, or undefined outside a clone. */
export function trackedFiles(): readonly string[] | undefined {
  if (!existsSync(join(root, '.git'))) return undefined;
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
  return [...new Set(list.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
}

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly sideEffects: boolean;
  readonly type: string;
}

export function packageJson(): Package {
  return JSON.parse(read('package.json')) as Package;
}

/** One importable name of the package: `tokumei/dp`, and the source file behind it. */
export interface Subpath {
  readonly specifier: string;
  readonly source: string;
  /** False while nobody has written it. `.ci/run` does not pass before all are: publint misses the file. */
  readonly written: boolean;
}

export function subpaths(): readonly Subpath[] {
  const { name, exports } = packageJson();
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([key]) => {
      const source = key === '.' ? 'src/index.ts' : `src/${key.slice(2)}/index.ts`;
      return { specifier: name + key.slice(1), source, written: existsSync(join(root, source)) };
    });
}
