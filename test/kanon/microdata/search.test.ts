import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodedAttribute, CodedLevel } from '../../../src/kanon/microdata/hierarchies/coded.js';
import { compileModels, type CompiledModels } from '../../../src/kanon/microdata/models/compile.js';
import type { PrivacyModel } from '../../../src/kanon/microdata/models/spec.js';
import { Checker } from '../../../src/kanon/microdata/search/checker.js';
import { compileObjective, type ObjectiveOptions } from '../../../src/kanon/microdata/search/objectives/spec.js';
import { enumerate } from '../../../src/kanon/microdata/search/enumerate.js';
import { searchLattice } from '../../../src/kanon/microdata/search/searchLattice.js';
import { searchTable, type SearchTable } from '../../../src/kanon/microdata/search/searchTable.js';

// Small tables with hierarchies of one to three levels above eight leaves, two sensitive values or three.
const tables = (least: number, most: number): fc.Arbitrary<{ rows: number; seed: number; heights: number[]; limit: number }> => fc.record({
  rows: fc.integer({ min: least, max: most }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  heights: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
  limit: fc.constantFrom(0, 0.1, 0.4, 1),
});

function random(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

function attribute(name: string, height: number, rows: number, next: (below: number) => number): CodedAttribute {
  const levels: CodedLevel[] = [];
  for (let level = 0; level <= height; level++) {
    const shift = level === height && height > 0 ? 3 : level;
    const size = 8 >> shift;
    levels.push({ size, codes: Int32Array.from({ length: 8 }, (_, leaf) => leaf >> shift), share: new Float64Array(size).fill(1 / size) });
  }
  // Skewed, so that some classes are large and many are small.
  return { hierarchy: { name, height, domain: 8, levels }, codes: Int32Array.from({ length: rows }, () => Math.min(next(8), next(8))) };
}

const MODELS: readonly (readonly PrivacyModel[])[] = [
  [{ model: 'k-anonymity', k: 2 }],
  [{ model: 'k-anonymity', k: 4 }],
  [{ model: 'distinct-l-diversity', l: 2, sensitive: 's' }],
  [{ model: 'entropy-l-diversity', l: 1.8, sensitive: 's' }],
  [{ model: 'entropy-l-diversity', l: 2, sensitive: 's', estimator: 'grassberger' }],
  [{ model: 'entropy-l-diversity', l: 2, sensitive: 's', evaluation: 'arx' }],
  [{ model: 'entropy-l-diversity', l: 1.9, sensitive: 's', estimator: 'grassberger', evaluation: 'arx' }],
  [{ model: 'recursive-cl-diversity', c: 2, l: 2, sensitive: 's' }],
  [{ model: 't-closeness', t: 0.25, sensitive: 's' }],
  [{ model: 'k-anonymity', k: 3 }, { model: 't-closeness', t: 0.3, sensitive: 's', distance: { order: ['0', '1', '2'] } }],
  [{ model: 't-closeness', t: 0.2, sensitive: 's', distance: { hierarchy: { rows: [['0', 'a', '*'], ['1', 'a', '*'], ['2', 'b', '*']] } } }],
  [{ model: 'basic-beta-likeness', beta: 0.7, sensitive: 's' }],
  [{ model: 'enhanced-beta-likeness', beta: 1, sensitive: 's' }],
  [{ model: 'delta-disclosure', delta: 0.8, sensitive: 's' }],
  [{ model: 'delta-disclosure', delta: 1.5, sensitive: 's', absent: 'fail', base: 'e' }],
  [{ model: 'alpha-k-anonymity', alpha: 0.6, k: 2, sensitive: 's' }],
  [{ model: 'average-risk', risk: 0.3 }],
  [{ model: 'sample-uniqueness', share: 0.05 }],
  [{ model: 'population-uniqueness', share: 0.01, populationSize: 1000, estimator: 'zayatz' }],
  [{ model: 'estimated-k-map', k: 4, populationSize: 200, significance: 0.1 }],
  [{ model: 'average-risk', risk: 0.5 }, { model: 'distinct-l-diversity', l: 2, sensitive: 's' }],
  // What a rule on the table needs beside classes that a finer node may save was once taken to be needed there as well.
  [{ model: 'average-risk', risk: 0.3 }, { model: 'delta-disclosure', delta: 0.7, sensitive: 's' }],
  [{ model: 'sample-uniqueness', share: 0.03 }, { model: 't-closeness', t: 0.1, sensitive: 's' }],
  [{ model: 'sample-uniqueness', share: 0.03 }, { model: 'recursive-cl-diversity', c: 1.5, l: 2, sensitive: 's' }],
];

const OBJECTIVES: readonly ObjectiveOptions[] = [
  { measure: 'loss' },
  { measure: 'loss', gs: 0.2, aggregate: 'sum', weights: { a0: 1, a1: 0.3 } },
  { measure: 'loss', gs: 0.8, aggregate: 'maximum' },
  { measure: 'loss', aggregate: 'rank' },
  { measure: 'non-uniform-entropy' },
  { measure: 'non-uniform-entropy', normalized: true, gs: 0.3 },
  { measure: 'precision' },
  { measure: 'precision', gs: 0.25 },
  { measure: 'precision', monotonic: true },
  { measure: 'height' },
  { measure: 'entropy-based-loss', gs: 0.5 },
  { measure: 'entropy-based-loss', gs: 0.2 },
  { measure: 'discernibility' },
  { measure: 'discernibility', monotonic: true },
  { measure: 'average-class-size' },
  { measure: 'ambiguity' },
  { measure: 'classification', target: 's', suppressed: 1, minority: 0.5, noMajority: 0.8 },
];

// Lists of fewer than 64 entries are never shortened on the way: large tables test that as well.
test.each([
  { size: 'small', least: 1, most: 60, numRuns: 1000 },
  { size: 'large', least: 150, most: 400, numRuns: 300 },
])('branch and bound finds the score that looking at every node finds, for every objective and model: $size tables', async ({ least, most, numRuns }) => {
  await fc.assert(
    fc.asyncProperty(tables(least, most), fc.constantFrom(...MODELS), fc.constantFrom(...OBJECTIVES), async ({ rows, seed, heights, limit }, models, objective) => {
      const next = random(seed);
      const attributes = heights.map((height, at) => attribute(`a${at}`, height, rows, next));
      const codes = Int32Array.from({ length: rows }, () => next(3));
      const searched = searchTable(attributes, [{ name: 's', codes, size: 3 }], rows);
      const overall = Float64Array.from([0, 1, 2], (v) => codes.filter((code) => code === v).length / rows);
      const compiled = compileModels(models, { where: 'test', rows, hasPopulation: false, sensitive: () => ({ index: 0, values: 3, overall, texts: ['0', '1', '2'] }) });
      await compareWithAll(searched, compiled, objective, heights, Math.floor(limit * rows));
    }),
    // Where no row may be suppressed, a finer node that could not be ruled out once stood for nodes above it.
    { numRuns, seed: 20261122, examples: [[{ rows: 379, seed: 0, heights: [0, 1, 1, 1], limit: 0 }, [{ model: 'population-uniqueness', share: 0.01, populationSize: 1000, estimator: 'zayatz' }], { measure: 'discernibility', monotonic: true }]] },
  );
});

/** The search against a look at every node by itself, each with a checker of its own: nothing is carried over that could hide an error. */
async function compareWithAll(searched: SearchTable, compiled: CompiledModels, objective: ObjectiveOptions, heights: readonly number[], allowed: number): Promise<void> {
  const low = new Uint8Array(heights.length);
  const high = Uint8Array.from(heights);
  const found = await searchLattice(searched, { ...compiled, objective: compileObjective(objective, searched), limit: allowed, low, high });
  let best: { score: Float64Array; node: Uint8Array } | undefined;
  const node = new Uint8Array(heights.length);
  const visit = (a: number): void => {
    if (a === heights.length) {
      const checker = new Checker(searched, compiled.classModels, compiled.tableModels, compileObjective(objective, searched), allowed);
      checker.look(searched.base, node);
      const score = checker.best?.score;
      if (score !== undefined && (best === undefined || less(score, best.score))) best = { score, node: node.slice() };
      return;
    }
    for (let level = 0; level <= heights[a]!; level++) {
      node[a] = level;
      visit(a + 1);
    }
  };
  visit(0);
  // The nodes one by one, each on the classes of a finer one, find the same whether bounds would rule them out or not.
  const alone = new Checker(searched, compiled.classModels, compiled.tableModels, compileObjective(objective, searched), allowed);
  for (const _ of enumerate(alone, searched.base, low, high, () => false));
  expect(alone.best === undefined).toBe(best === undefined);
  alone.best?.score.forEach((value, at) => expect(value).toBeCloseTo(best!.score[at]!, 9));
  expect(found === undefined).toBe(best === undefined);
  if (found === undefined || best === undefined) return;
  const again = new Checker(searched, compiled.classModels, compiled.tableModels, compileObjective(objective, searched), allowed);
  again.look(searched.base, found.node);
  again.best!.score.forEach((value, at) => expect(value).toBeCloseTo(best!.score[at]!, 9));
  expect(found.summary.suppressedRows).toBeLessThanOrEqual(allowed);
  expect(found.provenOptimal).toBe(true);
}

test('the same where the table is a sample of a population that is known', async () => {
  const POPULATION: readonly (readonly PrivacyModel[])[] = [
    [{ model: 'k-map', k: 3 }],
    [{ model: 'k-map', k: 3 }, { model: 'k-anonymity', k: 2 }],
    [{ model: 'delta-presence', min: 0, max: 0.7 }],
    [{ model: 'delta-presence', min: 0.2, max: 0.9 }],
    [{ model: 'delta-presence', min: 0.2, max: 0.9 }, { model: 't-closeness', t: 0.3, sensitive: 's' }],
  ];
  await fc.assert(
    fc.asyncProperty(tables(1, 120), fc.constantFrom(...POPULATION), fc.constantFrom(...OBJECTIVES), async ({ rows, seed, heights, limit }, models, objective) => {
      const next = random(seed);
      const attributes = heights.map((height, at) => attribute(`a${at}`, height, rows, next));
      const codes = Int32Array.from({ length: rows }, () => next(3));
      const inSample = Uint8Array.from({ length: rows }, () => (next(10) < 6 ? 1 : 0));
      const searched = searchTable(attributes, [{ name: 's', codes, size: 3 }], rows, inSample);
      const sample = inSample.reduce((sum, mark) => sum + mark, 0);
      fc.pre(sample > 0);
      const overall = Float64Array.from([0, 1, 2], (v) => codes.filter((code) => code === v).length / rows);
      const compiled = compileModels(models, { where: 'test', rows: sample, hasPopulation: true, sensitive: () => ({ index: 0, values: 3, overall, texts: ['0', '1', '2'] }) });
      await compareWithAll(searched, compiled, objective, heights, Math.floor(limit * sample));
    }),
    // Rows of a suppressed class were once dropped with the part of the population that rules out finer nodes.
    { numRuns: 300, seed: 20261123, examples: [[{ rows: 105, seed: 0, heights: [0, 1, 3, 1], limit: 0.4 }, POPULATION[4]!, { measure: 'loss' }]] },
  );
});

function less(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}

test('a search that is stopped says so, and its bound is not above the true optimum', async () => {
  await fc.assert(
    fc.asyncProperty(tables(1, 60), fc.integer({ min: 1, max: 6 }), async ({ rows, seed, heights, limit }, nodeBudget) => {
      const next = random(seed);
      const attributes = heights.map((height, at) => attribute(`a${at}`, height, rows, next));
      const searched = searchTable(attributes, [], rows);
      const { classModels, tableModels } = compileModels([{ model: 'k-anonymity', k: 3 }], { where: 'test', rows, hasPopulation: false, sensitive: () => undefined });
      const problem = { classModels, tableModels, limit: Math.floor(limit * rows), low: new Uint8Array(heights.length), high: Uint8Array.from(heights) };
      const full = await searchLattice(searched, { ...problem, objective: compileObjective({ measure: 'loss' }, searched) });
      const part = await searchLattice(searched, { ...problem, objective: compileObjective({ measure: 'loss' }, searched), nodeBudget });
      if (part === undefined || full === undefined) return;
      expect(part.score).toBeGreaterThanOrEqual(full.score - 1e-12);
      expect(part.bound).toBeLessThanOrEqual(full.score + 1e-12);
      if (part.provenOptimal) expect(part.score).toBeCloseTo(full.score, 9);
    }),
    { numRuns: 300, seed: 7 },
  );
});
