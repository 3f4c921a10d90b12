// Made-up tables as published, one JSON object a line, for a reader who shares no code with this project: node dump.mjs FIRST COUNT [small]
import { personal } from 'tokumei';
import { kTable, operatorReport } from 'tokumei/kanon';
import { release } from 'tokumei/publish';
import { madeTable } from '../support/madeTables.mjs';

const [first, count, size] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const description = { id: 'made', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' };
for (let seed = first; seed < first + count; seed++) {
  const { by, groups, rows, k, zeros } = madeTable(seed, size === 'small');
  const table = kTable({ by, groups, k, zeros })(personal(rows, { unit: 'user', unitOf: 'id' }));
  if (operatorReport(table).figures.nothingPublished) continue;
  const lines = release(description)(table).data.map(({ key, count: shown }) => ({ key, count: shown }));
  console.log(JSON.stringify({ seed, groups: by.map((field) => groups[field]), rows: rows.map((row) => by.map((field) => row[field])), k, zeros, lines }));
}
