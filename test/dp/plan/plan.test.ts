import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designCounts } from '../../../src/dp/aggregates/countDesign.js';
import { discreteGaussianDelta } from '../../../src/dp/accounting/discreteGaussian.js';
import { noiseMass, noiseMeanError, noiseSurvival, noiseVariance } from '../../../src/dp/accounting/laws/noiseLaw.js';
import { zcdpEpsilon } from '../../../src/dp/accounting/zcdp.js';
import { dpCountRows, dpSum, publicKeys, type Slice } from '../../../src/dp/index.js';
import { privacyBudget } from '../../../src/dp/budget/index.js';
import { personal } from '../../../src/table/index.js';
import { reveal } from '../../../src/testing/index.js';
import { consumeSlice } from '../../../src/dp/budget/slice.js';
import { compareBounds, epsilonFor, intervalOf, meaningOf, plan, sharesForErrors, type PlanQuery } from '../../../src/dp/plan/index.js';
import type { NoiseLaw } from '../../../src/core/statement.js';
import { codeOf } from '../accounting/support.js';

const lawArb: fc.Arbitrary<NoiseLaw> = fc.oneof(
  fc.double({ min: 0.1, max: 60, noNaN: true }).map((scale): NoiseLaw => ({ law: 'discrete-laplace', scale })),
  fc.double({ min: 0.1, max: 60, noNaN: true }).map((sigma): NoiseLaw => ({ law: 'discrete-gaussian', sigma })),
  fc.constant<NoiseLaw>({ law: 'none' }),
);
const spend = { epsilon: 1, delta: 1e-6 };
const counts: PlanQuery = { aggregate: 'count-units', keys: 'discover', groupsPerUnit: 5, spend };

describe('intervalOf', () => {
  test('is the least that covers, and says by how much, by summation', () => {
    fc.assert(
      fc.property(lawArb, fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (noise, confidence) => {
        const { halfWidth, coverage } = intervalOf(noise, confidence);
        let inside = 0;
        for (let k = -halfWidth; k <= halfWidth; k++) inside += noiseMass(noise, k);
        expect(coverage).toBeCloseTo(inside, 10);
        expect(coverage).toBeGreaterThanOrEqual(confidence - 1e-12);
        if (halfWidth > 0) expect(inside - 2 * noiseMass(noise, halfWidth)).toBeLessThan(confidence);
      }),
    );
    for (const confidence of [0, 1, NaN, '0.95' as unknown as number]) expect(codeOf(() => intervalOf({ law: 'none' }, confidence))).toBe('TOKUMEI_CONFIDENCE');
  });
  test('the figures of a law are its sums', () => {
    fc.assert(
      fc.property(lawArb, (noise) => {
        let [variance, error] = [0, 0];
        for (let k = -2500; k <= 2500; k++) {
          variance += k * k * noiseMass(noise, k);
          error += Math.abs(k) * noiseMass(noise, k);
        }
        expect(Math.abs(noiseVariance(noise) - variance)).toBeLessThan(1e-8 * (1 + variance));
        expect(Math.abs(noiseMeanError(noise) - error)).toBeLessThan(1e-6 * (1 + error));
        expect(noiseSurvival(noise, -2500)).toBeCloseTo(1, 12);
      }),
      { numRuns: 60 },
    );
  });
});

describe('plan', () => {
  test('says what the aggregate will do, to the figure', () => {
    const arb = fc.record({
      epsilon: fc.double({ min: 0.05, max: 8, noNaN: true }),
      delta: fc.constantFrom(1e-4, 1e-6, 1e-9),
      groupsPerUnit: fc.integer({ min: 1, max: 60 }),
      keys: fc.constantFrom('discover' as const, 'public' as const, 3),
      noise: fc.constantFrom('laplace' as const, 'gaussian' as const, undefined),
    });
    fc.assert(
      fc.property(arb, ({ epsilon, delta, groupsPerUnit, keys, noise }) => {
        const declared = keys === 'public' ? 1e9 : keys;
        const design = designCounts('test', { measure: 'approximate', epsilon, delta }, groupsPerUnit, declared, noise);
        const p = plan({ aggregate: 'count-units', keys, groupsPerUnit, spend: { epsilon, delta }, ...(noise === undefined ? {} : { noise }) });
        expect(p.noise).toEqual(design.noise);
        expect(p.threshold).toBe(design.threshold);
        expect(p.cost).toEqual(design.cost);
      }),
      { numRuns: 60 },
    );
  });
  test('reads a slice without spending it, and gives the same for its numbers', () => {
    const budget = privacyBudget({ unit: 'device', ...spend });
    const fromSlice = plan({ ...counts, spend: budget });
    expect({ ...fromSlice, text: 0, warnings: 0, notCovered: 0, meaning: 0 }).toEqual({ ...plan(counts), text: 0, warnings: 0, notCovered: 0, meaning: 0 });
    expect(fromSlice.text.join(' ')).toContain('devices');
    expect(consumeSlice(budget, 'device', 'test').measure).toBe('approximate');
    expect(plan({ ...counts, spend: budget }).threshold).toBe(fromSlice.threshold);
  });
  test('its figures follow from its law', () => {
    const p = plan({ ...counts, noise: 'laplace' }, { sizes: [50, 1000] });
    expect(p.noise).toEqual({ law: 'discrete-laplace', scale: 5 });
    expect(p.threshold).toBe(76);
    expect(p.smallestShown).toEqual({ likely: 76, nearlyAlways: 87 });
    expect(noiseSurvival(p.noise, 76 - 76)).toBeGreaterThan(0.5);
    expect(noiseSurvival(p.noise, 76 - 75)).toBeLessThan(0.5);
    expect(noiseSurvival(p.noise, 76 - 87)).toBeGreaterThanOrEqual(0.95);
    expect(noiseSurvival(p.noise, 76 - 86)).toBeLessThan(0.95);
    expect(p.expected.map((e) => e.size)).toEqual([50, 1000]);
    expect(p.expected[0]?.shown).toBeCloseTo(noiseSurvival(p.noise, 26), 14);
    expect(p.expected[1]?.relativeError).toBeCloseTo(4.96682 / 1000, 6);
    expect(p.interval).toEqual({ confidence: 0.95, halfWidth: 15 });
    expect(JSON.parse(JSON.stringify(p))).toEqual(p);
  });
  test('plans rows and sums: sensitivity is bound times reach, in steps', () => {
    const rows = plan({ aggregate: 'count-rows', keys: 'public', groupsPerUnit: 3, rowsPerGroup: 4, spend: { epsilon: 0.5 } });
    expect(rows.noise).toEqual({ law: 'discrete-laplace', scale: 24 });
    const sum = plan({ aggregate: 'sum', keys: 24, groupsPerUnit: 1, lower: -10, upper: 60, step: 0.25, spend: { epsilon: 1 } });
    expect(sum.noise).toEqual({ law: 'discrete-laplace', scale: 240 });
    expect(sum.standardDeviation).toBeCloseTo(240 * Math.SQRT2 * 0.25, 3);
    const gaussian = plan({ aggregate: 'sum', keys: 'public', groupsPerUnit: 20, lower: 0, upper: 5, spend });
    if (gaussian.noise.law !== 'discrete-gaussian') throw new Error('expected Gaussian noise');
    expect(discreteGaussianDelta({ sigma: gaussian.noise.sigma, epsilon: 1, l0: 20, linf: 5 })).toBeLessThan(1e-6);
    // Never more keys than there are.
    expect(plan({ aggregate: 'count-units', keys: { keys: ['a', 'b'] }, groupsPerUnit: 20, spend: { epsilon: 1 } }).noise).toEqual({ law: 'discrete-laplace', scale: 2 });
  });
  test('plans in zCDP, and says epsilon at a declared delta', () => {
    const query: PlanQuery = { aggregate: 'count-units', keys: 'discover', groupsPerUnit: 10, spend: { rho: 0.05, delta: 1e-7 } };
    const p = plan(query, { delta: 1e-6 });
    expect(p.noise.law === 'discrete-gaussian' && p.noise.sigma).toBeCloseTo(Math.sqrt(10 / 0.1), 6);
    expect(p.meaning.epsilon).toBeGreaterThan(zcdpEpsilon({ rho: 0.05, delta: 1e-6 }));
    expect(p.meaning.delta).toBeCloseTo(1.1e-6, 12);
    expect(codeOf(() => plan(query))).toBe('TOKUMEI_FACTS');
    expect(() => plan(query)).toThrow(/facts\.delta/);
  });
  test('adds up repeated releases, and composes them optimally where delta allows', () => {
    const query: PlanQuery = { ...counts, keys: 'public', spend: { epsilon: 0.125 } };
    expect(plan(query, { releases: 52 }).totalCost).toEqual({ measure: 'pure', epsilon: 6.5, delta: 0 });
    const composed = plan(query, { releases: 52, delta: 1e-6 }).totalCost;
    expect(composed.measure === 'approximate' && composed.epsilon).toBeLessThan(5);
    expect(composed.delta).toBe(1e-6);
  });
  test('says of rows and sums what dpCountRows and dpSum do, to the figure', () => {
    type Sale = { shop: string; yen: number };
    const none = personal([{ user: 'u', shop: 'a', yen: 1 }], { unit: 'user', unitOf: 'user', fields: ['shop', 'yen'] });
    for (const [keys, planned] of [['discover', 'discover'], [publicKeys(['a', 'b', 'c']), 3]] as const) {
      for (const noise of ['laplace', 'gaussian'] as const) {
        for (const budget of [{ epsilon: 0.7, delta: 1e-6 }, { rho: 0.1, delta: 1e-6 }]) {
          const slice = () => privacyBudget({ unit: 'user', ...budget } as never) as Slice<'user'>;
          const common = { by: 'shop', keys, groupsPerUnit: 2, noise } as const;
          const bounds = { lower: -5, upper: 300 };
          const rows = reveal(dpCountRows<Sale, 'user', 'shop'>({ ...common, rowsPerGroup: 3, spend: slice() })(none)).statement;
          const sums = reveal(dpSum<Sale, 'user', 'shop', 'yen'>({ ...common, ...bounds, value: 'yen', spend: slice() })(none)).statement;
          const of = (query: Partial<PlanQuery>) => plan({ ...common, keys: planned, spend: slice(), ...query } as PlanQuery, { delta: 1e-6 });
          for (const [statement, p] of [[rows, of({ aggregate: 'count-rows', rowsPerGroup: 3 })], [sums, of({ aggregate: 'sum', ...bounds })]] as const) {
            expect(statement.measures[0]).toMatchObject({ noise: p.noise, step: p.step });
            expect(statement.guarantee).toMatchObject(p.cost);
            expect(statement.keys.origin === 'discovered' ? statement.keys.threshold : null).toBe(p.threshold);
            expect(statement.accuracy[statement.measures[0]!.name]).toEqual(p.interval);
          }
        }
      }
    }
  });
  test('warns of what would hurt', () => {
    const warnings = plan({ ...counts, spend: { epsilon: 6, delta: 1e-3 } }, { units: 20000, sizes: [1] }).warnings.join('\n');
    expect(warnings).toMatch(/delta times the number of users is 20/u);
    expect(warnings).toMatch(/promises little/u);
    expect(warnings).toMatch(/usually not shown/u);
    expect(plan({ ...counts, groupsPerUnit: 4 }).warnings.join('\n')).toMatch(/'gaussian' keys would be shown from about 4[67]/u);
    expect(plan(counts, { keysPerUnit: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1] }).warnings.join('\n')).toMatch(/cuts away 50 %/u);
    expect(plan({ ...counts, keys: 'public', spend: { epsilon: 1 } }, { units: 1e6 }).warnings).toEqual([]);
  });
  test.each([
    [{ ...counts, aggregate: 'median' }, 'TOKUMEI_AGGREGATE'],
    [{ ...counts, aggregate: 'mean', rowsPerGroup: 1 }, 'TOKUMEI_BOUNDS'],
    [{ ...counts, aggregate: 'variance', lower: 0, upper: 1 }, 'TOKUMEI_ROWS_PER_GROUP'],
    [{ ...counts, aggregate: 'histogram', rowsPerGroup: 1, edges: [1, 0] }, 'TOKUMEI_EDGES'],
    [{ ...counts, aggregate: 'quantiles', rowsPerGroup: 1, lower: 0, upper: 1, ranks: [2] }, 'TOKUMEI_RANKS'],
    [{ ...counts, aggregate: 'vector-sum', bound: 1 }, 'TOKUMEI_NORM'],
    [{ ...counts, aggregate: 'vector-sum', keys: 3, bound: 1, norm: 'l2', spend: { epsilon: 1 } }, 'TOKUMEI_DELTA_NEEDED'],
    [{ ...counts, aggregate: 'vector-sum', bound: 1, norm: 'l2', noise: 'laplace' }, 'TOKUMEI_NOISE'],
    [{ ...counts, aggregate: 'distinct' }, 'TOKUMEI_VALUES_PER_GROUP'],
    [{ ...counts, aggregate: 'count-rows', rowsPerGroup: 1, keyRule: 'best' }, 'TOKUMEI_KEY_RULE'],
    [{ ...counts, aggregate: 'sum', lower: 0, upper: 1, keysShare: 1 }, 'TOKUMEI_SHARES'],
    [{ ...counts, keys: 'public', keyRule: 'optimal' }, 'TOKUMEI_KEY_RULE'],
    [{ ...counts, keys: 'public', keysShare: 0.3 }, 'TOKUMEI_SHARES'],
    [{ ...counts, keys: 'public', minUnits: 3 }, 'TOKUMEI_MIN_UNITS'],
    [{ ...counts, keys: 'all' }, 'TOKUMEI_KEYS'],
    [{ ...counts, keys: 0 }, 'TOKUMEI_KEYS'],
    [{ ...counts, groupsPerUnit: NaN }, 'TOKUMEI_GROUPS_PER_UNIT'],
    [{ ...counts, aggregate: 'count-rows' }, 'TOKUMEI_ROWS_PER_GROUP'],
    [{ ...counts, aggregate: 'sum', keys: 3, lower: 1, upper: 1 }, 'TOKUMEI_BOUNDS'],
    [{ ...counts, aggregate: 'sum', keys: 3, lower: 0, upper: 1, step: 0 }, 'TOKUMEI_STEP_RANGE'],
    [{ ...counts, aggregate: 'sum', keys: 3, lower: 0, upper: 1e300, step: 1e-3 }, 'TOKUMEI_BOUNDS'],
    [{ ...counts, spend: { epsilon: 1 } }, 'TOKUMEI_DELTA_NEEDED'],
    [{ ...counts, spend: {} }, 'TOKUMEI_EPSILON_RANGE'],
    [{ ...counts, spend: undefined }, 'TOKUMEI_OPTIONS'],
    [{ ...counts, noise: 'uniform' }, 'TOKUMEI_NOISE'],
    [null, 'TOKUMEI_OPTIONS'],
  ])('refuses %o', (query, code) => {
    expect(codeOf(() => plan(query as PlanQuery))).toBe(code);
  });
  test('refuses facts that are none', () => {
    expect(codeOf(() => plan(counts, { sizes: [0] }))).toBe('TOKUMEI_FACTS');
    expect(codeOf(() => plan(counts, { releases: 0.5 }))).toBe('TOKUMEI_FACTS');
    expect(codeOf(() => plan(counts, { keysPerUnit: [-1] }))).toBe('TOKUMEI_FACTS');
    expect(codeOf(() => plan(counts, { keysPerUnit: [] }))).toBe('TOKUMEI_FACTS');
  });
});

describe('meaningOf', () => {
  test('no reader does better: randomized response, the worst release there is, meets the figures', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 6, noNaN: true }), (epsilon) => {
        const { guesses, detection, odds } = meaningOf({ epsilon });
        const truth = odds / (1 + odds);
        for (const { before, after } of guesses) expect(after).toBeCloseTo((before * truth) / (before * truth + (1 - before) * (1 - truth)), 12);
        // The best test with 5 % false alarms against it: a coin where the answer is yes.
        const lie = 1 - truth;
        const best = detection.falseAlarms <= lie ? (detection.falseAlarms / lie) * truth : truth + ((detection.falseAlarms - lie) / truth) * lie;
        expect(detection.caught).toBeCloseTo(best, 12);
      }),
    );
  });
  test('figures in words', () => {
    const { text, guesses } = meaningOf({ epsilon: 1, delta: 1e-6 });
    expect(guesses[0]?.after).toBeCloseTo(0.7310585786, 9);
    expect(text[0]).toContain('2.72');
    expect(text[0]).toContain('1e-6');
    expect(text[1]).toContain('73.1 %');
    expect(codeOf(() => meaningOf({ epsilon: 0 }))).toBe('TOKUMEI_EPSILON_RANGE');
    expect(codeOf(() => meaningOf({ epsilon: 1, delta: 1 }))).toBe('TOKUMEI_DELTA_RANGE');
  });
});

describe('choosing', () => {
  const base = { aggregate: 'count-units', keys: 'public' } as const;
  test('bounds: more noise against less cut away', () => {
    const options = compareBounds({ ...base, spend }, [1, 2, 4, 8, 16], { keysPerUnit: [0.4, 0.3, 0.2, 0.1] });
    expect(options.map((o) => o.lost)).toEqual([0.5, expect.closeTo(0.2, 12), 0, 0, 0]);
    for (let i = 1; i < options.length; i++) expect(options[i]!.standardDeviation).toBeGreaterThan(options[i - 1]!.standardDeviation);
    expect(options[0]?.errors[2]?.error).toBeCloseTo(5000, 0);
    expect(compareBounds({ ...base, spend }, [3])[0]?.lost).toBeNull();
  });
  test('epsilon for an error: reached there, not just below', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 1e-6), (halfWidth, groupsPerUnit, delta) => {
        const query = { ...base, groupsPerUnit };
        const target = { halfWidth: Math.max(halfWidth, 0.5) };
        const epsilon = epsilonFor(query, target, delta);
        const width = (e: number): number => plan({ ...query, spend: { epsilon: e, delta } }).interval.halfWidth;
        expect(width(epsilon)).toBeLessThanOrEqual(target.halfWidth);
        expect(width(epsilon * 0.998)).toBeGreaterThanOrEqual(width(epsilon));
        if (width(epsilon * 0.99) === width(epsilon)) expect(width(epsilon * 0.99)).toBeGreaterThan(target.halfWidth);
      }),
      { numRuns: 40 },
    );
    expect(codeOf(() => epsilonFor({ ...base, groupsPerUnit: 1 }, { halfWidth: 0 }))).toBe('TOKUMEI_TARGET');
    expect(codeOf(() => epsilonFor({ aggregate: 'sum', keys: 1, groupsPerUnit: 1, lower: 0, upper: 1e9, step: 1e-3 }, { halfWidth: 1e-3 }))).toBe('TOKUMEI_TARGET');
  });
  test('shares for errors: targets met where the budget reaches, all too wide alike where not', () => {
    const queries = {
      chart: { ...base, keys: 'discover', groupsPerUnit: 5, target: { halfWidth: 30 } },
      totals: { ...base, groupsPerUnit: 1, target: { halfWidth: 20 } },
    } as const;
    const rich = privacyBudget({ unit: 'user', epsilon: 2, delta: 1e-6 });
    const enough = sharesForErrors(rich, queries);
    expect(enough.stretch).toBeLessThan(1);
    const slices = rich.split(enough.shares);
    expect(slices.totals.delta).toBe(0);
    expect(slices.chart.delta).toBe(1e-6);
    for (const name of ['chart', 'totals'] as const) {
      const { target, ...query } = queries[name];
      expect(plan({ ...query, spend: slices[name] }).interval.halfWidth).toBeLessThanOrEqual(target.halfWidth);
    }
    const poor = privacyBudget({ unit: 'user', epsilon: 0.1, delta: 1e-6 });
    const short = sharesForErrors(poor, queries);
    expect(short.stretch).toBeGreaterThan(4);
    const thin = poor.split(short.shares);
    for (const name of ['chart', 'totals'] as const) {
      const { target, ...query } = queries[name];
      const width = plan({ ...query, spend: thin[name] }).interval.halfWidth;
      expect(width / target.halfWidth / short.stretch).toBeGreaterThan(0.8);
      expect(width / target.halfWidth / short.stretch).toBeLessThan(1.2);
    }
    // @ts-expect-error a misspelt query
    expect(short.shares.chrat).toBeUndefined();
    expect(codeOf(() => sharesForErrors({ rho: 1 }, queries))).toMatch(/TOKUMEI_(MEASURE|EPSILON_RANGE)/u);
    expect(codeOf(() => sharesForErrors(rich, {}))).toBe('TOKUMEI_TARGET');
  });
});
