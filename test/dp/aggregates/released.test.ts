import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { dpBounds, dpCountRows, dpCountUnits, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, privacyBudget, publicKeys } from '../../../src/dp/index.js';
import { release, toCsv, verifyManifest } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { personal } from '../../../src/table/index.js';

const description = { id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' } as const;
test('sums are ranked, released and verified; means carry no noise of their own, so nobody ranks them by it', () => {
  const common = { by: 'shop', keys: publicKeys(SHOPS), value: 'yen', groupsPerUnit: 3, lower: 0, upper: 3000 } as const;
  const spend = () => privacyBudget({ unit: 'user', epsilon: 1 });
  const published = pipe(records(), dpSum({ ...common, spend: spend() }), toRanking({ measure: 'sum', top: 2 }), release(description));
  expect(verifyManifest(published).checks.filter((c) => !c.ok)).toEqual([]);
  expect(published.data.map(({ rank }) => rank)).toEqual([1, 2]);
  const means = pipe(records(), dpMean({ ...common, rowsPerGroup: 1, spend: spend() }));
  expect(() => toRanking({ measure: 'mean' })(means as never)).toThrow(/must be one of parts/);
});

test('bounds are released, verified, and pay for a sum; a smaller noise is found', () => {
  const slices = privacyBudget({ unit: 'user', epsilon: 1 }).split({ bounds: 0.25, sums: 0.75 });
  const common = { by: 'shop', keys: publicKeys(SHOPS), value: 'yen', groupsPerUnit: 3 } as const;
  const published = pipe(records(), dpBounds({ ...common, leastPower: 0, largestPower: 24, spend: slices.bounds }), release(description));
  expect(verifyManifest(published).checks.filter((c) => !c.ok)).toEqual([]);
  const { lower, upper } = published.data[0]!;
  // Totals are from 0 to 2,997; noise of scale 24 on 6,000 pairs hides some hundreds of them at either end.
  expect([0, 1, 2, 4, 8, 16, 32, 64, 128, 256]).toContain(lower);
  expect([1024, 2048, 4096]).toContain(upper);
  expect(pipe(records(), dpSum({ ...common, lower, upper, spend: slices.sums })).guarantee.epsilon).toBe(0.75);
  const forged = JSON.parse(JSON.stringify(published)) as { manifest: { measures: { noise: { scale: number } }[] } };
  forged.manifest.measures[0]!.noise.scale *= 0.999;
  expect(verifyManifest(forged).checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(['content hash', 'noise']);
});

const SHOPS = ['ueno', 'ginza', 'nara'] as const;
const sales = Array.from({ length: 6000 }, (_, i) => ({ user: `u${i % 2000}`, shop: SHOPS[i % 3]!, yen: (i * 37) % 1000, tax: i % 100 }));
const records = () => personal(sales, { unit: 'user', unitOf: 'user', fields: ['shop', 'yen', 'tax'] });
const budgets = {
  'pure epsilon': () => ({ unit: 'user', epsilon: 4 }) as const,
  'epsilon and delta': () => ({ unit: 'user', epsilon: 4, delta: 1e-6 }) as const,
  rho: () => ({ unit: 'user', rho: 2, delta: 1e-6 }) as const,
};
const keys = { declared: publicKeys(SHOPS), discovered: 'discover' } as const;

describe.each(Object.entries(budgets))('under a budget in %s', (name, options) => {
  describe.each(Object.entries(keys))('%s keys', (origin, choice) => {
    const cases = () => {
      const common = { by: 'shop', keys: choice, groupsPerUnit: 2, spend: privacyBudget(options()) } as const;
      const value = { ...common, value: 'yen', lower: 0, upper: 1000, rowsPerGroup: 2 } as const;
      return {
        'count of units': () => pipe(records(), dpCountUnits(common)),
        'count of rows': () => pipe(records(), dpCountRows({ ...common, rowsPerGroup: 2 })),
        'count of rows by one total': () => pipe(records(), dpCountRows({ by: 'shop', keys: choice, rowsPerUnit: 2, spend: common.spend })),
        'distinct values': () => pipe(records(), dpDistinct({ ...common, value: 'tax', valuesPerGroup: 2 })),
        sum: () => pipe(records(), dpSum({ ...common, value: 'yen', lower: 0, upper: 2000 })),
        'sum of whole numbers': () => pipe(records(), dpSum({ ...common, value: 'yen', lower: 0, upper: 2000, step: 1, noise: 'laplace' })),
        mean: () => pipe(records(), dpMean(value)),
        variance: () => pipe(records(), dpVariance(value)),
        quantiles: () => pipe(records(), dpQuantiles({ ...value, ranks: [0.25, 0.5, 0.75] })),
        histogram: () => pipe(records(), dpHistogram({ ...common, value: 'yen', rowsPerGroup: 1, edges: [0, 100, 500, 1000] })),
        ...(name === 'pure epsilon' ? {} : { 'vector sum, l2': () => pipe(records(), dpVectorSum({ ...common, values: ['yen', 'tax'], bound: 2000, norm: 'l2' })) }),
        'vector sum, l1': () => pipe(records(), dpVectorSum({ ...common, values: ['yen', 'tax'], bound: 2000, norm: 'l1' })),
      };
    };
    test.each(Object.keys(cases()))('%s is released, verified, and a smaller noise is found', (what) => {
      const run = (cases() as unknown as Readonly<Record<string, () => never>>)[what]!;
      if (name === 'pure epsilon' && origin === 'discovered') {
        expect(run).toThrow(/delta > 0/);
        return;
      }
      const published = release(description)(run() as never) as unknown as { data: readonly object[]; manifest: { measures: { noise: { scale?: number; sigma?: number } }[] } };
      expect(verifyManifest(published).checks.filter((c) => !c.ok)).toEqual([]);
      expect(verifyManifest(JSON.parse(JSON.stringify(published))).valid).toBe(true);
      expect(published.data.length).toBe(3);
      expect(toCsv(published as never).split('\r\n').length).toBe(5);
      const forged = JSON.parse(JSON.stringify(published)) as typeof published;
      const { noise } = forged.manifest.measures[0]!;
      if (noise.scale !== undefined) noise.scale *= 0.999;
      else noise.sigma! *= 0.999;
      expect(verifyManifest(forged).checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(expect.arrayContaining(['content hash', expect.stringMatching(/^noise/)]));
    });
  });
});
