import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeProtected } from '../../src/core/holders/protected.js';
import type { DifferentialPrivacy, GroupRow, KAnonymity, Key, KeyOrigin, NoiseLaw, Protected, Statement } from '../../src/core/index.js';
import { pipe } from '../../src/core/index.js';
import { rankIntervals, toRanking } from '../../src/rank/index.js';
import { reveal } from '../../src/testing/reveal.js';
import { statementFor } from '../support/statement.js';

const guarantee: DifferentialPrivacy<'user'> = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 };
const noise: NoiseLaw = { law: 'discrete-laplace', scale: 5 };

type Table = Protected<readonly GroupRow<Key>[], DifferentialPrivacy<'user'>>;

function table(counts: readonly (readonly [Key, number | null])[], over: Partial<Statement> = {}): Table {
  const keys: KeyOrigin = { origin: 'public', declared: counts.length };
  const rows = counts.map(([key, count]): GroupRow<Key> => ({ key, state: count === null ? 'suppressed' : 'value', count }));
  return makeProtected(guarantee, {
    value: rows,
    secure: true,
    statement: statementFor(guarantee, { keys, bounds: { groupsPerUnit: 5 }, measures: [{ name: 'count', what: 'distinct users', noise, step: 1 }], ...over }),
  });
}

describe('toRanking', () => {
  test('ranks the protected values, keeps the guarantee and says so in the statement', () => {
    const ranked = pipe(table([['b', 480], ['a', 500], ['c', 90]]), toRanking({ top: 2 }));
    expect(ranked.guarantee).toEqual(guarantee);
    const { value, statement, secure } = reveal(ranked);
    expect(value).toEqual([
      { rank: 1, interval: [1, 2], key: 'a', count: 500, state: 'value' },
      { rank: 2, interval: [1, 2], key: 'b', count: 480, state: 'value' },
    ]);
    expect(Object.keys(value[0]!)).toEqual(['rank', 'interval', 'key', 'count', 'state']);
    expect(secure).toBe(true);
    expect(statement.steps).toEqual([{ stage: 'toRanking', measure: 'count', ties: 'competition', order: 'descending', top: 2 }]);
    expect(statement.accuracy['rankIntervals']).toEqual({ target: 'bounded-counts', comparison: 'simultaneous', confidence: 0.95, pairwiseGap: 21, gap: 25 });
  });

  test('names the target that the statement supports', () => {
    const target = (over: Partial<Statement>, counts: readonly (readonly [Key, number | null])[] = [['a', 1], ['b', 2]]): unknown =>
      (reveal(toRanking()(table(counts, over))).statement.accuracy['rankIntervals'] as { target: string }).target;
    expect(target({})).toBe('bounded-counts');
    expect(target({ bounds: {} })).toBe('population');
    expect(target({ keys: { origin: 'discovered', rule: 'laplace', threshold: 10, delta: 1e-6 } })).toBe('published-items');
    expect(target({}, [['a', 1], ['b', null]])).toBe('published-items');
    // A declared key whose row is not here could stand anywhere.
    expect(target({ keys: { origin: 'public', declared: 3 } })).toBe('published-items');
  });

  test('refuses what is a ranking already: rows that its cut left out would be taken for rows that never were', () => {
    const once = toRanking({ top: 1 })(table([['a', 500], ['b', 480], ['c', 90]]));
    expect(() => toRanking()(once as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANKED' }));
  });

  test('asks for one step more between rows that a threshold may have chosen', () => {
    const rows: [Key, number][] = [['a', 126], ['b', 100], ['c', 0]];
    const { gap } = rankIntervals([126, 100, 0], { noise, target: 'bounded-counts' });
    expect(gap).toBe(25);
    expect(reveal(toRanking()(table(rows))).value[0]!.interval).toEqual([1, 1]);
    const discovered = table(rows, { keys: { origin: 'discovered', rule: 'laplace', threshold: 10, delta: 1e-6 } });
    expect(reveal(toRanking()(discovered)).value[0]!.interval).toEqual([1, 2]);
  });

  test('is a function of the set of protected rows: nothing of their order is left', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), fc.option(fc.integer({ min: -20, max: 20 }))), { selector: ([key]) => JSON.stringify(key), maxLength: 15 });
    fc.assert(
      fc.property(rows, fc.constantFrom('competition', 'modified', 'dense', 'ordinal', 'fractional'), (list, ties) => {
        const ranked = reveal(toRanking({ ties })(table(list))).value;
        expect(reveal(toRanking({ ties })(table([...list].reverse()))).value).toEqual(ranked);
        // Best first, suppressed last, without rank, interval or number.
        const shown = ranked.filter(({ rank }) => rank !== null);
        expect(ranked.slice(shown.length).every(({ rank, interval, count, state }) => rank === null && interval === null && count === null && state === 'suppressed')).toBe(true);
        for (let i = 1; i < shown.length; i++) expect(shown[i]!.count!).toBeLessThanOrEqual(shown[i - 1]!.count!);
        expect(shown).toHaveLength(list.filter(([, count]) => count !== null).length);
      }),
      { numRuns: 60 },
    );
  });

  test('ranks exact counts by their ties, and any measure that the table has', () => {
    const k: KAnonymity<'user'> = { kind: 'k-anonymity', unit: 'user', k: 10 };
    const rows: GroupRow<Key, '__proto__'>[] = JSON.parse('[{"key":"a","state":"value","__proto__":2},{"key":"b","state":"value","__proto__":2}]') as never;
    const held = makeProtected(k, { value: rows, secure: true, statement: statementFor(k, { measures: [{ name: '__proto__', what: 'sum', noise: { law: 'none' }, step: 1 }] }) });
    const { value } = reveal(toRanking({ measure: '__proto__', order: 'ascending' })(held));
    expect(JSON.stringify(value[1])).toBe('{"rank":1,"interval":[1,2],"key":"b","__proto__":2,"state":"tied"}');
  });

  test('refuses wrong options and what is not protected', () => {
    const bad: [object, string][] = [
      [{ top: 0 }, 'TOKUMEI_TOP'],
      [{ top: 1.5 }, 'TOKUMEI_TOP'],
      [{ ties: 'best' }, 'TOKUMEI_TIES'],
      [{ order: 'up' }, 'TOKUMEI_RANK_ORDER'],
      [{ confidence: 2 }, 'TOKUMEI_CONFIDENCE'],
      [{ measure: '' }, 'TOKUMEI_RANK_MEASURE'],
    ];
    for (const [options, code] of bad) expect(() => toRanking(options as never), code).toThrow(expect.objectContaining({ code }));
    expect(() => toRanking({ measure: 'sum' })(table([['a', 1]]) as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_RANK_MEASURE' }));
    expect(() => toRanking()([{ key: 'a', state: 'value', count: 1 }] as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_NOT_PROTECTED' }));
  });
});
