import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { dpCountUnits, dpCountUnitsInParts, privacyBudget, publicKeys } from '../../../src/dp/index.js';
import { noiseMass } from '../../../src/dp/accounting/laws/noiseLaw.js';
import { designCounts } from '../../../src/dp/aggregates/countDesign.js';
import { scaleFor } from '../../../src/dp/mechanisms/cost.js';
import { halfWidth } from '../../../src/dp/aggregates/engine/halfWidth.js';
import { release, verifyManifest } from '../../../src/publish/index.js';
import { personal, where, derive, joinPublic } from '../../../src/table/index.js';
import { doubleInSmallestUnits, nextDown } from '../../../src/numeric/doubles.js';
import { spendOf } from '../../../src/dp/budget/spend.js';
import { reveal } from '../../../src/testing/index.js';

const budget = (epsilon = 1, delta = 0) => privacyBudget({ unit: 'user', epsilon, delta });
const events = Array.from({ length: 3000 }, (_, i) => ({ userId: `u${i % 1000}`, app: ['maps', 'mail', 'chess'][(i * 7) % 3]!, week: i % 4 }));
const records = () => personal(events, { unit: 'user', unitOf: 'userId' });
const description = { id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' } as const;

describe('dpCountUnits', () => {
  test('declared keys come in their order, used or not, with whole-number noise', () => {
    const counts = pipe(records(), dpCountUnits({ by: 'app', keys: publicKeys(['nobody', 'maps', 'mail', 'chess']), groupsPerUnit: 3, spend: budget(2) }));
    const { value, secure } = reveal(counts);
    expect(value.map((row) => row.key)).toEqual(['nobody', 'maps', 'mail', 'chess']);
    expect(secure).toBe(true);
    expect(counts.guarantee).toEqual({ kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 2, delta: 0 });
    for (const { count } of value) expect(Number.isSafeInteger(count)).toBe(true);
    // 1,000 users are each in one app per residue: every count is 1,000; scale 1.5, so a miss by 60 has odds below e^-40.
    expect(Math.abs(value[1]!.count! - 1000)).toBeLessThan(60);
    expect(Math.abs(value[0]!.count!)).toBeLessThan(60);
  });

  test('discovered keys appear from the threshold on and in an order of published things', () => {
    const many = [...events, ...Array.from({ length: 50 }, (_, i) => ({ userId: `solo${i}`, app: `rare-${i}`, week: 0 }))];
    const counts = pipe(personal(many, { unit: 'user', unitOf: 'userId' }), dpCountUnits({ by: 'app', keys: 'discover', groupsPerUnit: 1, spend: budget(1, 1e-9) }));
    const { value, statement } = reveal(counts);
    expect(value.map((row) => row.key).sort()).toEqual(['chess', 'mail', 'maps']);
    expect([...value].sort((a, b) => b.count! - a.count!)).toEqual(value);
    expect(statement.keys).toMatchObject({ origin: 'discovered', delta: 1e-9 });
    const published = release(description)(counts);
    expect(verifyManifest(published).checks.filter((c) => !c.ok)).toEqual([]);
    expect(verifyManifest(JSON.parse(JSON.stringify(published))).valid).toBe(true);
  });

  test('verifyManifest finds less noise than the budget pays for, a lower threshold, a changed count', () => {
    const counts = () => pipe(records(), dpCountUnits({ by: 'app', keys: 'discover', groupsPerUnit: 2, noise: 'laplace', spend: budget(1, 1e-6) }), release(description));
    type Open = { data: { count: number }[]; manifest: { measures: { noise: { scale: number } }[]; parameters: { threshold: number }; guarantee: { epsilon: number } } };
    const changed = (change: (copy: Open) => void) => {
      const copy = JSON.parse(JSON.stringify(counts())) as Open;
      change(copy);
      return verifyManifest(copy).checks.filter((c) => !c.ok).map((c) => c.name);
    };
    expect(changed(() => {})).toEqual([]);
    expect(changed((copy) => (copy.manifest.measures[0]!.noise.scale *= 0.999))).toEqual(['content hash', 'noise']);
    expect(changed((copy) => (copy.manifest.guarantee.epsilon = 0.5))).toEqual(expect.arrayContaining(['content hash', 'noise', 'parameters', 'keys', 'accuracy']));
    expect(changed((copy) => (copy.manifest.parameters.threshold -= 1))).toEqual(['content hash', 'parameters']);
    expect(changed((copy) => (copy.data[0]!.count += 1))).toEqual(['content hash']);
    for (const odd of [null, 3, 'x', [], {}, { data: [], manifest: {} }, { data: [], manifest: null }]) expect(verifyManifest(odd).valid).toBe(false);
  });

  test('keys are selected first where a rule or a share is given; a floor holds; both are verified, and forged ones are found', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ userId: `u${i}`, app: i < 30 ? 'small' : i === 30 ? 'tiny' : 'large', week: 0 }));
    const common = { by: 'app', keys: 'discover', groupsPerUnit: 1 } as const;
    for (const [more, shown, selection] of [
      [{ keyRule: 'optimal' }, ['large', 'small'], { rule: 'optimal' }],
      [{ keyRule: 'gaussian', minUnits: 60 }, ['large'], { rule: 'gaussian', minUnits: 60 }],
      [{ keyRule: 'weighted', keysShare: 0.6 }, ['large', 'small'], { rule: 'weighted' }],
      [{ keysShare: 0.5, minUnits: 11 }, ['large', 'small'], { rule: 'optimal', minUnits: 11 }],
      [{ minUnits: 60 }, ['large'], undefined],
    ] as const) {
      const counts = pipe(personal(many, { unit: 'user', unitOf: 'userId' }), dpCountUnits({ ...common, ...more, spend: budget(10, 1e-4) }));
      const published = release(description)(counts);
      expect(published.data.map(({ key }) => key)).toEqual(shown);
      expect(Math.abs(published.data[0]!.count! - 369)).toBeLessThan(12);
      const { parameters, notCovered } = published.manifest;
      if (selection === undefined) expect(parameters).toMatchObject({ minUnits: 60 });
      else expect(parameters['keys']).toMatchObject(selection);
      if ('minUnits' in more) expect(notCovered).toContain(`groups of fewer than ${more.minUnits} users are never shown`);
      expect(verifyManifest(published).checks.filter((c) => !c.ok)).toEqual([]);
      const forged = JSON.parse(JSON.stringify(published)) as { manifest: { parameters: { minUnits?: number; keys?: { minUnits?: number; rule: string } } } };
      const holder = forged.manifest.parameters.keys ?? forged.manifest.parameters;
      holder.minUnits = (holder.minUnits ?? 1) + 1;
      expect(verifyManifest(forged).checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(expect.arrayContaining(['content hash', 'parameters']));
    }
    expect(() => dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: publicKeys(['maps']), groupsPerUnit: 1, minUnits: 5, spend: budget() })).toThrow(/declared keys are all published/);
    expect(() => dpCountUnits<{ app: string }, 'user', 'app'>({ ...common, minUnits: 0, spend: budget(1, 1e-6) })).toThrow(/minUnits must be a whole number/);
  });

  test('with a floor, count and threshold are within delta for every size, by enumeration of all outputs, both ways', () => {
    for (const law of ['laplace', 'gaussian'] as const) {
      for (const minUnits of [1, 4]) {
        const [epsilon, delta] = [1, 1e-3];
        const { noise, threshold } = designCounts('test', spendOf(epsilon, delta), 1, 'discover', law, minUnits);
        const outputs = (n: number): Map<number, number> => new Map(n < minUnits ? [] : Array.from({ length: 200 }, (_, i) => [threshold! + i, noiseMass(noise, threshold! + i - n)] as const));
        let worst = 0;
        for (let n = 1; n < threshold! + 20; n++) {
          const [a, b] = [outputs(n), outputs(n - 1)];
          const hidden = (law: Map<number, number>): number => 1 - [...law.values()].reduce((x, y) => x + y, 0);
          for (const [one, two] of [[a, b], [b, a]] as const) {
            let sum = Math.max(0, hidden(one) - Math.exp(epsilon) * hidden(two));
            for (const v of new Set([...one.keys(), ...two.keys()])) sum += Math.max(0, (one.get(v) ?? 0) - Math.exp(epsilon) * (two.get(v) ?? 0));
            worst = Math.max(worst, sum);
          }
        }
        expect(worst).toBeLessThanOrEqual(delta);
        expect(worst).toBeGreaterThan(delta / 4);
      }
    }
  });

  test('stages before it are row by row and go into the statement', () => {
    const counts = pipe(
      records(),
      where((row) => row.week > 0, { name: 'after the first week' }),
      derive({ even: (row) => row.week % 2 === 0 }),
      joinPublic({ on: 'app', table: [{ app: 'maps', kind: 'tool' }, { app: 'mail', kind: 'tool' }, { app: 'chess', kind: 'game' }] }),
      dpCountUnits({ by: ['kind', 'even'], keys: publicKeys([['tool', true], ['game', false]]), groupsPerUnit: 4, spend: budget(5) }),
    );
    const { value, statement } = reveal(counts);
    expect(value.map((row) => row.key)).toEqual([['tool', true], ['game', false]]);
    expect(statement.steps.map((step) => step.stage)).toEqual(['personal', 'where', 'derive', 'joinPublic', 'dpCountUnits']);
  });

  test('a slice pays once, also when the call fails', () => {
    const spend = budget();
    const stage = dpCountUnits<{ app: string; week: number }, 'user', 'app'>({ by: 'app', keys: publicKeys(['maps']), groupsPerUnit: 1, spend });
    const wrong = personal([{ userId: 'a', other: 1 }], { unit: 'user', unitOf: 'userId', fields: ['other'] });
    expect(() => stage(wrong as never)).toThrow(/by must be the name of a field/);
    expect(() => stage(records())).toThrow(/spent before/);
    expect(() => stage(records())).toThrow(/spent before/);
  });

  test('what is wrong is refused when the stage is made, before any data', () => {
    const keys = publicKeys(['maps']);
    const make = (over: object) => () => dpCountUnits({ by: 'app', keys, groupsPerUnit: 1, spend: budget(), ...over } as never);
    expect(make({ groupsPerUnit: 0 })).toThrow('dpCountUnits: groupsPerUnit must be a whole number from 1 to 2147483647, got 0');
    expect(make({ groupsPerUnit: 1.5 })).toThrow(/groupsPerUnit/);
    expect(make({ groupsPerUnit: undefined })).toThrow(/groupsPerUnit/);
    expect(make({ keys: ['maps'] })).toThrow(/publicKeys/);
    expect(make({ keys: publicKeys([['a', 'b']]) })).toThrow(/single values/);
    expect(make({ keys: 'discover' })).toThrow(/delta > 0/);
    expect(make({ by: [] })).toThrow(/by must be/);
    expect(make({ spend: undefined })).toThrow(/spend must be a slice/);
    expect(make({ spend: { epsilon: 1, unit: 'user' } })).toThrow(/spend must be a slice/);
    expect(() => dpCountUnits({ by: 'app', keys, groupsPerUnit: 1, spend: privacyBudget({ unit: 'device', epsilon: 1 }) } as never)(records() as never)).toThrow(/per 'device'/);
  });

  test('in parts it needs named shards, each once, and pays once', () => {
    const options = () => ({ by: 'app', keys: publicKeys(['maps', 'mail']), groupsPerUnit: 1, spend: budget() }) as const;
    const part = (name: string | undefined, from: number, to: number) =>
      personal(events.filter((e) => Number(e.userId.slice(1)) >= from && Number(e.userId.slice(1)) < to), { unit: 'user', unitOf: 'userId', ...(name === undefined ? {} : { shard: name }) });
    const run = dpCountUnitsInParts<{ app: string; week: number }, 'user', 'app'>(options());
    const a = run.add(run.init(), part('a', 0, 500));
    const b = run.add(run.init(), part('b', 500, 1000));
    expect(JSON.stringify(a)).not.toMatch(/maps|\d/);
    expect(() => run.merge(a, a)).toThrow(/joined once/);
    expect(() => run.add(a, part(undefined, 500, 1000))).toThrow(/declares/);
    expect(() => run.merge(a, {} as never)).toThrow(/a state of this same accumulator/);
    const whole = reveal(run.finish(run.merge(a, b)));
    expect(whole.value.reduce((sum, row) => sum + row.count!, 0)).toBeGreaterThan(500);
    expect(() => run.finish(run.merge(a, b))).toThrow(/finished/);
  });
});

/** scale * epsilon >= l0, on integers: every finite double is a whole number of 2^-1074. */
const pays = (scale: number, epsilon: number, l0: number): boolean =>
  doubleInSmallestUnits(scale) * doubleInSmallestUnits(epsilon) >= BigInt(l0) << 2148n;

describe('figures', () => {
  test('the scale pays exactly, and one double less would not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.double({ min: 1e-6, max: 100, noNaN: true }), (l0, epsilon) => {
        const scale = scaleFor(l0, epsilon);
        expect(pays(scale, epsilon, l0)).toBe(true);
        expect(scale === l0 / epsilon || !pays(nextDown(scale), epsilon, l0)).toBe(true);
        expect(scale).toBeLessThanOrEqual((l0 / epsilon) * (1 + 2 ** -51));
      }),
    );
  });

  test('the threshold is the smallest that hides a lone unit, by direct summation of the law', () => {
    for (const [l0, epsilon, delta] of [[1, 1, 1e-6], [3, 1, 1e-6], [5, 0.5, 1e-8], [10, 2, 1e-4], [1, 5, 1e-3]] as const) {
      const scale = scaleFor(l0, epsilon);
      const q = Math.exp(-1 / scale);
      const tail = (n: number): number => {
        let sum = 0;
        for (let x = n; x < n + 60 * scale + 60; x++) sum += ((1 - q) / (1 + q)) * Math.pow(q, Math.abs(x));
        return sum;
      };
      const t = designCounts('test', spendOf(epsilon, delta), l0, 'discover', 'laplace').threshold!;
      expect(1 - Math.pow(1 - tail(t - 1), l0)).toBeLessThanOrEqual(delta);
      expect(1 - Math.pow(1 - tail(t - 2), l0)).toBeGreaterThan(delta * (1 - 1e-6));
    }
  });

  test('the law is chosen by public figures: Laplace for few groups, Gaussian for many', () => {
    const law = (l0: number, discover: boolean) => designCounts('test', spendOf(1, 1e-6), l0, discover ? 'discover' : 1000).noise.law;
    expect([1, 3, 5, 8].map((l0) => law(l0, false))).toEqual(['discrete-laplace', 'discrete-laplace', 'discrete-laplace', 'discrete-laplace']);
    expect([10, 20, 100].map((l0) => law(l0, true))).toEqual(['discrete-gaussian', 'discrete-gaussian', 'discrete-gaussian']);
    expect(designCounts('test', spendOf(1, 0), 50, 1000).noise.law).toBe('discrete-laplace');
  });

  test('a unit cannot be in more groups than are declared: fewer keys, less noise', () => {
    expect(designCounts('test', spendOf(1, 0), 50, 4)).toMatchObject({ l0: 4, noise: { scale: 4 } });
    expect(designCounts('test', spendOf(1, 0), 3, 4)).toMatchObject({ l0: 3, noise: { scale: 3 } });
  });

  test('the Gaussian threshold hides a lone unit with the half of delta that is left', () => {
    const { noise, threshold } = designCounts('test', spendOf(1, 1e-6), 10, 'discover', 'gaussian');
    const sigma = (noise as { sigma: number }).sigma;
    let total = 0;
    let tail = 0;
    for (let x = -400; x <= 400; x++) {
      const mass = Math.exp(-(x * x) / (2 * sigma * sigma));
      total += mass;
      if (x >= threshold! - 1) tail += mass;
    }
    expect(1 - Math.pow(1 - tail / total, 10)).toBeLessThanOrEqual(5e-7);
    // The paper's continuous figure for (1, 1e-6), ten groups: 74.53.
    expect(threshold).toBeGreaterThan(73);
    expect(threshold).toBeLessThan(77);
  });

  test('half widths cover what they say, by direct summation', () => {
    for (const scale of [0.125, 0.5, 1, 10, 300]) {
      const q = Math.exp(-1 / scale);
      const inside = (w: number): number => {
        let sum = (1 - q) / (1 + q);
        for (let x = 1; x <= w; x++) sum += (2 * (1 - q) * Math.pow(q, x)) / (1 + q);
        return sum;
      };
      const w = halfWidth({ law: 'discrete-laplace', scale }, 0.95);
      expect(inside(w)).toBeGreaterThanOrEqual(0.95 - 1e-12);
      if (w > 0) expect(inside(w - 1)).toBeLessThan(0.95);
    }
  });
});
