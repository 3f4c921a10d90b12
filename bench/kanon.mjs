// npm run -s measure -- kanon GOLDEN.json --data DIR [--only TEXT] [--repeat N]
// npm run -s measure -- kanon --mondrian DIR | --check DIR | --rows N | --attributes N
// Searches the problem of every record of a golden file and compares the optimum with it. CPU time is the least of a few
// runs of searchPlan on columns that are coded already (ARX's figure starts there too), garbage collection and compiler included.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { personalColumns } from 'tokumei';
import { anonymityReport, hierarchyFromCsv, intervalHierarchy, mondrian, searchPlan } from '../dist/kanon/microdata/index.js';

/** What ARX takes for the United States. */
const USA = 317_238_626;

export async function run(args) {
  const other = { '--mondrian': mondrianOf, '--check': checkOf, '--rows': rowsOf, '--attributes': attributesOf }[args[0]];
  if (other !== undefined) return other(args[1], Number(args[2] ?? 10));
  const { golden, data, only, repeat } = parse(args);
  const { records } = JSON.parse(readFileSync(golden, 'utf8'));
  const tables = new Map();
  const out = { records: 0, matched: 0, skipped: 0, cpuMs: 0, speedup: null, better: [], mismatches: [], skips: [], slower: [], ties: 0, geomean: {} };
  const ratios = [];
  await warmUp(records, data, tables);
  for (const record of records) {
    if (only !== undefined && !record.id.includes(only)) continue;
    out.records++;
    const problem = read(record, data, tables);
    if (typeof problem === 'string') {
      out.skipped++;
      out.skips.push({ id: record.id, reason: problem });
      continue;
    }
    const { ms, plan } = await timed(problem, repeat);
    const verdict = await compare(record, problem, plan);
    if (verdict === 'match' || verdict === 'tie') out.matched++;
    else (verdict.better ? out.better : out.mismatches).push({ id: record.id, independentlyVerified: record.independentlyVerified, ...verdict });
    if (verdict === 'tie') out.ties++;
    out.cpuMs += ms;
    const ratio = record.cpuMsTotalMin / ms;
    ratios.push({ ratio, record });
    if (ratio < 1) out.slower.push({ id: record.id, ratio: round(ratio) });
    process.stderr.write(`${verdict === 'match' ? 'ok' : typeof verdict === 'string' ? verdict : verdict.better ? 'better' : 'MISMATCH'} ${ratio.toFixed(1)}x ${ms.toFixed(1)} ms ${record.id}\n`);
  }
  const mean = (some) => (some.length === 0 ? null : round(Math.exp(some.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / some.length)));
  out.cpuMs = round(out.cpuMs);
  out.speedup = mean(ratios);
  out.geomean = {
    suppressionAllowed: mean(ratios.filter(({ record }) => record.suppressionLimit > 0)),
    noSuppression: mean(ratios.filter(({ record }) => record.suppressionLimit === 0)),
  };
  return out;
}

/** ARX's figures come after a warm-up as well: without one, the first record would carry the compiler's work for all. */
async function warmUp(records, data, tables) {
  const problem = records.map((record) => read(record, data, tables)).find((one) => typeof one !== 'string');
  if (problem !== undefined) await timed(problem, 20);
}

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The first run, and the least of some more, in CPU milliseconds. */
async function leastOf(work, repeat = 10) {
  const out = { firstMs: 0, ms: Infinity, result: undefined };
  for (let i = 0; i < repeat; i++) {
    const before = cpu();
    out.result = await work();
    const ms = cpu() - before;
    if (i === 0) out.firstMs = round(ms);
    out.ms = Math.min(out.ms, round(ms));
  }
  return out;
}

const YEARS = ['Preschool', '1st-4th', '5th-6th', '7th-8th', '9th', '10th', '11th', '12th', 'HS-grad', 'Some-college', 'Assoc-voc', 'Assoc-acdm', 'Bachelors', 'Masters', 'Prof-school', 'Doctorate'];

function adult(dir) {
  const [header, ...rows] = csv(join(dir, 'adult', 'adult.csv'));
  return { rows: rows.length, columns: Object.fromEntries(header.map((field, at) => [field, rows.map((row) => row[at])])) };
}

/** Strict Mondrian from texts to classes: age and education by value, the others by order of first appearance, as the reference program has it. */
async function mondrianOf(dir, k) {
  const { rows, columns } = adult(dir);
  const years = new Map(YEARS.map((name, at) => [name, at + 1]));
  const coded = (values) => {
    const seen = new Map();
    return values.map((value) => {
      let code = seen.get(value);
      if (code === undefined) seen.set(value, (code = seen.size));
      return code;
    });
  };
  const { result, ...times } = await leastOf(() => mondrian([
    columns.age.map(Number), coded(columns.workclass), columns.education.map((name) => years.get(name)),
    ...['marital-status', 'occupation', 'race', 'sex', 'native-country'].map((field) => coded(columns[field])),
  ], { k, spans: 'cuts' }), 30);
  return { mondrian: 'strict', k, rows, classes: result.classes, ncpPercent: result.ncp * 100, ...times };
}

/** All models on Adult as it is: nine quasi-identifiers, occupation sensitive. */
async function checkOf(dir) {
  const { rows, columns } = adult(dir);
  const records = personalColumns({ ...columns, job: columns.occupation, row: Int32Array.from({ length: rows }, (_, at) => at) }, { unit: 'row', unitOf: 'row' });
  const tree = hierarchyFromCsv(readFileSync(join(dir, 'adult', 'adult_hierarchy_occupation.csv'), 'utf8'), { attribute: 'occupation' });
  const sensitive = 'job';
  const models = [
    { model: 'k-anonymity', k: 5 }, { model: 'distinct-l-diversity', l: 2, sensitive }, { model: 'entropy-l-diversity', l: 2, sensitive },
    { model: 'recursive-cl-diversity', c: 3, l: 2, sensitive }, { model: 't-closeness', t: 0.2, sensitive },
    { model: 't-closeness', t: 0.2, sensitive, distance: { order: [...new Set(columns.occupation)].sort() } }, { model: 't-closeness', t: 0.2, sensitive, distance: { hierarchy: tree } },
    { model: 'alpha-k-anonymity', alpha: 0.5, k: 5, sensitive }, { model: 'basic-beta-likeness', beta: 1, sensitive }, { model: 'enhanced-beta-likeness', beta: 1, sensitive },
    { model: 'delta-disclosure', delta: 1, sensitive }, { model: 'average-risk', risk: 0.1 }, { model: 'sample-uniqueness', share: 0.01 },
  ];
  const { result, ...times } = await leastOf(() => anonymityReport(records, { quasiIdentifiers: Object.keys(columns), models }), 30);
  const { classes, models: found } = result.figures;
  return { check: 'all models', rows, classes, models: found.length, ...times, values: found.map(({ model, value }) => `${model} ${value}`) };
}

/** Rows with skewed values: some common, most rare. */
function synthetic(rows, attributes, seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const columns = Object.fromEntries(Array.from({ length: attributes }, (_, a) => [`a${a}`, Int32Array.from({ length: rows }, () => Math.floor(next() * next() * 64))]));
  const hierarchy = intervalHierarchy({ from: 0, to: 63, widths: [4, 16] });
  return {
    records: personalColumns({ ...columns, row: Int32Array.from({ length: rows }, (_, at) => at) }, { unit: 'row', unitOf: 'row' }),
    quasiIdentifiers: Object.fromEntries(Object.keys(columns).map((field) => [field, { hierarchy }])),
  };
}

/** Many rows, six quasi-identifiers of four levels, 2 % suppression. */
async function rowsOf(text) {
  const rows = Number(text);
  const { records, quasiIdentifiers } = synthetic(rows, 6);
  const { result, ms } = await leastOf(() => searchPlan(records, { quasiIdentifiers, models: [{ model: 'k-anonymity', k: 5 }], suppressionLimit: 0.02, objective: { measure: 'loss' } }), 1).then(({ result, firstMs }) => ({ result, ms: firstMs }));
  const { nodes, looks, plan } = result.figures;
  return { rows, quasiIdentifiers: 6, nodes, looks, cpuMs: ms, nsPerRow: round((ms * 1e6) / rows), nsPerRowAndLook: round((ms * 1e6) / rows / looks), peakMB: Math.round(process.resourceUsage().maxRSS / 1024), provenOptimal: plan.check.provenOptimal, score: plan.check.score, suppressedRows: plan.check.suppressedRows };
}

/** A lattice too large to be searched through: what is found, and how far it may be from the best. */
async function attributesOf(text) {
  const { records, quasiIdentifiers } = synthetic(30_000, Number(text));
  const { result, firstMs } = await leastOf(() => searchPlan(records, { quasiIdentifiers, models: [{ model: 'k-anonymity', k: 5 }], suppressionLimit: 0.02, objective: { measure: 'loss' } }), 1);
  const { nodes, looks, plan } = result.figures;
  return { rows: 30_000, quasiIdentifiers: Number(text), nodes, looks, cpuMs: firstMs, score: plan.check.score, bound: plan.check.bound, provenOptimal: plan.check.provenOptimal };
}

const round = (x) => Math.round(x * 1000) / 1000;

function parse(args) {
  const rest = [...args];
  const option = (name) => {
    const at = rest.indexOf(name);
    return at < 0 ? undefined : rest.splice(at, 2)[1];
  };
  const data = option('--data');
  const only = option('--only');
  const repeat = Number(option('--repeat') ?? 3);
  const golden = rest[0];
  if (golden === undefined || data === undefined) throw new Error('usage: kanon GOLDEN.json --data DIR');
  return { golden, data, only, repeat };
}

/** The problem of a record as options of searchPlan, or why it is left out. */
function read(record, data, tables) {
  const { name, columns } = /^(?<name>[^[\]]+)(?:\[(?<columns>\d+)\])?$/.exec(record.dataset)?.groups ?? {};
  if (name === undefined) return 'the name of the data set is not understood';
  const folder = join(data, name.replace(/_int$/, ''));
  if (!existsSync(join(folder, `${name}.csv`))) return `no ${name}.csv`;
  if (/do not use/i.test(record.note ?? '')) return 'marked as wrong in the golden file';
  const subset = record.models.map((model) => /subset=([^,)]+)/.exec(model)?.[1]).find((file) => file !== undefined);
  if (subset !== undefined && !existsSync(join(folder, subset))) return `no ${subset}`;
  const table = tableOf(folder, name, columns === undefined ? undefined : Number(columns), subset, tables);
  const models = record.models.map((model) => readModel(model, record.sensitive, table, folder));
  const objective = readObjective(record.metric, record.attributeWeights);
  const missing = [...models, objective].find((part) => typeof part === 'string');
  if (missing !== undefined) return missing;
  return {
    records: table.records,
    options: {
      quasiIdentifiers: Object.fromEntries(record.qis.map((field) => [field, { hierarchy: table.hierarchy(field), duplicateLeaves: 'count' }])),
      models,
      objective,
      suppressionLimit: record.suppressionLimit,
      ties: 'arx',
      ...(subset === undefined ? {} : { inSample: 'inSample' }),
    },
  };
}

/** Values may be quoted; a byte order mark and either line end will do. */
function csv(file) {
  return parseCsv(readFileSync(file, 'utf8'), { bom: true, delimiter: ';', relax_quotes: true, relax_column_count: true, skip_empty_lines: true });
}

function tableOf(folder, name, columns, subset, tables) {
  const id = `${folder}|${name}|${columns}|${subset}`;
  const known = tables.get(id);
  if (known !== undefined) return known;
  const [header, ...rows] = csv(join(folder, `${name}.csv`));
  const fields = header.slice(0, columns);
  const values = Object.fromEntries(fields.map((field, at) => [field, rows.map((row) => row[at])]));
  if (subset !== undefined) values.inSample = inSample(rows, csv(join(folder, subset)).slice(1));
  const hierarchies = new Map();
  const made = {
    values,
    records: personalColumns({ ...values, row: Int32Array.from(rows, (_, at) => at) }, { unit: 'row', unitOf: 'row' }),
    hierarchy(field) {
      const file = join(folder, `${name}_hierarchy_${field}.csv`);
      if (!hierarchies.has(field)) hierarchies.set(field, hierarchyFromCsv(readFileSync(file, 'utf8'), { attribute: field, duplicateLeaves: 'count' }));
      return hierarchies.get(field);
    },
  };
  tables.set(id, made);
  return made;
}

/** The first row of the table that equals each row of the subset. */
function inSample(rows, subset) {
  const left = new Map();
  for (const row of subset) left.set(row.join(';'), (left.get(row.join(';')) ?? 0) + 1);
  return rows.map((row) => {
    const count = left.get(row.join(';')) ?? 0;
    if (count > 0) left.set(row.join(';'), count - 1);
    return count > 0;
  });
}

function readModel(text, sensitive, table, folder) {
  const { name, inner } = /^(?<name>[\w-]+)\((?<inner>.*)\)$/.exec(text)?.groups ?? {};
  const parts = (inner ?? '').split(',');
  const value = (key) => Number(parts.map((part) => new RegExp(`^${key}(?:=|<=)(.*)$`).exec(part)?.[1]).find((found) => found !== undefined));
  const number = (at) => Number(/([\d.eE+-]+)$/.exec(parts[at])[1]);
  switch (name) {
    case 'k-anonymity':
      return { model: name, k: value('k') };
    case 'k-map':
      return inner.includes('significance')
        ? { model: 'estimated-k-map', k: value('k'), significance: value('significance'), populationSize: USA, estimator: inner.includes('ZERO') ? 'zero-truncated-poisson' : 'poisson', rounding: 'arx' }
        : { model: 'k-map', k: value('k') };
    case 'distinct-l-diversity':
      return { model: name, l: value('l'), sensitive };
    case 'entropy-l-diversity':
      return { model: name, l: value('l'), sensitive, estimator: inner.includes('grassberger') ? 'grassberger' : 'shannon', evaluation: 'arx' };
    case 'recursive-cl-diversity':
      return { model: name, c: value('c'), l: value('l'), sensitive };
    case 't-closeness':
      return { model: name, t: value('t'), sensitive, distance: readDistance(parts[1] ?? 'equal', sensitive, table, folder) };
    case 'basic-beta-likeness':
    case 'enhanced-beta-likeness':
      return { model: name, beta: value('beta'), sensitive };
    case 'delta-disclosure':
      return { model: name, delta: value('delta'), sensitive };
    case 'delta-presence':
      return { model: name, min: number(0), max: number(1) };
    case 'average-risk':
      return { model: name, risk: number(0), ...(parts.length > 1 ? { atRisk: { highest: value('highest'), share: value('atRisk'), counting: 'above' } } : {}) };
    case 'sample-uniqueness':
      return { model: name, share: number(0) };
    case 'population-uniqueness':
      return { model: name, share: number(0), populationSize: USA, estimator: parts[1].toLowerCase() };
    default:
      return `no model ${name ?? text}`;
  }
}

function readDistance(text, sensitive, table, folder) {
  const [kind, detail] = text.split(':');
  if (kind === 'hierarchical') return { hierarchy: hierarchyFromCsv(readFileSync(join(folder, detail), 'utf8'), { attribute: sensitive, duplicateLeaves: 'count' }) };
  if (kind !== 'ordered') return 'equal';
  const values = [...new Set(table.values[sensitive])];
  return { order: detail === 'lexicographic' ? values.sort() : values.sort((a, b) => Number(a) - Number(b)) };
}

const AGGREGATES = { GEOMETRIC_MEAN: 'geometric-mean', ARITHMETIC_MEAN: 'arithmetic-mean', SUM: 'sum', MAXIMUM: 'maximum', RANK: 'rank' };

function readObjective(text, weights) {
  const { name, inner } = /^(?<name>\w+)(?:\((?<inner>.*)\))?$/.exec(text)?.groups ?? {};
  const parts = (inner ?? '').split(',');
  const aggregate = parts.map((part) => AGGREGATES[part]).find((found) => found !== undefined);
  const gs = /gs=([\d.]+)/.exec(inner ?? '')?.[1];
  const monotonic = (inner ?? '').startsWith('monotonic') || parts.includes('monotonic');
  const common = { ...(gs === undefined ? {} : { gs: Number(gs) }), ...(aggregate === undefined ? {} : { aggregate }), ...(weights ? { weights } : {}) };
  switch (name) {
    case 'Loss':
    case 'PrecomputedLoss':
      return { measure: 'loss', ...common };
    case 'NonUniformEntropy':
    case 'PrecomputedNonUniformEntropy':
      return { measure: 'non-uniform-entropy', monotonic, ...common };
    case 'NormalizedEntropy':
      return { measure: 'non-uniform-entropy', normalized: true, ...common };
    case 'Discernibility':
      return { measure: 'discernibility', monotonic };
    case 'AECS':
      return { measure: 'average-class-size', ...(gs === undefined ? {} : { gs: Number(gs) }) };
    case 'Precision':
      return { measure: 'precision', monotonic, ...common };
    case 'Height':
      return { measure: 'height', ...common };
    case 'Ambiguity':
      return { measure: 'ambiguity' };
    case 'EntropyBasedInformationLoss':
      return { measure: 'entropy-based-loss', ...(gs === undefined ? {} : { gs: Number(gs) }) };
    default:
      return `no objective ${name ?? text}`;
  }
}

/** At least `repeat` runs, and more of short ones: ARX's figures come after a warm-up as well. */
async function timed({ records, options }, repeat) {
  let ms = Infinity;
  let plan;
  const start = cpu();
  for (let i = 0; i < repeat || (i < 40 * repeat && cpu() - start < 1200); i++) {
    const before = process.cpuUsage();
    try {
      plan = (await searchPlan(records, options)).figures.plan;
    } catch (error) {
      if (error.code !== 'TOKUMEI_NO_PLAN') throw error;
    }
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
  }
  return { ms, plan };
}

const close = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/** Equal in score, kept classes and suppressed rows; or, where several nodes have the best score, so at the record's own node. */
async function compare(record, { records, options }, plan) {
  if (plan === undefined) return record.optimum === null ? 'match' : { better: false, problem: 'no plan found' };
  const agrees = ({ check }) =>
    check.classes === record.classes &&
    check.suppressedRows === record.suppressedRecords &&
    check.suppressedClasses === record.suppressedClasses &&
    (record.score === null ? sameList(check.scorePerAttribute, record) : close(check.score, record.score));
  if (agrees(plan)) return 'match';
  const theirs = await searchPlan(records, {
    ...options,
    quasiIdentifiers: Object.fromEntries(Object.entries(options.quasiIdentifiers).map(([field, q], a) => [field, { ...q, minLevel: record.optimum[a], maxLevel: record.optimum[a] }])),
  }).then((report) => report.figures.plan, () => undefined);
  const tied = record.score === null ? sameList(plan.check.scorePerAttribute, record) : close(plan.check.score, record.score);
  if (tied && theirs !== undefined && agrees(theirs)) return 'tie';
  const { score, classes, suppressedRows } = plan.check;
  const better = theirs !== undefined && agrees(theirs) && score < record.score;
  return { better, ...(better ? { why: 'the record is right at its own levels, and these are better' } : {}), levels: plan.steps[0], score, classes, suppressedRows, golden: { levels: record.optimum, score: record.score, classes: record.classes, suppressedRows: record.suppressedRecords }, atGoldenLevels: theirs === undefined ? null : { score: theirs.check.score, classes: theirs.check.classes, suppressedRows: theirs.check.suppressedRows } };
}

function sameList(perAttribute, record) {
  const sorted = (values) => [...values].sort((a, b) => b - a);
  const ours = sorted(Object.values(perAttribute ?? {}));
  return sorted(record.scorePerAttribute).every((value, at) => close(ours[at], value));
}
