import { expect, test } from 'vitest';
import { cellKeyCounts, kCountUnits, kTable, perturbationTable } from '../../../src/kanon/index.js';
import { auditReleases, release, type Release } from '../../../src/publish/index.js';
import { personal, pipe, publicKeys } from '../../../src/index.js';

const sizes = { a: 5, b: 30, c: 40 };
const rows = Object.entries(sizes).flatMap(([x, n]) => Array.from({ length: n }, (_, i) => ({ user: `${x}${i}`, x })));
const records = () => personal(rows, { unit: 'user', unitOf: 'user' });
const groups = { x: Object.keys(sizes) };
const about = { period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'statistical-service', population: { all: true } } as const;
const made = {
  list: (k: number) => pipe(records(), kCountUnits({ by: 'x', k })),
  table: (k: number) => pipe(records(), kTable({ by: 'x', groups, k })),
  cellKey: () => pipe(records(), cellKeyCounts({ by: 'x', keys: publicKeys(groups.x), secret: Uint8Array.from({ length: 32 }, (_, i) => i), noise: perturbationTable({ maximumNoise: 1, variance: 0.5 }) })),
};

// A later release of the same people under a lower threshold prints what the first withheld.
test.each([['list', 'list'], ['list', 'table'], ['table', 'list'], ['table', 'table'], ['list', 'cellKey'], ['table', 'cellKey']] as const)('a %s under k = 10, then a %s that shows more', (first, second) => {
  const before = release({ ...about, id: 'first', previous: 'first' })(made[first](10) as never) as Release<unknown>;
  const next = made[second](3) as never;
  expect(() => release({ ...about, id: 'second', previous: [before] })(next)).toThrow(expect.objectContaining({ code: 'TOKUMEI_CROSS_RELEASE' }));
  const after = release({ ...about, id: 'second', previous: 'first' })(next) as Release<unknown>;
  const [finding] = auditReleases([before, after]).findings;
  expect(finding).toMatchObject({ kind: 'withheld' });
  expect(finding!.derived.to).toBeLessThan(10);
});

test('the same list under a higher threshold gives nothing away', () => {
  const before = release({ ...about, id: 'first', previous: 'first' })(made.list(3) as never) as Release<unknown>;
  expect(() => release({ ...about, id: 'second', previous: [before] })(made.list(3) as never)).not.toThrow();
});
