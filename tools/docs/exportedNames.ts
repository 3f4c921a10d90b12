import { filesUnder, read, subpaths } from '../../test/support/repository.js';
import type { Finder } from './transform.js';

/** What a file exports as values, read off its text: declarations and `export { a, b as c } from`. */
function namesOf(text: string): readonly string[] {
  const declared = [...text.matchAll(/^export (?:declare )?(?:async )?(?:function\*?|const|let|class) (\w+)/gmu)].map((match) => match[1] ?? '');
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gmu)].flatMap((match) => (match[1] ?? '').split(','));
  const values = listed.map((item) => item.trim()).filter((item) => item !== '' && !item.startsWith('type '));
  return [...declared, ...values.map((item) => item.split(/\s+as\s+/u).at(-1) ?? item)];
}

/**
 * Finds what an example in a doc comment uses: in its own file, then under the name that users import it by, then anywhere
 * in src, since inner functions have examples too.
 */
export function exportedNames(): (file: string) => Finder {
  const inner = new Map<string, string>();
  const own = new Map<string, ReadonlySet<string>>();
  for (const file of filesUnder('src', '.ts')) {
    const names = namesOf(read(file));
    own.set(file, new Set(names));
    if (!file.endsWith('/index.ts')) for (const name of names) inner.set(name, file);
  }
  const users = new Map<string, string>();
  for (const { specifier, source, written } of subpaths()) {
    if (written) for (const name of namesOf(read(source))) if (!users.has(name)) users.set(name, specifier);
  }
  const fromRoot = (file: string): string => `../${file.replace(/\.ts$/u, '.js')}`;
  return (file) => (name) => {
    if (own.get(file)?.has(name) === true) return fromRoot(file);
    const hidden = inner.get(name);
    return users.get(name) ?? (hidden === undefined ? undefined : fromRoot(hidden));
  };
}
