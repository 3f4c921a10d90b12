// measure -- coverage [--lines 100000] [--only NAME]
// How often the 95 % interval of each aggregate holds the figure of the rows as bounded, and how wide it is on average: with Laplace and
// Gaussian noise, on three groups. `least` is the lowest share among a line's intervals. The figures are computed here, by their definition.
import { parseArgs } from 'node:util';
import { dpCountRows, dpCountUnits, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, privacyBudget, publicKeys, secureRandom } from 'tokumei/dp';
import { personal } from 'tokumei';
import { reveal } from 'tokumei/testing';

const random = secureRandom();
const RANKS = [0.1, 0.5, 0.9];
const EDGES = [0, 2, 5, 10];

/** The numbers of a group, one of each unit. */
const GROUPS = {
  three: [1, 4, 10],
  thirty: Array.from({ length: 30 }, (_, i) => (i * 7) % 11),
  skewed: Array.from({ length: 400 }, (_, i) => (i % 40 === 0 ? 10 : (i % 4) / 4)),
};
/** Leaves of a tree of quantiles a quarter wide, as the values are. */
const BINS = 40;

const mean = (x) => x.reduce((sum, v) => sum + v, 0) / x.length;
const spread = (x) => mean(x.map((v) => (v - mean(x)) ** 2));
const around = (of) => (line, width) => of(line).map((v) => [v - width, v + width]);
const value = { value: 'x', lower: 0, upper: 10 };

/** `exact`: for each interval of a line the least and the largest number that is right. */
const FORMS = {
  dpCountUnits: { of: dpCountUnits, intervals: around(({ count }) => [count]), exact: (x) => [x.length] },
  dpCountRows: { of: (o) => dpCountRows({ ...o, rowsPerGroup: 1 }), intervals: around(({ count }) => [count]), exact: (x) => [x.length] },
  dpDistinct: { of: (o) => dpDistinct({ ...o, value: 'x', valuesPerGroup: 1 }), intervals: around(({ distinct }) => [distinct]), exact: (x) => [new Set(x.filter(Number.isInteger)).size] },
  dpSum: { of: (o) => dpSum({ ...o, ...value, step: 0.25 }), intervals: around(({ sum }) => [sum]), exact: (x) => [mean(x) * x.length] },
  dpVectorSum: { of: (o, norm) => dpVectorSum({ ...o, values: ['x', 'y'], norm, bound: 20 }), intervals: around(({ sums }) => sums), exact: (x) => [mean(x) * x.length, -mean(x) * x.length] },
  dpHistogram: {
    of: (o) => dpHistogram({ ...o, value: 'x', edges: EDGES, rowsPerGroup: 1 }),
    intervals: around(({ counts }) => counts),
    exact: (x) => EDGES.slice(1).map((edge, i) => x.filter((v) => v >= EDGES[i] && (v < edge || (i === EDGES.length - 2 && v === edge))).length),
  },
  dpMean: { of: (o) => dpMean({ ...o, ...value, rowsPerGroup: 1 }), intervals: ({ interval }) => [interval], exact: (x) => [mean(x)] },
  dpVariance: { of: (o) => dpVariance({ ...o, ...value, rowsPerGroup: 1 }), intervals: ({ interval }) => [interval], exact: (x) => [spread(x)] },
  dpQuantiles: { of: (o) => dpQuantiles({ ...o, ...value, bins: BINS, ranks: RANKS, rowsPerGroup: 1 }), intervals: ({ intervals }) => intervals, exact: (x) => RANKS.map((rank) => quantile(x, rank)) },
};

/** All that may be called the quantile of a rank: from one neighbour to the next. */
function quantile(x, rank) {
  const sorted = x.toSorted((a, b) => a - b);
  const at = rank * sorted.length;
  return [sorted[Math.max(0, Math.ceil(at) - 1)], sorted[Math.min(sorted.length - 1, Math.floor(at))]];
}

export function run(args) {
  const { values } = parseArgs({ args, options: { lines: { type: 'string', default: '100000' }, only: { type: 'string', default: '' } } });
  const lines = Number(values.lines);
  if (!(Number.isSafeInteger(lines) && lines >= 100)) throw new Error('--lines is a whole number of at least 100');
  const results = [];
  for (const [name, form] of Object.entries(FORMS)) {
    if (!name.startsWith(values.only)) continue;
    for (const noise of ['laplace', 'gaussian']) {
      for (const [group, x] of Object.entries(GROUPS)) {
        results.push({ name, noise, group, ...coverage(form, noise, x, lines) });
        process.stderr.write(`${JSON.stringify(results.at(-1))}\n`);
      }
    }
  }
  return { confidence: 0.95, lines, results };
}

function coverage({ of, intervals, exact }, noise, x, lines) {
  const right = exact(x).map((e) => (Array.isArray(e) ? e : [e, e]));
  const held = right.map(() => 0);
  let [width, done] = [0, 0];
  while (done < lines) {
    const each = Array.from({ length: Math.min(lines - done, Math.ceil(200_000 / x.length)) }, (_, i) => `k${i}`);
    const rows = each.flatMap((key) => x.map((v, i) => ({ user: `${key} ${i}`, key, x: v, y: -v })));
    const people = personal(rows, { unit: 'user', unitOf: 'user', fields: ['key', 'x', 'y'] });
    const spend = privacyBudget({ unit: 'user', ...(noise === 'laplace' ? { epsilon: 1 } : { rho: 0.1 }) });
    const made = reveal(of({ by: 'key', keys: publicKeys(each), groupsPerUnit: 1, spend, noise, random }, noise === 'laplace' ? 'l1' : 'l2')(people));
    const { halfWidth = 0, perRow = 0 } = Object.values(made.statement.accuracy)[0];
    for (const line of made.value) {
      intervals(line, halfWidth + perRow * x.length).forEach(([low, high], i) => {
        if (low <= right[i][1] && high >= right[i][0]) held[i]++;
        width += (high - low) / right.length;
      });
    }
    done += each.length;
  }
  const round = (v) => Math.round(v * 1e4) / 1e4;
  return { least: round(Math.min(...held) / done), width: round(width / done) };
}
