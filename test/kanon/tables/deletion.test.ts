import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kCountUnits, kTable } from '../../../src/kanon/index.js';
import { auditReleases, release, type Release } from '../../../src/publish/index.js';
import { personal, pipe } from '../../../src/index.js';

interface Visit { readonly user: number; readonly shop: string }
const shops = ['north', 'south', 'east'];
const visits = fc.array(fc.record({ user: fc.integer({ min: 0, max: 39 }), shop: fc.constantFrom(...shops) }), { minLength: 60, maxLength: 120 });
const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' };
const firstly = { period, purpose: 'statistical-service', previous: 'first' } as const;
const records = (rows: readonly Visit[]) => personal(rows, { unit: 'user', unitOf: 'user' });

/** What somebody who holds both lists subtracts. */
function differences(a: Release<unknown>, b: Release<unknown>): readonly number[] {
  const later = new Map((b.data as { key: string; count: number | null }[]).map(({ key, count }) => [key, count]));
  return (a.data as { key: string; count: number | null }[]).flatMap(({ key, count }) => (count === null || (later.get(key) ?? null) === null ? [] : [count - later.get(key)!]));
}

test('exact lists of everybody and of all but one give that one away, so nothing of the kind is promised', () => {
  let given = 0;
  fc.assert(
    fc.property(visits, fc.integer({ min: 0, max: 39 }), (rows, one) => {
      const lists = [rows, rows.filter(({ user }) => user !== one)].map((part, at) => pipe(records(part), kCountUnits({ by: 'shop', k: 3 }), release({ id: `list ${at}`, ...firstly })));
      const [all, less] = lists as [Release<unknown>, Release<unknown>];
      if (differences(all, less).some((d) => d === 1)) given++;
      expect(all.manifest.guarantee.kind).toBe('k-anonymity');
      // Neither epsilon nor any other bound for the case of a second list; the manifest says so.
      expect(all.manifest.guarantee).not.toHaveProperty('epsilon');
      expect(all.manifest.notCovered).toContain('other releases about the same people');
    }),
    { seed: 5, numRuns: 60 },
  );
  expect(given).toBeGreaterThan(30);
});

test('a table states the same', () => {
  const rows = Array.from({ length: 60 }, (_, user) => ({ user, shop: shops[user % 3]! }));
  const table = pipe(records(rows), kTable({ by: 'shop', groups: { shop: shops }, k: 3 }), release({ id: 'table', ...firstly }));
  expect(table.manifest.guarantee).not.toHaveProperty('epsilon');
  expect(table.manifest.notCovered).toContain('other releases about the same people');
});

test('where the second list declares itself a part of the first, release() refuses it and the audit names the difference', () => {
  const rows = Array.from({ length: 60 }, (_, user) => ({ user, shop: shops[user % 3]!, plan: user === 7 ? 'trial' : 'paid' }));
  const count = (part: readonly Visit[]) => pipe(records(part), kCountUnits({ by: 'shop', k: 3 }));
  const all = release({ ...firstly, id: 'all', population: { all: true } })(count(rows));
  const paid = { id: 'paid', period, purpose: 'statistical-service', population: { where: { plan: 'paid' }, unitsIn: { plan: 'one-part' } } } as const;
  const part = count(rows.filter(({ plan }) => plan === 'paid'));
  expect(() => release({ ...paid, previous: [all] })(part)).toThrow(expect.objectContaining({ code: 'TOKUMEI_CROSS_RELEASE' }));
  const findings = auditReleases([all, release({ ...paid, previous: 'first' })(part)]).findings;
  expect(findings.some(({ derived }) => derived.from === 1 && derived.to === 1)).toBe(true);
});
