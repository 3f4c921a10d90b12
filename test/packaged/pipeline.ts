// The main job in small, as it runs in a browser: records, removal of identifiers, a private ranking, a release.
import { deidentify, personal, pipe, privacyBudget, publicKeys, rankGroups, release } from 'tokumei';
import { verifyManifest } from 'tokumei/publish';

declare const report: (text: string) => void;

const apps = ['maps', 'mail', 'chess'];
const shares = ['maps', 'maps', 'maps', 'mail', 'mail', 'chess'];
const events = Array.from({ length: 3000 }, (_, i) => ({ userId: `u${i}`, app: shares[i % 6] ?? 'maps', note: `write to user${i}@example.com` }));
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

const published = pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  deidentify(),
  rankGroups({ by: 'app', top: 2, keys: publicKeys(apps), groupsPerUnit: 1, spend: budget.chart }),
  release({ id: 'apps', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' }),
);

const node = ['process', 'Buffer', 'require', 'global'].filter((name) => name in globalThis);
report(JSON.stringify({ first: published.data[0]?.key, rows: published.data.length, verified: verifyManifest(published).valid, node }));
