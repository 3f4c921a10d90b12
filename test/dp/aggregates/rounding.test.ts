import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Personal, Protected } from '../../../src/core/index.js';
import type { DifferentialPrivacy } from '../../../src/core/guarantee.js';
import { dpHistogram, dpMean, dpQuantiles, dpVariance, privacyBudget, publicKeys, type RandomSource } from '../../../src/dp/index.js';
import { personal } from '../../../src/table/index.js';
import { recordNoise, reveal } from '../../../src/testing/index.js';

/*
 * With so large an epsilon that noise is zero, all that intervals have to hold is rounding: of values to steps, and of units with
 * more rows than count. Values lie just off the steps, all on one side.
 */

type Row = { user: string; key: string; x: number };
const STEP = 2 ** -20;
const spend = () => privacyBudget({ unit: 'user', epsilon: 1e9 });
const keys = publicKeys(['a']);
const exact = <Line>(rows: readonly Row[], stage: (random: RandomSource) => (p: Personal<Omit<Row, 'user'>, 'user'>) => Protected<readonly Line[], DifferentialPrivacy<'user'>>) => {
  const made = reveal(recordNoise((random) => stage(random)(personal(rows, { unit: 'user', unitOf: 'user', fields: ['key', 'x'] }) as never)).result);
  return { line: made.value[0]!, accuracy: made.statement.accuracy };
};

/** Shares between the bounds, near the steps or anywhere. */
const share = fc.oneof(
  fc.record({ at: fc.integer({ min: 0, max: 2 ** 20 - 1 }), off: fc.constantFrom(0.001, 0.499, 0.501, 0.999) }).map(({ at, off }) => (at + off) * STEP),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 0.499 * STEP, 0.999 * STEP, 1 - 0.001 * STEP),
);
/** Units with few rows and with many, alike or not. */
const units = fc.array(fc.oneof(fc.array(share, { minLength: 1, maxLength: 7 }), fc.tuple(share, fc.integer({ min: 1, max: 40 })).map(([x, n]) => Array.from({ length: n }, () => x))), { minLength: 1, maxLength: 8 });
const data = fc.record({ units, rowsPerGroup: fc.integer({ min: 1, max: 5 }), range: fc.constantFrom([0, 1], [-7, 1000], [1e15, 1e15 + 2], [-3e-9, 1e-9]) });

/** The bounded rows: values in doubles as they are summed, and what each counts for. */
function bounded(drawn: { readonly units: readonly (readonly number[])[]; readonly rowsPerGroup: number; readonly range: readonly number[] }) {
  const [lower, upper] = drawn.range as [number, number];
  const rows: Row[] = [];
  const weights: number[] = [];
  drawn.units.forEach((shares, unit) => {
    for (const x of shares) {
      rows.push({ user: `u${unit}`, key: 'a', x: lower + x * (upper - lower) });
      weights.push(Math.min(1, drawn.rowsPerGroup / shares.length));
    }
  });
  const n = weights.reduce((a, b) => a + b, 0);
  // Places between the bounds, where nothing is lost far from zero.
  const places = rows.map(({ x }) => (x - lower) / (upper - lower));
  const mean = places.reduce((sum, x, i) => sum + weights[i]! * x, 0) / n;
  const variance = places.reduce((sum, x, i) => sum + weights[i]! * (x - mean) ** 2, 0) / n;
  return { rows, weights, n, lower, upper, mean, variance, common: { by: 'key', value: 'x', keys, groupsPerUnit: 1, rowsPerGroup: drawn.rowsPerGroup, lower, upper } as const };
}

describe('intervals hold rounding, with nothing else in them', () => {
  test('of means, and no more than three steps of it', () => {
    fc.assert(
      fc.property(data, (drawn) => {
        const { rows, common, lower, upper, mean } = bounded(drawn);
        const [low, high] = exact(rows, (random) => dpMean<Omit<Row, 'user'>, 'user', 'key', 'x'>({ ...common, spend: spend(), random })).line.interval;
        const truth = lower + mean * (upper - lower);
        expect(low).toBeLessThanOrEqual(truth);
        expect(high).toBeGreaterThanOrEqual(truth);
        expect(high - low).toBeLessThanOrEqual(4.1 * STEP * (upper - lower) + 2 ** -48 * Math.abs(upper));
      }),
      { numRuns: 400 },
    );
  });
  test('of means: nearly as much as there can be, half a step of each row and one more of the average', () => {
    // 39 of 40 rows a step above the other: their sum falls just short of the next multiple of 40.
    const rows = Array.from({ length: 40 }, (_, i) => ({ user: 'u', key: 'a', x: (1000 + (i > 0 ? 1 : 0) + 0.499) * STEP }));
    const { line } = exact(rows, (random) => dpMean<Omit<Row, 'user'>, 'user', 'key', 'x'>({ by: 'key', value: 'x', keys, groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: 1, spend: spend(), random }));
    const truth = rows.reduce((sum, { x }) => sum + x, 0) / 40;
    expect((truth - line.mean!) / STEP).toBeGreaterThan(1.47);
    expect(line.interval[1]).toBeGreaterThan(truth);
  });
  test('of variances: where both squares of a place are rounded down by nearly a step', () => {
    let x = 0;
    let most = 0;
    for (let i = 0; i < 200_000; i++) {
      const candidate = 0.5 + i * 1e-7;
      const off = Math.min((candidate * candidate * 2 ** 20) % 1, ((1 - candidate) ** 2 * 2 ** 20) % 1);
      if (off > most) [x, most] = [candidate, off];
    }
    expect(most).toBeGreaterThan(0.99);
    const rows = Array.from({ length: 50 }, (_, i) => ({ user: `u${i}`, key: 'a', x: i % 2 === 0 ? x : 1 - x }));
    const { line } = exact(rows, (random) => dpVariance<Omit<Row, 'user'>, 'user', 'key', 'x'>({ by: 'key', value: 'x', keys, groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: 1, spend: spend(), random }));
    expect(((x - 0.5) ** 2 - line.variance!) / STEP).toBeGreaterThan(0.98);
    expect(line.interval[1]).toBeGreaterThanOrEqual((x - 0.5) ** 2);
  });
  test('of variances', () => {
    fc.assert(
      fc.property(data, (drawn) => {
        const { rows, common, lower, upper, variance } = bounded(drawn);
        const [low, high] = exact(rows, (random) => dpVariance<Omit<Row, 'user'>, 'user', 'key', 'x'>({ ...common, spend: spend(), random })).line.interval;
        const square = (upper - lower) ** 2;
        expect(low).toBeLessThanOrEqual(variance * square * (1 + 1e-9) + 1e-14 * square);
        expect(high).toBeGreaterThanOrEqual(variance * square * (1 - 1e-9) - 1e-14 * square);
        expect(high - low).toBeLessThanOrEqual(6.1 * STEP * square);
      }),
      { numRuns: 400 },
    );
  });
  test('of the bins of a histogram: every unit counts for all its rows, or for rowsPerGroup, and a bin is within perRow for each', () => {
    fc.assert(
      fc.property(data, fc.integer({ min: 1, max: 60 }), (drawn, bins) => {
        const { rows, weights, n, lower, upper, common } = bounded({ ...drawn, range: [0, 1] });
        const { line, accuracy } = exact(rows, (random) => dpHistogram<Omit<Row, 'user'>, 'user', 'key', 'x'>({ ...common, bins, spend: spend(), random }));
        const { halfWidth, perRow } = accuracy['counts'] as { readonly halfWidth: number; readonly perRow: number };
        expect(halfWidth).toBe(0);
        expect(line.counts.reduce((a, b) => a + b, 0)).toBeCloseTo(n, 9);
        const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? upper : lower * (1 - i / bins) + upper * (i / bins)));
        line.counts.forEach((count, bin) => {
          const truth = rows.reduce((sum, { x }, i) => sum + (x >= edges[bin]! && (x < edges[bin + 1]! || (bin === bins - 1 && x === upper)) ? weights[i]! : 0), 0);
          expect(Math.abs(count - truth)).toBeLessThanOrEqual(perRow * n + 1e-9 * perRow);
        });
      }),
      { numRuns: 300 },
    );
  });
  test('of quantiles: ranks that fall on a boundary', () => {
    // Three rows in three bins, of which one counts: a third of a row in each. Before the second boundary lie two thirds, rounded down.
    const rows = [0.5, 1.5, 2.5].map((x) => ({ user: 'u', key: 'a', x }));
    const { intervals } = exact(rows, (random) => dpQuantiles<Omit<Row, 'user'>, 'user', 'key', 'x'>({ by: 'key', value: 'x', keys, groupsPerUnit: 1, rowsPerGroup: 1, edges: [0, 1, 2, 3], ranks: [1 / 3 - 1e-9, 1 / 3 + 1e-9, 0.5], spend: spend(), random })).line;
    // A rank within a step of a boundary may lie on either side of it.
    expect(intervals).toEqual([[0, 2], [0, 2], [1, 2]]);
  });
  test('a unit with rows in more bins than a row has steps still counts', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({ user: 'u', key: 'a', x: i }));
    const { line } = exact(rows, (random) => dpHistogram<Omit<Row, 'user'>, 'user', 'key', 'x'>({ by: 'key', value: 'x', keys, groupsPerUnit: 1, rowsPerGroup: 1, lower: 0, upper: 3000, bins: 3000, spend: spend(), random }));
    expect(line.counts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });
});
