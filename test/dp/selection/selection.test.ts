import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discreteGaussianDelta } from '../../../src/dp/accounting/discreteGaussian.js';
import { laplaceScale } from '../../../src/dp/accounting/laplaceScale.js';
import { discreteGaussianMass, discreteGaussianSurvival } from '../../../src/dp/accounting/laws/discreteGaussian.js';
import { discreteLaplaceMass, discreteLaplaceSurvival } from '../../../src/dp/accounting/laws/discreteLaplace.js';
import {
  gaussianSelection,
  gaussianThreshold,
  gaussianThresholdDelta,
  laplaceSelection,
  laplaceThreshold,
  laplaceThresholdDelta,
  optimalSelection,
  weightedSelection,
  type ThresholdSelection,
} from '../../../src/dp/selection/index.js';
import { nextDown, sumsAtMost } from '../../../src/numeric/doubles.js';
import { compareRational, multiplyRational, rationalOf } from '../../../src/numeric/rational.js';
import { expBounds } from '../../../src/random/expBounds.js';
import { codeOf } from '../accounting/support.js';

const epsilonArb = fc.double({ min: 0.05, max: 6, noNaN: true });
const deltaArb = fc.double({ min: 1, max: 12, noNaN: true }).map((x) => 10 ** -x);

describe('optimal selection', () => {
  test('its doubles obey the inequalities of differential privacy in both directions', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 6, noNaN: true }), deltaArb, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 20 }), (epsilon, delta, groupsPerUnit, preThreshold) => {
        const { keepProbability, certainFrom } = optimalSelection({ epsilon, delta, groupsPerUnit, preThreshold });
        const p = epsilon / groupsPerUnit;
        const d = -Math.expm1(Math.log1p(-delta) / groupsPerUnit);
        for (let n = 1; n <= certainFrom + 2; n++) {
          const [a, b] = [keepProbability(n - 1), keepProbability(n)];
          if (!(b >= a && b <= Math.exp(p) * a + d && 1 - a <= Math.exp(p) * (1 - b) + d)) throw new Error(`broken at ${n}: ${a}, ${b}`);
        }
        expect(keepProbability(preThreshold - 1)).toBe(0);
        expect(keepProbability(certainFrom)).toBe(1);
        expect(keepProbability(certainFrom - 1)).toBeLessThan(1);
      }),
      { numRuns: 60 },
    );
  });
  test.each([[50, 1e-12, 3], [20, 1e-9, 7], [3, 1e-6, 1], [100, 1e-15, 3], [49.9, 1e-10, 9]])('obeys them in exact arithmetic at epsilon %d, delta %d, %i keys', (epsilon, delta, keys) => {
    const { keepProbability, certainFrom } = optimalSelection({ epsilon, delta, groupsPerUnit: keys });
    const one = 1n << 400n;
    const whole = (x: number): bigint => (rationalOf(x).numerator * one) / rationalOf(x).denominator;
    // exp(-epsilon / keys), from above: a sum that passes with it passes with what it is.
    const { numerator, denominator } = rationalOf(epsilon);
    const odds = expBounds(numerator, denominator * BigInt(keys), 400).upper;
    // What is left to delta d with (1 - d)^keys >= 1 - delta: all keys together fail with delta at most.
    const within = (left: bigint): boolean => left <= 0n || (one - left) ** BigInt(keys) >= (one - whole(delta)) * one ** BigInt(keys - 1);
    for (let n = 1; n <= Math.min(certainFrom, 1000) + 1; n++) {
      const [a, b] = [whole(keepProbability(n - 1)), whole(keepProbability(n))];
      expect(within(b - (a * one) / odds)).toBe(true);
      expect(within(one - a - ((one - b) * one) / odds)).toBe(true);
    }
  });
  test('is the most generous: it is the recurrence of the theorem to 1e-13, on both sides of the crossing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 6, noNaN: true }), deltaArb, (epsilon, delta) => {
        const { keepProbability, certainFrom } = optimalSelection({ epsilon, delta, groupsPerUnit: 1 });
        // The closed form of theorem 1, which has no error that grows.
        const e = Math.exp(epsilon);
        const n1 = 1 + Math.floor(Math.log((e + 2 * delta - 1) / ((e + 1) * delta)) / epsilon);
        const at = (n: number): number => {
          if (n <= n1) return (delta * Math.expm1(n * epsilon)) / Math.expm1(epsilon);
          const m = n - n1;
          return Math.min(1, -Math.expm1(-m * epsilon) * (1 + delta / Math.expm1(epsilon)) + Math.exp(-m * epsilon) * at(n1));
        };
        for (let n = 1; n < certainFrom; n++) expect(Math.abs(keepProbability(n) / at(n) - 1)).toBeLessThan(1e-13);
      }),
      { numRuns: 60 },
    );
  });
  test('leastCount inverts keepProbability', () => {
    fc.assert(
      fc.property(epsilonArb, deltaArb, fc.double({ min: 1e-6, max: 0.999999, noNaN: true }), fc.integer({ min: 1, max: 9 }), (epsilon, delta, probability, preThreshold) => {
        const { keepProbability, leastCount } = optimalSelection({ epsilon, delta, groupsPerUnit: 2, preThreshold });
        const n = leastCount(probability);
        expect(keepProbability(n)).toBeGreaterThanOrEqual(probability);
        expect(keepProbability(n - 1)).toBeLessThan(probability);
      }),
    );
  });
  test('hostile counts are hidden', () => {
    const { keepProbability } = optimalSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1 });
    const tiny = optimalSelection({ epsilon: 50, delta: 1e-200, groupsPerUnit: 1 });
    expect(tiny.keepProbability(1e6)).toBe(1 - 2 ** -53);
    expect(tiny.certainFrom).toBe(Infinity);
    for (const n of [NaN, -1, -Infinity, 0, -0, 0.9]) expect(keepProbability(n)).toBe(0);
    expect(keepProbability(2 ** 53)).toBe(1);
  });
  test.each([
    [{ epsilon: 0, delta: 1e-6, groupsPerUnit: 1 }, 'TOKUMEI_EPSILON_RANGE'],
    [{ epsilon: 1, delta: 0, groupsPerUnit: 1 }, 'TOKUMEI_DELTA_RANGE'],
    [{ epsilon: 1, delta: 1e-6, groupsPerUnit: 0 }, 'TOKUMEI_GROUPS_PER_UNIT'],
    [{ epsilon: 1, delta: 1e-6, groupsPerUnit: 1.5 }, 'TOKUMEI_GROUPS_PER_UNIT'],
    [{ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, preThreshold: 0 }, 'TOKUMEI_PRE_THRESHOLD'],
    [{ epsilon: 1e-9, delta: 1e-12, groupsPerUnit: 1 }, 'TOKUMEI_SELECTION_SIZE'],
  ])('refuses %o', (options, code) => {
    expect(codeOf(() => optimalSelection(options))).toBe(code);
  });
});

/** The (epsilon, delta) that a count with noise and a threshold really has, by the definition, over all outcomes, both ways. */
function realDelta(selection: ThresholdSelection, mass: (k: number) => number, rows: number, n: number, reach: number): number {
  const { threshold, preThreshold, epsilon } = selection;
  const law = (count: number): Map<number | 'hidden', number> => {
    const outcomes = new Map<number | 'hidden', number>();
    let shown = 0;
    if (count > (preThreshold - 1) * rows) {
      for (let v = threshold; v <= count + reach; v++) {
        outcomes.set(v, mass(v - count));
        shown += mass(v - count);
      }
    }
    outcomes.set('hidden', 1 - shown);
    return outcomes;
  };
  const [p, q] = [law(n), law(Math.max(0, n - rows))];
  let worst = 0;
  for (const [one, other] of [[p, q], [q, p]] as const) {
    let sum = 0;
    for (const outcome of new Set([...p.keys(), ...q.keys()])) sum += Math.max(0, (one.get(outcome) ?? 0) - Math.exp(epsilon) * (other.get(outcome) ?? 0));
    worst = Math.max(worst, sum);
  }
  return worst;
}

describe('thresholds on noisy counts', () => {
  test('Laplace: within delta for every count, by enumeration, with and without a floor', () => {
    for (const [epsilon, delta, rows, floor] of [[1, 1e-3, 1, 1], [0.5, 1e-5, 1, 1], [2, 1e-4, 1, 7], [1, 1e-6, 3, 1], [0.2, 0.05, 1, 30], [1, 1e-4, 3, 6]] as const) {
      const selection = laplaceSelection({ epsilon, delta, groupsPerUnit: 1, rowsPerGroup: rows, preThreshold: floor });
      const scale = selection.noise.law === 'discrete-laplace' ? selection.noise.scale : NaN;
      let worst = 0;
      for (let n = 1; n < selection.threshold + 10; n++) {
        worst = Math.max(worst, realDelta(selection, (k) => discreteLaplaceMass(scale, k), rows, n, Math.ceil(40 * scale)));
      }
      expect(worst).toBeLessThanOrEqual(delta * (1 + 1e-9));
      // A threshold one lower would break the promise.
      expect(discreteLaplaceSurvival(scale, selection.threshold - (floor - 1) * rows - rows - 1)).toBeGreaterThan(delta);
    }
  });
  test('Gaussian: within delta for every count, by enumeration', () => {
    for (const [epsilon, delta, floor] of [[1, 1e-3, 1], [0.5, 1e-4, 1], [3, 1e-4, 12]] as const) {
      const selection = gaussianSelection({ epsilon, delta, groupsPerUnit: 1, preThreshold: floor });
      const sigma = selection.noise.law === 'discrete-gaussian' ? selection.noise.sigma : NaN;
      for (let n = 1; n < selection.threshold + 10; n++) {
        expect(realDelta(selection, (k) => discreteGaussianMass(sigma, k), 1, n, Math.ceil(12 * sigma))).toBeLessThanOrEqual(delta * (1 + 1e-9));
      }
      expect(sumsAtMost([selection.deltas.noise, selection.deltas.threshold], delta)).toBe(true);
      expect(discreteGaussianDelta({ sigma, epsilon })).toBeLessThan(selection.deltas.noise);
    }
  });
  test('any of L0 keys that one unit alone has shows with probability at most delta, and no lower threshold does', () => {
    fc.assert(
      fc.property(epsilonArb, deltaArb, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5 }), (epsilon, delta, groupsPerUnit, rowsPerGroup) => {
        const laplace = laplaceSelection({ epsilon, delta, groupsPerUnit, rowsPerGroup });
        const scale = laplaceScale({ epsilon, sensitivity: groupsPerUnit * rowsPerGroup });
        const any = (tail: number): number => -Math.expm1(groupsPerUnit * Math.log1p(-tail));
        expect(any(discreteLaplaceSurvival(scale, laplace.threshold - rowsPerGroup))).toBeLessThanOrEqual(delta);
        expect(any(discreteLaplaceSurvival(scale, laplace.threshold - rowsPerGroup - 1))).toBeGreaterThan(delta * (1 - 1e-8));
        const gaussian = gaussianSelection({ epsilon, delta, groupsPerUnit, rowsPerGroup });
        const sigma = gaussian.noise.law === 'discrete-gaussian' ? gaussian.noise.sigma : NaN;
        expect(any(discreteGaussianSurvival(sigma, gaussian.threshold - rowsPerGroup))).toBeLessThanOrEqual(gaussian.deltas.threshold);
        expect(any(discreteGaussianSurvival(sigma, gaussian.threshold - rowsPerGroup - 1))).toBeGreaterThan(gaussian.deltas.threshold * (1 - 1e-8));
      }),
      { numRuns: 100 },
    );
  });
  test('figures: n50 is the threshold; the floor moves it; keep and least invert each other', () => {
    const plain = gaussianSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 10 });
    expect(plain.leastCount(0.5)).toBe(plain.threshold);
    const floored = gaussianSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 10, preThreshold: 50 });
    expect(floored.threshold).toBe(plain.threshold + 49);
    expect(floored.keepProbability(49)).toBe(0);
    expect(floored.keepProbability(50)).toBe(plain.keepProbability(1));
    for (const p of [0.01, 0.5, 0.95]) {
      const n = plain.leastCount(p);
      expect(plain.keepProbability(n)).toBeGreaterThan(p * (1 - 1e-8));
      expect(plain.keepProbability(n - 1)).toBeLessThan(p);
    }
    for (const n of [NaN, -5, 0, -0]) expect(plain.keepProbability(n)).toBe(0);
  });
  test('which rule shows the smaller groups: optimal up to L0 = 3, Gaussian above', () => {
    const half = (make: (o: { epsilon: number; delta: number; groupsPerUnit: number }) => { leastCount(p: number): number }, groupsPerUnit: number): number =>
      make({ epsilon: 1, delta: 1e-6, groupsPerUnit }).leastCount(0.5);
    expect(half(optimalSelection, 1)).toBe(14);
    expect(half(optimalSelection, 3)).toBeLessThanOrEqual(half(gaussianSelection, 3));
    expect(half(optimalSelection, 5)).toBeGreaterThan(half(gaussianSelection, 5));
    expect(half(laplaceSelection, 10)).toBeGreaterThan(half(optimalSelection, 10));
  });
  test('a floor on counts of rows asks for more than fewer units can have', () => {
    const rows = laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, rowsPerGroup: 2, preThreshold: 5 });
    expect([8, 9].map((count) => rows.keepProbability(count) > 0)).toEqual([false, true]);
    expect(rows.threshold).toBe(laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, rowsPerGroup: 2 }).threshold + 8);
  });
  test('refuses what it cannot have', () => {
    expect(codeOf(() => laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, preThreshold: 1.5 }))).toBe('TOKUMEI_PRE_THRESHOLD');
    expect(codeOf(() => gaussianSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, thresholdShare: 1 }))).toBe('TOKUMEI_SHARES');
    expect(codeOf(() => gaussianSelection({ epsilon: 1, delta: 5e-324, groupsPerUnit: 1 }))).toBe('TOKUMEI_DELTA_RANGE');
    expect(codeOf(() => laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1, rowsPerGroup: 0 }))).toBe('TOKUMEI_ROWS_PER_GROUP');
    expect(codeOf(() => laplaceSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1 }).leastCount(1))).toBe('TOKUMEI_PROBABILITY');
  });
});

describe('weighted selection', () => {
  test('every unit moves the weights by at most the full weight, and is hidden but for delta', () => {
    for (const [epsilon, delta, groupsPerUnit, fullWeight] of [[1, 1e-6, 30, 2 ** 20], [0.3, 1e-4, 7, 16], [2, 1e-9, 100, 1000]] as const) {
      const s = weightedSelection({ epsilon, delta, groupsPerUnit, fullWeight });
      let worst = 0;
      let open = 0;
      for (let t = 1; t <= groupsPerUnit; t++) {
        const w = s.weightOf(t);
        expect(t * w * w).toBeLessThanOrEqual(fullWeight ** 2);
        expect(t * (w + 1) ** 2).toBeGreaterThan(fullWeight ** 2);
        worst = Math.max(worst, discreteGaussianDelta({ sigma: s.noise.sigma, epsilon, l0: t, linf: w }));
        open = Math.max(open, -Math.expm1(t * Math.log1p(-discreteGaussianSurvival(s.noise.sigma, s.threshold - w))));
      }
      expect(worst).toBeLessThan(s.deltas.noise);
      expect(worst).toBeGreaterThan(s.deltas.noise * 0.999);
      expect(open).toBeLessThanOrEqual(s.deltas.threshold);
      expect(open).toBeGreaterThan(s.deltas.threshold * (fullWeight > 1e4 ? 0.999 : 0.5));
    }
  });
  test('shows smaller groups where units have few keys, the same where they have all', () => {
    const o = { epsilon: 1, delta: 1e-6, groupsPerUnit: 100 };
    const weighted = weightedSelection(o);
    expect(weighted.leastCount(0.5, 1)).toBeLessThan(0.15 * gaussianSelection(o).leastCount(0.5));
    expect(weighted.leastCount(0.5, 100)).toBeLessThanOrEqual(gaussianSelection(o).leastCount(0.5) + 1);
    expect(weighted.keepProbability(0)).toBe(0);
    expect(weighted.keepProbability(NaN)).toBe(0);
    expect(weighted.keepProbability(weighted.threshold)).toBeGreaterThan(0.5);
  });
  test('with a floor: within delta for all weights of two keys, by enumeration of all outputs, both ways', () => {
    for (const [epsilon, delta, preThreshold] of [[1, 1e-2, 1], [1, 1e-2, 3], [2, 1e-3, 2]] as const) {
      const s = weightedSelection({ epsilon, delta, groupsPerUnit: 2, fullWeight: 2, preThreshold });
      const { sigma } = s.noise;
      const floor = 2 * (preThreshold - 1);
      const outputs = (weight: number): Map<number | 'hidden', number> => {
        const law = new Map<number | 'hidden', number>();
        let shown = 0;
        if (weight > floor) {
          for (let v = s.threshold; v <= weight + 9 * sigma; v++) {
            law.set(v, discreteGaussianMass(sigma, v - weight));
            shown += discreteGaussianMass(sigma, v - weight);
          }
        }
        return law.set('hidden', 1 - shown);
      };
      const laws = Array.from({ length: s.threshold + 8 }, (_, weight) => outputs(weight));
      const deltaOf = (one: readonly [number, number], two: readonly [number, number]): number => {
        const [[a, b], [c, d]] = [[laws[one[0]]!, laws[one[1]]!], [laws[two[0]]!, laws[two[1]]!]];
        let sum = 0;
        for (const x of new Set([...a.keys(), ...c.keys()])) for (const y of new Set([...b.keys(), ...d.keys()])) {
          sum += Math.max(0, (a.get(x) ?? 0) * (b.get(y) ?? 0) - Math.exp(epsilon) * (c.get(x) ?? 0) * (d.get(y) ?? 0));
        }
        return sum;
      };
      let worst = 0;
      // A unit with one key adds 2 steps to it, one with both adds 1 to each.
      for (const one of [[floor + 1, floor + 1], [floor + 2, floor], [floor + 2, 0], [floor + 3, floor + 1], [s.threshold, floor + 1], [s.threshold + 5, s.threshold + 2]] as const) {
        for (const move of [[1, 1], [2, 0], [0, 2]] as const) {
          const two = [one[0] - move[0], one[1] - move[1]] as const;
          if (two[0] < 0 || two[1] < 0) continue;
          worst = Math.max(worst, deltaOf(one, two), deltaOf(two, one));
        }
      }
      expect(worst).toBeLessThanOrEqual(delta);
      expect(worst).toBeGreaterThan(delta / 5);
    }
  });
  test('its floor asks for more weight than fewer units can give, and steps must be fine enough for its weights', () => {
    const s = weightedSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 5, preThreshold: 10 });
    expect(s.keepProbability(9 * s.fullWeight)).toBe(0);
    expect(s.keepProbability(9 * s.fullWeight + s.weightOf(5))).toBeGreaterThan(0);
    expect(s.threshold).toBe(weightedSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 5 }).threshold + 9 * s.fullWeight);
    expect(codeOf(() => weightedSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 100, fullWeight: 5 }))).toBe('TOKUMEI_STEP_RANGE');
    expect(codeOf(() => weightedSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 5 }).weightOf(6))).toBe('TOKUMEI_GROUPS_PER_UNIT');
  });
});

test('the Laplace scale is the least double that pays, in exact arithmetic', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 100, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (epsilon, sensitivity) => {
      const pays = (scale: number): boolean => compareRational(multiplyRational(rationalOf(scale), rationalOf(epsilon)), rationalOf(sensitivity)) >= 0;
      const scale = laplaceScale({ epsilon, sensitivity });
      expect(pays(scale)).toBe(true);
      expect(pays(nextDown(scale))).toBe(false);
    }),
  );
  expect(laplaceScale({ epsilon: 0.5, sensitivity: 5 })).toBe(10);
  expect(codeOf(() => laplaceScale({ epsilon: 5e-324, sensitivity: 5 }))).toBe('TOKUMEI_EPSILON_RANGE');
});

test('thresholds on reals invert their deltas', () => {
  fc.assert(
    fc.property(epsilonArb, fc.double({ min: 1e-14, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.1, max: 10, noNaN: true }), (epsilon, delta, groupsPerUnit, linf) => {
      const threshold = laplaceThreshold({ epsilon, delta, groupsPerUnit, linf });
      expect(laplaceThresholdDelta({ epsilon, threshold, groupsPerUnit, linf }) / delta).toBeCloseTo(1, 9);
      const gaussian = gaussianThreshold({ sigma: epsilon, delta, groupsPerUnit, linf });
      expect(gaussianThresholdDelta({ sigma: epsilon, threshold: gaussian, groupsPerUnit, linf }) / delta).toBeCloseTo(1, 9);
    }),
  );
});
