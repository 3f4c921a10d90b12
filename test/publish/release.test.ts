import { describe, expect, test } from 'vitest';
import { makeProtected } from '../../src/core/holders/protected.js';
import type { Guarantee } from '../../src/core/guarantee.js';
import type { ProtectedPayload } from '../../src/core/holders/protected.js';
import { contentHash } from '../../src/hash/contentHash.js';
import { release, type ReleaseDescription } from '../../src/publish/index.js';
import { statementFor } from '../support/statement.js';

const dp = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 } as const;
const k = { kind: 'k-anonymity', unit: 'user', k: 10 } as const;
const description: ReleaseDescription = { id: 'apps-2026-w47', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' };
const make = <T, G extends Guarantee>(value: T, guarantee: G, over: Partial<ProtectedPayload<T>> = {}) =>
  makeProtected(guarantee, { value, statement: statementFor(guarantee), secure: true, ...over });
const table = [
  { key: 'maps', state: 'value', count: 12 },
  { key: 'write to bob.smith@corp.example.jp', state: 'value', count: 7 },
  { key: 'call ０９０－１２３４－５６７８', state: 'value', count: 5 },
];

describe('release', () => {
  test('gives the data and a manifest of declared parameters, frozen', () => {
    const published = release(description)(make(table.slice(0, 1), dp));
    expect(published.data).toEqual([{ key: 'maps', state: 'value', count: 12 }]);
    expect(published.manifest).toMatchObject({ id: 'apps-2026-w47', purpose: 'service-information', cumulative: 'not tracked', unit: 'user', guarantee: dp });
    expect(() => { (published.data[0] as { count: number }).count = 1; }).toThrow(TypeError);
    expect(Object.isFrozen(published.manifest.period)).toBe(true);
    expect(published.manifest.contentHash).toBe(contentHash(published.data, published.manifest));
    expect(contentHash([{ ...published.data[0], count: 13 }], published.manifest)).not.toBe(published.manifest.contentHash);
  });

  test('refuses an identifier by field and class, never by its text', () => {
    let message = '';
    try {
      release(description)(make(table, dp));
    } catch (error) {
      message = (error as Error).message + (error as Error).stack;
    }
    expect(message).toMatch(/item holds what looks like a mail-address/);
    expect(message).not.toContain('bob.smith');
  });

  test('suppresses or labels when told to', () => {
    expect(release({ ...description, onIdentifier: 'suppress' })(make(table, dp)).data).toHaveLength(1);
    const labelled = release({ ...description, onIdentifier: 'label' })(make(table, dp));
    expect(labelled.data.map((row) => row.key)).toEqual(['maps', 'write to [mail-address]', 'call [mobile-or-ip-phone]']);
    expect(labelled.manifest.guard.onIdentifier).toBe('label');
  });

  test('lets through what was allowed for that field and class, and records the reason', () => {
    const allow = [{ field: 'item', class: 'mail-address', reason: 'a film of that name' }] as const;
    expect(() => release({ ...description, allow })(make(table, dp))).toThrow(/mobile-or-ip-phone/);
    const published = release({ ...description, allow })(make(table.slice(0, 2), dp));
    expect(published.manifest.guard.allow).toEqual(allow);
    // An allowance is for the data: it opens no field of that name in the manifest, its own reason least of all.
    expect(() => release({ ...description, allow: [{ field: 'reason', class: 'mail-address', reason: 'ask taro@example.com' }] })(make([], dp))).toThrow(/manifest/);
    expect(() => release({ ...description, allow: [{ ...allow[0], field: 'other' }] })(make(table, dp))).toThrow(/mail-address/);
  });

  test('guards numeric keys that lost a leading zero, tuples, nested data, names of fields and the manifest', () => {
    expect(() => release(description)(make([{ key: 9012345678, count: 3 }], dp))).toThrow(/mobile-or-ip-phone/);
    expect(release(description)(make([{ key: 'a', count: 9012345678 }], dp)).data).toHaveLength(1);
    const two = statementFor(dp, { by: ['app', 'query'] });
    expect(() => release(description)(make([{ key: ['x', 'bob@corp-a.jp'], count: 3 }], dp, { statement: two }))).toThrow(/query holds/);
    expect(() => release(description)(make({ totals: { deep: ['bob@corp-a.jp'] } }, dp))).toThrow(/totals\.deep/);
    expect(() => release(description)(make({ 'bob@corp-a.jp': 3 }, dp))).toThrow(/name of a field/);
    expect(() => release({ ...description, id: 'for bob@corp-a.jp', onIdentifier: 'label' })(make(table.slice(0, 1), dp))).toThrow(/manifest\.id/);
  });

  test('refuses what is not the result of an aggregate, and what a seeded source has touched', () => {
    for (const wrong of [[], {}, null, undefined, 'text', 3, [{ key: 'a' }]]) expect(() => release(description)(wrong as never)).toThrow(/expects the result of an aggregate/);
    expect(() => release(description)(make(table.slice(0, 1), dp, { secure: false }))).toThrow(/seeded/);
  });

  test('asks for previous releases of everything but differential privacy, and runs the check', () => {
    const first = release({ ...description, previous: 'first' })(make(table.slice(0, 1), k));
    expect(first.manifest.guarantee).toEqual(k);
    expect(() => release(description as never)(make(table.slice(0, 1), k))).toThrow(/previous must be given/);
    expect(() => release({ ...description, previous: [first] })(make(table.slice(0, 1), k))).toThrow(/only as the first/);
    const checked = make(table.slice(0, 1), k, { crossCheck: (_, previous) => (previous.length > 0 ? ['the week before minus this week'] : []) });
    expect(() => release({ ...description, previous: [first] })(checked)).toThrow(/the week before minus this week/);
  });

  test.each([
    ['competition', [1, 2, 2, 4, 5], [1, 1, 3]],
    ['modified', [1, 3, 3, 4, 5], [2, 2, 3]],
    ['dense', [1, 2, 2, 3, 4], [1, 1, 2]],
    ['fractional', [1, 2.5, 2.5, 4, 5], [1.5, 1.5, 3]],
    ['ordinal', [1, 2, 3, 4, 5], [1, 2, 3]],
  ])('suppressing leaves no gap in the ranks, %s', (ties, ranks, closed) => {
    const keys = ['call 090-1234-5678', 'maps', 'mail', 'a@corp-a.jp', 'chess'];
    const lines = ranks.map((rank, at) => ({ rank, interval: [1, 5], key: keys[at], count: 9, state: 'value' }));
    const statement = statementFor(dp, { steps: [{ stage: 'toRanking', ties }], accuracy: { rankIntervals: { target: 'published-items' } } });
    const { data } = release({ ...description, onIdentifier: 'suppress' })(make(lines, dp, { statement }));
    expect(data.map(({ rank }) => rank)).toEqual(closed);
    expect(data.map(({ interval }) => interval)).toEqual([[1, 3], [1, 3], [1, 3]]);
    const whole = release({ ...description, onIdentifier: 'suppress' })(make(lines.slice(1, 3), dp, { statement }));
    expect(whole.data.map(({ rank }) => rank)).toEqual(ranks.slice(1, 3));
  });

  test('a line named __proto__ stays a line', () => {
    const odd = JSON.parse('{"__proto__": "x", "count": 3}') as object;
    const published = release(description)(make([odd], dp));
    expect(Object.keys(published.data[0] as object)).toEqual(['__proto__', 'count']);
  });

  test.each([
    ['id', { id: ' ' }],
    ['period', { period: 'last week' }],
    ['period.from', { period: { from: '2026-02-30', to: '2026-03-01', timeZone: 'UTC' } }],
    ['period.to', { period: { from: '2026-03-02', to: '2026-03-01', timeZone: 'UTC' } }],
    ['period.timeZone', { period: { from: '2026-03-01', to: '2026-03-01', timeZone: 'Mars/North' } }],
    ['purpose', { purpose: 'fun' }],
    ['onIdentifier', { onIdentifier: 'ignore' }],
    ['allow', { allow: [{ field: 'x', class: 'mail-address', reason: '' }] }],
  ])('refuses a bad %s before it sees any result', (parameter, over) => {
    expect(() => release({ ...description, ...over } as never)).toThrow(new RegExp(`release: ${parameter.replace('.', '\\.')} must be`));
  });
});
