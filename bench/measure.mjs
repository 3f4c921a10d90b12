// npm run -s measure -- NAME [arguments]
// Runs one measurement on the built package. Standard output carries one line of JSON and nothing else.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each file exports `run(args, name)`, which returns (or promises) the object to print. */
const FILES = {
  ranking: 'ranking.mjs',
  throughput: 'throughput.mjs',
  noise: 'noise.mjs',
  identifiers: 'identifiers.mjs',
  'identifiers-speed': 'identifiers-speed.mjs',
  vectors: 'vectors.mjs',
  'dp-throughput': 'dp-throughput.mjs',
  movement: 'movement.mjs',
  tables: 'tables.mjs',
  audit: 'audit.mjs',
  kanon: 'kanon.mjs',
  'audit-epsilon': 'audit-epsilon.mjs',
  'audit-mechanisms': 'audit-mechanisms.mjs',
  pld: 'pld.mjs',
  coverage: 'coverage.mjs',
};

const root = fileURLToPath(new URL('..', import.meta.url));

function fail(message) {
  process.stderr.write(`measure: ${message}\n`);
  process.exit(1);
}

function newest(folder, name) {
  if (!existsSync(folder)) return 0;
  return Math.max(0, ...readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(name))
    .map((file) => statSync(join(folder, file)).mtimeMs));
}

function buildIfStale() {
  if (newest(join(root, 'dist'), '.js') >= newest(join(root, 'src'), '.ts')) return;
  process.stderr.write('measure: dist is older than src, building\n');
  const { status } = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail('the build failed');
}

const [name, ...args] = process.argv.slice(2);
const known = `one of ${Object.keys(FILES).join(', ')}`;
if (name === undefined) fail(`name what to measure: ${known}`);
if (!Object.hasOwn(FILES, name)) fail(`knows no '${name}'; ${known}`);
const file = new URL(FILES[name], import.meta.url);
if (!existsSync(file)) fail(`bench/${FILES[name]} is not written yet`);

buildIfStale();
process.chdir(process.env.INIT_CWD ?? process.cwd()); // paths are meant from where npm was called
const stdout = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr); // whatever a library prints stays off standard output
try {
  const { run } = await import(file);
  const result = JSON.stringify(await run(args, name));
  if (result === undefined) fail(`${name} measured nothing`);
  stdout(`${result}\n`);
} catch (error) {
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
