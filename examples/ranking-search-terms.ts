// Search terms: nobody knows them beforehand, and people type mail addresses and telephone numbers into the box.
import { join } from 'node:path';
import { collectPersonal, deidentify, pipe, privacyBudget, rankGroups, release, where } from 'tokumei';
import { readLog } from './support/readLog.js';
import { writeSampleLog } from './support/sampleLog.js';

const path = join('examples', 'out', 'usage-log.csv');
await writeSampleLog(path);
const records = await collectPersonal(readLog(path, { columns: ['user', 'search'] }), { unit: 'user', unitOf: 'user' });

const { data, manifest } = pipe(
  records as never as Parameters<typeof typed>[0],
  typed,
  rankGroups({ by: 'search', top: 10, keys: 'discover', groupsPerUnit: 3, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }) }),
  release({ id: 'search-terms', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information', onIdentifier: 'suppress' }),
);

/** Identifiers out of the text first; then what is left of empty searches. */
function typed(searches: import('tokumei').Personal<{ search: string }, 'user'>): import('tokumei').Personal<{ search: string }, 'user'> {
  return pipe(searches, deidentify(), where((row) => row.search.trim() !== '')) as never;
}

for (const { rank, interval, key, count } of data) console.log(`${String(rank).padStart(3)}  ${String(interval?.join('–')).padStart(5)}  ${String(count).padStart(7)}  ${String(key)}`);
console.log(`Keys: ${manifest.keys.origin}; ${manifest.notCovered.join('; ')}`);
