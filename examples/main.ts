// From an event log to a ranking that can be published: npm run example [-- LOG --unit COL --by COL …]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { collectPersonal, deidentify, pipe, privacyBudget, publicKeys, rankGroups, release, TokumeiError, type PublicKeys } from 'tokumei';
import { toCsv } from 'tokumei/publish';
import { rankedDots } from 'tokumei/rank';
import { readArgs, USAGE, UsageError, type Job } from './support/args.js';
import { byteBar } from './support/bar.js';
import { renderSvg } from './support/chart.js';
import { page } from './support/page.js';
import { LogError, readLog } from './support/readLog.js';
import { catalogue, writeSampleLog } from './support/sampleLog.js';
import { writeFiles } from './support/writeFiles.js';

async function main(job: Job): Promise<void> {
  const path = job.log ?? join(job.out, 'usage-log.csv');
  if (job.log === undefined) await writeSampleLog(path);
  else if (!existsSync(path)) throw new LogError('no such file');

  // Everything that shapes the result is decided here, before a row is read.
  const budget = privacyBudget({ unit: 'user', epsilon: job.epsilon, delta: job.delta });
  const rank = rankGroups<Record<string, string | number>, 'user', string>({
    by: job.by,
    top: job.top,
    keys: keysOf(job),
    groupsPerUnit: job.groupsPerUnit,
    spend: budget,
  });

  const bar = byteBar('reading');
  const rows = readLog(path, { columns: columnsOf(job), integers: job.integers, onBytes: bar.update });
  const records = await collectPersonal(rows, { unit: 'user', unitOf: job.unit }).finally(bar.stop);

  const chart = pipe(
    records,
    deidentify(),
    rank,
    release({
      id: `${job.by}-ranking`,
      period: { from: job.from, to: job.to, timeZone: job.timeZone },
      purpose: 'service-information',
      onIdentifier: 'suppress',
    }),
  );

  const { data, manifest } = chart;
  const header = ['rank', 'between', job.by, 'people', '±'];
  const lines = data.map((row) => [row.rank ?? '–', between(row.interval), String(row.key), row.count ?? '–', halfWidth(manifest.accuracy)]);
  const table = new Table({ head: header, style: { head: [], border: [] }, colAligns: ['right', 'right', 'left', 'right', 'right'] });
  for (const line of lines) table.push(line);
  console.log(data.length > 0 ? table.toString() : `Nothing can be shown: ${manifest.notCovered.join('; ')}.`);

  const lead = `Distinct people by ${job.by}, ${manifest.period.from} to ${manifest.period.to}. Each person counts in at most ${job.groupsPerUnit}; epsilon ${job.epsilon}, delta ${job.delta} for each person.`;
  const chartTitle = { title: 'The place of each, and the places it could have', subtitle: 'with 95 % confidence, all together', unit: 'people' };
  const [narrow, wide] = await Promise.all([340, 760].map((width) => renderSvg(rankedDots(data, { ...chartTitle, width }))));
  const files = writeFiles(job.out, {
    'release.json': `${JSON.stringify(chart, null, 2)}\n`,
    'release.csv': toCsv(chart),
    'release.html': page({ title: `Top ${job.top} by ${job.by}`, lead, narrow: narrow!, wide: wide!, header, rows: lines, notes: manifest.notCovered, manifest }),
  });
  console.log(`${lead}\nWritten: ${files.join(', ')}`);
}

/** For the sample: which apps there are is public. For a log of your own: the file you name, or none. */
function keysOf(job: Job): PublicKeys<string | number> | 'discover' {
  if (job.keys === 'discover') return 'discover';
  if (job.keys === 'catalogue') return publicKeys(catalogue);
  if (!existsSync(job.keys)) throw new UsageError('--keys: no such file');
  const lines = readFileSync(job.keys, 'utf8').split(/\r?\n/).filter((line) => line !== '');
  return publicKeys<string | number>(job.integers.includes(job.by) ? lines.map(Number) : lines);
}

const columnsOf = (job: Job): string[] => [...new Set([job.unit, job.by, ...(job.log === undefined ? ['search'] : [])])];

const between = (interval: readonly [number, number] | null): string => (interval === null ? '–' : interval[0] === interval[1] ? String(interval[0]) : interval.join('–'));

function halfWidth(accuracy: { readonly [name: string]: unknown }): string {
  const { halfWidth: width } = (accuracy['count'] ?? {}) as { halfWidth?: number };
  return width === undefined ? '–' : String(width);
}

try {
  await main(readArgs(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof LogError || error instanceof TokumeiError)) throw error;
  console.error(`${error.message}${error instanceof UsageError ? `\n\n${USAGE}` : ''}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
