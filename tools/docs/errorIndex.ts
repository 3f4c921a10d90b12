// npm run errors: writes docs/errors.md, the page that every error points to, from the tables in docs/errors/.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, read, root } from '../../test/support/repository.js';

const rows = new Map<string, string[]>();
for (const file of filesUnder('docs/errors', '.md')) {
  for (const [, code = ''] of read(file).matchAll(/^\|\s*`?(TOKUMEI_[A-Z0-9_]+)`?\s*\|/gmu)) {
    rows.set(code, [...(rows.get(code) ?? []), file.replace('docs/', '')]);
  }
}

const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, files]) => {
  const links = [...new Set(files)].map((file) => `[${file.slice('errors/'.length, -'.md'.length)}](${file})`);
  return `| <a id="${code.toLowerCase()}"></a>\`${code}\` | ${links.join(', ')} |`;
});

const page = `# Errors

Every error is a \`TokumeiError\` with a stable \`code\`; its \`docs\` points to a line here. The page behind the link says when
the error comes and what to do. No error holds a row, a key or a value out of the data. Written by \`npm run errors\`.

| code | page |
|---|---|
${lines.join('\n')}
`;
writeFileSync(join(root, 'docs/errors.md'), page);
