// measure -- movement EVENTS [the options of ranking; --runs R pairs of releases, 200 by default]
// Pairs of private rankings: of identical data, and of data in which some items changed by twice the stated gap.
import { parseArgs } from 'node:util';
import { personalColumns } from 'tokumei';
import { listOf as releasedList, movements } from 'tokumei/rank';
import { rankingOptions, readJob, runOnce } from './support/rankingJob.mjs';

const MOVED = new Set(['up', 'down', 'new', 're-entry', 'left']);

export function run(args) {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { ...rankingOptions, runs: { type: 'string', default: '200' } } });
  const job = readJob(positionals[0], values);
  const result = { rows: 0, changed: 0, moved: 0, trials: 0, shown: 0 };
  let gaps = 0;
  let strategy;
  for (let pair = 0; pair < job.runs; pair++) {
    const [before, after] = [runOnce(job, 2 * pair), runOnce(job, 2 * pair + 1)].map(listOf);
    strategy = before.strategy;
    const rows = movements([{ ...before, period: 'before' }, { ...after, period: 'after' }])[1].rows;
    result.rows += rows.length;
    result.changed += rows.filter(({ movement }) => movement !== 'same').length;
    result.moved += rows.filter(({ movement }) => MOVED.has(movement)).length;
    // One item of each list, another from pair to pair, gains twice the gap; it is shown when it goes up.
    const risen = candidate(before, rows, pair);
    if (risen === undefined) continue;
    gaps += risen.gap;
    const grown = listOf(runOnce({ ...job, records: withMore(job, risen.key, Math.round(2 * risen.gap), pair) }, 2 * pair + 1));
    const change = movements([{ ...before, period: 'before' }, { ...grown, period: 'after' }])[1].rows.find(({ key }) => key === risen.key);
    result.trials++;
    result.shown += Number(change?.movement === 'up');
  }
  const share = (part, whole) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
  return {
    falseMovement: share(result.moved, result.rows),
    changedWithoutTest: share(result.changed, result.rows),
    trueMovement: share(result.shown, result.trials),
    meanGap: share(gaps, result.trials),
    strategy,
    pairs: job.runs,
  };
}

/** As a release would give it to `listOf`. */
function listOf({ value, statement }) {
  const manifest = { ...statement, period: { from: 'x', to: 'x' } };
  return { ...releasedList({ data: value, manifest }), strategy: statement.steps.find(({ stage }) => stage === 'rankGroups').strategy };
}

/** An item that twice its gap takes past at least one other: from the middle of the list on, another for each pair. */
function candidate(before, rows, pair) {
  const from = Math.floor(before.rows.length / 2);
  const row = before.rows[from + (pair % Math.max(1, before.rows.length - from))];
  const gap = rows.find(({ key }) => key === row?.key)?.gap;
  if (row === undefined || gap === null || gap === undefined || typeof row.count !== 'number') return undefined;
  return before.rows.some(({ count, rank }) => rank < row.rank && count < row.count + gap) ? { key: row.key, gap } : undefined;
}

/** The log with new units that have the item and nothing else. */
function withMore(job, item, more, pair) {
  const units = Array.from({ length: more }, (_, i) => `more ${pair} ${i}`);
  return personalColumns({ user: [...job.log.units, ...units], item: [...job.log.items, ...units.map(() => item)] }, { unit: 'user', unitOf: 'user' });
}
