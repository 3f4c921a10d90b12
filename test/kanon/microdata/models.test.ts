import { expect, test } from 'vitest';
import { hierarchicalClosenessModel, orderedClosenessModel } from '../../../src/kanon/microdata/models/closeness.js';
import { distinctDiversityModel, recursiveDiversityModel } from '../../../src/kanon/microdata/models/diversity.js';
import { exactLog } from '../../../src/kanon/microdata/models/exactLog.js';
import { entropyDiversityModel } from '../../../src/kanon/microdata/models/entropyDiversity.js';
import { betaLikenessModel, deltaDisclosureModel, equalClosenessModel } from '../../../src/kanon/microdata/models/likeness.js';
import type { ClassModel, ClassView } from '../../../src/kanon/microdata/models/model.js';
import { deltaPresenceModel, estimatedK } from '../../../src/kanon/microdata/models/population.js';
import { averageRiskModel, sizeOfRisk } from '../../../src/kanon/microdata/models/tableModels.js';

const view = (...classes: readonly (readonly number[])[]): ClassView => ({
  count: classes.length,
  sizes: Int32Array.from(classes, (counts) => counts.reduce((a, b) => a + b, 0)),
  populations: undefined,
  counts: [Int32Array.from(classes.flat())],
});
const column = (...overall: readonly number[]) => ({ index: 0, values: overall.length, overall: Float64Array.from(overall) });
const fails = (model: ClassModel, seen: ClassView): number[] => {
  const marks = new Uint8Array(seen.count);
  model.mark(seen, marks, 1);
  return [...marks];
};

test('distinct and entropy l-diversity: a class exactly at the limit passes, and the measure is a real number', () => {
  expect(fails(distinctDiversityModel(2, column(0.5, 0.5)), view([3, 0], [1, 1]))).toEqual([1, 0]);
  for (const count of [1, 2, 3, 6, 7, 1000]) {
    const seen = view([count, count, count]);
    const model = entropyDiversityModel(3, column(1 / 3, 1 / 3, 1 / 3), { estimator: 'shannon', evaluation: 'tolerant' });
    expect(fails(model, seen)).toEqual([0]);
    expect(model.measure(seen, 0)).toBeCloseTo(3, 12);
  }
});

test('recursive (c,l): counts from the largest down, unlike pycanon (10, 1, 1 with l = 3 needs c above 10)', () => {
  const seen = view([10, 1, 1]);
  expect(recursiveDiversityModel(10, 3, column(0.8, 0.1, 0.1)).measure(seen, 0)).toBe(10);
  expect(fails(recursiveDiversityModel(10, 3, column(0.8, 0.1, 0.1)), seen)).toEqual([1]);
  expect(fails(recursiveDiversityModel(10.01, 3, column(0.8, 0.1, 0.1)), seen)).toEqual([0]);
  expect(recursiveDiversityModel(2, 3, column(0.8, 0.1, 0.1)).measure(view([2, 1, 0]), 0)).toBe(Infinity);
});

test('t-closeness: equal, ordered and hierarchical distances by hand', () => {
  const seen = view([4, 0, 0]);
  const third = column(1 / 3, 1 / 3, 1 / 3);
  expect(equalClosenessModel(0.2, third).measure(seen, 0)).toBeCloseTo(2 / 3, 12);
  expect(orderedClosenessModel(0.2, third, [0, 1, 2]).measure(seen, 0)).toBeCloseTo((2 / 3 + 1 / 3) / 2, 12);
  // 0 and 1 under one parent, 2 under another: a third moves one level of two, a third moves two.
  const tree = { levels: [Int32Array.of(0, 0, 1), Int32Array.of(0, 0, 0)], sizes: [2, 1] };
  expect(hierarchicalClosenessModel(0.2, third, tree).measure(seen, 0)).toBeCloseTo(1 / 6 + 1 / 3, 12);
});

test('hierarchical t-closeness does not change when every row is repeated, where products of counts pass 2^31 (ARX)', () => {
  const overall = column(0.5, 0.3, 0.2);
  const tree = { levels: [Int32Array.of(0, 0, 1), Int32Array.of(0, 0, 0)], sizes: [2, 1] };
  const model = hierarchicalClosenessModel(0.2, overall, tree);
  expect(model.measure(view([5_000_000, 40_000_000, 9_000_000]), 0)).toBeCloseTo(model.measure(view([5, 40, 9]), 0), 12);
});

test('rows that a model says must go: no subset of the class that passes is larger', () => {
  const overall = [0.5, 0.3, 0.2] as const;
  const tree = { levels: [Int32Array.of(0, 0, 1), Int32Array.of(0, 0, 0)], sizes: [2, 1] };
  const models: ClassModel[] = [
    entropyDiversityModel(2, column(...overall), { estimator: 'shannon', evaluation: 'tolerant' }),
    recursiveDiversityModel(1.5, 2, column(...overall)),
    equalClosenessModel(0.2, column(...overall)),
    orderedClosenessModel(0.15, column(...overall), [2, 0, 1]),
    hierarchicalClosenessModel(0.2, column(...overall), tree),
    betaLikenessModel(0.5, column(...overall), false),
    betaLikenessModel(2, column(...overall), true),
    deltaDisclosureModel(0.4, column(...overall), { base: 2, absent: 'skip' }),
  ];
  for (const model of models) {
    for (let a = 0; a <= 9; a++) for (let b = 0; b <= 9; b += 3) for (let c = 0; c <= 8; c += 2) {
      if (a + b + c === 0) continue;
      const whole = view([a, b, c]);
      if (fails(model, whole)[0] === 0) continue;
      let largest = 0;
      for (let x = 0; x <= a; x++) for (let y = 0; y <= b; y++) for (let z = 0; z <= c; z++) {
        if (x + y + z > largest && fails(model, view([x, y, z]))[0] === 0) largest = x + y + z;
      }
      expect(model.forced(whole, 0), `${model.name} ${a},${b},${c}`).toBeLessThanOrEqual(a + b + c - largest);
    }
  }
});

test('delta-presence: a class of the population without rows rules out the node; ratios are checked both ways', () => {
  const seen: ClassView = { count: 3, sizes: Int32Array.of(2, 9, 0), populations: Int32Array.of(10, 10, 10), counts: [] };
  expect(fails(deltaPresenceModel(0.1, 0.5), seen)).toEqual([0, 1, 0]);
  expect(deltaPresenceModel(0.1, 0.5).possible!(seen)).toBe(false);
  expect(deltaPresenceModel(0, 0.5).possible).toBeUndefined();
});

test('estimated k and sizes of risks', () => {
  // A population of ten times the table, k = 5: lambda 0.5, P(X <= 2) = 0.9856, P(X <= 3) = 0.9982.
  expect(estimatedK(5, 0.1, 0.01, 'poisson', false)).toBe(4);
  expect(estimatedK(5, 0.1, 0.01, 'poisson', true)).toBe(5);
  expect(sizeOfRisk(0.2)).toBe(5);
  expect(sizeOfRisk(0.3)).toBe(4);
  const sizes = { classes: 3, rows: 12, total: 12, sizes: [2, 5], counts: [1, 2] };
  expect(averageRiskModel(0.25).holds(sizes)).toBe(true);
  expect(averageRiskModel(0.2).holds(sizes)).toBe(false);
  expect(averageRiskModel(0.25, { highest: 0.2, share: 0.2 }).holds(sizes)).toBe(true);
  expect(averageRiskModel(0.25, { highest: 0.2, share: 0.2, counting: 'arx' }).holds(sizes)).toBe(false);
});

test("entropy l-diversity in ARX's arithmetic: no slack, and Grassberger's G of the class in place of its logarithm", () => {
  const third = column(1 / 3, 1 / 3, 1 / 3);
  const model = (l: number, estimator: 'shannon' | 'grassberger', evaluation: 'tolerant' | 'arx') => entropyDiversityModel(l, third, { estimator, evaluation });
  // Six equal to ln 3 in numbers, and not in doubles: 6 (ln 6 - ln 3) falls short of 2 ln 2 + 2 ln 2 + 2 ln 2 by one bit.
  expect(fails(model(3, 'shannon', 'arx'), view([2, 2, 2]))).toEqual([1]);
  expect(fails(model(3, 'shannon', 'arx'), view([1, 1, 1]))).toEqual([0]);
  expect(fails(model(2.9, 'shannon', 'arx'), view([2, 2, 2]))).toEqual([0]);
  const [one, two, four] = [-0.5772156649015329 - Math.LN2, 2 - 0.5772156649015329 - Math.LN2, 2 + 2 / 3 - 0.5772156649015329 - Math.LN2];
  const seen = view([2, 2, 1]);
  expect(model(2, 'grassberger', 'tolerant').measure(seen, 0)).toBeCloseTo(Math.exp(Math.log(5) - (4 * two + one) / 5), 12);
  expect(model(2, 'grassberger', 'arx').measure(seen, 0)).toBeCloseTo(Math.exp(four - (4 * two + one) / 5), 12);
});

test('exactLog is ln n, rounded once', () => {
  // ln 3, ln 6 and ln 30162 to 20 digits.
  expect(exactLog(1)).toBe(0);
  expect(exactLog(2)).toBe(0.69314718055994530942);
  expect(exactLog(3)).toBe(1.0986122886681098);
  expect(exactLog(6)).toBe(1.791759469228055);
  for (let n = 1; n < 2000; n += 7) expect(Math.abs(exactLog(n) - Math.log(n))).toBeLessThanOrEqual(Math.log(n + 1) * 2 ** -51);
});
