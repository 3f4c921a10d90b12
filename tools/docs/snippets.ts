// Writes every program of the documentation as a test into .snippets/. `npm run snippets` then type-checks and runs them.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, packageJson, read, root } from '../../test/support/repository.js';
import { exportedNames } from './exportedNames.js';
import { examples, fences, type Snippet } from './extract.js';
import { toTest } from './transform.js';

interface NotRun {
  readonly file: string;
  /** The first line of the snippet. */
  readonly starts: string;
  readonly reason: string;
}

const faults: string[] = [];
const fault = (snippet: Snippet, text: string): void => void faults.push(`${snippet.file}:${snippet.line}: ${text}`);

const atRoot = readdirSync(root).filter((file) => file.endsWith('.md'));
const markdown = [...atRoot, ...filesUnder('docs', '.md')].map((file) => ({ file, text: read(file) }));
const programs = markdown.flatMap(({ file, text }) => fences(file, text, ['ts']));

for (const snippet of markdown.flatMap(({ file, text }) => fences(file, text, ['js', 'javascript', 'typescript', 'mjs', 'tsx', 'jsx']))) {
  fault(snippet, 'mark the fence `ts`, so that it is run');
}

// Programs that cannot run are named, each with its reason, in one list.
const excused = JSON.parse(read('test/docs/no-run.json')) as readonly NotRun[];
const excuse = (snippet: Snippet): NotRun | undefined =>
  excused.find(({ file, starts }) => file === snippet.file && starts === snippet.code.split('\n')[0]);
for (const snippet of programs) {
  if (snippet.marks.includes('no-run') !== (excuse(snippet) !== undefined)) fault(snippet, 'a fence is marked `ts no-run` if and only if test/docs/no-run.json gives the reason');
  for (const mark of snippet.marks) if (mark !== 'no-run' && mark !== 'continued') fault(snippet, `unknown mark: ${mark}`);
}
for (const entry of excused) {
  if (entry.reason.trim().length < 10) faults.push(`test/docs/no-run.json: ${entry.file} needs a reason`);
  if (!programs.some((snippet) => excuse(snippet) === entry)) faults.push(`test/docs/no-run.json: ${entry.file} has no fence that starts so`);
}

// Commands: every script that a page names exists.
const { scripts } = packageJson();
for (const snippet of markdown.flatMap(({ file, text }) => fences(file, text, ['sh', 'bash', 'shell', 'console']))) {
  for (const [, name = ''] of snippet.code.matchAll(/\bnpm (?:(?:run|run-script)(?: -s| --silent)? )?([\w:-]+)/gu)) {
    const isCommand = ['ci', 'install', 'i', 'pack', 'publish', 'audit'].includes(name);
    if (!isCommand && scripts[name] === undefined) fault(snippet, `package.json has no script ${name}`);
  }
}

const findFrom = exportedNames();
const all = [
  ...programs.filter((snippet) => excuse(snippet) === undefined).map((snippet) => ({ snippet, find: () => undefined })),
  ...filesUnder('src', '.ts').flatMap((file) => examples(file, read(file))).map((snippet) => ({ snippet, find: findFrom(snippet.file) })),
];

const folder = join(root, '.snippets');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const { snippet, find } of all) {
  const title = `${snippet.file}:${snippet.line}`;
  try {
    writeFileSync(join(folder, `${title.replace(/[^\w.-]/gu, '_')}.test.ts`), toTest(title, snippet.code, find));
  } catch (error) {
    fault(snippet, (error as Error).message);
  }
}

console.error(`${all.length} programs in the documentation, ${excused.length} excused`);
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
