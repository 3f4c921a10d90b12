// npm run -s measure -- vectors DIR
// Runs every reference case in a folder of JSON files against the built package and says what passed, failed and was skipped, and why.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choices } from './vectors/choices.mjs';
import { dpAccounting } from './vectors/dpAccounting.mjs';
import { google } from './vectors/google.mjs';
import { grids } from './vectors/grids.mjs';
import { opendp } from './vectors/opendp.mjs';
import { Tally } from './vectors/tally.mjs';

/** A function of (data, tally, lib) for each file. Other areas add theirs here. */
export const RUNNERS = { ...grids, ...choices, ...opendp, ...google, ...dpAccounting };

const MODULES = {
  accounting: 'dp/accounting/index.js',
  aggregates: 'dp/index.js',
  budget: 'dp/budget/index.js',
  mechanisms: 'dp/mechanisms/index.js',
  numeric: 'numeric/index.js',
  pld: 'dp/accounting/pld/index.js',
  plan: 'dp/plan/index.js',
  rdp: 'dp/accounting/rdp/index.js',
  selection: 'dp/selection/index.js',
  testing: 'testing/index.js',
};

/** The parts of the library that runners use. `load` gives a module by its path: of the built package, or of the sources in a test. */
export async function library(load) {
  return Object.fromEntries(await Promise.all(Object.entries(MODULES).map(async ([name, path]) => [name, await load(path)])));
}

/** Runs the cases of one file into a tally. */
export function runFile(name, data, tally, lib) {
  tally.file(name);
  if (Object.hasOwn(RUNNERS, name)) RUNNERS[name](data, tally, lib);
  else tally.skip(`no runner for ${name}`);
}

export async function run([folder]) {
  if (folder === undefined) throw new Error('vectors: name a folder of reference cases');
  const lib = await library((path) => import(new URL(`../dist/${path}`, import.meta.url)));
  const tally = new Tally();
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.json')) runFile(name, JSON.parse(readFileSync(join(folder, name), 'utf8')), tally, lib);
  }
  return tally.result();
}

export { Tally };
