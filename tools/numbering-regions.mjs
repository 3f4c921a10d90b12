// Writes src/identifiers/numbering/regions/zone-*.ts, all.ts and index.ts from libphonenumber-js metadata (a development
// dependency): one constant per region, so that a bundler keeps only those that are imported.
//
//   node tools/numbering-regions.mjs
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const metadata = require('libphonenumber-js/metadata.max.json');
const { version } = JSON.parse(readFileSync(new URL('../node_modules/libphonenumber-js/package.json', import.meta.url), 'utf8'));

// Order of the types in the metadata, and the letters that src/identifiers/phone/region.ts reads.
const TYPES = 'fmtpnougvs'; // fixed, mobile, toll-free, premium, personal, voicemail, universal, pager, voip, shared-cost

/** Parses the subset of regular expressions that the metadata uses into [alternative, …] of [item, …]. */
function parse(source) {
  let at = 0;
  const alternatives = () => {
    const list = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++;
        list.push([]);
      } else list.at(-1).push(quantified(item()));
    }
    return list;
  };
  const item = () => {
    if (source.startsWith('(?:', at) || source[at] === '(') {
      at += source.startsWith('(?:', at) ? 3 : 1;
      const group = alternatives();
      at++;
      return group;
    }
    if (source.startsWith('\\d', at)) {
      at += 2;
      return 1; // so many free digits
    }
    if (source[at] === '[') {
      const end = source.indexOf(']', at);
      const text = source.slice(at, end + 1);
      at = end + 1;
      return text;
    }
    return source[at++];
  };
  const quantified = (x) => {
    if (source[at] === '?') {
      at++;
      return [[x], []];
    }
    const m = /^\{(\d+)(?:,(\d+))?\}/.exec(source.slice(at));
    if (m === null) return x;
    at += m[0].length;
    const [from, to] = [Number(m[1]), Number(m[2] ?? m[1])];
    const repeat = (n) => (typeof x === 'number' ? [x * n] : new Array(n).fill(x));
    if (from === to) return [repeat(from)];
    return Array.from({ length: to - from + 1 }, (_, i) => repeat(from + i));
  };
  return alternatives();
}

/** Short notation: digits and [classes] as they are, a letter for so many free digits (a = 1), (x|y) for alternatives. */
function write(alternatives, top = false) {
  const texts = alternatives.map((items) => {
    const flat = [];
    const push = (item) => {
      if (Array.isArray(item) && item.length === 1) item[0].forEach(push);
      else if (typeof item === 'number' && typeof flat.at(-1) === 'number') flat[flat.length - 1] += item;
      else flat.push(item);
    };
    items.forEach(push);
    return flat.map((item) => (typeof item === 'number' ? String.fromCharCode(96 + item) : typeof item === 'string' ? item : write(item))).join('');
  });
  return top || texts.length === 1 ? texts.join('|') : `(${texts.join('|')})`;
}

/** Every way in which the groups of a format can be long: '(\d{2})(\d{4,5})' → [[2, 4], [2, 5]]. */
function groupLengths(pattern) {
  let list = [[]];
  for (const [, body] of pattern.matchAll(/\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
    const lengths = new Set();
    const walk = (alternatives, done) => alternatives.forEach((items) => items.reduce((sums, item) => {
      if (typeof item === 'number') return sums.map((s) => s + item);
      if (typeof item === 'string') return sums.map((s) => s + 1);
      const inner = [];
      for (const s of sums) walk(item, (n) => inner.push(s + n));
      return inner;
    }, [0]).forEach(done));
    walk(parse(body), (n) => lengths.add(n));
    list = list.flatMap((prefix) => [...lengths].map((n) => [...prefix, n]));
  }
  return list;
}

/** Shapes of a region's numbers as people type them, a base-36 digit per group: with the national prefix, and without. */
function shapesOf(main) {
  const prefix = main[5] ? String(main[5]) : '';
  const withPrefix = new Set();
  const without = new Set();
  for (const [pattern, format, , rule, optional] of main[4] || []) {
    const placeholders = [...format.matchAll(/\$(\d)|\d+/g)];
    // Formats that change the order or add digits of their own (Argentina's 15) are no shapes.
    if (!placeholders.every((m, i) => m[1] !== undefined && Number(m[1]) === i + 1)) continue;
    const glue = placeholders.map((m, i) => i > 0 && format.slice(placeholders[i - 1].index + 2, m.index) === '');
    for (const lengths of groupLengths(pattern)) {
      if (lengths.length !== placeholders.length) continue;
      const groups = [];
      lengths.forEach((n, i) => (glue[i] ? (groups[groups.length - 1] += n) : groups.push(n)));
      const show = (g) => g.map((n) => n.toString(36)).join('');
      const text = typeof rule === 'string' ? rule : '';
      const lead = prefix !== '' && text.includes(prefix) ? text.slice(text.indexOf(prefix) + prefix.length).split('$')[0] : undefined;
      if (lead === undefined) without.add(show(groups));
      else if (/\D/.test(lead)) withPrefix.add(show([prefix.length, ...groups]));
      else withPrefix.add(show([prefix.length + lead.length + groups[0], ...groups.slice(1)]));
      if (optional && prefix !== '') withPrefix.add(show([prefix.length, ...groups]));
      if (optional) without.add(show(groups));
    }
  }
  return [[...withPrefix].join(' '), [...without].join(' ')];
}

const zones = new Map();
const names = [];
let characters = 0;
for (const [callingCode, regions] of Object.entries(metadata.country_calling_codes)) {
  const main = metadata.countries[regions[0]];
  const [withPrefix, without] = shapesOf(main);
  for (const code of regions) {
    if (code === 'JP') continue;
    const plan = metadata.countries[code];
    // An empty pattern for mobile phones: they share the numbers of fixed lines, which letter b says.
    const shared = Array.isArray(plan[11]?.[1]) && plan[11][1][0] === '';
    const types = (plan[11] || []).flatMap((type, i) => (type && type[0] ? [`${i === 0 && shared ? 'b' : TYPES[i]}${write(parse(type[0]), true)}`] : []));
    const row = [`'${code}'`, callingCode, `'${plan[5] || ''}'`, `'${withPrefix}'`, `'${without}'`, `'${types.join(';')}'`].join(', ');
    const zone = callingCode[0];
    zones.set(zone, [...(zones.get(zone) ?? []), `/** ${code}, +${callingCode}. */\nexport const NUMBERING_${code}: NumberingRegion = /* @__PURE__ */ region(${row});`]);
    names.push([code, zone]);
    characters += row.length;
  }
}

const folder = new URL('../src/identifiers/numbering/regions/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const head = `// Made by tools/numbering-regions.mjs from libphonenumber-js ${version}. Do not edit by hand.\n`;
for (const [zone, list] of zones) {
  writeFileSync(new URL(`zone-${zone}.ts`, folder), `${head}import type { NumberingRegion } from '../../phone/region.js';\nimport { region } from '../../phone/region.js';\n\n${list.join('\n')}\n`);
}
const sorted = [...zones.keys()].sort();
const importsOf = (zone) => names.filter(([, z]) => z === zone).map(([code]) => `NUMBERING_${code}`);
writeFileSync(new URL('all.ts', folder), `${head}import type { NumberingTable } from '../../types.js';
import { NUMBERING_JP } from '../jp.js';
${sorted.map((zone) => `import { ${importsOf(zone).join(', ')} } from './zone-${zone}.js';`).join('\n')}

/** Every region's numbering plan, Japan's first: for texts that may hold anybody's national numbers. Large; not loaded unless imported. */
export const allRegions: readonly NumberingTable[] = [
  NUMBERING_JP,
${sorted.map((zone) => `  ${importsOf(zone).join(', ')},`).join('\n')}
];
`);
writeFileSync(new URL('index.ts', folder), `${head}${sorted.map((zone) => `export * from './zone-${zone}.js';`).join('\n')}\nexport { allRegions } from './all.js';\n`);
console.log(`${names.length} regions, ${characters} characters`);
