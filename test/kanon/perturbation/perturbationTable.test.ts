import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { perturbationTable } from '../../../src/kanon/index.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const mean = (noise: readonly number[], p: readonly number[], f: (v: number) => number): number => sum(noise.map((v, at) => f(v) * p[at]!));
const entropy = (p: readonly number[]): number => -sum(p.map((x) => (x > 0 ? x * Math.log(x) : 0)));

const options = fc
  .record({ maximumNoise: fc.integer({ min: 1, max: 15 }), forbidden: fc.nat(6), share: fc.double({ min: 0.05, max: 0.95, noNaN: true }) })
  .filter(({ maximumNoise, forbidden }) => forbidden <= maximumNoise && Math.floor(((forbidden + 1) / 2) ** 2) < maximumNoise)
  .map(({ maximumNoise, forbidden, share }) => {
    const least = Math.floor(((forbidden + 1) / 2) ** 2) * Number(forbidden > 0);
    return { maximumNoise, forbiddenUpTo: forbidden, variance: least + share * (maximumNoise - least) };
  });

describe('perturbationTable', () => {
  test('has mean zero, the variance, the bound and no forbidden count, to 1e-12', () => {
    fc.assert(
      fc.property(options, (o) => {
        const { rows } = perturbationTable(o);
        expect(rows).toHaveLength(o.maximumNoise + o.forbiddenUpTo + 2);
        rows.forEach(({ noise, probability }, count) => {
          expect(Math.abs(sum(probability) - 1)).toBeLessThan(1e-12);
          expect(probability.every((p) => p >= 0)).toBe(true);
          expect(Math.abs(mean(noise, probability, (v) => v))).toBeLessThan(1e-12);
          expect(Math.abs(mean(noise, probability, (v) => v * v) - (count === 0 ? 0 : o.variance))).toBeLessThan(1e-12 * Math.max(1, o.variance));
          for (const v of noise) {
            expect(Math.abs(v)).toBeLessThanOrEqual(o.maximumNoise);
            expect(count + v === 0 || count + v > o.forbiddenUpTo).toBe(true);
          }
        });
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  test('no other law with the same mean and variance has more entropy', () => {
    fc.assert(
      fc.property(options, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 }), fc.nat(), (o, directions, row) => {
        const { rows } = perturbationTable(o);
        const { noise, probability } = rows[1 + (row % (rows.length - 1))]!;
        if (noise.length < 4) return;
        // A change that keeps sum, mean and variance: what is left of any change after taking out those three.
        let change = noise.map((_, at) => directions[at]! * probability[at]!);
        for (let round = 0; round < 3; round++) {
          const basis: number[][] = [];
          for (const f of [() => 1, (v: number) => v, (v: number) => v * v]) {
            let vector = noise.map(f);
            for (const other of basis) vector = vector.map((x, at) => x - sum(vector.map((y, i) => y * other[i]!)) * other[at]!);
            const size = Math.sqrt(sum(vector.map((x) => x * x)));
            basis.push(vector.map((x) => x / size));
          }
          for (const vector of basis) {
            const along = sum(change.map((x, at) => x * vector[at]!));
            change = change.map((x, at) => x - along * vector[at]!);
          }
        }
        for (const size of [0.5, 0.1, 0.01]) {
          const moved = probability.map((p, at) => p + size * change[at]!);
          if (moved.every((p) => p >= 0)) expect(entropy(moved)).toBeLessThanOrEqual(entropy(probability) + 1e-9);
        }
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  // Solved with 40 digits by a root finder on the moments (mpmath).
  test.each<[number, number, number, number, number, Record<string, number>]>([
    [1, 2, 1, 0, 0, { '-1': 0.39806471113836395, '0': 0.30580586658490814, '1': 0.19419413341509186, '2': 0.10193528886163605 }],
    [2, 2, 1, 0, 0, { '-2': 0.063827136706447166, '-1': 0.24469145317421134, '0': 0.382962820238683, '1': 0.24469145317421134, '2': 0.063827136706447166 }],
    [1, 3, 1.05, 1, 0, { '-1': 0.50831253863817086, '1': 0.47512476817097483, '2': 0.016500309105366899, '3': 6.2384085487412709e-5 }],
    [3, 3, 1.05, 1, 0, { '-3': 0.021827187738369807, '-1': 0.3066885069371709, '0': 0.37833157121586947, '1': 0.22246642865381908, '2': 0.062355274865850976, '3': 0.0083310305889197611 }],
    [3, 5, 3, 2, 0, { '-3': 0.20398617687419013, '0': 0.39366252613488295, '1': 0.2474923901950903, '2': 0.11056846733403674, '3': 0.035102043001194804, '4': 0.0079189055472031681, '5': 0.0012694909134019051 }],
    [2, 5, 3, 2, 0, { '-2': 0.40880704095828106, '1': 0.40664356108720164, '2': 0.14762398361895547, '3': 0.032318822496021444, '4': 0.004266873094316708, '5': 0.00033971874522367615 }],
    [8, 5, 3, 2, 0.5, { '-5': 0.011584909694199478, '-4': 0.025395479970586697, '-3': 0.046759805164081739, '-2': 0.072317175489252725, '-1': 0.093942629681879362, '0': 0.5, '1': 0.093942629681879362, '2': 0.072317175489252725, '3': 0.046759805164081739, '4': 0.025395479970586697, '5': 0.011584909694199478 }],
  ])('row %i of D = %i, V = %f, js = %i, stay = %f', (row, maximumNoise, variance, forbiddenUpTo, stay, wanted) => {
    const { noise, probability } = perturbationTable({ maximumNoise, variance, forbiddenUpTo, stay }).rows[row]!;
    expect(noise).toEqual(Object.keys(wanted).map(Number).sort((a, b) => a - b));
    noise.forEach((v, at) => expect(Math.abs(probability[at]! - wanted[String(v)]!)).toBeLessThan(1e-12));
  });

  test('gives every count its law over uniform keys, and leaves zero alone', () => {
    const table = perturbationTable({ maximumNoise: 4, variance: 2, forbiddenUpTo: 1 });
    const steps = 1_000_000;
    for (const count of [0, 1, 2, 5, 1000]) {
      const seen = new Map<number, number>();
      for (let i = 0; i < steps; i++) {
        const out = table.publish(count, Math.floor(((i + 0.5) / steps) * 2 ** 52));
        seen.set(out - count, (seen.get(out - count) ?? 0) + 1);
      }
      const { noise, probability } = table.rows[Math.min(count, table.rows.length - 1)]!;
      noise.forEach((v, at) => expect(Math.abs((seen.get(v) ?? 0) / steps - probability[at]!)).toBeLessThan(2e-6));
    }
    expect(table.publish(3, 2 ** 52 - 1)).toBe(7);
  });

  test.each([
    ['maximumNoise', { maximumNoise: 0, variance: 1 }],
    ['maximumNoise', { maximumNoise: 2.5, variance: 1 }],
    ['maximumNoise', { maximumNoise: 101, variance: 1 }],
    ['variance', { maximumNoise: 2, variance: 0 }],
    ['variance', { maximumNoise: 2, variance: NaN }],
    ['variance', { maximumNoise: 2, variance: 2.5 }],
    ['variance', { maximumNoise: 5, variance: 1, forbiddenUpTo: 2 }],
    ['forbiddenUpTo', { maximumNoise: 2, variance: 1, forbiddenUpTo: 3 }],
    ['variance', { maximumNoise: 4, variance: 4, forbiddenUpTo: 4 }],
    ['stay', { maximumNoise: 2, variance: 1, stay: 1 }],
  ])('refuses a bad %s', (parameter, over) => {
    expect(() => perturbationTable(over)).toThrow(new RegExp(`perturbationTable: ${parameter} must be`));
  });

  test('says so where no law meets the stay', () => {
    expect(() => perturbationTable({ maximumNoise: 2, variance: 1.5, stay: 0.9 })).toThrow(/no law of noise for the count 1 /);
  });
});
