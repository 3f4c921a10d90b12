import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { zcdpEpsilon } from '../../../src/dp/accounting/index.js';
import { privacyBudget, publicKeys } from '../../../src/dp/index.js';
import { correlatedGaussian } from '../../../src/dp/mechanisms/noise/correlatedGaussian.js';
import { exponentialMechanism } from '../../../src/dp/mechanisms/selection/exponential.js';
import { planRanking, rankGroups, type RankingInputs, type RankingPlan } from '../../../src/rank/index.js';
import { personal } from '../../../src/table/index.js';
import { reveal, seededRandom } from '../../../src/testing/index.js';

const at = (over: Partial<RankingInputs> = {}): RankingInputs => ({ epsilon: 1, delta: 1e-6, top: 20, show: 'names', keys: 285, ...over });
const strategyOf = (over: Partial<RankingInputs>): string => planRanking(at(over)).strategy;

const inputs: fc.Arbitrary<RankingInputs> = fc
  .record({
    epsilon: fc.double({ min: 0.1, max: 4, noNaN: true }),
    delta: fc.constantFrom(0, 1e-9, 1e-6),
    top: fc.integer({ min: 1, max: 60 }),
    show: fc.constantFrom('counts' as const, 'names' as const),
    keys: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant('discover' as const)),
    groupsPerUnit: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  })
  .map(({ groupsPerUnit, ...rest }) => (groupsPerUnit === undefined ? rest : { ...rest, groupsPerUnit }))
  .filter(({ keys, delta, show, groupsPerUnit }: RankingInputs) => keys !== 'discover' || (delta > 0 && (show === 'names' || groupsPerUnit !== undefined)));

describe('planRanking', () => {
  test('takes the strategy whose order resolves most', () => {
    expect(strategyOf({})).toBe('select');
    expect(strategyOf({ groupsPerUnit: 3 })).toBe('capped-counts');
    expect(strategyOf({ show: 'counts' })).toBe('select-then-measure');
    expect(strategyOf({ show: 'counts', groupsPerUnit: 8 })).toBe('capped-counts');
    expect(strategyOf({ show: 'counts', groupsPerUnit: 40 })).toBe('select-then-measure');
    expect(strategyOf({ show: 'counts', keys: 15 })).toBe('measure-all');
    expect(strategyOf({ show: 'counts', target: 'population' })).toBe('survey-then-measure');
    expect(strategyOf({ keys: 'discover' })).toBe('limited-domain');
    expect(strategyOf({ keys: 'discover', show: 'counts', groupsPerUnit: 50 })).toBe('limited-domain-then-measure');
    expect(strategyOf({ keys: 'discover', show: 'counts', groupsPerUnit: 3 })).toBe('capped-counts');
    // A bound is demanded here even of those who know none: one that is not small does not win by the noise that it saves.
    expect([10, 20].map((groupsPerUnit) => strategyOf({ keys: 'discover', show: 'counts', groupsPerUnit }))).toEqual(['capped-counts', 'limited-domain-then-measure']);
    expect(planRanking(at({ keys: 'discover', show: 'counts', groupsPerUnit: 20 })).why).toMatch(/capped-counts 46 \(times 1.5, for what its bound may cut\)/);
    expect([1, 2, 3, 10, 11].map((top) => planRanking(at({ delta: 0, top })).selection!.mechanism)).toEqual(['permute-and-flip', 'permute-and-flip', 'joint-exponential', 'joint-exponential', 'permute-and-flip']);
    expect(planRanking(at({ delta: 0, top: 30 })).selection!.mechanism).toBe('permute-and-flip');
    // The rule of thumb for names: capped Laplace counts below about 2 sqrt(top) groups, here 8.9.
    expect([7, 8, 9, 10].map((groupsPerUnit) => strategyOf({ groupsPerUnit }))).toEqual(['capped-counts', 'capped-counts', 'select', 'select']);
  });

  test('spends no more than it was given, by its mechanisms own accounts', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const plan = planRanking(given);
        const { selection, measurement, survey } = plan;
        expect(plan.cost.epsilon).toBeLessThanOrEqual(given.epsilon);
        expect(plan.cost.delta).toBeLessThanOrEqual(given.delta);
        if (plan.strategy === 'capped-counts') return;
        if (given.delta === 0) {
          const picked = selection === null ? 0 : selection.mechanism === 'joint-exponential' ? 2 / selection.scale : selection.picks / selection.scale;
          const measured = measurement === null ? 0 : measurement.size! / (measurement.noise as { scale: number }).scale;
          expect(picked + measured).toBeLessThanOrEqual(given.epsilon * (1 + 1e-12));
          return;
        }
        const chosen = selection === null ? 0 : exponentialMechanism({ scale: selection.scale, picks: selection.picks }).spend(1, true).rho;
        const counted = [measurement, survey].reduce((sum, part) => sum + (part === null ? 0 : correlatedGaussian({ size: part.size!, rho: part.rho! }).spend().rho), 0);
        // What is left of delta for the conversion.
        const left = given.delta - (selection?.delta ?? 0);
        expect(zcdpEpsilon({ rho: chosen + counted, delta: left })).toBeLessThanOrEqual(given.epsilon);
        expect(zcdpEpsilon({ rho: chosen + counted, delta: left })).toBeGreaterThan(given.epsilon * 0.9999);
      }),
      { numRuns: 60 },
    );
  });

  test('is plain JSON, the same for the same inputs, and takes what is asked for', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const plan = planRanking(given);
        expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
        expect(planRanking(JSON.parse(JSON.stringify(given)) as RankingInputs)).toEqual(plan);
        expect(planRanking({ ...given, strategy: plan.strategy })).toMatchObject({ strategy: plan.strategy, selection: plan.selection, measurement: plan.measurement });
      }),
      { numRuns: 30 },
    );
  });

  test('a plan is made in good time for every budget that it takes, and the others are refused', () => {
    const start = performance.now();
    for (const epsilon of [1e-4, 1000, 1e6]) {
      for (const delta of [0, 1e-300, 1e-6, 0.5]) {
        // At next to no noise the gap of two looks is next to nothing.
        for (const keys of [13, 2 ** 31 - 1]) expect(planRanking(at({ epsilon, delta, keys, top: 2, show: 'counts' })).gap).toBeGreaterThan(0);
      }
    }
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(() => planRanking(at({ epsilon: 1e-12, delta: 0, strategy: 'measure-all' }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_PLAN' }));
    for (const [over, code] of [[{ epsilon: 1e7 }, 'TOKUMEI_EPSILON_RANGE'], [{ delta: 5e-324 }, 'TOKUMEI_DELTA_RANGE']] as const) expect(() => planRanking(at(over))).toThrow(expect.objectContaining({ code }));
  });

  test('refuses what no strategy fits, and says why', () => {
    expect(() => planRanking(at({ keys: 'discover', show: 'counts' }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_GROUPS_PER_UNIT' }));
    expect(() => planRanking(at({ keys: 'discover', delta: 0 }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_DELTA_NEEDED' }));
    expect(() => planRanking(at({ target: 'bounded-counts' }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_PLAN', message: expect.stringContaining('capped-counts needs groupsPerUnit') }));
    const bad: [object, string][] = [
      [{ top: 0 }, 'TOKUMEI_TOP'],
      [{ show: 'all' }, 'TOKUMEI_SHOW'],
      [{ epsilon: 0 }, 'TOKUMEI_EPSILON_RANGE'],
      [{ delta: 1 }, 'TOKUMEI_DELTA_RANGE'],
      [{ keys: 0 }, 'TOKUMEI_KEYS'],
      [{ groupsPerUnit: 0.5 }, 'TOKUMEI_GROUPS_PER_UNIT'],
      [{ target: 'truth' }, 'TOKUMEI_RANK_TARGET'],
      [{ countsShare: 1 }, 'TOKUMEI_COUNTS_SHARE'],
      [{ strategy: 'guess' }, 'TOKUMEI_STRATEGY'],
    ];
    for (const [over, code] of bad) expect(() => planRanking(at(over as never)), code).toThrow(expect.objectContaining({ code }));
  });
});

test('the plan never depends on data: same choice, same figures, same words for any two data sets', () => {
  const rows = fc.array(fc.record({ user: fc.integer({ min: 0, max: 30 }), app: fc.integer({ min: 0, max: 12 }) }), { maxLength: 80 });
  const keys = publicKeys(Array.from({ length: 12 }, (_, i) => i));
  const jobs = [
    { show: 'counts' as const, keys, top: 3 },
    { show: 'names' as const, keys, top: 3 },
    { show: 'counts' as const, keys, top: 3, groupsPerUnit: 2 },
    { show: 'counts' as const, keys, top: 2, target: 'population' as const, strategy: 'survey-then-measure' as const },
    { show: 'names' as const, keys: 'discover' as const, top: 3 },
    { show: 'counts' as const, keys: 'discover' as const, top: 3, groupsPerUnit: 30 },
  ];
  fc.assert(
    fc.property(rows, rows, fc.constantFrom(...jobs), (a, b, job) => {
      const statement = (data: typeof a): object => {
        const stage = rankGroups({ by: 'app', spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }), random: seededRandom(1), ...job } as never);
        const revealed = reveal(pipe(personal(data, { unit: 'user', unitOf: 'user' }), stage as never) as never);
        const { rankIntervals: _, ...accuracy } = revealed.statement.accuracy;
        return { ...revealed.statement, accuracy };
      };
      expect(statement(a)).toEqual(statement(b));
    }),
    { numRuns: 60 },
  );
});

describe('the gap that a plan promises', () => {
  // A pair that differs by the gap may be wrong in 5 of 100 runs; 200 runs above 11 % have probability 3e-4. Seeds are fixed.
  const wrong = (plan: RankingPlan, counts: number[], runs: number): number => {
    const keys = counts.map((_, i) => i);
    const users = Math.max(...counts);
    const data = keys.flatMap((app) => Array.from({ length: counts[app]! }, (_, user) => ({ user, app })));
    const records = personal(data, { unit: 'user', unitOf: 'user' });
    const random = seededRandom(`gap ${plan.strategy} ${users}`);
    let failed = 0;
    for (let run = 0; run < runs; run++) {
      const stage = rankGroups<{ user: number; app: number }, 'user', 'app', 'names'>({ by: 'app', top: plan.top, show: plan.show as 'names', keys: publicKeys(keys), strategy: plan.strategy, spend: privacyBudget({ unit: 'user', ...(plan.cost.delta === 0 ? { epsilon: plan.cost.epsilon } : { epsilon: plan.cost.epsilon, delta: plan.cost.delta }) }), random });
      const rank = new Map(reveal(stage(records as never)).value.map(({ key, rank }) => [key, rank!]));
      failed += Number((rank.get(1) ?? Infinity) < (rank.get(0) ?? Infinity));
    }
    return failed / runs;
  };
  // Group 0 has the gap more than group 1; the others crowd around the smaller one.
  const crowded = (gap: number, n: number): number[] => [200 + Math.ceil(gap), 200, ...Array.from({ length: n - 2 }, (_, i) => 190 + (i % 10))];

  test.each([
    ['select', { show: 'names', epsilon: 4 }],
    ['select', { show: 'names', epsilon: 4, delta: 0, top: 12 }],
    ['select-then-measure', { show: 'counts', epsilon: 4 }],
    ['measure-all', { show: 'counts', epsilon: 4 }],
  ] as const)('%s %j: a pair that differs by it is wrong in at most 5 of 100 rankings', (strategy, over) => {
    const plan = planRanking(at({ top: 5, keys: 20, strategy, ...over }));
    expect(plan.gapMeans).toBe('pair');
    expect(wrong(plan, crowded(plan.gap, 20), 200)).toBeLessThan(0.11);
    // The gap is no more than it has to be: at a third of it the order is often wrong.
    expect(wrong(plan, crowded(plan.gap / 3, 20), 60)).toBeGreaterThan(0.08);
  });

  test('a list is chosen at once only where the mechanism takes it, and the slice is not lost', () => {
    const stage = (epsilon: number) => rankGroups<{ user: number; app: number }, 'user', 'app', 'names'>({ by: 'app', top: 10, show: 'names', keys: publicKeys(Array.from({ length: 3000 }, (_, i) => i)), spend: privacyBudget({ unit: 'user', epsilon }), random: seededRandom(1) });
    const records = personal([{ user: 1, app: 5 }], { unit: 'user', unitOf: 'user' });
    for (const epsilon of [1e-9, 6e-4, 6e-3, 1e3]) expect(reveal(stage(epsilon)(records as never)).value.length).toBe(10);
    expect(planRanking(at({ keys: 3000, delta: 0, top: 10, epsilon: 6e-4 })).selection!.mechanism).toBe('permute-and-flip');
  });

  test('joint exponential: no place falls short by more in 95 of 100 rankings', () => {
    const plan = planRanking(at({ top: 5, keys: 20, delta: 0, strategy: 'select' }));
    expect([plan.selection!.mechanism, plan.gapMeans]).toEqual(['joint-exponential', 'place']);
    const counts = Array.from({ length: 20 }, (_, i) => 100 - 4 * i);
    const data = counts.flatMap((count, app) => Array.from({ length: count }, (_, user) => ({ user, app })));
    const random = seededRandom('joint');
    const records = personal(data, { unit: 'user', unitOf: 'user' });
    let short = 0;
    for (let run = 0; run < 100; run++) {
      const stage = rankGroups<{ user: number; app: number }, 'user', 'app', 'names'>({ by: 'app', top: 5, show: 'names', keys: publicKeys(counts.map((_, i) => i)), strategy: 'select', spend: privacyBudget({ unit: 'user', epsilon: 1 }), random });
      short += Number(reveal(stage(records as never)).value.some(({ key, rank }) => counts[rank! - 1]! - counts[key as number]! > plan.gap));
    }
    expect(short / 100).toBeLessThan(0.14);
  });
});
