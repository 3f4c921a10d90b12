import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokumeiError } from '../../../src/core/errors.js';
import { personal } from '../../../src/table/index.js';
import { anonymityReport, intervalHierarchy, qualityReport, reidentificationRisk, riskReport, searchPlan, type Hierarchy, type PrivacyModel } from '../../../src/kanon/microdata/index.js';
import { classesBy, naive, type Row } from './naive.js';

const TREE = [['cold', 'mild', '*'], ['flu', 'mild', '*'], ['cancer', 'grave', '*'], ['stroke', 'grave', '*']];
const ORDER = ['cold', 'flu', 'cancer', 'stroke'];
const rowsOf = fc.array(fc.record({ age: fc.constantFrom('20', '30', '40'), town: fc.constantFrom('Kobe', 'Nara'), illness: fc.constantFrom(...ORDER) }), { minLength: 1, maxLength: 60 });
const door = (rows: readonly object[]) => personal(rows.map((row, id) => ({ id, ...row })), { unit: 'person', unitOf: 'id' }) as never;
const sensitive = 'illness';

test('every model measures what its definition says, and names a worst class that has this value', () => {
  const models: [PrivacyModel, 'min' | 'max', (values: string[], all: string[]) => number][] = [
    [{ model: 'k-anonymity', k: 2 }, 'min', (values) => values.length],
    [{ model: 'distinct-l-diversity', l: 2, sensitive }, 'min', naive.distinct],
    [{ model: 'entropy-l-diversity', l: 2, sensitive }, 'min', naive.entropy],
    [{ model: 'recursive-cl-diversity', c: 2, l: 2, sensitive }, 'max', (values) => naive.recursive(values, 2)],
    [{ model: 't-closeness', t: 0.2, sensitive }, 'max', naive.equal],
    [{ model: 't-closeness', t: 0.2, sensitive, distance: { order: ORDER } }, 'max', (values, all) => naive.ordered(values, all, ORDER)],
    [{ model: 't-closeness', t: 0.2, sensitive, distance: { hierarchy: { rows: TREE } } }, 'max', (values, all) => naive.tree(values, all, TREE)],
    [{ model: 'basic-beta-likeness', beta: 1, sensitive }, 'max', naive.beta],
    [{ model: 'delta-disclosure', delta: 1, sensitive }, 'max', naive.delta],
  ];
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const { figures } = anonymityReport(door(rows), { quasiIdentifiers: ['age', 'town'] as never, models: models.map(([model]) => model) });
      const classes = classesBy(rows, ['age', 'town']);
      const all = rows.map((row) => row.illness);
      expect(figures.classes).toBe(classes.size);
      models.forEach(([model, worse, definition], i) => {
        const values = new Map([...classes].map(([key, members]) => [key, definition(members.map((row) => row['illness']!), all)]));
        const worst = worse === 'min' ? Math.min(...values.values()) : Math.max(...values.values());
        const found = figures.models[i]!;
        expect(found.value, model.model).toBeCloseTo(worst, 9);
        expect(values.get(JSON.stringify([found.worstClass!.key['age'], found.worstClass!.key['town']])), model.model).toBeCloseTo(worst, 9);
        expect(found.holds, model.model).toBe(found.failingClasses === 0);
      });
    }),
    { seed: 11, numRuns: 150 },
  );
});

test('alpha, enhanced beta, average risk, uniqueness and delta-presence: verdicts by definition', () => {
  fc.assert(
    fc.property(rowsOf, fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 3, noNaN: true }), (rows, alpha, beta) => {
      const marked = rows.map((row, i) => ({ ...row, sample: i % 3 > 0 }));
      const report = anonymityReport(door(rows), {
        quasiIdentifiers: ['age', 'town'] as never,
        models: [{ model: 'alpha-k-anonymity', alpha, k: 2, sensitive }, { model: 'enhanced-beta-likeness', beta, sensitive }, { model: 'average-risk', risk: 0.3 }, { model: 'sample-uniqueness', share: 0.1 }],
      }).figures.models;
      const classes = [...classesBy(rows, ['age', 'town']).values()].map((members) => members.map((row) => row['illness']!));
      const all = rows.map((row) => row.illness);
      expect(report.map(({ model }) => model)).toEqual(['k-anonymity', 'alpha-k-anonymity', 'enhanced-beta-likeness', 'average-risk', 'sample-uniqueness']);
      expect(report[1]!.value).toBeCloseTo(Math.max(...classes.map(naive.alpha)), 9);
      expect(report[2]!.holds).toBe(classes.every((values) => naive.enhancedHolds(values, all, beta)));
      expect(report[3]!.value).toBeCloseTo(classes.length / rows.length, 12);
      expect(report[4]!.value).toBeCloseTo(classes.filter((values) => values.length === 1).length / rows.length, 12);
      const presence = anonymityReport(door(marked), { quasiIdentifiers: ['age', 'town'] as never, inSample: 'sample' as never, models: [{ model: 'delta-presence', min: 0.1, max: 0.9 }, { model: 'k-map', k: 3 }] }).figures.models;
      const ratios = [...classesBy(marked as unknown as Row[], ['age', 'town']).values()].map((members) => ({ ratio: members.filter((row) => (row['sample'] as unknown) === true).length / members.length, size: members.length }));
      expect(presence[0]!.holds).toBe(ratios.every(({ ratio }) => ratio >= 0.1 && ratio <= 0.9));
      const published = ratios.filter(({ ratio }) => ratio > 0);
      expect(presence[1]!.value).toBe(published.length === 0 ? null : Math.min(...published.map(({ size }) => size)));
    }),
    { seed: 12, numRuns: 100 },
  );
});

test('where the table is a sample, overall shares are those of the sample: rows of the population have no part in them', async () => {
  // The sample is half cold and half flu in each town; the population behind it has nothing but strokes.
  const sample = ['Kobe', 'Nara'].flatMap((town) => ['cold', 'flu'].map((illness) => ({ town, illness, sample: true })));
  const rows = [...sample, ...sample.flatMap(({ town }) => [1, 2].map(() => ({ town, illness: 'stroke', sample: false })))];
  const models: PrivacyModel[] = [
    { model: 't-closeness', t: 0.01, sensitive }, { model: 't-closeness', t: 0.01, sensitive, distance: { order: ORDER } }, { model: 't-closeness', t: 0.01, sensitive, distance: { hierarchy: { rows: TREE } } },
    { model: 'basic-beta-likeness', beta: 0.01, sensitive }, { model: 'enhanced-beta-likeness', beta: 0.01, sensitive }, { model: 'delta-disclosure', delta: 0.01, sensitive },
  ];
  for (const { model, value, holds } of anonymityReport(door(rows), { quasiIdentifiers: ['town'] as never, inSample: 'sample' as never, models }).figures.models) {
    expect(value, model).toBeCloseTo(0, 12);
    expect(holds, model).toBe(true);
  }
  const { plan } = (await searchPlan(door(rows), { quasiIdentifiers: { town: { hierarchy: { rows: [['Kobe', '*'], ['Nara', '*']] } } } as never, inSample: 'sample' as never, models, suppressionLimit: 0, objective: { measure: 'loss' } })).figures;
  expect(plan.steps).toEqual([[0]]);
  for (const { model, worst } of plan.check.models) expect(worst, model).toBeCloseTo(0, 12);
});

test('missing values and fractions are values: nobody is left out or lumped together, as pycanon does', () => {
  const report = (ages: readonly unknown[]) => anonymityReport(door(ages.map((age) => ({ age }))), { quasiIdentifiers: ['age'] as never, models: [{ model: 'k-anonymity', k: 2 }] }).figures;
  expect(report([1, 1, null]).smallestClass).toBe(1);
  expect(report([1.5, 2.5, 3.5]).classes).toBe(3);
  expect(report([0, -0, undefined, null, Number.NaN]).classes).toBe(2);
  expect(report([2 ** 53, 2 ** 53 + 2, Infinity, -Infinity, 5e-324, '']).classes).toBe(6);
  expect(report([]).models[0]).toEqual({ model: 'k-anonymity', holds: true, value: null, failingClasses: 0, failingRows: 0, worstClass: null });
  // A sensitive number with a fraction is one of many values, not one value for all.
  const pay = [1.25, 2.5, 3.75, 1.25].map((income, i) => ({ town: i < 2 ? 'a' : 'b', income }));
  expect(anonymityReport(door(pay), { quasiIdentifiers: ['town'] as never, models: [{ model: 'distinct-l-diversity', l: 2, sensitive: 'income' }] }).figures.models[0]!.value).toBe(2);
  expect(() => report([{}, {}])).toThrow(/something else than texts/);
});

test('too many sensitive values for the classes are refused, not allocated', () => {
  // 20,000 classes by 20,000 values pass 2^28 counts.
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ a: i, s: -i }));
  const run = () => anonymityReport(door(rows), { quasiIdentifiers: ['a'] as never, models: [{ model: 'distinct-l-diversity', l: 2, sensitive: 's' }] });
  expect(run).toThrow(TokumeiError);
  expect(run).toThrow(/2\^28/);
});

test('the risk report is made of what its parts say', () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const { figures } = riskReport(door(rows), { quasiIdentifiers: ['age', 'town', 'illness'] as never, threshold: 0.4, populationSize: 1000 });
      const sizes = [...classesBy(rows, ['age', 'town', 'illness']).values()].map((members) => members.length);
      expect(figures).toMatchObject(reidentificationRisk(sizes, { threshold: 0.4 }));
      expect(figures.sampleUniques).toBeCloseTo(sizes.filter((size) => size === 1).length / rows.length, 12);
      // A set of fields tells at least as much as each part of it.
      const of = (fields: readonly string[]) => figures.separation.find((one) => one.fields.join() === fields.join())!.distinction;
      expect(of(['age', 'town'])).toBeGreaterThanOrEqual(Math.max(of(['age']), of(['town'])));
      const total = Object.values(figures.specialUniques.contribution).reduce((sum, part) => sum + part, 0);
      if (figures.specialUniques.rows > 0) expect(total).toBeGreaterThanOrEqual(1 - 1e-9);
      if (sizes.every((size) => size > 1)) expect(figures.populationUniques.dankar).toBe(0);
    }),
    { seed: 13, numRuns: 60 },
  );
  expect(() => riskReport(door([{ age: 1 }]), { quasiIdentifiers: ['age'] as never, threshold: 0 })).toThrow('threshold');
  expect(() => riskReport(door([{ age: 1 }, { age: 2 }]), { quasiIdentifiers: ['age'] as never, threshold: 0.5, populationSize: 1 })).toThrow('populationSize');
});

const age = intervalHierarchy({ from: 0, to: 39, widths: [10] });
const town: Hierarchy = { rows: [['Kobe', 'west', '*'], ['Nara', 'west', '*'], ['Tokyo', 'east', '*']] };

test('quality by hand: three shown as ten years and one region, one suppressed', async () => {
  const rows = [{ age: 21, town: 'Kobe' }, { age: 22, town: 'Nara' }, { age: 22, town: 'Nara' }, { age: 5, town: 'Tokyo' }];
  const { plan } = (await searchPlan(door(rows), { quasiIdentifiers: { age: { hierarchy: age, minLevel: 1, maxLevel: 1 }, town: { hierarchy: town, minLevel: 1, maxLevel: 1 } } as never, models: [{ model: 'k-anonymity', k: 3 }], suppressionLimit: 0.25, objective: { measure: 'loss' } })).figures;
  const { figures } = qualityReport(door(rows), plan, { hierarchies: { age, town } });
  expect(figures).toMatchObject({ rows: 4, released: 3, suppressed: 1, classes: 1, smallestClass: 3, discernibility: 9 + 4, averageClassSize: { byClass: 2, byK: 1 } });
  expect(figures.fields['age']).toMatchObject({ levels: [1], ncp: (3 * 0.25 + 1) / 4, precision: (3 * 0.5 + 1) / 4 });
  expect(figures.fields['age']!.loss).toBeCloseTo((3 * 0.25 + 1 - 4 / 40) / (4 - 4 / 40), 12);
  expect(figures.fields['town']!.ncp).toBeCloseTo((3 * (2 / 3) + 1) / 4, 12);
  expect(figures.ambiguity).toBeCloseTo((3 * 10 * 2 + 120) / 4, 9);
  expect(figures.entropyBasedLoss).toBeCloseTo(((3 * Math.log(20)) / Math.log(120) + 1) / 4, 12);
  // Ages 21, 22, 22 shown as one, 5 suppressed: open bits log2(3) + 2 log2(1.5) + log2(4), of 2 log2(4) + 2 log2(2).
  expect(figures.fields['age']!.openBits).toBeCloseTo((Math.log2(3) + 2 * Math.log2(1.5) + 2) / 6, 12);
});

test('the quality report of a full-domain plan agrees with the score of the search', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ age: fc.integer({ min: 0, max: 39 }), town: fc.constantFrom('Kobe', 'Nara', 'Tokyo') }), { minLength: 4, maxLength: 50 }), fc.constantFrom(0, 0.3, 1), async (rows, suppressionLimit) => {
      const common = { quasiIdentifiers: { age: { hierarchy: age }, town: { hierarchy: town } } as never, models: [{ model: 'k-anonymity', k: 2 }] as const, suppressionLimit };
      const plan = (await searchPlan(door(rows), { ...common, objective: { measure: 'loss' } })).figures.plan;
      const { figures } = qualityReport(door(rows), plan, { hierarchies: { age, town } });
      for (const field of ['age', 'town']) expect(figures.fields[field]!.loss).toBeCloseTo(plan.check.scorePerAttribute![field]!, 8);
      expect(figures.suppressed).toBe(plan.check.suppressedRows);
      const other = (await searchPlan(door(rows), { ...common, objective: { measure: 'discernibility' } })).figures.plan;
      expect(qualityReport(door(rows), other, { hierarchies: { age, town } }).figures.discernibility).toBeCloseTo(other.check.score, 9);
      const wan = (await searchPlan(door(rows), { ...common, objective: { measure: 'entropy-based-loss' } })).figures.plan;
      expect(qualityReport(door(rows), wan, { hierarchies: { age, town } }).figures.entropyBasedLoss * rows.length).toBeCloseTo(wan.check.score, 6);
    }),
    { seed: 14, numRuns: 40 },
  );
});
