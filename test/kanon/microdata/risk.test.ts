import { expect, test } from 'vitest';
import { individualRisk, pitman, reidentificationRisk, separation, slidNegativeBinomial, suda2, zayatz, type SizeHistogram } from '../../../src/kanon/microdata/index.js';

test('prosecutor, journalist and marketer risk by hand', () => {
  const risk = reidentificationRisk([1, 4, 5], { population: [10, 4, 50], threshold: 0.2 });
  expect(risk.prosecutor).toEqual({ highest: 1, average: 0.3, atRisk: 0.5 });
  expect(risk.journalist.highest).toBe(0.25);
  expect(risk.marketer).toBeCloseTo((0.1 + 1 + 0.1) / 10, 12);
  expect(risk.journalist.average).toBeCloseTo(Math.max(3 / 64, 0.12), 12);
  expect(reidentificationRisk([], { threshold: 0.2 }).prosecutor.highest).toBe(0);
  expect(() => reidentificationRisk([5], { population: [4], threshold: 0.2 })).toThrow('population');
});

test('separation tells which columns identify', () => {
  const [first] = separation([Int32Array.of(0, 1, 2, 3), Int32Array.of(0, 0, 1, 1)], 2);
  expect(first).toEqual({ columns: [0], distinction: 1, separation: 1, unique: 1 });
  expect(separation([Int32Array.of(0, 0, 1, 1)], 1)[0]).toEqual({ columns: [0], distinction: 0.5, separation: 4 / 6, unique: 0 });
});

test('SUDA2: minimal uniques only, smaller ones score more', () => {
  const result = suda2([Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 1, 1), Int32Array.of(0, 0, 0, 0)], 2);
  // Row 0 is alone with column 1; row 1 only with columns 0 and 1 together; rows 2 and 3 are equal.
  expect([...result.minimalUniques]).toEqual([1, 1, 0, 0]);
  expect([...result.score]).toEqual([2, 1, 0, 0]);
  expect(result.contributions.map((column) => column[1])).toEqual([1, 1, 0]);
});

test('individual risk is between the sampled share and one, and falls with the class', () => {
  expect(individualRisk(1, 10)).toBeCloseTo((1 / 9) * Math.log(10), 12);
  for (const f of [1, 2, 3, 5]) {
    expect(individualRisk(f, 100)).toBeGreaterThan(0.01);
    expect(individualRisk(f, 100)).toBeLessThan(1 / f);
  }
  expect(individualRisk(3, 3)).toBeCloseTo(1 / 3, 12);
  expect(() => individualRisk(4, 3)).toThrow('up to F');
});

// A population of classes with sizes drawn from a geometric law, and a sample of it: the true number of uniques is known.
function population(seed: number, fraction: number): { sizes: SizeHistogram; people: number; uniques: number } {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const counts = new Map<number, number>();
  let people = 0;
  let uniques = 0;
  let rows = 0;
  let classes = 0;
  for (let c = 0; c < 20_000; c++) {
    const size = 1 + Math.floor(Math.log(1 - next()) / Math.log(0.75));
    people += size;
    if (size === 1) uniques++;
    let drawn = 0;
    for (let i = 0; i < size; i++) if (next() < fraction) drawn++;
    if (drawn === 0) continue;
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    rows += drawn;
    classes++;
  }
  const sorted = [...counts].sort((a, b) => a[0] - b[0]);
  return { sizes: { classes, rows, total: rows, sizes: sorted.map(([size]) => size), counts: sorted.map(([, count]) => count) }, people, uniques };
}

test('population uniques: estimates lie near the truth of a simulated population', () => {
  for (const fraction of [0.3, 0.5]) {
    const { sizes, people, uniques } = population(11, fraction);
    const snb = slidNegativeBinomial(sizes, people);
    expect(snb / uniques).toBeGreaterThan(0.6);
    expect(snb / uniques).toBeLessThan(1.6);
    const estimate = zayatz(sizes, people);
    expect(estimate / uniques).toBeGreaterThan(0.4);
    expect(estimate / uniques).toBeLessThan(2.5);
  }
  const { sizes, people } = population(5, 0.05);
  expect(pitman(sizes, people)).toBeGreaterThan(0);
});
