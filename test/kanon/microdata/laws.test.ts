import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokumeiError } from '../../../src/core/errors.js';
import { openProtected } from '../../../src/core/holders/protected.js';
import { personal } from '../../../src/table/index.js';
import { applyPlan, customHierarchy, intervalHierarchy, searchPlan, type Hierarchy, type PrivacyModel } from '../../../src/kanon/microdata/index.js';
import { compileModels } from '../../../src/kanon/microdata/models/compile.js';
import { smallestUnderCaps, smallestWithinEqual, smallestWithinOrdered, smallestWithinTree } from '../../../src/kanon/microdata/models/smallestClass.js';
import type { ClassView } from '../../../src/kanon/microdata/models/model.js';
import { classesBy, naive } from './naive.js';

const ILL = ['cold', 'flu', 'cancer'];
const TREE = [['cold', 'mild', '*'], ['flu', 'mild', '*'], ['cancer', 'grave', '*']];
const sensitive = 'illness';
const age = intervalHierarchy({ from: 0, to: 31, widths: [4, 16] });
const town: Hierarchy = { rows: [['Kobe', 'west', '*'], ['Nara', 'west', '*'], ['Tokyo', 'east', '*']] };
const hierarchies = { age, town };
const people = fc.array(fc.record({ age: fc.integer({ min: 0, max: 31 }), town: fc.constantFrom('Kobe', 'Nara', 'Tokyo'), illness: fc.constantFrom(...ILL, 'cold') }), { minLength: 3, maxLength: 70 });
const door = (rows: readonly object[]) => personal(rows.map((row, id) => ({ id, ...row })), { unit: 'person', unitOf: 'id' }) as never;

type Check = (values: string[], all: string[]) => boolean;
const MODELS: readonly (readonly [PrivacyModel, Check])[] = [
  [{ model: 'distinct-l-diversity', l: 2, sensitive }, (values) => naive.distinct(values) >= 2],
  [{ model: 'entropy-l-diversity', l: 1.7, sensitive }, (values) => naive.entropy(values) >= 1.7 - 1e-9],
  [{ model: 'recursive-cl-diversity', c: 2, l: 2, sensitive }, (values) => naive.recursive(values, 2) < 2],
  [{ model: 't-closeness', t: 0.25, sensitive }, (values, all) => naive.equal(values, all) <= 0.25 + 1e-9],
  [{ model: 't-closeness', t: 0.2, sensitive, distance: { order: ILL } }, (values, all) => naive.ordered(values, all, ILL) <= 0.2 + 1e-9],
  [{ model: 't-closeness', t: 0.2, sensitive, distance: { hierarchy: { rows: TREE } } }, (values, all) => naive.tree(values, all, TREE) <= 0.2 + 1e-9],
  [{ model: 'alpha-k-anonymity', alpha: 0.6, k: 2, sensitive }, (values) => values.length >= 2 && naive.alpha(values) <= 0.6 + 1e-9],
  [{ model: 'basic-beta-likeness', beta: 0.5, sensitive }, (values, all) => naive.beta(values, all) <= 0.5 + 1e-9],
  [{ model: 'enhanced-beta-likeness', beta: 0.8, sensitive }, (values, all) => naive.enhancedHolds(values, all, 0.8)],
  [{ model: 'delta-disclosure', delta: 1, sensitive }, (values, all) => naive.delta(values, all) < 1 + 1e-9],
];

test('released rows satisfy every model when checked again from its definition, full-domain and local', async () => {
  await fc.assert(
    fc.asyncProperty(people, fc.constantFrom(...MODELS), fc.constantFrom('full-domain', 'local'), async (rows, [model, holds], recoding) => {
      fc.pre(recoding === 'full-domain' || model.model !== 'delta-disclosure');
      const models: PrivacyModel[] = [{ model: 'k-anonymity', k: 2 }, model];
      const plan = await searchPlan(door(rows), { quasiIdentifiers: { age: { hierarchy: age }, town: { hierarchy: town } } as never, models, suppressionLimit: 1, objective: { measure: 'loss' }, recoding }).then(
        ({ figures }) => figures.plan,
        (error: unknown) => {
          // Local recoding that keeps nothing in any step has no plan to hand out.
          if (error instanceof TokumeiError && error.code === 'TOKUMEI_NO_PLAN') return undefined;
          throw error;
        },
      );
      if (plan === undefined) return;
      const { value } = openProtected(applyPlan(plan, { hierarchies, release: ['illness'] })(door(rows)), 'test');
      const all = rows.map((row) => row.illness);
      for (const members of classesBy(value as never, ['age', 'town']).values()) {
        expect(members.length).toBeGreaterThanOrEqual(2);
        expect(holds(members.map((row) => row['illness']!), all), JSON.stringify(model)).toBe(true);
      }
    }),
    { seed: 21, numRuns: 250 },
  );
});

const view = (counts: readonly (readonly number[])[]): ClassView => ({
  count: counts.length,
  sizes: Int32Array.from(counts, (one) => one.reduce((a, b) => a + b, 0)),
  populations: undefined,
  counts: [Int32Array.from(counts.flat())],
});

test('what survives putting classes together: two classes that pass pass as one, for every model that local recoding takes', () => {
  const counts = fc.tuple(...ILL.map(() => fc.integer({ min: 0, max: 6 })));
  fc.assert(
    fc.property(counts, counts, fc.constantFrom(...MODELS.filter(([{ model }]) => model !== 'delta-disclosure')), (first, second, [model]) => {
      const overall = Float64Array.of(0.5, 0.3, 0.2);
      const compiled = compileModels([model], { where: 'test', rows: 100, hasPopulation: false, sensitive: () => ({ index: 0, values: 3, overall, texts: ILL }) });
      const both = view([first, second, first.map((count, v) => count + second[v]!)]);
      for (const one of compiled.classModels) {
        const marks = new Uint8Array(3);
        one.mark(both, marks, 1);
        if (both.sizes[0]! > 0 && both.sizes[1]! > 0 && marks[0] === 0 && marks[1] === 0) expect(marks[2], `${one.name} ${first.join()} ${second.join()}`).toBe(0);
        // A class that breaks a hereditary rule breaks it in every part: here, in the smaller of two.
        if (one.hereditary && marks[2] !== 0 && both.sizes[0]! > 0) expect(marks[0]).not.toBe(0);
        // No class below the smallest size passes.
        for (let c = 0; c < 3; c++) if (both.sizes[c]! > 0 && both.sizes[c]! < one.smallest) expect(marks[c], `${one.name} ${one.smallest}`).not.toBe(0);
      }
    }),
    { seed: 22, numRuns: 3000 },
  );
});

test('the verdict of a report is that of the search, right at the threshold as well', () => {
  const counts = fc.tuple(...ILL.map(() => fc.integer({ min: 0, max: 12 })));
  const overall = Float64Array.of(0.5, 0.3, 0.2);
  const compiled = (model: PrivacyModel) => compileModels([model], { where: 'test', rows: 100, hasPopulation: false, sensitive: () => ({ index: 0, values: 3, overall, texts: ILL }) }).classModels.at(-1)!;
  // Each model with a threshold, and how a class's own measured value becomes one.
  const at: readonly ((x: number) => PrivacyModel)[] = [
    (l) => ({ model: 'entropy-l-diversity', l, sensitive }),
    (l) => ({ model: 'entropy-l-diversity', l, sensitive, evaluation: 'arx' }),
    (l) => ({ model: 'entropy-l-diversity', l, sensitive, estimator: 'grassberger' }),
    (c) => ({ model: 'recursive-cl-diversity', c, l: 2, sensitive }),
    (t) => ({ model: 't-closeness', t, sensitive }),
    (alpha) => ({ model: 'alpha-k-anonymity', alpha, k: 2, sensitive }),
    (alpha) => ({ model: 'alpha-k-anonymity', alpha, k: 2, sensitive, values: ['flu'] }),
    (beta) => ({ model: 'basic-beta-likeness', beta, sensitive }),
    (beta) => ({ model: 'enhanced-beta-likeness', beta, sensitive }),
    (delta) => ({ model: 'delta-disclosure', delta, sensitive }),
    (delta) => ({ model: 'delta-disclosure', delta, sensitive, base: 'e', absent: 'fail' }),
  ];
  fc.assert(
    fc.property(counts, counts, fc.constantFrom(...at), fc.constantFrom(0, 1e-15, -1e-15, 1e-10, -1e-10, 0.1, -0.1, 1.1), (own, other, make, off) => {
      const both = view([own, other]);
      fc.pre(both.sizes[0]! > 0 && both.sizes[1]! > 0);
      const threshold = compiled(make(1)).measure(both, 0) + off;
      fc.pre(threshold > 0 && Number.isFinite(threshold));
      const model = compiled(make(threshold));
      const marks = new Uint8Array(2);
      model.mark(both, marks, 1);
      for (const c of [0, 1]) expect(model.breaks?.(model.measure(both, c), both, c) ?? marks[c] !== 0, `${model.name} ${threshold} ${own.join()} ${other.join()}`).toBe(marks[c] !== 0);
    }),
    { seed: 23, numRuns: 20_000 },
  );
});

test('the smallest class that can pass is found by trying all classes', () => {
  const overall = Float64Array.of(0.55, 0.3, 0.15);
  const tree = [overall, Float64Array.of(0.85, 0.15)];
  const first = (passes: (counts: readonly number[], size: number) => boolean): number => {
    for (let size = 1; ; size++) {
      for (let a = 0; a <= size; a++) for (let b = 0; a + b <= size; b++) if (passes([a, b, size - a - b], size)) return size;
    }
  };
  const equal = (counts: readonly number[], size: number): number => counts.reduce((sum, count, v) => sum + Math.abs(count / size - overall[v]!), 0) / 2;
  const ordered = ([a, b]: readonly number[], size: number): number => (Math.abs(a! / size - 0.55) + Math.abs((a! + b!) / size - 0.85)) / 2;
  const along = ([a, b, c]: readonly number[], size: number): number => (Math.abs(a! / size - 0.55) + Math.abs(b! / size - 0.3) + Math.abs(c! / size - 0.15) + Math.abs((a! + b!) / size - 0.85) + Math.abs(c! / size - 0.15)) / 4;
  for (const t of [0.01, 0.03, 0.08, 0.15, 0.3, 0.5]) {
    expect(smallestWithinEqual(t, overall)).toBe(first((counts, size) => equal(counts, size) <= t + 1e-9));
    expect(smallestWithinOrdered(t, overall)).toBe(first((counts, size) => ordered(counts, size) <= t + 1e-9));
    // Each level by itself: not above the true smallest size.
    expect(smallestWithinTree(t, tree)).toBeLessThanOrEqual(first((counts, size) => along(counts, size) <= t + 1e-9));
  }
  for (const cap of [0.34, 0.4, 0.5, 0.7]) expect(smallestUnderCaps(new Float64Array(3).fill(cap))).toBe(first((counts, size) => counts.every((count) => count <= cap * size + 1e-9)));
});

test('odd hierarchies: one value, no levels, a single top, 256 levels and no more', async () => {
  const rows = Array.from({ length: 6 }, (_, i) => ({ a: 'x', b: String(i % 2) }));
  const search = (a: Hierarchy) => searchPlan(door(rows), { quasiIdentifiers: { a: { hierarchy: a }, b: { hierarchy: { rows: [['0', '*'], ['1', '*']] } } } as never, models: [{ model: 'k-anonymity', k: 4 }], suppressionLimit: 0, objective: { measure: 'loss' } });
  for (const hierarchy of [{ rows: [['x']] }, { rows: [['x', '*']] }, customHierarchy(['x', 'y'], []), customHierarchy(['x', 'y'], [(v) => v, (v) => v])]) {
    expect((await search(hierarchy)).figures.plan.check).toMatchObject({ classes: 1, suppressedRows: 0, provenOptimal: true });
  }
  const tall = (levels: number): Hierarchy => ({ rows: [['x', ...Array.from({ length: levels - 1 }, (_, i) => String(i))]] });
  expect((await search(tall(256))).figures.nodes).toBe(512);
  await expect(search(tall(257))).rejects.toThrow(/more than 256 levels/);
});

test('a lattice beyond 2^53 nodes: the best that was found, with a bound, said to be not proven', async () => {
  const fields = Array.from({ length: 120 }, (_, a) => `f${a}`);
  let state = 7;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 20;
  const rows = Array.from({ length: 80 }, () => Object.fromEntries(fields.map((field) => [field, next() % 4])));
  const hierarchy = intervalHierarchy({ from: 0, to: 3, widths: [2] });
  const { plan, nodes, looks } = (await searchPlan(door(rows), {
    quasiIdentifiers: Object.fromEntries(fields.map((field) => [field, { hierarchy }])) as never,
    models: [{ model: 'k-anonymity', k: 3 }], suppressionLimit: 0.1, objective: { measure: 'loss' }, nodeBudget: 400,
  })).figures;
  expect(nodes / 3 ** 120).toBeCloseTo(1, 9);
  expect(looks).toBeLessThanOrEqual(400);
  expect(plan.check.provenOptimal).toBe(false);
  expect(plan.check.bound).toBeLessThanOrEqual(plan.check.score);
  const { value } = openProtected(applyPlan(plan, { hierarchies: Object.fromEntries(fields.map((field) => [field, hierarchy])) })(door(rows)), 'test');
  for (const members of classesBy(value as never, fields).values()) expect(members.length).toBeGreaterThanOrEqual(3);
});
