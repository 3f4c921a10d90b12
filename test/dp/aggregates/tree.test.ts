import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noiseMass } from '../../../src/dp/accounting/laws/noiseLaw.js';
import { addUp, consistentLeaves, cutAt, levelsOf } from '../../../src/dp/aggregates/shapes/tree.js';
import { weightedReach } from '../../../src/dp/aggregates/shapes/weightedTail.js';

const leavesArb = fc.constantFrom(1, 2, 15, 16, 17, 40, 255, 256, 257, 300);
const width = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);
/** The leaves under each node, by the place of the node. */
const under = (sizes: readonly number[]): readonly (readonly [number, number])[] =>
  sizes.flatMap((size, level) => Array.from({ length: size }, (_, i) => [i * 16 ** level, Math.min(sizes[0]!, (i + 1) * 16 ** level)] as const));

describe('the tree of counts', () => {
  test('upper nodes are the sums of the leaves under them', () => {
    fc.assert(
      fc.property(leavesArb, fc.infiniteStream(fc.nat({ max: 99 })), (leaves, dice) => {
        const sizes = levelsOf(leaves);
        const out = new Float64Array(width(sizes));
        for (let i = 0; i < leaves; i++) out[i] = dice.next().value as number;
        addUp(out, 0, sizes);
        under(sizes).forEach(([from, to], node) => expect(out[node]).toBe(out.slice(from, to).reduce((a, b) => a + b, 0)));
      }),
    );
  });

  test('the fitted leaves solve the normal equations: at every leaf the residuals of the nodes above it sum to zero', () => {
    fc.assert(
      fc.property(leavesArb, fc.infiniteStream(fc.integer({ min: -50, max: 50 })), (leaves, dice) => {
        const sizes = levelsOf(leaves);
        const noisy = Float64Array.from({ length: width(sizes) }, () => dice.next().value as number);
        const fitted = consistentLeaves(noisy, sizes);
        const nodes = under(sizes);
        const residuals = nodes.map(([from, to], node) => noisy[node]! - fitted.slice(from, to).reduce((a, b) => a + b, 0));
        for (let leaf = 0; leaf < leaves; leaf++) {
          const sum = nodes.reduce((total, [from, to], node) => total + (from <= leaf && leaf < to ? residuals[node]! : 0), 0);
          expect(Math.abs(sum)).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a cut takes each leaf once, on its side', () => {
    for (const leaves of [2, 16, 17, 40, 257, 300]) {
      const sizes = levelsOf(leaves);
      const nodes = under(sizes);
      for (let at = 1; at < leaves; at++) {
        const { before, after } = cutAt(at, sizes);
        const taken = (list: readonly number[]) => list.flatMap((node) => Array.from({ length: nodes[node]![1] - nodes[node]![0] }, (_, i) => nodes[node]![0] + i)).sort((a, b) => a - b);
        expect(taken(before)).toEqual(Array.from({ length: at }, (_, i) => i));
        expect(taken(after)).toEqual(Array.from({ length: leaves - at }, (_, i) => at + i));
        expect(Math.max(before.length, after.length)).toBeLessThanOrEqual(16 * sizes.length);
      }
    }
  });
});

describe('the tail of a weighted sum of noises', () => {
  /** P[|sum| > reach] by convolution of the exact law, for weights in halves. */
  const tail = (noise: Parameters<typeof weightedReach>[0], a: number, x: number, b: number, y: number, reach: number): number => {
    let law = new Map([[0, 1]]);
    for (const weight of [...Array.from({ length: a }, () => 2 * x), ...Array.from({ length: b }, () => -2 * y)]) {
      const next = new Map<number, number>();
      for (const [sum, p] of law) for (let k = -60; k <= 60; k++) next.set(sum + weight * k, (next.get(sum + weight * k) ?? 0) + p * noiseMass(noise, k));
      law = next;
    }
    return [...law].reduce((sum, [value, p]) => sum + (Math.abs(value) / 2 > reach ? p : 0), 0);
  };
  test.each([{ law: 'discrete-laplace', scale: 2 }, { law: 'discrete-laplace', scale: 0.4 }, { law: 'discrete-gaussian', sigma: 4 }] as const)('%o: the bound holds and is not idle', (noise) => {
    for (const [a, x, b, y] of [[1, 0.5, 1, 0.5], [3, 0.5, 2, 0.5], [1, 1, 0, 0], [2, 0, 3, 1], [4, 0.5, 0, 0.5]] as const) {
      for (const alpha of [0.05, 1e-3, 1e-5]) {
        const reach = weightedReach(noise, a, x, b, y, alpha);
        expect(tail(noise, a, x, b, y, reach)).toBeLessThanOrEqual(alpha * (1 + 1e-9) + 1e-11);
        expect(tail(noise, a, x, b, y, reach / 4)).toBeGreaterThan(alpha);
      }
    }
  });
});
