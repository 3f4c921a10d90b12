/** A program that stands in the documentation. */
export interface Snippet {
  /** The file that holds it, named from the root. */
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  /** What stands behind the language in a fence: `ts no-run` gives `['no-run']`. */
  readonly marks: readonly string[];
}

/** Every fence of a Markdown page whose language is one of `languages`. Marked `continued`, it is joined to the fence before. */
export function fences(file: string, text: string, languages: readonly string[]): readonly Snippet[] {
  const found: Snippet[] = [];
  for (const match of text.matchAll(/^([ ]*)```([^\n`]+)\n(.*?)^[ ]*```[ ]*$/gmsu)) {
    const [, indent = '', info = '', body = ''] = match;
    const [language = '', ...marks] = info.trim().split(/\s+/u);
    if (!languages.includes(language)) continue;
    const line = text.slice(0, match.index).split('\n').length + 1;
    const code = body.split('\n').map((row) => (row.startsWith(indent) ? row.slice(indent.length) : row)).join('\n');
    const before = found.at(-1);
    if (marks.includes('continued') && before !== undefined) found[found.length - 1] = { ...before, code: `${before.code}\n${code}` };
    else found.push({ file, line, code, marks });
  }
  return found;
}

/** Every `@example` of the doc comments in a source file. A title behind the tag and a fence around the code are left out. */
export function examples(file: string, text: string): readonly Snippet[] {
  const found: Snippet[] = [];
  for (const comment of text.matchAll(/\/\*\*.*?\*\//gsu)) {
    const first = text.slice(0, comment.index).split('\n').length;
    const rows = comment[0].slice(3, -2).split('\n').map((row) => row.replace(/^\s*\* ?/u, ''));
    rows.forEach((row, index) => {
      if (!row.startsWith('@example')) return;
      const rest = rows.slice(index + 1);
      const end = rest.findIndex((next) => /^@[a-z]/iu.test(next));
      const code = (end === -1 ? rest : rest.slice(0, end)).map((next) => (next.startsWith('```') ? '' : next)).join('\n').trimEnd();
      found.push({ file, line: first + index + 1, code, marks: [] });
    });
  }
  return found;
}
