import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testWithShared } from '../support/shared.js';

interface Result {
  readonly cases: number;
  readonly passed: number;
  readonly skipped: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
}
interface Runner {
  readonly RUNNERS: Readonly<Record<string, unknown>>;
  readonly Tally: new () => { result(): Result };
  library(load: (path: string) => Promise<unknown>): Promise<unknown>;
  runFile(name: string, data: unknown, tally: unknown, lib: unknown): void;
}

// The same registry that `npm run measure -- vectors` runs on the built package, here on the sources.
const runner = (await import(new URL('../../bench/vectors.mjs', import.meta.url).href)) as Runner;
const lib = await runner.library((path) => import(new URL(`../../src/${path.replace(/\.js$/u, '.ts')}`, import.meta.url).href));

function runData(name: string, data: unknown): Result {
  const tally = new runner.Tally();
  runner.runFile(name, data, tally, lib);
  return tally.result();
}

/** How many cases of each file must at least be run and pass, so that a registry which skips all of them is noticed. */
const least: Readonly<Record<string, number>> = {
  'analytic_gaussian.json': 148,
  'audit_clopper_pearson.json': 18,
  'composition_theorems.json': 32,
  'confidence_intervals.json': 4,
  'discrete_gaussian.json': 22,
  'discrete_laplace.json': 7,
  'discrete_vs_analytic_gaussian.json': 7,
  'dp_accounting_tests.json': 470,
  'google_cc_partition_selection.json': 320,
  'google_go_tests.json': 400,
  'local_dp_amplification.json': 25,
  'opendp_tests.json': 19,
  'partition_selection_optimal.json': 19,
  'pld_composition.json': 20,
  'rdp.json': 69,
  'selection.json': 18,
  'thresholds.json': 120,
  'topk_noise.json': 20,
  'zcdp_to_approxdp.json': 50,
};

for (const name of Object.keys(runner.RUNNERS)) {
  testWithShared(`reference cases of ${name}`, `vectors/dp/${name}`, (file) => {
    const data = JSON.parse(readFileSync(file, 'utf8')) as { rows: unknown[] };
    // Composition of a thousand releases takes its time: every eighth row here, all of them in the measurement.
    if (name === 'pld_composition.json') data.rows = data.rows.filter((_, i) => i % 8 === 3);
    const result = runData(name, data);
    expect(result.failed).toEqual([]);
    expect(result.passed + result.skipped).toBe(result.cases);
    expect(result.passed).toBeGreaterThanOrEqual(least[name] ?? 0);
  });
}

test('a wrong expectation fails, a file without a runner is skipped with its reason', () => {
  const right = { sigma: [{ epsilon: 1, delta: 1e-6, sigma: 4.224678889326835 }], delta: [] };
  expect(runData('analytic_gaussian.json', right)).toMatchObject({ cases: 1, passed: 1, failed: [] });
  const wrong = runData('analytic_gaussian.json', { sigma: [{ epsilon: 1, delta: 1e-6, sigma: 4.2246788892 }], delta: [] });
  expect(wrong).toMatchObject({ cases: 1, passed: 0 });
  expect(wrong.failed[0]).toContain('expected 4.2246788892');
  expect(runData('unknown.json', {})).toMatchObject({ cases: 1, skipped: 1, reasons: { 'no runner for unknown.json': 1 } });
});
