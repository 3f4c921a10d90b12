import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { privacyBudget, publicKeys, type RandomSource } from '../../../src/dp/index.js';
import { rankGroups, verifyRanking, type RankingManifest, type RankRow } from '../../../src/rank/index.js';
import { crossGap } from '../../../src/rank/intervals/surveyGap.js';
import { personal, personalColumns } from '../../../src/table/index.js';
import { arbitraries, recordNoise, reveal, seededRandom, sensitivityViolations } from '../../../src/testing/index.js';
import { gaussianDraw, seededUniform } from '../support/draws.js';

interface Row {
  readonly user: string;
  readonly app: unknown;
}
type Options = Parameters<typeof rankGroups>[0];
const { neighbours, hostileKey } = arbitraries(fc);
const door = (rows: readonly Row[]) => personal(rows as readonly { user: string; app: string }[], { unit: 'user', unitOf: 'user', fields: ['app'] });
const declared = publicKeys(['a', 'b', 'c', 'd', 'e', 'f', '__proto__', '', 'constructor', null, 0, 2 ** 31]);
const jobs = {
  'capped-counts': { keys: declared, groupsPerUnit: 2 },
  'measure-all': { keys: declared },
  select: { keys: declared, show: 'names' },
  'select, pure': { keys: declared, show: 'names', delta: 0, strategy: 'select' },
  'select-then-measure': { keys: declared },
  'select-then-measure, pure': { keys: declared, delta: 0, strategy: 'select-then-measure' },
  'survey-then-measure': { keys: declared },
  'limited-domain': { keys: 'discover', show: 'names' },
  'limited-domain-then-measure': { keys: 'discover', groupsPerUnit: 40 },
} as const;

const stageOf = (name: keyof typeof jobs, random: RandomSource, over: object = {}) => {
  const { delta = 1e-6, ...job } = jobs[name] as { delta?: number };
  const spend = privacyBudget({ unit: 'user', epsilon: 1, ...(delta === 0 ? {} : { delta }) });
  return rankGroups({ by: 'app', top: 3, strategy: name.split(',')[0], ...job, spend, random, ...over } as unknown as Options) as unknown as (p: unknown) => Parameters<typeof reveal<readonly RankRow<unknown>[], never>>[0];
};

// Keys that are declared, and others, which a declared ranking drops; for discovered keys all are in both data sets. Counts are
// apart, so that one unit does not change which groups a survey, here without noise, looks at again.
const everyKey = (apart: number): Row[] => declared.keys.flatMap((app, i) => Array.from({ length: apart * i + 1 }, (_, k): Row => ({ user: `base ${k}`, app })));
const pairs = neighbours<Row>({ row: (user) => fc.record({ user: fc.constant(user), app: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...declared.keys) }, hostileKey()) }) });

describe.each(Object.keys(jobs) as (keyof typeof jobs)[])('%s', (name) => {
  test('asks for noise and choices with what one unit moves, in the same sequence, whatever the data', () => {
    fc.assert(
      fc.property(pairs, ({ with: more, without }) => {
        const known = (rows: readonly Row[]): Row[] => [...everyKey(name.startsWith('survey') ? 30 : 1), ...(name.startsWith('limited') ? rows.filter(({ app }) => declared.keys.includes(app as never)) : rows)];
        const record = (rows: readonly Row[]) => recordNoise((random) => stageOf(name, random)(door(known(rows))));
        expect(sensitivityViolations(record(more), record(without))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test('gives at most the ranks asked for, states a plan that can be made again, and keeps its guarantee', () => {
    const rows = Array.from({ length: 4000 }, (_, i): Row => ({ user: `u${i % 1300}`, app: ['a', 'b', 'c', 'd', 'e', 'f'][Math.floor(((i * 7919) % 1000) ** 2 / 170000)]! }));
    const result = stageOf(name, seededRandom(name))(door(rows));
    const { value, statement, secure } = reveal(result);
    expect(secure).toBe(false);
    expect(value.length).toBeGreaterThan(0);
    for (const { rank, interval, state } of value) {
      expect(rank).toBeLessThanOrEqual(3);
      expect(interval![0]).toBeLessThanOrEqual(interval![1]);
      expect(['value', 'tied']).toContain(state);
    }
    expect(Object.keys(value[0]!)).toEqual(statement.measures.length > 0 ? ['rank', 'interval', 'key', 'count', 'state'] : ['rank', 'interval', 'key', 'state']);
    expect(value[0]!.key).toBe('a');
    expect(JSON.parse(JSON.stringify(statement))).toEqual(statement);
    if (name === 'capped-counts') return;
    const manifest = JSON.parse(JSON.stringify({ ...statement, guard: { onIdentifier: 'refuse' } })) as RankingManifest;
    expect(verifyRanking(manifest, value).filter(({ ok }) => !ok)).toEqual([]);
    // A smaller scale than the budget pays for is found, and so is a budget that was not spent.
    const text = JSON.stringify(manifest);
    const shorter = JSON.parse(text.replace(/"(scale|sigma)":(\d+)/, (_, figure: string, digits: string) => `"${figure}":${Number(digits) - 1}`)) as RankingManifest;
    expect(JSON.stringify(shorter)).not.toBe(text);
    expect(verifyRanking(shorter, value).every(({ ok }) => ok)).toBe(false);
    expect(verifyRanking({ ...manifest, guarantee: { ...manifest.guarantee, epsilon: 0.5 } }, value).every(({ ok }) => ok)).toBe(false);
    expect(verifyRanking(manifest, [...value, { ...value[0]!, rank: 4 }]).every(({ ok }) => ok)).toBe(false);
  });

  test('gives a ranking for no data and for one unit', () => {
    for (const rows of [[], [{ user: 'u', app: 'a' }]]) {
      const { value } = reveal(stageOf(name, seededRandom(1))(door(rows)));
      if (jobs[name].keys === 'discover') expect(value).toEqual([]);
      else expect(value.length).toBeGreaterThanOrEqual(3);
    }
  });
});

// 40 groups of which many are close; each user is in many. A claim of 0.95 that fails in more than 13 % of 60 rankings is
// false with a false-alarm rate of 1 %; seeds are fixed, and the figures seen are below 5 %. MSWeb has 1,000 runs by `measure`.
describe('intervals hold together for the target that they name', () => {
  const counts = Array.from({ length: 40 }, (_, i) => Math.round(450 - 80 * Math.sqrt(i) + i));
  const [users, apps]: [number[], number[]] = [[], []];
  counts.forEach((count, app) => {
    for (let user = 0; user < Math.max(count, 1); user++) {
      users.push((user * 7 + app * 13) % 500);
      apps.push(app);
    }
  });
  const truth = new Map(counts.map((_, app) => [app, new Set(users.filter((_, i) => apps[i] === app)).size]));
  const records = personalColumns({ user: Int32Array.from(users), app: Int32Array.from(apps) }, { unit: 'user', unitOf: 'user' });

  test.each([
    ['select-then-measure', 'published-items'],
    ['survey-then-measure', 'population'],
    ['measure-all', 'population'],
  ] as const)('%s: %s', (strategy, target) => {
    const runs = 60;
    const random = seededRandom(`coverage ${strategy}`);
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const stage = rankGroups<{ user: number; app: number }, 'user', 'app'>({ by: 'app', top: 8, keys: publicKeys(counts.map((_, i) => i)), strategy, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random });
      const { value, statement } = reveal(stage(records as never));
      expect(statement.accuracy['rankIntervals']).toMatchObject({ target });
      const all = target === 'population' ? [...truth.values()] : value.map(({ key }) => truth.get(key as number)!);
      missed += Number(!value.every(({ key, interval }) => {
        const count = truth.get(key as number)!;
        return interval![0] <= 1 + all.filter((other) => other > count).length && interval![1] >= all.filter((other) => other >= count).length;
      }));
    }
    expect(missed / runs).toBeLessThan(0.13);
  });

  test('the gap between measured and surveyed groups is exceeded in at most 1 of 100 draws, and is not idle', () => {
    const uniform = seededUniform(41);
    const first = { each: { law: 'discrete-gaussian', sigma: 30 }, shared: { law: 'discrete-gaussian', sigma: 12 }, count: 10 } as const;
    const second = { each: { law: 'discrete-gaussian', sigma: 90 }, shared: { law: 'discrete-gaussian', sigma: 20 }, count: 60 } as const;
    const gap = crossGap(first, second, 0.95);
    let above = 0;
    for (let run = 0; run < 1500; run++) {
      const draws = (sigma: number, count: number): number[] => Array.from({ length: count }, () => gaussianDraw(sigma, uniform));
      above += Number(Math.max(...draws(30, 10)) - Math.min(...draws(90, 60)) + gaussianDraw(12, uniform) - gaussianDraw(20, uniform) > gap);
    }
    expect(above / 1500).toBeLessThan(0.07);
    expect(above / 1500).toBeGreaterThan(0.02);
  });
});

test('counts are not biased where all chosen groups are published, and about so where some more were counted', () => {
  const rows = Array.from({ length: 30 }, (_, app) => Array.from({ length: 400 + 20 * app }, (_, user) => ({ user: `u${user}`, app: `a${app}` }))).flat();
  const records = personal(rows, { unit: 'user', unitOf: 'user' });
  const random = seededRandom('bias');
  let sum = 0;
  let shown = 0;
  for (let run = 0; run < 40; run++) {
    const stage = rankGroups<Row & { app: string }, 'user', 'app'>({ by: 'app', top: 10, keys: publicKeys(Array.from({ length: 30 }, (_, i) => `a${i}`)), spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random });
    for (const { key, count } of reveal(pipe(records as never, stage as never) as never as Parameters<typeof reveal<readonly RankRow<string>[], never>>[0]).value) {
      const exact = 400 + 20 * Number(key.slice(1));
      expect(count! * 2).toBe(Math.round(count! * 2));
      sum += (count! - exact) / exact;
      shown++;
    }
  }
  expect(Math.abs(sum / shown)).toBeLessThan(0.01);
});
