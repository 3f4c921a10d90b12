// Names only: the order costs less than counts, and no bound is needed. What the plan says before any data is read.
import { personal, pipe, privacyBudget, publicKeys, rankGroups, release } from 'tokumei';
import { planRanking } from 'tokumei/rank';
import { readEvents } from './support/eventsByWeek.js';

const events = await readEvents(process.argv[2]);
const catalogue = publicKeys([...new Set(events.map(({ item }) => item))].sort());

for (const inputs of [{ show: 'names', delta: 1e-6 }, { show: 'names', delta: 0 }, { show: 'counts', delta: 1e-6 }] as const) {
  const plan = planRanking({ epsilon: 1, top: 10, keys: catalogue.keys.length, ...inputs });
  console.log(`${inputs.show}, delta ${inputs.delta}: ${plan.why}`);
}

const { data, manifest } = pipe(
  personal(events, { unit: 'user', unitOf: 'user', fields: ['item'] }),
  rankGroups({ by: 'item', top: 10, keys: catalogue, show: 'names', spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }) }),
  release({ id: 'items-names', period: { from: '2026-04-06', to: '2026-11-01', timeZone: 'UTC' }, purpose: 'service-information' }),
);
for (const { rank, key } of data) console.log(`${String(rank).padStart(3)}  ${String(key)}`);
for (const note of manifest.notCovered) console.log(`Note: ${note}`);
