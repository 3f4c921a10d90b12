import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { personalColumns } from '../../../src/table/index.js';
import { hierarchyFromCsv, mondrian, searchPlan, type ObjectiveOptions, type PrivacyModel } from '../../../src/kanon/microdata/index.js';
import { testWithShared } from '../../support/shared.js';

// The whole golden file takes minutes: `npm run -s measure -- kanon`. Here, a record of each kind.
const PICKED: readonly (readonly [id: string, models: readonly PrivacyModel[], objective: ObjectiveOptions])[] = [
  ['adult|k=10|sup=0.05|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'k-anonymity', k: 10 }], { measure: 'loss' }],
  ['adult|k=10|sup=0.0|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'k-anonymity', k: 10 }], { measure: 'loss' }],
  ['adult|k=50|sup=0.02|NonUniformEntropy(nonmonotonic,SUM)', [{ model: 'k-anonymity', k: 50 }], { measure: 'non-uniform-entropy' }],
  ['adult|k=100|sup=0.02|Discernibility(nonmonotonic)', [{ model: 'k-anonymity', k: 100 }], { measure: 'discernibility' }],
  ['adult|k=100|sup=0.02|AECS', [{ model: 'k-anonymity', k: 100 }], { measure: 'average-class-size' }],
  ['adult|k=5|sup=1.0|Loss(gs=0.5,SUM)', [{ model: 'k-anonymity', k: 5 }], { measure: 'loss', aggregate: 'sum' }],
  ['adult|sens=occupation|k=5|t-closeness(t=0.2,equal)|sup=0.02|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'k-anonymity', k: 5 }, { model: 't-closeness', t: 0.2, sensitive: 'occupation' }], { measure: 'loss' }],
  ['adult|sens=occupation|k=5|enhanced-beta-likeness(beta=2)|sup=0.02|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'k-anonymity', k: 5 }, { model: 'enhanced-beta-likeness', beta: 2, sensitive: 'occupation' }], { measure: 'loss' }],
  ['adult|sens=occupation|k=5|delta-disclosure(delta=2)|sup=0.02|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'k-anonymity', k: 5 }, { model: 'delta-disclosure', delta: 2, sensitive: 'occupation' }], { measure: 'loss' }],
  ['adult|sens=occupation|recursive-cl-diversity(c=4,l=3)|sup=0.02|Loss(gs=0.5,GEOMETRIC_MEAN)', [{ model: 'recursive-cl-diversity', c: 4, l: 3, sensitive: 'occupation' }], { measure: 'loss' }],
];

interface Golden {
  readonly id: string;
  readonly qis: readonly string[];
  readonly suppressionLimit: number;
  readonly score: number;
  readonly classes: number;
  readonly suppressedRecords: number;
}

const csv = (file: string): string[][] => readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map((line) => line.split(';'));

testWithShared('ARX on Adult: same score, same kept classes, same suppressed records', 'vectors/kanon/arx-golden.json', async (file) => {
  const data = join(dirname(file), '../../data/tables/adult/adult.csv');
  if (!existsSync(data)) return;
  const [header, ...rows] = csv(data);
  const columns = Object.fromEntries(header!.map((field, at) => [field, rows.map((row) => row[at]!)]));
  const records = personalColumns({ ...columns, row: Int32Array.from(rows, (_, at) => at) }, { unit: 'row', unitOf: 'row' });
  const hierarchy = (field: string) => hierarchyFromCsv(readFileSync(join(dirname(data), `adult_hierarchy_${field}.csv`), 'utf8'), { attribute: field });
  const golden = (JSON.parse(readFileSync(file, 'utf8')) as { records: Golden[] }).records;
  for (const [id, models, objective] of PICKED) {
    const record = golden.find((one) => one.id === id)!;
    const { plan } = (await searchPlan(records, {
      quasiIdentifiers: Object.fromEntries(record.qis.map((field) => [field, { hierarchy: hierarchy(field) }])),
      models,
      objective,
      suppressionLimit: record.suppressionLimit,
    } as never)).figures;
    expect(Math.abs(plan.check.score - record.score), id).toBeLessThanOrEqual(1e-9 * Math.max(1, record.score));
    expect([plan.check.classes, plan.check.suppressedRows], id).toEqual([record.classes, record.suppressedRecords]);
  }
});

const YEARS: Readonly<Record<string, number>> = {
  Preschool: 1, '1st-4th': 2, '5th-6th': 3, '7th-8th': 4, '9th': 5, '10th': 6, '11th': 7, '12th': 8,
  'HS-grad': 9, 'Some-college': 10, 'Assoc-voc': 11, 'Assoc-acdm': 12, Bachelors: 13, Masters: 14, 'Prof-school': 15, Doctorate: 16,
};

testWithShared('Mondrian on Adult, strict and relaxed: the reference program\'s classes and penalty', 'vectors/kanon/mondrian-golden.json', (file) => {
  const data = join(dirname(file), '../../data/tables/adult/adult.csv');
  if (!existsSync(data)) return;
  const [header, ...rows] = csv(data);
  const column = (field: string): string[] => rows.map((row) => row[header!.indexOf(field)]!);
  const coded = (values: readonly string[]): number[] => {
    const seen = new Map<string, number>();
    return values.map((value) => {
      if (!seen.has(value)) seen.set(value, seen.size);
      return seen.get(value)!;
    });
  };
  const columns = [column('age').map(Number), coded(column('workclass')), column('education').map((name) => YEARS[name]!), ...['marital-status', 'occupation', 'race', 'sex', 'native-country'].map((field) => coded(column(field)))];
  const golden = JSON.parse(readFileSync(file, 'utf8')) as { mode: 'strict' | 'relaxed'; k: number; partitions: number; ncp_percent: number; size_hist: Record<string, number> }[];
  for (const { mode, k, partitions, ncp_percent, size_hist } of golden) {
    const result = mondrian(columns, { k, mode, spans: 'cuts' });
    expect(result.classes).toBe(partitions);
    expect(result.ncp * 100).toBeCloseTo(ncp_percent, 9);
    const sizes = new Map<number, number>();
    for (const c of result.classOf) sizes.set(c, (sizes.get(c) ?? 0) + 1);
    const histogram: Record<string, number> = {};
    for (const size of sizes.values()) histogram[size] = (histogram[size] ?? 0) + 1;
    expect(histogram).toEqual(size_hist);
  }
});
