// Writes src/identifiers/numbering/calling-codes.ts from libphonenumber-js metadata (a development dependency).
//
//   node tools/calling-codes.mjs
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const metadata = require('libphonenumber-js/metadata.max.json');
const { version } = JSON.parse(readFileSync(new URL('../node_modules/libphonenumber-js/package.json', import.meta.url), 'utf8'));

const lengths = new Map();
const add = (code, list) => lengths.set(code, new Set([...(lengths.get(code) ?? []), ...list]));
for (const [code, regions] of Object.entries(metadata.country_calling_codes)) for (const r of regions) add(code, metadata.countries[r][3]);
for (const [code, plan] of Object.entries(metadata.nonGeographic)) add(code, plan[3]);
// The length that most numbers of a code have comes first in nothing: order is ascending, and so is the code.
const entries = [...lengths].map(([code, set]) => `${code}${[...set].sort((a, b) => a - b).map((n) => String.fromCharCode(96 + n)).join('')}`);
const lines = entries.join(' ').match(/.{1,150}(?: |$)/g).map((l) => `  '${l}'`).join(' +\n');
writeFileSync(new URL('../src/identifiers/numbering/calling-codes.ts', import.meta.url), `// Made by tools/calling-codes.mjs from libphonenumber-js ${version}. Do not edit by hand.

/** Every calling code, followed by the lengths of its national numbers as letters ('a' = 1 digit). */
export const CALLING_CODES: string =
${lines};
`);
console.log(`${entries.length} codes, ${entries.join(' ').length} characters`);
