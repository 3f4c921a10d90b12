import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { privacyBudget, publicKeys } from '../../../src/dp/index.js';
import { rankGroups } from '../../../src/rank/index.js';
import { personal } from '../../../src/table/index.js';
import { reveal } from '../../../src/testing/reveal.js';

const events = Array.from({ length: 3000 }, (_, i) => ({ userId: `u${i % 1000}`, app: i % 3 === 0 ? 'maps' : i % 7 === 0 ? 'mail' : `app ${i % 5}` }));
const records = () => personal(events, { unit: 'user', unitOf: 'userId' });
const spend = () => privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });

describe('rankGroups', () => {
  test('ranks declared and discovered groups in one spend', () => {
    const keys = publicKeys(['maps', 'mail', 'app 0', 'app 1', 'app 2', 'app 3', 'app 4', 'nobody']);
    const declared = reveal(pipe(records(), rankGroups({ by: 'app', top: 3, keys, groupsPerUnit: 3, spend: spend() })));
    expect(declared.value.length).toBeGreaterThanOrEqual(3);
    expect(declared.value.every(({ rank }) => rank! <= 3)).toBe(true);
    expect(declared.value[0]).toMatchObject({ rank: 1, key: 'maps', interval: [1, 1], state: 'value' });
    const discovered = reveal(pipe(records(), rankGroups({ by: 'app', top: 20, keys: 'discover', groupsPerUnit: 3, spend: spend() })));
    expect(discovered.value.map(({ key }) => key).sort()).toEqual(['app 0', 'app 1', 'app 2', 'app 3', 'app 4', 'mail', 'maps']);
  });

  test('publishes names alone when asked', () => {
    const { value } = reveal(pipe(records(), rankGroups({ by: 'app', top: 2, keys: 'discover', groupsPerUnit: 3, spend: spend(), show: 'names' })));
    expect(Object.keys(value[0]!)).toEqual(['rank', 'interval', 'key', 'state']);
    // @ts-expect-error there is no count to read
    void value[0]!.count;
  });

  test('spends a slice once', () => {
    const slice = spend();
    const stage = rankGroups<{ userId: string; app: string }, 'user', 'app'>({ by: 'app', top: 2, keys: 'discover', groupsPerUnit: 3, spend: slice });
    stage(records() as never);
    expect(() => stage(records() as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_SLICE_SPENT' }));
  });
});
