import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { hierarchy, kCountUnits, kTable } from '../../../src/kanon/index.js';
import { release } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { TIE_RULES } from '../../../src/rank/order/rankTies.js';
import { personal, publicKeys } from '../../../src/table/index.js';

/**
 * A reader who tries every world: knows the rule, the declared keys, the options, and the published ranking with all its
 * members, and goes through all counts that there can be. What stays possible for a withheld key is what the reader learns.
 */
const KEYS = ['b', 'c', 'a'];
const K = 3;
const MOST = 4;
const published = release({ id: 'r', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-information', previous: 'first' });

const worlds: readonly (readonly number[])[] = KEYS.reduce<readonly (readonly number[])[]>((all) => all.flatMap((world) => Array.from({ length: MOST + 1 }, (_, n) => [...world, n])), [[]]);
let unit = 0;
const rowsOf = (world: readonly number[]) => world.flatMap((n, at) => Array.from({ length: n }, () => ({ user: unit++, item: KEYS[at]!, plan: unit % 2 === 0 ? 'free' : 'paid' })));
// A field that nobody counts, so that an empty world too is a table.
const people = (world: readonly number[]) => personal([...rowsOf(world), { user: -1, item: 'other', plan: 'free' }], { unit: 'user', unitOf: 'user' });

const options = TIE_RULES.flatMap((ties) => (['descending', 'ascending'] as const).flatMap((order) => [undefined, 1, 2].map((top) => ({ ties, order, top }))));

/** By published text, the worlds that give it. */
function bySight(see: (world: readonly number[]) => unknown): ReadonlyMap<string, readonly (readonly number[])[]> {
  const same = new Map<string, (readonly number[])[]>();
  for (const world of worlds) {
    const text = JSON.stringify(see(world));
    const others = same.get(text);
    if (others === undefined) same.set(text, [world]);
    else others.push(world);
  }
  return same;
}

describe.each(['suppressed', 'published'] as const)('with zeros %s', (zeros) => {
  test('no rank, tie, gap, interval or number of lines narrows a withheld count below what the rule says', () => {
    const least = zeros === 'published' ? 1 : 0;
    const tables = worlds.map((world) => pipe(people(world), kCountUnits({ by: 'item', k: K, zeros, keys: publicKeys(KEYS) })));
    let asked = 0;
    for (const { ties, order, top } of options) {
      const ranking = toRanking({ ties, order, ...(top === undefined ? {} : { top }) });
      const same = bySight((world) => published(ranking(tables[worlds.indexOf(world)]!)));
      for (const fitting of same.values()) {
        KEYS.forEach((_, at) => {
          const isWithheld = (world: readonly number[]): boolean => world[at]! < K && (zeros === 'suppressed' || world[at] !== 0);
          if (!fitting.some(isWithheld)) return;
          asked++;
          const possible = new Set(fitting.map((world) => world[at]!));
          for (let count = least; count < K; count++) expect(possible, JSON.stringify({ ties, order, top, fitting })).toContain(count);
        });
      }
    }
    expect(asked).toBeGreaterThan(300);
  });
});

test('of a list of found keys a ranking shows no more than the list', () => {
  for (const { ties, order, top } of options.filter(({ top }) => top !== 1)) {
    const ranking = toRanking({ ties, order, ...(top === undefined ? {} : { top }) });
    const seen = new Map<string, string>();
    for (const world of worlds) {
      const list = pipe(people(world), kCountUnits({ by: 'item', k: K }));
      const text = JSON.stringify(published(list).data);
      const ranked = JSON.stringify(published(ranking(list)).data);
      expect(seen.get(text) ?? ranked).toBe(ranked);
      seen.set(text, ranked);
    }
    expect(seen.size).toBeGreaterThan(15);
  }
});

test('of a table with totals a ranking shows no more than the table', () => {
  const groups = { item: hierarchy({ first: ['a', 'b'], second: ['c'] }), plan: ['free', 'paid'] };
  let withheld = 0;
  for (const ties of TIE_RULES) {
    const seen = new Map<string, string>();
    for (const world of worlds.filter((_, at) => at % 4 === 0)) {
      const table = pipe(people(world), kTable({ by: ['item', 'plan'], groups, k: K }));
      const lines = published(table).data;
      withheld += lines.filter(({ state }) => state === 'suppressed').length;
      const text = JSON.stringify(lines);
      const ranked = JSON.stringify(published(toRanking({ ties })(table)).data);
      expect(seen.get(text) ?? ranked).toBe(ranked);
      seen.set(text, ranked);
    }
  }
  expect(withheld).toBeGreaterThan(200);
});
