import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { individualRisk, pitman, slidNegativeBinomial, zayatz, type SizeHistogram } from '../../../src/kanon/microdata/index.js';
import { uniquenessEstimate } from '../../../src/kanon/microdata/risk/uniqueness.js';

interface Sample {
  readonly people: number;
  readonly sizes: readonly (readonly [size: number, count: number])[];
  readonly zayatz: number;
  readonly snb: number;
  readonly pitman: number;
}

// From the definitions, with 40 digits: made by tools/derive/uniqueness.py, which shares no formula with src.
const { samples, individualRisk: risks } = JSON.parse(readFileSync(new URL('./uniqueness.json', import.meta.url), 'utf8')) as {
  readonly samples: readonly Sample[];
  readonly individualRisk: readonly (readonly [f: number, F: number, risk: number])[];
};

function histogramOf({ sizes }: Sample): SizeHistogram {
  const classes = sizes.reduce((sum, [, count]) => sum + count, 0);
  const rows = sizes.reduce((sum, [size, count]) => sum + size * count, 0);
  return { classes, rows, total: rows, sizes: sizes.map(([size]) => size), counts: sizes.map(([, count]) => count) };
}
const off = (got: number, expected: number): number => Math.abs(got / expected - 1);

test.each(samples.map((sample) => [sample.people, sample] as const))('population uniques in %d people: three estimators to 1e-9, and the rule that chooses among them', (people, sample) => {
  const sizes = histogramOf(sample);
  expect(off(zayatz(sizes, people), sample.zayatz)).toBeLessThan(1e-9);
  expect(off(slidNegativeBinomial(sizes, people), sample.snb)).toBeLessThan(1e-9);
  expect(off(pitman(sizes, people), sample.pitman)).toBeLessThan(1e-9);
  // Dankar et al. 2012: Pitman's up to a tenth sampled, above it the smaller of the other two.
  const dankar = sizes.rows / people <= 0.1 ? sample.pitman : Math.min(sample.snb, sample.zayatz);
  expect(off(uniquenessEstimate('dankar', sizes, people), dankar)).toBeLessThan(1e-9);
});

test('the samples hold both sides of the rule', () => {
  const few = samples.map((sample) => histogramOf(sample).rows / sample.people <= 0.1);
  expect(new Set(few)).toEqual(new Set([true, false]));
});

test.each(risks)('individual risk of %d rows that stand for %d people to 1e-12', (f, F, risk) => {
  expect(off(individualRisk(f, F), risk)).toBeLessThan(1e-12);
});
