import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countUnitsPlan } from '../../src/table/plan.js';
import { keyId, publicKeys } from '../../src/table/publicKeys.js';
import { addCounts, runCountUnits, type ExactCounts } from '../../src/table/grouping/unitCounts.js';
import { personal, personalColumns } from '../../src/table/index.js';
import { unwrap } from '../../src/table/table.js';
import type { SipKey } from '../../src/hash/siphash.js';
import { naiveUnitCounts } from '../support/naive.js';

const value = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom('', 'a', 'b', '__proto__', '\ud800', '1', 'constructor'), fc.boolean(), fc.constant(null), fc.constant(undefined));
const rows = fc.array(fc.record({ u: value, g: value }), { maxLength: 60 });
const KEY: SipKey = [11, -22, 33, 44];

const counts = (input: readonly { u: unknown; g: unknown }[], bound: number | null, key: SipKey = KEY): ExactCounts => {
  const records = personal(input as { u: string; g: string }[], { unit: 'user', unitOf: 'u' });
  return runCountUnits(unwrap(records, 'test'), countUnitsPlan('user', ['g'], true, 'all', bound), undefined, key, 'test');
};
const asMap = (c: ExactCounts): Map<string, number> => new Map(c.keys.map((k, i) => [keyId(k as string), c.counts[i]!] as const).sort());
const naive = (input: readonly { u: unknown; g: unknown }[]): Map<string, number> =>
  new Map([...naiveUnitCounts(input)].map(([k, n]) => [keyId(k as string), n] as const).sort());

describe('counting distinct units by group', () => {
  test('without a bound it is the naive count', () => {
    fc.assert(fc.property(rows, (input) => void expect(asMap(counts(input, null))).toEqual(naive(input))));
  });

  test('a unit takes part in at most the bound, and in all its groups below it', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 4 }), (input, bound) => {
        const perUnit = new Map<unknown, Set<unknown>>();
        for (const { u, g } of input) {
          if (u === null || u === undefined || u === '') continue;
          if (!perUnit.has(u)) perUnit.set(u, new Set());
          perUnit.get(u)!.add(g ?? null);
        }
        const expected = [...perUnit.values()].reduce((sum, groups) => sum + Math.min(bound, groups.size), 0);
        const got = counts(input, bound).counts.reduce((a, b) => a + b, 0);
        expect(got).toBe(expected);
      }),
    );
  });

  test('removing one unit changes at most `bound` counts, each by one, and no other unit changes its choice', () => {
    fc.assert(
      fc.property(rows, value, fc.integer({ min: 1, max: 3 }), (input, unit, bound) => {
        const without = asMap(counts(input.filter(({ u }) => u !== unit), bound));
        const whole = asMap(counts(input, bound));
        let moved = 0;
        for (const key of new Set([...whole.keys(), ...without.keys()])) {
          const step = (whole.get(key) ?? 0) - (without.get(key) ?? 0);
          expect([0, 1]).toContain(step);
          moved += step;
        }
        expect(moved).toBeLessThanOrEqual(bound);
      }),
    );
  });

  test('the choice depends on contents: row order and codes are nothing', () => {
    fc.assert(
      fc.property(rows.chain((r) => fc.tuple(fc.constant(r), fc.shuffledSubarray(r, { minLength: r.length, maxLength: r.length }))), fc.integer({ min: 1, max: 3 }), ([input, shuffled], bound) => {
        expect(asMap(counts(shuffled, bound))).toEqual(asMap(counts(input, bound)));
      }),
    );
  });

  test('shards of disjoint units add up to the whole', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 4 }), (input, bound, shards) => {
        const parts = Array.from({ length: shards }, (_, s) => counts(input.filter(({ u }) => [...String(u)].length % shards === s), bound));
        expect(asMap(parts.reduce(addCounts))).toEqual(asMap(counts(input, bound)));
      }),
    );
  });

  test('with declared keys other rows are dropped before the bound, and every key has its place', () => {
    fc.assert(
      fc.property(rows, fc.uniqueArray(fc.constantFrom('a', 'b', 1, 2, null, true), { minLength: 1 }), (input, declared) => {
        const records = personal(input as { u: string; g: string }[], { unit: 'user', unitOf: 'u' });
        const plan = countUnitsPlan('user', ['g'], true, 'public', 1);
        const got = runCountUnits(unwrap(records, 'test'), plan, publicKeys(declared), KEY, 'test');
        const kept = input.filter(({ g }) => declared.includes((g ?? null) as never));
        const expected = asMap(counts(kept, 1));
        expect(got.keys).toEqual(declared);
        got.keys.forEach((key, at) => expect(got.counts[at]).toBe(expected.get(keyId(key as string)) ?? 0));
      }),
    );
  });

  test('integer columns pass through and give what rows give', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(9)), { maxLength: 80 }), fc.integer({ min: 1, max: 3 }), (pairs, bound) => {
        const columns = { u: Int32Array.from(pairs, ([u]) => u), g: Int32Array.from(pairs, ([, g]) => g) };
        const records = personalColumns(columns, { unit: 'user', unitOf: 'u' });
        expect(unwrap(records, 'test').units.codes).toBe(columns.u);
        const got = runCountUnits(unwrap(records, 'test'), countUnitsPlan('user', ['g'], true, 'all', bound), undefined, KEY, 'test');
        expect(asMap(got)).toEqual(asMap(counts(pairs.map(([u, g]) => ({ u, g })), bound)));
      }),
    );
  });

  test('the kept groups are a fair sample: no favourite among equals', () => {
    // 4,000 units with the same 20 groups, 5 kept: each group is kept 1,000 times, give or take 6 standard deviations (27).
    const input = Array.from({ length: 4000 * 20 }, (_, i) => ({ u: `u${Math.floor(i / 20)}`, g: i % 20 }));
    const got = counts(input, 5);
    for (const count of got.counts) expect(Math.abs(count - 1000)).toBeLessThan(6 * 27.4);
  });

  test('many parts give what one part gives', () => {
    const n = 300_000;
    const u = Int32Array.from({ length: n }, (_, i) => (i * 7919) % 40_009);
    const g = Int32Array.from({ length: n }, (_, i) => (i * 104_729) % 997);
    const plan = countUnitsPlan('user', ['g'], true, 'all', 3);
    const whole = asMap(runCountUnits(unwrap(personalColumns({ u, g }, { unit: 'user', unitOf: 'u' }), 't'), plan, undefined, KEY, 't'));
    const half = (parity: number): ExactCounts => {
      const rowsOf = [...u.keys()].filter((i) => u[i]! % 2 === parity);
      const columns = { u: Int32Array.from(rowsOf, (i) => u[i]!), g: Int32Array.from(rowsOf, (i) => g[i]!) };
      return runCountUnits(unwrap(personalColumns(columns, { unit: 'user', unitOf: 'u' }), 't'), plan, undefined, KEY, 't');
    };
    expect(asMap(addCounts(half(0), half(1)))).toEqual(whole);
  });
});
