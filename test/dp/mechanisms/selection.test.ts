import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aboveThreshold, discreteGaussianMechanism, exponentialMechanism, jointExponential, limitedDomain, permuteAndFlip, reportNoisyMax, type SelectionMechanism } from '../../../src/dp/mechanisms/index.js';
import { nextDown } from '../../../src/numeric/doubles.js';
import { rationalOf } from '../../../src/numeric/rational.js';
import { expBounds } from '../../../src/random/expBounds.js';
import { tapeRandom } from '../../../src/testing/tape.js';
import { Candidates } from '../../../src/dp/mechanisms/selection/candidates.js';
import { seededRandom } from '../../../src/testing/seeded.js';
import { chiSquare } from '../../../src/testing/statistics.js';
import { testWithShared } from '../../support/shared.js';

// Each chi-square fails by chance with probability 1e-9 (z > 6); seeds are fixed.
const withCode = (code: string): unknown => expect.objectContaining({ code });

/** How often each list was chosen, against its exact probability. */
function listsZ(choose: () => readonly number[], exact: ReadonlyMap<string, number>, n: number): number {
  const counts = new Map([...exact.keys()].map((key) => [key, 0]));
  for (let i = 0; i < n; i++) {
    const key = choose().join();
    counts.set(key, (counts.get(key) ?? NaN) + 1);
  }
  return chiSquare([...counts.values()], [...exact.values()]).z;
}
const permutations = (n: number, k: number): number[][] => (k === 0 ? [[]] : permutations(n, k - 1).flatMap((p) => Array.from({ length: n }, (_, i) => i).filter((i) => !p.includes(i)).map((i) => [...p, i])));

/** exp(s / scale) for each, normalised. */
function softmax(scores: readonly number[], scale: number): number[] {
  const w = scores.map((s) => Math.exp((s - Math.max(...scores)) / scale));
  const total = w.reduce((a, b) => a + b, 0);
  return w.map((x) => x / total);
}
/** Permute-and-flip by its definition: all orders, all coins. */
function flipLaw(scores: readonly number[], scale: number): number[] {
  const accept = scores.map((s) => Math.exp((s - Math.max(...scores)) / scale));
  const law = scores.map(() => 0);
  const orders = permutations(scores.length, scores.length);
  for (const order of orders) {
    let left = 1 / orders.length;
    for (const i of order) {
      (law[i] as number) += left * (accept[i] as number);
      left *= 1 - (accept[i] as number);
    }
  }
  return law;
}
function peeled(one: (scores: readonly number[], scale: number) => number[], scores: readonly number[], scale: number, k: number): Map<string, number> {
  return new Map(
    permutations(scores.length, k).map((list) => {
      let p = 1;
      list.forEach((item, at) => {
        const left = scores.map((_, i) => i).filter((i) => !list.slice(0, at).includes(i));
        p *= one(left.map((i) => scores[i] as number), scale)[left.indexOf(item)] as number;
      });
      return [list.join(), p];
    }),
  );
}

const FIVE = [7, 5, 5, 2, -3];
const EXAMPLES: readonly (readonly number[])[] = [FIVE, [0, 0, 0, 0, 0], [3, 2, 1, 0, -1], [40, 1, 1, 0, 0], [-7, -9, -8, -30, -8]];

describe.each([
  ['exponential', exponentialMechanism, softmax],
  ['permute-and-flip', permuteAndFlip, flipLaw],
] as const)('%s, five candidates', (name, make, law) => {
  test.each(EXAMPLES.map((scores) => [scores]))('one pick among %j', (scores) => {
    for (const scale of [0.7, 2, 100]) {
      const random = seededRandom(`${name} ${scores} ${scale}`);
      const exact = new Map(law(scores, scale).map((p, i) => [String(i), p]));
      expect(listsZ(() => make({ scale }).choose(scores, random), exact, 4_000)).toBeLessThan(6);
    }
  });
  test.each([[FIVE], [[3, 2, 1, 0, -1]]])('two and three picks among %j, one after the other', (scores) => {
    for (const picks of [2, 3]) {
      const random = seededRandom(`${name} ${picks}`);
      const m = make({ scale: 2, picks });
      expect(listsZ(() => m.choose(scores, random), peeled(law, scores, 2, picks), 5_000)).toBeLessThan(6);
    }
  });
  test('candidates far below come up as often as they should when there are many of them', () => {
    // 1 at the top; 3,000 that have exp(-7.5) each, level 10; 50,000 at exp(-60), in the last level
    const scores = new Float64Array(53_001).fill(-60).fill(-7.5 * 2, 1, 3001);
    scores[0] = 0;
    const m = make({ scale: 2 });
    const random = seededRandom(name);
    const counts = [0, 0];
    const runs = name === 'exponential' ? 1000 : 600;
    const candidates = scores.subarray(0, 3001);
    for (let i = 0; i < runs; i++) (counts[m.choose(candidates, random)[0] === 0 ? 0 : 1] as number)++;
    const q = Math.exp(-7.5);
    const top = name === 'exponential' ? 1 / (1 + 3000 * q) : (1 - (1 - q) ** 3001) / (3001 * q); // E[1 / (1 + Binomial(3000, q))]
    expect(chiSquare(counts, [top, 1 - top]).z).toBeLessThan(6);
    expect(m.choose(scores, random)).toHaveLength(1);
  });
  test('picks stay distinct, and end with the candidates', () => {
    const random = seededRandom(1);
    const scores = Float64Array.from({ length: 300 }, (_, i) => Math.floor(5000 / (i + 1)));
    const all = make({ scale: 1, picks: 500 }).choose(scores, random);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    // at so small a scale the choice is the true order
    expect(make({ scale: 1e-6, picks: 10 }).choose(scores, random)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(make({ scale: 1 }).choose([], random)).toEqual([]);
    expect(make({ scale: 1 }).choose([-(2 ** 52), 2 ** 52], random)).toEqual([1]);
  });
  test('scores that are no whole numbers are refused, and options that make no sense', () => {
    for (const bad of [NaN, Infinity, 0.5, 2 ** 53]) expect(() => make({ scale: 1 }).choose([0, bad])).toThrowError(withCode('TOKUMEI_NOISE_VALUE'));
    for (const bad of [0, NaN, Infinity, -1]) {
      expect(() => make({ scale: bad })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
      expect(() => make({ epsilon: bad, sensitivity: 1 })).toThrowError(withCode('TOKUMEI_EPSILON_RANGE'));
      expect(() => make({ rho: bad, sensitivity: 1 })).toThrowError(withCode('TOKUMEI_RHO_RANGE'));
      expect(() => make({ epsilon: 1, sensitivity: bad })).toThrowError(withCode('TOKUMEI_SENSITIVITY'));
    }
    for (const picks of [0, 1.5, NaN, 2 ** 53]) expect(() => make({ scale: 1, picks })).toThrowError(withCode('TOKUMEI_PICKS'));
    expect(() => make({ scale: 1, epsilon: 1 } as never)).toThrowError(withCode('TOKUMEI_OPTIONS'));
    expect(() => make({} as never)).toThrowError(withCode('TOKUMEI_OPTIONS'));
  });
});

describe('costs', () => {
  test('the scale found for a cost pays for all picks, general and monotone', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 10, noNaN: true }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), (price, picks, sensitivity, monotone) => {
        for (const make of [exponentialMechanism, permuteAndFlip]) {
          const pure = make({ epsilon: price, sensitivity, monotone, picks });
          expect(pure.spend(sensitivity, monotone).epsilon).toBeLessThanOrEqual(price);
          expect(pure.spend(sensitivity, monotone).epsilon).toBeGreaterThan(price * (1 - 1e-14));
          const zcdp = make({ rho: price, sensitivity, monotone, picks });
          expect(zcdp.spend(sensitivity, monotone).rho).toBeLessThanOrEqual(price);
          expect(zcdp.spend(sensitivity, monotone).rho).toBeGreaterThan(price * (1 - 1e-14));
        }
      }),
      { seed: 1, numRuns: 40 },
    );
  });
  test('bounded range is worth a factor of four in rho, and permute-and-flip has none', () => {
    expect(exponentialMechanism({ scale: 2, picks: 3 }).spend(1, true)).toEqual({ epsilon: 1.5, rho: 3 / 32 });
    expect(permuteAndFlip({ scale: 2, picks: 3 }).spend(1, true)).toEqual({ epsilon: 1.5, rho: 3 / 8 });
    expect(exponentialMechanism({ scale: 2 }).spend(1)).toEqual({ epsilon: 1, rho: 1 / 8 });
    expect(jointExponential({ epsilon: 1, sensitivity: 1, picks: 9 }).scale).toBe(2);
    expect(jointExponential({ scale: 2, picks: 9 }).spend(1, true)).toEqual({ epsilon: 1, rho: 1 / 8 });
  });
});

test('reportNoisyMax is one of the two', () => {
  expect(reportNoisyMax({ noise: 'gumbel', scale: 2 }).law).toBe('exponential');
  expect(reportNoisyMax({ noise: 'exponential', scale: 2 }).law).toBe('permute-and-flip');
  expect(() => reportNoisyMax({ noise: 'laplace' as never, scale: 2 })).toThrowError(withCode('TOKUMEI_OPTIONS'));
});

describe('levels', () => {
  test('the probability of a candidate is never above that of its level, and above half of it before the last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0.05, max: 50, noNaN: true }), (scores, scale) => {
        const rate = { numerator: 2n ** 60n, denominator: BigInt(Math.round(scale * 2 ** 60)) };
        const c = new Candidates(scores, rate);
        const seen: number[] = [];
        for (let level = 0; level <= 80; level++) {
          for (const item of c.items.subarray(c.start[level], (c.start[level] as number) + (c.size[level] as number))) {
            seen.push(item);
            const r = (Math.max(...scores) - (scores[item] as number)) / scale;
            expect(r * Math.LOG2E).toBeGreaterThan(level - 1e-9);
            if (level < 80) expect(r * Math.LOG2E).toBeLessThan(level + 1.0001);
          }
        }
        expect(seen.sort((a, b) => a - b)).toEqual(scores.map((_, i) => i));
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

test('a candidate passes with exactly what is missing of its probability after its level', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.5, max: 60, noNaN: true }), (gap, scale) => {
      const exact = rationalOf(scale);
      const rate = { numerator: exact.denominator, denominator: exact.numerator };
      const c = new Candidates([gap, 0], rate);
      const level = Array.from(c.size).findIndex((size, j) => size > 0 && Array.from(c.items.subarray(c.start[j], (c.start[j] as number) + size)).includes(1));
      const first32 = Number(expBounds(BigInt(gap) * rate.numerator, rate.denominator, 160 + level).lower >> 128n); // of exp(-gap/scale) 2^level
      if (first32 > 1) expect(c.passes(1, level, tapeRandom([first32 - 2]))).toBe(true);
      if (first32 < 2 ** 32 - 2) expect(c.passes(1, level, tapeRandom([first32 + 2]))).toBe(false);
    }),
    { seed: 3, numRuns: 300 },
  );
});

describe('joint exponential', () => {
  const jointLaw = (counts: readonly number[], scale: number, k: number): Map<string, number> => {
    const sorted = [...counts].sort((a, b) => b - a);
    const lists = permutations(counts.length, k);
    const p = softmax(lists.map((list) => -Math.max(...list.map((item, i) => (sorted[i] as number) - (counts[item] as number)))), scale);
    return new Map(lists.map((list, i) => [list.join(), p[i] as number]));
  };
  test.each([
    [[9, 7, 4, 4, 1], 2], [[9, 7, 4, 4, 1], 3], [[0, 0, 0, 0, 0], 2], [[1, 5, 3, 2, 50], 2], [[2, 1], 2], [[30, 30, 2, 1, 0], 1],
  ] as const)('has the enumerated probabilities for %j, %i places (false alarm 1e-9)', (counts, picks) => {
    for (const scale of [0.8, 5]) {
      const random = seededRandom(`joint ${counts} ${picks} ${scale}`);
      const m = jointExponential({ scale, picks });
      expect(listsZ(() => m.choose(counts, random), jointLaw(counts, scale, picks), 1000)).toBeLessThan(6);
    }
  });
  test('one unit changes the odds of a list by up to 2 / scale, and by more than 1 / scale: it is not monotone', () => {
    let most = 0;
    for (const counts of [[4, 4, 0], [3, 2, 2], [5, 5, 5], [6, 1, 0]]) {
      for (let unit = 1; unit < 8; unit++) {
        const added = counts.map((c, i) => c + ((unit >> i) & 1));
        const [before, after] = [jointLaw(counts, 1, 2), jointLaw(added, 1, 2)];
        for (const [list, p] of before) most = Math.max(most, Math.abs(Math.log(p / (after.get(list) as number))));
      }
    }
    expect(most).toBeLessThanOrEqual(2);
    expect(most).toBeGreaterThan(1.2);
  });
  test('more places than candidates; none; a monotone claim and a size that are refused', () => {
    expect([...jointExponential({ scale: 1, picks: 9 }).choose([1, 2, 3], seededRandom(1))].sort()).toEqual([0, 1, 2]);
    expect(jointExponential({ scale: 1, picks: 9 }).choose([], seededRandom(1))).toEqual([]);
    expect(() => jointExponential({ epsilon: 1, sensitivity: 1, monotone: true })).toThrowError(withCode('TOKUMEI_OPTIONS'));
    expect(() => jointExponential({ scale: 1e7, picks: 10 }).choose(new Float64Array(1000))).toThrowError(withCode('TOKUMEI_JOINT_SIZE'));
  });
});

describe('limited domain', () => {
  const compare = (a: number, b: number): number => a - b;
  test('has the enumerated probabilities, with its threshold as one more candidate (false alarm 1e-9)', () => {
    const m = limitedDomain({ epsilon: 2, delta: 0.05, picks: 2, domain: 3, groupsPerUnit: 2 });
    expect([m.scale, m.margin]).toEqual([1, Math.ceil(1 + Math.log(4 / 0.05))]);
    const counts = [9, 7, 8, 4, 3]; // 4 is the first that is not looked at
    const scores = [9, 7, 8, 4 + m.margin];
    const exact = new Map<string, number>();
    for (const [list, p] of peeled(softmax, scores, 1, 2)) {
      const picks = list.split(',').map(Number);
      const cut = (picks[0] === 3 ? [] : picks[1] === 3 ? picks.slice(0, 1) : picks).join();
      exact.set(cut, (exact.get(cut) ?? 0) + p);
    }
    const random = seededRandom('limited');
    expect(listsZ(() => m.choose(counts, compare, random), exact, 6_000)).toBeLessThan(6);
  });
  test('what one unit brought shows with probability below delta', () => {
    // The worst case of the proof: one unit brings `l0` names from nothing.
    const delta = 0.02;
    const m = limitedDomain({ epsilon: 3, delta, picks: 3, domain: 8, groupsPerUnit: 3 });
    // Of one pick, exactly: three names of count 1 against the threshold, and five placeholders.
    const [name, end] = [Math.exp(1 / m.scale), Math.exp(m.margin / m.scale)];
    expect((3 * name) / (3 * name + 5 + end)).toBeLessThan(delta / 3);
    expect((3 * name) / (3 * name + end / Math.exp(1 / m.scale))).toBeGreaterThan(delta / 3);
    const random = seededRandom('new names');
    let shown = 0;
    const runs = 8_000;
    for (let i = 0; i < runs; i++) if (m.choose([1, 1, 1], compare, random).length > 0) shown++;
    expect(shown / runs).toBeLessThan(delta);
    expect(shown).toBeGreaterThan(0);
  });
  test('names below the domain are never chosen; equal counts are cut by the fixed order', () => {
    const m = limitedDomain({ epsilon: 100, delta: 0.5, picks: 2, domain: 2 });
    const random = seededRandom(3);
    for (let i = 0; i < 200; i++) expect(m.choose([500, 500, 500, 500], (a, b) => b - a, random).every((item) => item >= 2)).toBe(true);
    expect(m.choose([], compare, random)).toEqual([]);
    expect(m.choose([0, 0], compare, random)).toEqual([]);
  });
  test('the margin: 1 + ln(picks min(L0, domain) / delta) / epsilon of one pick', () => {
    expect(limitedDomain({ epsilon: 10, delta: 1e-6, picks: 10, domain: 100, groupsPerUnit: 5 }).margin).toBe(Math.ceil(1 + Math.log(50 / 1e-6)));
    expect(limitedDomain({ epsilon: 1, delta: 1e-6, picks: 1, domain: 10 }).margin).toBe(Math.ceil(1 + Math.log(10 / 1e-6)));
    expect(limitedDomain({ epsilon: 1, delta: 1e-6, picks: 1, domain: 10, groupsPerUnit: 100 }).margin).toBe(Math.ceil(1 + Math.log(10 / 1e-6)));
    expect(limitedDomain({ epsilon: 1, delta: 1e-6, picks: 1, domain: 10, groupsPerUnit: 1 }).margin).toBe(Math.ceil(1 + Math.log(1 / 1e-6)));
    expect(limitedDomain({ epsilon: 1, delta: 1e-6, picks: 10, domain: 100, groupsPerUnit: 5 }).spend()).toEqual({ epsilon: 1, rho: 1 / 80, delta: 1e-6 });
  });
  test('options that make no sense', () => {
    const o = { epsilon: 1, delta: 1e-6, picks: 10, domain: 100 };
    for (const [bad, code] of [[{ epsilon: 0 }, 'TOKUMEI_EPSILON_RANGE'], [{ delta: 0 }, 'TOKUMEI_DELTA_RANGE'], [{ delta: 1 }, 'TOKUMEI_DELTA_RANGE'], [{ domain: 9 }, 'TOKUMEI_PICKS'], [{ picks: 0 }, 'TOKUMEI_PICKS'], [{ groupsPerUnit: 0 }, 'TOKUMEI_GROUPS_PER_UNIT']] as const) {
      expect(() => limitedDomain({ ...o, ...bad })).toThrowError(withCode(code));
    }
  });
});

testWithShared('selection probabilities are those of the reference', 'vectors/dp/selection.json', (file) => {
  type Row = { scores: number[]; epsilon: number; sensitivity: number; exponential: number[]; permute_and_flip: number[]; exponential_monotonic: number[]; permute_and_flip_monotonic: number[] };
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] };
  expect(rows.length).toBeGreaterThan(15);
  for (const [at, r] of rows.entries()) {
    const cases: [SelectionMechanism, number[]][] = [false, true].flatMap((monotone) => {
      const o = { epsilon: r.epsilon, sensitivity: r.sensitivity, monotone };
      return [[exponentialMechanism(o), monotone ? r.exponential_monotonic : r.exponential], [permuteAndFlip(o), monotone ? r.permute_and_flip_monotonic : r.permute_and_flip]];
    });
    cases.forEach(([m, exact], i) => {
      const random = seededRandom(`${at} ${i}`);
      expect(listsZ(() => m.choose(r.scores, random), new Map(exact.map((p, item) => [String(item), p])), 500)).toBeLessThan(6);
    });
  }
});

testWithShared('Gumbel scales for k picks are those of the reference', 'vectors/dp/topk_noise.json', (file) => {
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: { rho: number; eps: number; k: number; gumbel_scale: number; peel_exponential_scale: number }[] };
  for (const r of rows) {
    const pure = exponentialMechanism({ epsilon: r.eps, sensitivity: 1, monotone: true, picks: r.k }).scale;
    const zcdp = exponentialMechanism({ rho: r.rho, sensitivity: 1, monotone: true, picks: r.k }).scale;
    expect(pure / r.peel_exponential_scale).toBeCloseTo(1, 12);
    expect(Math.min(pure, zcdp) / r.gumbel_scale).toBeCloseTo(1, 9);
  }
});

describe('scales of selection', () => {
  const least = 2 ** -1000;
  const ways = [exponentialMechanism, permuteAndFlip, jointExponential] as const;
  test('below 2^-1000 are refused by code, also where they follow from epsilon', () => {
    for (const way of ways) {
      expect(() => way({ scale: nextDown(least) })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
      expect(() => way({ scale: 2 ** -1030 })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
      expect(() => way({ epsilon: 1e306, sensitivity: 1e-5 })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
    }
    expect(() => limitedDomain({ epsilon: 1e305, delta: 1e-6, picks: 1, domain: 5 })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
    expect(() => aboveThreshold({ threshold: 3, epsilon: 1e305, sensitivity: 1 })).toThrowError(withCode('TOKUMEI_NOISE_SCALE'));
  });
  test('from there on choose the best, with the widest gaps and with none', () => {
    for (const way of ways) {
      expect(way({ scale: least }).choose([2 ** 52, -(2 ** 52), 0])).toEqual([0]);
      expect([0, 1]).toContain(way({ scale: least }).choose([5, 5, 4])[0]);
    }
  });
});

test('no cost that is handed out can be changed for the next who asks', () => {
  const spends = [
    aboveThreshold({ threshold: 3, epsilon: 1, sensitivity: 1 }).spend,
    () => exponentialMechanism({ scale: 2 }).spend(1),
    () => discreteGaussianMechanism({ sigma: 2 }).spend(1),
  ];
  for (const spend of spends) {
    const before = { ...spend() };
    expect(() => { (spend() as { epsilon: number }).epsilon = 0; }).toThrow(TypeError);
    expect(() => { (spend() as { rho: number }).rho = 0; }).toThrow(TypeError);
    expect(spend()).toEqual(before);
  }
  expect(aboveThreshold({ threshold: 9, epsilon: 1, sensitivity: 1 }).spend().epsilon).toBe(spends[0]!().epsilon);
});
