import { expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { intervalHierarchy, kCountUnits, applyPlan, searchPlan } from '../../../src/kanon/index.js';
import { auditReleases, release } from '../../../src/publish/index.js';
import { personal } from '../../../src/table/index.js';

const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' } as const;
const later = { from: '2026-11-23', to: '2026-11-29', timeZone: 'UTC' } as const;
const about = { period, purpose: 'statistical-service', population: { all: true } } as const;
// Three people are much older than all others, and their rows are left out.
const people = Array.from({ length: 203 }, (_, id) => ({ id, age: id < 200 ? 20 + (id % 40) : 95, illness: id % 3 === 0 ? 'flu' : 'cold' }));
const records = personal(people, { unit: 'person', unitOf: 'id' });
const age = intervalHierarchy({ from: 0, to: 99, widths: [5, 10, 50] });

test('rows and a table of the same days are refused together: the table counts the rows that were left out', async () => {
  const search = await searchPlan(records, { quasiIdentifiers: { age: { hierarchy: age } }, models: [{ model: 'k-anonymity', k: 5 }], suppressionLimit: 0.05, objective: { measure: 'loss' } });
  const rows = pipe(records, applyPlan(search.figures.plan, { hierarchies: { age }, release: ['illness'] }), release({ id: 'rows', ...about, previous: 'first' }));
  const counted = pipe(records, kCountUnits({ by: 'illness', k: 5 }));
  const table = release({ id: 'table', ...about, previous: 'first' })(counted);
  const left = table.data.map(({ key, count }) => count! - rows.data.filter(({ illness }) => illness === key).length);
  expect(left.every((count) => count > 0 && count < 5)).toBe(true);
  expect(() => release({ id: 'table', ...about, previous: [rows] })(counted)).toThrow(/rows with table cannot be compared \(rows\)/);
  expect(auditReleases([table, rows])).toMatchObject({ findings: [], undecided: [{ releases: ['table', 'rows'], reason: 'rows' }] });
  // Other days, as far as the audit goes.
  expect(release({ id: 'later', ...about, period: later, previous: [rows] })(counted).data).toEqual(table.data);
  // A second release of rows brings no check at all.
  expect(() => pipe(records, applyPlan(search.figures.plan, { hierarchies: { age }, release: ['illness'] }), release({ id: 'again', ...about, period: later, previous: [rows] }))).toThrow(/only as the first/);
});
