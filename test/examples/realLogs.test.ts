import { describe, expect } from 'vitest';
import { deidentify, pipe, privacyBudget, publicKeys, rankGroups, release } from 'tokumei';
import { verifyManifest } from 'tokumei/publish';
import { collectPersonal } from '../../src/table/index.js';
import { readLog } from '../../examples/support/readLog.js';
import { testWithShared } from '../support/shared.js';

interface Event {
  readonly user: string;
  readonly item: string;
}

async function eventsOf(file: string): Promise<Event[]> {
  const events: Event[] = [];
  for await (const row of readLog(file, { columns: ['user', 'item'] })) events.push(row as unknown as Event);
  return events;
}

/** Distinct users by item, exactly: what the private ranking is compared with. */
function truth(events: readonly Event[]): Map<string, number> {
  const users = new Map<string, Set<string>>();
  for (const { user, item } of events) (users.get(item) ?? users.set(item, new Set()).get(item)!).add(user);
  return new Map([...users].map(([item, set]) => [item, set.size]));
}

/** The share of the published items that belong there: with ties at the last place, any of the tied ones does. */
function overlap(published: readonly string[], counts: ReadonlyMap<string, number>, k: number): number {
  const last = [...counts.values()].sort((a, b) => b - a)[k - 1]!;
  return published.filter((item) => (counts.get(item) ?? 0) >= last).length / k;
}

// Bounds as somebody would declare them who knows the service: a visitor of a site sees up to ten of its areas,
// a customer of a shop takes a few items. The odds that a right ranking misses these marks are below one in a million.
const jobs = [
  ['MSWeb', 'data/events/msweb_visits.csv.gz', 10, 285, 0.9, 0.05],
  ['MS Store', 'data/events/msstore_usage.csv.gz', 3, 101, 0.75, 0.35],
] as const;

describe.each(jobs)('the main job on %s', (name, path, groupsPerUnit, items, least, error) => {
  testWithShared(`its top 20 is the true one but for noise`, path, async (file) => {
    const events = await eventsOf(file);
    const counts = truth(events);
    expect(counts.size).toBe(items);
    const published = pipe(
      await collectPersonal(events, { unit: 'user', unitOf: 'user' }),
      deidentify(),
      rankGroups({ by: 'item', top: 20, keys: publicKeys(counts.keys()), groupsPerUnit, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }) }),
      release({ id: name, period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-information' }),
    );
    expect(overlap(published.data.map(({ key }) => String(key)), counts, 20)).toBeGreaterThanOrEqual(least);
    const errors = published.data.map(({ key, count }) => Math.abs(count! / counts.get(String(key))! - 1)).sort((a, b) => a - b);
    expect(errors[10]).toBeLessThan(error);
    expect(verifyManifest(JSON.parse(JSON.stringify(published))).checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
