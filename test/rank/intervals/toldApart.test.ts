import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeProtected } from '../../../src/core/holders/protected.js';
import { pipe, type DifferentialPrivacy, type GroupRow, type Protected } from '../../../src/core/index.js';
import { compactLetters, leaders, toBuckets, toRanking, type BucketRow } from '../../../src/rank/index.js';
import { reveal, seededRandom } from '../../../src/testing/index.js';
import { statementFor } from '../../support/statement.js';

describe('compactLetters', () => {
  test('two values share a letter exactly when they are not told apart', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(null, NaN));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.integer({ min: 0, max: 20 }), (values, gap) => {
        const letters = compactLetters(values, gap).map((text): readonly string[] => text.match(/[a-z]\d*/g) ?? []);
        values.forEach((a, i) => {
          expect(letters[i]!.length > 0).toBe(Number.isFinite(a));
          values.forEach((b, j) => {
            if (Number.isFinite(a) && Number.isFinite(b)) expect(letters[i]!.some((letter) => letters[j]!.includes(letter))).toBe(Math.abs(a! - b!) <= gap);
          });
        });
      }),
    );
  });

  test('does not chain, and has letters enough', () => {
    expect(compactLetters([100, 90, 80, 70], 10)).toEqual(['a', 'ab', 'bc', 'c']);
    expect(compactLetters(Array.from({ length: 28 }, (_, i) => -i), 0).slice(25)).toEqual(['z', 'a1', 'b1']);
    for (const gap of [-1, NaN, Infinity]) expect(() => compactLetters([1], gap)).toThrow(expect.objectContaining({ code: 'TOKUMEI_GAP' }));
  });
});

test('leaders are the rows that may be first', () => {
  expect(leaders([{ key: 'a', interval: [1, 1] }, { key: 'b', interval: null }, { key: 'c', interval: [1, 4] }, { key: 'd', interval: [2, 4] }]).map(({ key }) => key)).toEqual(['a', 'c']);
});

describe('toBuckets', () => {
  const guarantee: DifferentialPrivacy<'user'> = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 };
  const table = (counts: readonly (number | null)[]): Protected<readonly GroupRow<string>[], DifferentialPrivacy<'user'>> =>
    makeProtected(guarantee, {
      value: counts.map((count, i): GroupRow<string> => ({ key: `k${i}`, state: count === null ? 'suppressed' : 'value', count })),
      secure: true,
      statement: statementFor(guarantee, { keys: { origin: 'public', declared: counts.length }, bounds: { groupsPerUnit: 1 }, measures: [{ name: 'count', what: 'distinct users', noise: { law: 'discrete-laplace', scale: 1 }, step: 1 }] }),
    });
  const counts = [1000, 800, 600, ...Array.from({ length: 57 }, (_, i) => 100 - i)];

  test('shows ranks while intervals are narrow, then half-decades without rank, interval and count', () => {
    const result = pipe(table([...counts, null]), toRanking(), toBuckets({ widest: 2 }));
    const { value, statement, secure } = reveal(result);
    expect(result.guarantee).toEqual(guarantee);
    expect(secure).toBe(true);
    expect(statement.steps.at(-1)).toEqual({ stage: 'toBuckets', widest: 2, edges: 'half-decades' });
    expect(value.slice(0, 4).map(({ rank, bucket }) => [rank, bucket])).toEqual([[1, 1], [2, 5], [3, 5], [null, 5]]);
    expect(value).toHaveLength(60);
    const sizes = new Map<number | null, number>();
    for (const { bucket } of value) sizes.set(bucket, (sizes.get(bucket) ?? 0) + 1);
    expect([...sizes]).toEqual([[1, 1], [5, 4], [10, 5], [50, 40], [100, 10]]);
    for (const row of value.slice(3)) expect(Object.keys(row)).toEqual(['rank', 'interval', 'bucket', 'key', 'state']);
    expect(value.slice(3).every(({ rank, interval }) => rank === null && interval === null)).toBe(true);
  });

  test('members of a bucket stand in an order that says nothing of their ranks', () => {
    // 200 shuffles of 40 members: each member's mean place is 20.5 with a standard error of 0.82; 5 of these fail once in 2e-6 * 40.
    const places = new Map<string, number>();
    const random = seededRandom('buckets');
    for (let run = 0; run < 200; run++) {
      const rows: readonly BucketRow<string>[] = reveal(pipe(table(counts), toRanking(), toBuckets({ widest: 2, random }))).value;
      rows.filter(({ bucket }) => bucket === 50).forEach(({ key }, at) => places.set(key, (places.get(key) ?? 0) + (at + 1) / 200));
    }
    expect(places.size).toBe(40);
    for (const mean of places.values()) expect(Math.abs(mean - 20.5)).toBeLessThan(5 * 0.82);
    expect(reveal(pipe(table(counts), toRanking(), toBuckets({ widest: 2, random }))).secure).toBe(false);
  });

  test('takes edges of its own and refuses others', () => {
    const { value } = reveal(pipe(table([50, 49, 48, 47]), toRanking(), toBuckets({ widest: 1, edges: [2, 3] })));
    expect(value.map(({ bucket }) => bucket)).toEqual([2, 2, 3, null]);
    for (const options of [{ widest: 0 }, { widest: 1.5 }, { widest: 2, edges: [] }, { widest: 2, edges: [5, 5] }, { widest: 2, edges: [0, 1] }]) expect(() => toBuckets(options)).toThrow(expect.objectContaining({ code: 'TOKUMEI_BUCKETS' }));
  });
});
