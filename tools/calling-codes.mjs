// Writes src/identifiers/numbering/calling-codes.ts from libphonenumber-js metadata (a development dependency).
//
//   node tools/calling-codes.mjs
//
// One letter a code: the greatest length of its national numbers ('a' = 1 digit), a capital where shorter ones exist too.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { breadthFirst } from './numbering-trie.mjs';

const require = createRequire(import.meta.url);
const metadata = require('libphonenumber-js/metadata.max.json');
const { version } = JSON.parse(readFileSync(new URL('../node_modules/libphonenumber-js/package.json', import.meta.url), 'utf8'));

/** Shorter numbers than this are local ones, which nobody writes after a plus. */
const SHORTEST = 6;
/** A length that only a prefix, a carrier code or a special service reaches: libphonenumber lists them for Japan (00 and 14 digits more), Indonesia, Russia. */
const LONGEST = { 1: 10, 7: 10, 62: 12, 81: 10, 358: 12 };

const lengths = new Map();
const add = (code, list) => lengths.set(code, new Set([...(lengths.get(code) ?? []), ...list]));
for (const [code, regions] of Object.entries(metadata.country_calling_codes)) for (const r of regions) add(code, metadata.countries[r][3]);
for (const [code, plan] of Object.entries(metadata.nonGeographic)) add(code, plan[3]);

function letterOf(code) {
  const longest = LONGEST[code] ?? 15;
  const list = [...lengths.get(code)].filter((n) => n >= SHORTEST && n <= longest && !(code === '1' && n < 10) && !(code === '7' && n < 10));
  const letter = String.fromCharCode(96 + Math.max(...(list.length > 0 ? list : lengths.get(code))));
  return list.length > 1 ? letter.toUpperCase() : letter;
}

/** The codes that begin with these digits: a letter, ten children, or '.' where there are none. */
function below(prefix) {
  if (lengths.has(prefix)) return letterOf(prefix);
  if (prefix !== '' && ![...lengths.keys()].some((code) => code.startsWith(prefix))) return '.';
  return Array.from({ length: 10 }, (_, d) => below(`${prefix}${d}`));
}
const text = breadthFirst(below(''));
const lines = text.match(/.{1,140}/g).map((l) => `  '${l}'`).join(' +\n');
writeFileSync(new URL('../src/identifiers/numbering/calling-codes.ts', import.meta.url), `// Made by tools/calling-codes.mjs from libphonenumber-js ${version}. Do not edit by hand.

/**
 * Every calling code, in the form of \`trie.ts\`; '.' where there is no such code.
 * The letter is the greatest length of national numbers ('a' = 1 digit), a capital where shorter ones exist too.
 */
export const CALLING_CODES: string =
${lines};
`);
console.log(`${lengths.size} codes, ${text.length} characters`);
