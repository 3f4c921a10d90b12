import { describe, expect, test } from 'vitest';
import { pipe } from '../../src/core/index.js';
import { kSum, kTable, kTables } from '../../src/kanon/index.js';
import { release, verifyManifest } from '../../src/publish/index.js';
import { personal } from '../../src/table/index.js';

/** A product that is called like an address stands in the data as a key, and in the manifest among the declared groups. */
const ADDRESS = 'bob@corp-a.jp';
const rows = Array.from({ length: 40 }, (_, user) => ({ user, product: user % 2 === 0 ? ADDRESS : 'maps', yen: 100 + user }));
const people = personal(rows, { unit: 'user', unitOf: 'user' });
const groups = { product: [ADDRESS, 'maps'] };
const about = { id: 'a', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' } as const;
const allow = [{ field: 'product', class: 'mail-address', reason: 'the name of a product' }] as const;
const counts = pipe(people, kTable({ by: 'product', groups, k: 3 }));
const sums = pipe(people, kSum({ by: 'product', groups, value: 'yen', k: 3 }));
const { linked } = pipe(people, kTables({ tables: { linked: { by: 'product', groups } }, k: 3 }));

describe('labels of declared groups that look like identifiers', () => {
  test.each([['kTable', counts], ['kSum', sums], ['kTables', linked]] as const)('an allowance for the field covers them, %s', (_, table) => {
    const published = release({ ...about, allow })(table as typeof counts);
    expect(published.data.map(({ key }) => key)).toContain(ADDRESS);
    expect(verifyManifest(published).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('one for another field, or of another class, does not', () => {
    for (const other of [{ field: 'labels' }, { field: 'key' }, { class: 'telephone-number' }]) {
      expect(() => release({ ...about, onIdentifier: 'suppress', allow: [{ ...allow[0], ...other }] as never })(counts)).toThrow(expect.objectContaining({ code: 'TOKUMEI_IDENTIFIER_IN_OUTPUT' }));
    }
  });

  test('nor does it cover anything else in the manifest', () => {
    expect(() => release({ ...about, allow, id: `for ${ADDRESS}` })(counts)).toThrow(/manifest\.id/);
  });

  test.each(['suppress', 'label'] as const)('with %s the message says what can be done, and not what was', (onIdentifier) => {
    const run = () => release({ ...about, onIdentifier })(counts);
    expect(run).toThrow(/manifest\.parameters\.table\.product\.labels holds .*never treated.*with the field of by/);
    expect(run).not.toThrow(/onIdentifier/);
  });
});
