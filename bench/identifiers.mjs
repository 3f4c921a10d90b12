// npm run -s measure -- identifiers FILE [--regions JP,US|all] [--misses] [--curve] [--min-score 0.5]
//
// FILE is a labelled corpus: [{ text, spans: [{ type | class, start, end }], cat? }], types MAIL/EMAIL, PHONE, IP, MAC or our
// class names. A gold span counts as found when a finding of its class covers every letter and digit of it. Prints one line
// of JSON; misses and false hits go to stderr, so that stdout stays one line.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const KIND_OF = [
  [/mail/i, 'mail'],
  [/phone|^tel/i, 'phone'],
  [/^ip|^mac|device|imei|meid|iccid|imsi|advertising/i, 'device'],
];
const kindOf = (span) => {
  const name = String(span.class ?? span.type ?? span.entity_type ?? span.label ?? '');
  return KIND_OF.find(([pattern]) => pattern.test(name))?.[1];
};
const KIND_OF_CLASS = { 'mail-address': 'mail', 'device-address': 'device', 'telephone-number': 'phone', 'mobile-or-ip-phone': 'phone' };

const SIGNIFICANT = /[\p{L}\p{N}]/u;

/** Whether `hit` covers every letter and digit of `gold`. */
function covers(hit, gold, text) {
  for (let i = gold.start; i < gold.end; i++) {
    if ((i < hit.start || i >= hit.end) && SIGNIFICANT.test(text[i])) return false;
  }
  return true;
}

const ratio = (part, whole) => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000);

function tally() {
  return { gold: 0, goldFound: 0, hits: 0, hitsRight: 0 };
}
const figures = (t) => ({ precision: ratio(t.hitsRight, t.hits), recall: ratio(t.goldFound, t.gold) });

/** Precision and recall of telephone numbers at every lowest score, each from a scan of its own. */
function curve(records, regions, { compileFinder }) {
  return Array.from({ length: 19 }, (_, i) => {
    const minScore = (i + 1) / 20;
    const find = compileFinder({ minScore, ...(regions === undefined ? {} : { regions }) });
    const t = tally();
    for (const { text, spans } of records) {
      const gold = (spans ?? []).map((s) => ({ start: s.start ?? s.start_position, end: s.end ?? s.end_position, kind: kindOf(s) })).filter((s) => s.kind === 'phone');
      const hits = find(text).filter((f) => KIND_OF_CLASS[f.class] === 'phone');
      t.gold += gold.length;
      t.hits += hits.length;
      t.goldFound += gold.filter((g) => hits.some((h) => covers(h, g, text))).length;
      t.hitsRight += hits.filter((h) => gold.some((g) => covers(h, g, text))).length;
    }
    return { minScore, ...figures(t) };
  });
}

export async function run(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { regions: { type: 'string' }, misses: { type: 'boolean' }, curve: { type: 'boolean' }, 'min-score': { type: 'string', default: '0.5' } },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('usage: measure -- identifiers FILE [--regions JP,US|all] [--misses] [--curve] [--min-score S]');
  const identifiers = await import('tokumei/identifiers');
  const names = values.regions;
  let regions;
  if (names !== undefined) {
    const wanted = names === 'all' ? undefined : names.split(',');
    regions = identifiers.allRegions.filter((r) => wanted === undefined || wanted.includes(r.code));
    const unknown = (wanted ?? []).filter((w) => !regions.some((r) => r.code === w));
    if (unknown.length > 0) throw new Error(`unknown region ${unknown.join(', ')}`);
  }
  const minScore = Number(values['min-score']);
  const find = identifiers.compileFinder({ minScore, ...(regions === undefined ? {} : { regions }) });

  const records = JSON.parse(readFileSync(file, 'utf8'));
  const total = tally();
  const classes = {};
  const categories = {};
  let clean = 0;
  let cleanHit = 0;
  const report = [];
  for (const record of records) {
    const { text } = record;
    const gold = (record.spans ?? []).map((s) => ({ start: s.start ?? s.start_position, end: s.end ?? s.end_position, kind: kindOf(s) })).filter((s) => s.kind !== undefined);
    const hits = find(text).map((f) => ({ ...f, kind: KIND_OF_CLASS[f.class], what: f.kind }));
    const category = record.cat === undefined ? undefined : (categories[record.cat] ??= { ...tally(), texts: 0, textsWithFalseHit: 0 });
    const groups = (kind) => [total, (classes[kind] ??= tally()), ...(category === undefined ? [] : [category])];
    if (category !== undefined) category.texts++;
    for (const g of gold) {
      const found = hits.some((h) => h.kind === g.kind && covers(h, g, text));
      for (const t of groups(g.kind)) {
        t.gold++;
        if (found) t.goldFound++;
      }
      if (!found) report.push({ miss: text.slice(g.start, g.end), kind: g.kind, cat: record.cat, text });
    }
    let falseHit = false;
    for (const h of hits) {
      const right = gold.some((g) => h.kind === g.kind && covers(h, g, text));
      for (const t of groups(h.kind)) {
        t.hits++;
        if (right) t.hitsRight++;
      }
      if (!right) {
        falseHit = true;
        report.push({ false: text.slice(h.start, h.end), kind: h.kind, what: h.what, region: h.region, score: h.score, cat: record.cat, text });
      }
    }
    if (gold.length === 0) {
      clean++;
      if (falseHit) cleanHit++;
    }
    if (category !== undefined && falseHit) category.textsWithFalseHit++;
  }
  if (values.misses) for (const line of report) process.stderr.write(`${JSON.stringify(line)}\n`);
  const result = {
    texts: records.length,
    ...figures(total),
    textsWithFalseHit: ratio(cleanHit, clean),
    classes: Object.fromEntries(Object.entries(classes).map(([k, t]) => [k, figures(t)])),
    categories: Object.fromEntries(Object.entries(categories).map(([k, t]) => [k, { ...figures(t), textsWithFalseHit: ratio(t.textsWithFalseHit, t.texts) }])),
    ...(values.curve ? { phoneCurve: curve(records, regions, identifiers) } : {}),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result;
}

if (process.argv[1]?.endsWith('bench/identifiers.mjs')) await run(process.argv.slice(2));
