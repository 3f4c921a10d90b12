// From an event log to a ranking that can be published: npm run example [-- LOG --unit COL --by COL …]
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Table from 'cli-table3';
import { collectPersonal, deidentify, pipe, privacyBudget, publicKeys, rankGroups, release, TokumeiError, type PublicKeys } from 'tokumei';
import { toCsv } from 'tokumei/publish';
import { rankedDots } from 'tokumei/rank';
import { readArgs, USAGE, type Job } from './support/args.js';
import { byteBar } from './support/bar.js';
import { renderSvg } from './support/chart.js';
import { certainty, describeRelease, halfWidth } from './support/describeRelease.js';
import { LogError } from './support/logError.js';
import { page, type Column } from './support/page.js';
import { readKeys } from './support/readKeys.js';
import { readLog } from './support/readLog.js';
import { catalogue, writeSampleLog } from './support/sampleLog.js';
import { tallied, tallyLine } from './support/tally.js';
import { UsageError } from './support/usageError.js';
import { checkTargets, OutputError, writeFiles } from './support/writeFiles.js';

const FILES = ['release.json', 'release.csv', 'release.html'] as const;

async function main(job: Job): Promise<void> {
  // Everything that shapes the result is decided here, and refused here where it is wrong: before a row is read.
  const path = job.log ?? join(job.out, 'usage-log.csv');
  if (job.log !== undefined && !existsSync(path)) throw new LogError('no such file');
  if (FILES.some((name) => resolve(job.out, name) === resolve(path))) throw new UsageError('--out: the log itself would be written over');
  const rank = rankGroups<Record<string, string | number>, 'user', string>({
    by: job.by,
    top: job.top,
    keys: keysOf(job),
    groupsPerUnit: job.groupsPerUnit,
    spend: privacyBudget({ unit: 'user', epsilon: job.epsilon, delta: job.delta }),
  });
  const publish = release({
    id: `${job.by}-ranking`,
    period: { from: job.from, to: job.to, timeZone: job.timeZone },
    purpose: 'service-information',
    onIdentifier: 'suppress',
  });
  checkTargets(job.out, FILES);
  if (job.log === undefined) await writeSampleLog(path);

  const bar = byteBar('reading');
  const tally = { rows: 0, withoutUnit: 0 };
  const rows = readLog(path, { columns: columnsOf(job), integers: job.integers, separator: job.separator, onBytes: bar.update });
  const records = await collectPersonal(tallied(rows, job.unit, tally), { unit: 'user', unitOf: job.unit }).finally(bar.stop);

  const chart = pipe(records, deidentify(), rank, publish);

  const { data, manifest } = chart;
  const columns: readonly Column[] = [
    { name: 'rank', align: 'right' },
    { name: 'between', align: 'right' },
    { name: job.by, align: 'left' },
    { name: 'people', align: 'right' },
    { name: '±', align: 'right' },
  ];
  const lines = data.map((row) => [row.rank ?? '–', between(row.interval), String(row.key), row.count ?? '–', halfWidth(manifest) ?? '–']);
  const table = new Table({ head: columns.map(({ name }) => name), style: { head: [], border: [] }, colAligns: columns.map(({ align }) => align) });
  for (const line of lines) table.push(line);

  const lead = describeRelease(manifest);
  const about = { title: 'The place of each, and the places it could have', subtitle: certainty(manifest), unit: 'people' };
  const [narrow, wide] = await Promise.all([340, 760].map((width) => renderSvg(rankedDots(data, { ...about, width }))));
  const files = writeFiles(job.out, {
    'release.json': `${JSON.stringify(chart, null, 2)}\n`,
    'release.csv': toCsv(chart),
    'release.html': page({ title: `Top ${job.top} by ${job.by}`, lead, narrow: narrow!, wide: wide!, columns, rows: lines, notes: manifest.notCovered, manifest }),
  } satisfies Record<(typeof FILES)[number], string>);
  console.log(data.length > 0 ? table.toString() : `The list is empty: no ${job.by} is shared by enough people to be shown.`);
  console.log([lead, ...manifest.notCovered.map((note) => `- ${note}`), `Written: ${files.join(', ')}`].join('\n'));
  console.error(tallyLine(tally, job.unit));
}

/** For the sample: which apps there are is public. For a log of your own: the file you name, or none. */
function keysOf({ keys, by, integers }: Job): PublicKeys<string | number> | 'discover' {
  if (keys === 'discover') return 'discover';
  return publicKeys<string | number>(keys === undefined ? catalogue : readKeys(keys, integers.includes(by)));
}

const columnsOf = (job: Job): string[] => [...new Set([job.unit, job.by, ...(job.log === undefined ? ['search'] : [])])];

const between = (interval: readonly [number, number] | null): string => (interval === null ? '–' : interval[0] === interval[1] ? String(interval[0]) : interval.join('–'));

try {
  await main(readArgs(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof LogError || error instanceof OutputError || error instanceof TokumeiError)) throw error;
  console.error(`${error.message}${error instanceof UsageError ? `\n\n${USAGE}` : ''}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
