// measure -- ranking EVENTS --unit COL --by COL --k N --epsilon E --delta D --runs R --keys FILE|discover|own [--groups-per-unit M]
//   [--pure] [--names-only] [--counts-share S] [--target T] [--strategy S] [--seed TEXT]
// How near private rankings of a log come to the true one. EVENTS may be `shop` for a made-up shop with heavy contributors.
import { parseArgs } from 'node:util';
import { kendallTau } from 'tokumei/rank';
import { boundedCounts, rankingOptions, readJob, runOnce } from './support/rankingJob.mjs';

export function run(args) {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: rankingOptions });
  const job = readJob(positionals[0], values);
  const { truth } = job.log;
  const sums = { overlap: 0, tau: 0, covered: 0, width: 0, counts: 0 };
  const errors = [];
  let bias = 0;
  let last;
  for (let run = 0; run < job.runs; run++) {
    const { value: rows, statement } = (last = runOnce(job, run));
    const list = rows.map(({ key }) => key);
    sums.overlap += overlap(list, truth, job.top);
    sums.tau += tau(rows, truth, job.top);
    sums.covered += Number(covers(rows, countsFor(statement, job, run)));
    const first = rows.slice(0, 20);
    sums.width += first.reduce((sum, { interval: [best, worst] }) => sum + worst - best + 1, 0) / first.length;
    for (const { key, count } of rows) {
      if (typeof count !== 'number') continue;
      sums.counts++;
      const exact = truth.get(key) ?? 0;
      if (exact === 0) continue;
      errors.push(Math.abs(count - exact) / exact);
      bias += (count - exact) / exact;
    }
  }
  const mean = (sum) => round(sum / job.runs);
  const { statement } = last;
  return {
    overlap: mean(sums.overlap),
    tau: mean(sums.tau),
    medianRelativeError: errors.length === 0 ? null : round(errors.sort((a, b) => a - b)[errors.length >> 1]),
    bias: errors.length === 0 ? null : round(bias / errors.length),
    intervalCoverage: { [statement.accuracy.rankIntervals.target]: mean(sums.covered) },
    intervalWidth: mean(sums.width),
    countsReleased: mean(sums.counts),
    strategy: statement.steps.find(({ stage }) => stage === 'rankGroups').strategy,
    runs: job.runs,
  };
}

/** The share of the published items that belong there; of items tied at the last place any does. */
function overlap(list, truth, k) {
  const counts = [...truth.values()].sort((a, b) => b - a);
  const last = counts[Math.min(k, counts.length) - 1];
  return list.filter((item) => (truth.get(item) ?? 0) >= last).length / k;
}

/** Kendall's tau-b over all items of either list: true counts against published ranks, what is not published tied at k + 1. */
function tau(rows, truth, k) {
  const rank = new Map(rows.map(({ key, rank }) => [key, rank]));
  const best = [...truth].sort((a, b) => b[1] - a[1]).slice(0, k).map(([item]) => item);
  const items = [...new Set([...best, ...rank.keys()])];
  return kendallTau(items.map((item) => -(rank.get(item) ?? k + 1)), items.map((item) => truth.get(item) ?? 0)) ?? 0;
}

/** The counts whose ranking the intervals speak of, before noise. */
function countsFor(statement, job, run) {
  const { target } = statement.accuracy.rankIntervals;
  const bounded = Object.keys(statement.bounds).length > 0 ? boundedCounts(job, run) : job.log.truth;
  return { counts: bounded, among: target === 'published-items' ? 'rows' : 'all' };
}

function covers(rows, { counts, among }) {
  const all = among === 'rows' ? rows.map(({ key }) => counts.get(key) ?? 0) : [...counts.values()];
  return rows.every(({ key, interval: [best, worst] }) => {
    const count = counts.get(key) ?? 0;
    return best <= 1 + all.filter((other) => other > count).length && worst >= all.filter((other) => other >= count).length;
  });
}

const round = (value) => Number(value.toFixed(4));
