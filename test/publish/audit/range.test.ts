import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Narrowed } from '../../../src/kanon/audit/sums/range.js';
import { maximize } from '../../../src/kanon/audit/sums/simplex.js';

const VARIABLES = 5;
const MOST = 4;
// An odd cycle of sums of two is where fractions and whole numbers part.
const cycle = fc.array(fc.record({ lower: fc.nat(5), width: fc.nat(1) }), { minLength: 3, maxLength: 3 }).map((sides) => sides.map((side, at) => ({ variables: [at, (at + 1) % 3], ...side })));
const loose = fc.array(
  fc.record({ variables: fc.oneof(fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }), fc.subarray([0, 1, 2, 3, 4], { minLength: 2, maxLength: 2 })), lower: fc.nat(6), width: fc.oneof(fc.constant(0), fc.nat(2), fc.constant(Infinity)) }),
  { minLength: 1, maxLength: 5 },
);
const system = fc.oneof(loose, fc.tuple(cycle, loose).map(([a, b]) => [...a, ...b.slice(0, 2)]));

describe('the range of a sum', () => {
  test('is what enumeration over whole numbers gives', () => {
    let fractional = 0;
    fc.assert(
      fc.property(system, fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }), (made, target) => {
        // Every variable is kept below MOST + 1, so that all solutions can be written down.
        const bounds = [...made.map(({ variables, lower, width }) => ({ variables, lower, upper: lower + width })), ...Array.from({ length: VARIABLES }, (_, v) => ({ variables: [v], lower: 0, upper: MOST }))];
        const sums: number[] = [];
        const go = (solution: number[]): void => {
          if (solution.length < VARIABLES) {
            for (let n = 0; n <= MOST; n++) go([...solution, n]);
            return;
          }
          const sum = (names: readonly number[]): number => names.reduce((total, v) => total + solution[v]!, 0);
          if (bounds.every(({ variables, lower, upper }) => sum(variables) >= lower && sum(variables) <= upper)) sums.push(sum(target));
        };
        go([]);
        const range = new Narrowed({ variables: VARIABLES, bounds }).range(target);
        // Where nothing fits at all, the reason may lie with variables that have nothing to do with these.
        if (sums.length > 0) expect(range).toEqual({ lower: Math.min(...sums), upper: Math.max(...sums), complete: true });
        // Told what is enough, it stops there, with a value that the sum can have.
        const narrowed = new Narrowed({ variables: VARIABLES, bounds });
        for (const enough of [1, 3, 6]) {
          const short = narrowed.range(target, enough);
          if (sums.length === 0) continue;
          if (Math.max(...sums) < enough) expect(short).toEqual(range);
          else if (short!.lower < enough) expect([short!.upper >= enough, short!.upper <= Math.max(...sums)]).toEqual([true, true]);
        }
        for (const sign of [1, -1]) {
          const relaxed = maximize(VARIABLES, bounds, new Map(target.map((v) => [v, sign])));
          const best = range === undefined ? NaN : sign * (sign > 0 ? range.upper : range.lower);
          if (typeof relaxed === 'object' && relaxed.value / relaxed.denominator !== best) fractional++;
        }
      }),
      { numRuns: 400, seed: 4 },
    );
    // Some of these need whole numbers and not only fractions, or branching is not tested at all.
    expect(fractional).toBeGreaterThan(2);
  });

  test('is open upwards where nothing bounds it, and says when numbers are too large to be exact', () => {
    expect(new Narrowed({ variables: 2, bounds: [{ variables: [0, 1], lower: 3, upper: Infinity }] }).range([0])).toEqual({ lower: 0, upper: Infinity, complete: true });
    const triangle = (n: number) => [[0, 1], [1, 2], [0, 2]].map((variables) => ({ variables, lower: n, upper: n + 1 }));
    expect(new Narrowed({ variables: 3, bounds: triangle(4) }).range([0, 1, 2])).toEqual({ lower: 6, upper: 7, complete: true });
    expect(new Narrowed({ variables: 3, bounds: triangle(2 ** 52) }).range([0, 1, 2])?.complete).toBe(false);
  });
});
