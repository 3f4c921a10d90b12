// npm run -s measure -- tables [--tables N] [--optimum N] [--linked N]   made-up tables, read by a reader that shares no code with the library
// npm run -s measure -- tables --tables 0 --optimum 0 --linked N   sets of linked tables alone, read together
// npm run -s measure -- tables --big [--rows N] [--k K]     one table of about 100,000 cells: cost against cells
import { personal } from 'tokumei';
import { kTable, kTables, operatorReport } from 'tokumei/kanon';
import { release } from 'tokumei/publish';
import { generator } from './support/generator.mjs';
import { between, madeTable } from './support/madeTables.mjs';
import { fewest, readTable } from './support/judge.mjs';
import { madeSet, readSet } from './support/linkedTables.mjs';

const option = (args, name, otherwise) => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
const description = { id: 'made', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' };

export function run(args) {
  return args.includes('--big') ? big(args) : many(option(args, '--tables', 1000), option(args, '--optimum', 150), option(args, '--linked', 200));
}

function protect({ by, groups, rows, k, zeros }) {
  const start = process.cpuUsage();
  const table = kTable({ by, groups, k, zeros })(personal(rows, { unit: 'user', unitOf: 'id' }));
  const { user, system } = process.cpuUsage(start);
  return { table, seconds: (user + system) / 1e6 };
}

function many(count, optimumCount, linkedCount) {
  const out = { tables: count, cells: 0, withheld: 0, recovered: 0, recoveredWithinInterval: 0, knownBeforehand: 0, sets: 0, setsRecovered: 0, setsWithinInterval: 0, nothingPublished: 0, narrowedIntervals: 0, suppressedOverOptimum: null, optimumTables: 0, worstOverOptimum: 0, cellsPerSecond: 0 };
  let seconds = 0;
  for (let seed = 0; seed < count; seed++) {
    const made = madeTable(seed);
    const { table, seconds: took } = protect(made);
    seconds += took;
    const verdict = readTable(made, release(description)(table).data);
    const { nothingPublished, narrowedIntervals } = operatorReport(table).figures;
    out.cells += verdict.cells;
    out.withheld += verdict.withheld;
    out.recovered += verdict.recovered;
    out.recoveredWithinInterval += verdict.recoveredWithinInterval;
    out.knownBeforehand += verdict.knownBeforehand;
    for (const name of ['sets', 'setsRecovered', 'setsWithinInterval']) out[name] += verdict[name];
    out.nothingPublished += nothingPublished ? 1 : 0;
    out.narrowedIntervals += narrowedIntervals;
    if (seed % 100 === 99) process.stderr.write(`${seed + 1} tables, ${out.recovered} recovered, ${out.recoveredWithinInterval} within the interval\n`);
  }
  let ours = 0;
  let least = 0;
  for (let seed = 0; out.optimumTables < optimumCount && seed < 40 * optimumCount; seed++) {
    const made = madeTable(1_000_000 + seed, true);
    const { table } = protect(made);
    if (operatorReport(table).figures.nothingPublished) continue;
    const lines = release(description)(table).data;
    const optimum = fewest(made, lines);
    if (optimum === undefined) continue;
    const withheld = lines.filter(({ state }) => state === 'suppressed').length;
    out.optimumTables++;
    ours += withheld;
    least += optimum;
    out.worstOverOptimum = Math.max(out.worstOverOptimum, withheld / optimum);
  }
  out.suppressedOverOptimum = least === 0 ? null : ours / least;
  out.cellsPerSecond = Math.round(out.cells / seconds);
  return { ...out, linked: linked(linkedCount) };
}

/** Sets of tables that share fields: published as one, read as one. */
function linked(count) {
  const out = { sets: count, tables: 0, nothingPublished: 0, narrowedIntervals: 0 };
  let seconds = 0;
  for (let seed = 0; seed < count; seed++) {
    const made = madeSet(seed);
    const start = process.cpuUsage();
    const tables = Object.fromEntries(made.tables.map((table, at) => [`table${at}`, table]));
    const results = Object.values(kTables({ tables, k: made.k, zeros: made.zeros })(personal(made.rows, { unit: 'user', unitOf: 'id' })));
    const { user, system } = process.cpuUsage(start);
    seconds += (user + system) / 1e6;
    const releases = [];
    for (const [at, result] of results.entries()) releases.push(release({ ...description, id: `table ${at}`, previous: at === 0 ? 'first' : [...releases] })(result));
    for (const [name, figure] of Object.entries(readSet(made, releases.map(({ data }) => data)))) out[name] = (out[name] ?? 0) + figure;
    const figures = results.map((result) => operatorReport(result).figures);
    out.tables += results.length;
    out.nothingPublished += figures[0].nothingPublished ? 1 : 0;
    out.narrowedIntervals += figures.reduce((sum, { narrowedIntervals }) => sum + narrowedIntervals, 0);
    if (seed % 20 === 19) process.stderr.write(`${seed + 1} sets, ${out.recovered} recovered, ${out.recoveredWithinInterval} within the interval\n`);
  }
  return { ...out, cpuSeconds: seconds };
}

/** 1,000,000 rows of 400,000 people, each in one group of each field; group sizes are skewed as in life. */
function big(args) {
  const rowCount = option(args, '--rows', 1_000_000);
  const k = option(args, '--k', 5);
  const random = generator(7);
  const two = (name, groups, leaves) => Object.fromEntries(Array.from({ length: groups }, (_, i) => [`${name}${i}`, Array.from({ length: leaves }, (_, j) => `${name}${i}.${j}`)]));
  const flat = (name, leaves) => Array.from({ length: leaves }, (_, i) => `${name}${i}`);
  const groups = { a: two('a', 6, 6), b: two('b', 3, 5), c: flat('c', 11), d: flat('d', 9) };
  const by = Object.keys(groups);
  const leavesOf = (tree) => (Array.isArray(tree) ? tree : Object.values(tree).flat());
  const draws = by.map((field) => {
    const leaves = leavesOf(groups[field]);
    const weights = leaves.map(() => Math.exp(1.2 * (random() + random() + random() - 1.5)));
    const sums = [];
    weights.reduce((sum, weight, at) => (sums[at] = sum + weight), 0);
    return () => {
      const x = random() * sums.at(-1);
      let at = 0;
      while (sums[at] < x) at++;
      return leaves[at];
    };
  });
  const people = Math.round(rowCount * 0.4);
  const columnsOf = by.map((_, d) => Array.from({ length: people }, () => draws[d]()));
  const rows = Array.from({ length: rowCount }, (_, at) => {
    const id = at < people ? at : between(random, 0, people - 1);
    return { id, a: columnsOf[0][id], b: columnsOf[1][id], c: columnsOf[2][id], d: columnsOf[3][id] };
  });
  const out = { rows: rowCount, people, k };
  const baseMB = process.memoryUsage().rss / 1e6;
  for (const zeros of ['published', 'suppressed']) {
    const records = personal(rows, { unit: 'user', unitOf: 'id' });
    const start = process.cpuUsage();
    const table = kTable({ by, groups, k, zeros })(records);
    const { user, system } = process.cpuUsage(start);
    const { cells, withheld, byReason, informationLost, narrowedIntervals, nothingPublished } = operatorReport(table).figures;
    out[zeros] = { cpuSeconds: (user + system) / 1e6, cells, suppressed: withheld, byReason, informationLost, narrowedIntervals, nothingPublished };
  }
  return { ...out, rowsMB: Math.round(baseMB), peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024) };
}
