// Writes src/identifiers/numbering/jp.ts from libphonenumber's table of +81 ranges.
//
//   node tools/numbering-jp.mjs RANGES.csv YYYY-MM-DD
//
// RANGES.csv is resources/metadata/81/ranges.csv of google/libphonenumber; the date is that of its last change for Japan.
// The result is a trie of facts (which prefix is assigned to which use, how long the area code is), not a copy of the table.
import { readFileSync, writeFileSync } from 'node:fs';
import { breadthFirst } from './numbering-trie.mjs';

const [file, version] = process.argv.slice(2);
if (!file || !/^\d{4}-\d\d-\d\d$/.test(version ?? '')) throw new Error('usage: node tools/numbering-jp.mjs RANGES.csv YYYY-MM-DD');

/**
 * Leaf letters; src/identifiers/phone/japan.ts reads them. A fixed line carries the length of its area code without the 0.
 * What is not assigned, inside an area or a service that is, carries the same in capitals (fixed lines: four more). 060-2 to 060-9
 * are in the table as a form: the Ministry has handed out blocks of 060-1 alone. The carriers' freephones carry w to z, see below.
 */
function letterOf({ prefix, type, tariff, format }) {
  if (type === 'FIXED_LINE') {
    if (tariff === 'STANDARD_RATE') return /^fixed_(\d)/.exec(format)[1];
    return tariff === 'PREMIUM_RATE' ? 'p' : prefix.startsWith('8') ? 'g' : 'f';
  }
  if (type === 'PAGER') return prefix === '200' ? 'h' : 'd';
  if (type === 'MOBILE') return prefix.startsWith('60') ? (/^60[2-9]/.test(prefix) ? 'K' : 'k') : 'm';
  return { VOIP: 'v', UAN: 'n', PERSONAL_NUMBER: 'u' }[type];
}

const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1).map((line) => {
  const [prefix, length, type, tariff, , , format] = line.split(';').map((cell) => cell.trim().replaceAll('"', ''));
  return { prefix, lengths: length.split(',').map(Number), type, tariff, format };
});

/** '12[3-5]' → ['123', '124', '125'] */
function expand(pattern) {
  const m = /^(\d*)\[([\d-]+)\](.*)$/.exec(pattern);
  if (m === null) return [pattern];
  const digits = [];
  for (const [, a, b] of m[2].matchAll(/(\d)(?:-(\d))?/g)) for (let d = Number(a); d <= Number(b ?? a); d++) digits.push(d);
  return digits.flatMap((d) => expand(`${m[1]}${d}${m[3]}`));
}

const root = new Array(10).fill('.');
for (const row of rows) {
  for (const prefix of expand(row.prefix)) {
    if (prefix.startsWith('00')) continue; // below
    let node = root;
    for (const [i, c] of [...prefix].entries()) {
      if (i === prefix.length - 1) {
        // '60' is the old personal number (9 digits); the mobile ranges inside it are longer and win.
        if (Array.isArray(node[c])) fill(node[c], letterOf({ ...row, prefix }));
        else node[c] = letterOf({ ...row, prefix });
      } else {
        if (!Array.isArray(node[c])) node[c] = new Array(10).fill(node[c] === 'u' ? 'u' : '.');
        node = node[c];
      }
    }
  }
}

function fill(node, leaf) {
  for (const [i, child] of node.entries()) if (child === '.') node[i] = leaf; else if (Array.isArray(child)) fill(child, leaf);
}

/** What an unassigned block inside a node of so many digits would be: its area or its service, when its neighbours agree on one. */
function unassigned(node, depth) {
  const leaves = node.filter((c) => typeof c === 'string' && c !== '.');
  const area = leaves.find((c) => /[1-4]/.test(c) && Number(c) <= depth);
  if (area !== undefined) return String(Number(area) + 4);
  const [service] = leaves;
  const agreed = /[mvnfgk]/.test(service ?? '') && leaves.every((c) => c === service) && !node.some(Array.isArray);
  return agreed ? service.toUpperCase() : '.';
}

function mark(node, depth) {
  for (const child of node) if (Array.isArray(child)) mark(child, depth + 1);
  const gap = depth === 0 ? '.' : unassigned(node, depth);
  for (const [i, child] of node.entries()) if (child === '.') node[i] = gap;
}
// 0204 is the pagers' block among the machines' 020 numbers (MIC), which the ranges do not tell apart.
const machines = root[2][0];
if (Array.isArray(machines)) machines[4] = 'e';
mark(root, 0);

/** A node whose ten children are the same leaf is that leaf. */
function shrink(node) {
  if (!Array.isArray(node)) return node;
  const children = node.map(shrink);
  return children.every((c) => typeof c === 'string' && c === children[0]) ? children[0] : children;
}

// 0037, 0066, 0077, 0078, 0088: the carriers' own freephone numbers, of one length or of any from 10 to 17 digits.
const lengthsOf = new Map();
for (const { prefix, lengths } of rows.filter((row) => row.prefix.startsWith('00'))) {
  for (const p of expand(prefix)) lengthsOf.set(p, new Set([...(lengthsOf.get(p) ?? []), ...lengths]));
}
for (const [prefix, lengths] of lengthsOf) {
  const list = [...lengths].sort((a, b) => a - b).join();
  const leaf = list === '10,11,12,13,14,15,16,17' ? 'w' : { 8: 'x', 9: 'y', 10: 'z' }[list];
  if (leaf === undefined) throw new Error(`no leaf for ${prefix} of ${list} digits`);
  let node = root;
  for (const c of prefix.slice(1, -1)) {
    if (!Array.isArray(node[c])) node[c] = new Array(10).fill('.');
    node = node[c];
  }
  node[prefix.at(-1)] = leaf;
}

const trie = breadthFirst(shrink(root));

const lines = trie.match(/.{1,150}/g).map((part) => `    '${part}'`).join(' +\n');
writeFileSync(new URL('../src/identifiers/numbering/jp.ts', import.meta.url), `// Made by tools/numbering-jp.mjs from libphonenumber's +81 ranges (${rows.length} rows). Do not edit by hand.

/** The Japanese numbering plan as data: dated, replaceable. */
export interface JapanNumbering {
  readonly code: 'JP';
  /** Date of the plan: the last change that it contains. */
  readonly version: string;
  /** For the digits after the leading 0, in the form of trie.ts: '.' is not assigned, other signs are the uses that src/identifiers/phone/japan.ts names. */
  readonly trie: string;
}

/** Japan's numbering plan as of {@link JapanNumbering.version}. */
export const NUMBERING_JP: JapanNumbering = {
  code: 'JP',
  version: '${version}',
  trie:
${lines},
};
`);
console.log(`trie of ${trie.length} characters`);
