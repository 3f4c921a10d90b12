// measure -- audit A.json B.json … [--nested]     audits releases read from files and prints what a reader can derive
// measure -- audit                                   the figure: generated lists of everybody and of one country, thresholded at 10
// Files hold one release ({ data, manifest }) or a list of them. The output spells out what the rules protect.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kCountUnits, personal, pipe, release } from 'tokumei';
import { auditReleases } from 'tokumei/publish';

export function run(args) {
  const { values, positionals } = parseArgs({
    args, allowPositionals: true,
    options: { nested: { type: 'boolean', default: false }, customers: { type: 'string', default: '4000' }, items: { type: 'string', default: '3000' }, seeds: { type: 'string', default: '3' } },
  });
  if (positionals.length > 0) {
    const releases = positionals.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));
    return auditReleases(releases, { undeclared: values.nested ? 'nested' : 'undecided' });
  }
  return figure(Number(values.customers), Number(values.items), Number(values.seeds));
}

const period = { from: '2026-01-01', to: '2026-12-31', timeZone: 'UTC' };

function list(id, rows, population) {
  return pipe(
    personal(rows, { unit: 'customer', unitOf: 'customer', fields: ['item'] }),
    kCountUnits({ by: 'item', k: 10 }),
    release({ id, period, purpose: 'service-information', population, previous: 'first' }),
  );
}

/** Against subtraction by hand, which knows nothing of the auditor. */
function figure(customers, items, seeds) {
  const sum = { derivable: 0, found: 0, wrong: 0, zeros: 0, zerosFound: 0, lines: 0, falseOnDisjoint: 0, milliseconds: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const rows = shop(customers, items, seed);
    const of = (country) => list(country, rows.filter((row) => row.country === country), { where: { country }, unitsIn: { country: 'one-part' } });
    const all = list('all', rows, { all: true });
    const [uk, fr] = [of('UK'), of('FR')];
    const narrow = new Map(uk.data.map(({ key, count }) => [key, count]));
    const differences = new Map(all.data.filter(({ key }) => narrow.has(key)).map(({ key, count }) => [key, count - narrow.get(key)]));
    const start = performance.now();
    const { findings } = auditReleases([all, uk]);
    sum.milliseconds += performance.now() - start;
    sum.lines += all.data.length + uk.data.length;
    const seen = new Set();
    for (const { kind, derived, lines } of findings) {
      const key = lines[0].key;
      const right = derived.from === derived.to && differences.get(key) === derived.from && kind === (derived.from === 0 ? 'zero-difference' : 'difference');
      if (!right || seen.has(key)) sum.wrong++;
      else sum[derived.from === 0 ? 'zerosFound' : 'found']++;
      seen.add(key);
    }
    for (const d of differences.values()) {
      if (d >= 1 && d <= 9) sum.derivable++;
      if (d === 0) sum.zeros++;
    }
    sum.falseOnDisjoint += auditReleases([uk, fr]).findings.length;
  }
  const { milliseconds, lines, ...rest } = sum;
  return { ...rest, lines, microsecondsPerLine: Math.round((1000 * milliseconds) / lines) };
}

function shop(customers, items, seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const rows = [];
  for (let customer = 0; customer < customers; customer++) {
    const country = next() < 0.9 ? 'UK' : next() < 0.5 ? 'FR' : 'DE';
    const buys = 1 + Math.floor(150 * next() ** 4);
    for (let buy = 0; buy < buys; buy++) rows.push({ customer, country, item: `item ${Math.floor(items * next() ** 1.7)}` });
  }
  return rows;
}
