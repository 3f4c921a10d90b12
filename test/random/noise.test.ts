import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noisePort } from '../../src/dp/mechanisms/port.js';
import { multiplyRational, rationalOf } from '../../src/numeric/rational.js';
import { discreteGaussian, discreteGaussianOf } from '../../src/random/discreteGaussian.js';
import { discreteLaplace, discreteLaplaceOf } from '../../src/random/discreteLaplace.js';
import { expBounds } from '../../src/random/expBounds.js';
import { HeadTable } from '../../src/random/headTable.js';
import type { IntegerSampler } from '../../src/random/integerNoise.js';
import { secureRandom } from '../../src/random/secure.js';
import { seededRandom } from '../../src/testing/seeded.js';
import { chiSquare } from '../../src/testing/statistics.js';
import { tapeRandom } from '../../src/testing/tape.js';
import { counting, gaussianMass, gaussianPmf, laplaceCdf, tally } from './support/cells.js';

// Every chi-square here fails by chance with probability 1e-9 (z > 6), and the seeds are fixed.
const WIDE = { slack: 2 ** 30, guard: 2 ** 30, rounds: 1 };
const many = (sampler: IntegerSampler, seed: string, n: number): Float64Array => sampler.fill(new Float64Array(n), seededRandom(seed));

/** Signed cells -reach … reach, or, for large scales, cells of a fifth of a scale. */
function laplaceZ(draws: Float64Array, scale: number): number {
  const step = Math.max(1, Math.floor(scale / 5));
  const edges = Array.from({ length: 81 }, (_, i) => (i - 40) * step);
  const counts = tally(draws, edges);
  const p = edges.map((edge, i) => laplaceCdf(edge, scale) - (i === 0 ? 0 : laplaceCdf(edges[i - 1] as number, scale)));
  return chiSquare(counts.slice(0, -1), p, counts.at(-1)).z;
}
function gaussianZ(draws: Float64Array, sigma: number): number {
  if (sigma <= 50) {
    const reach = Math.ceil(sigma * 6);
    const edges = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
    const counts = tally(draws, edges);
    return chiSquare(counts.slice(0, -1), gaussianPmf(sigma, reach), counts.at(-1)).z;
  }
  const step = Math.floor(sigma / 5);
  const edges = Array.from({ length: 61 }, (_, i) => (i - 30) * step);
  const counts = tally(draws, edges).slice(1, -1);
  const p = edges.slice(1).map((edge, i) => gaussianMass((edges[i] as number) + 1, edge, sigma));
  return chiSquare(counts, p, draws.length - counts.reduce((a, b) => a + b, 0)).z;
}
/** The last four bits of the magnitude, uniform up to 1e-5 at scales of 2^20 and more. */
function lowBitsZ(draws: Float64Array): number {
  const counts = new Array<number>(16).fill(0);
  for (const x of draws) (counts[Math.abs(x) % 16] as number)++;
  return chiSquare(counts, new Array<number>(16).fill(1 / 16)).z;
}

describe.each([1 / 8, 1, 10, 37.3, 2 ** 20, 2 ** 40])('discrete Laplace at scale %d', (scale) => {
  test('has the exact probabilities', () => {
    const draws = many(discreteLaplace(scale), `laplace ${scale}`, 400_000);
    expect(laplaceZ(draws, scale)).toBeLessThan(6);
    if (scale >= 2 ** 20) expect(lowBitsZ(draws)).toBeLessThan(6);
    expect(draws.some((x) => Object.is(x, -0))).toBe(false);
  });
  test('has them on the slow path as well', () => {
    const random = counting(seededRandom(`slow laplace ${scale}`));
    const draws = discreteLaplaceOf(rationalOf(scale), WIDE).fill(new Float64Array(10_000), random);
    expect(laplaceZ(draws, scale)).toBeLessThan(6);
    if (scale >= 2 ** 20) expect(lowBitsZ(draws)).toBeLessThan(6);
    expect(random.words).toBeGreaterThan(49_999); // five words a draw, where the fast path takes one (three or four at large scales)
  });
});

describe.each([1 / 8, 1 / 2, 1, 10, 15.99, 16, 37.3, 2 ** 20, 2 ** 40])('discrete Gaussian at sigma %d', (sigma) => {
  test('has the exact probabilities', () => {
    const draws = many(discreteGaussian(sigma), `gaussian ${sigma}`, 400_000);
    expect(gaussianZ(draws, sigma)).toBeLessThan(6);
    if (sigma >= 2 ** 20) expect(lowBitsZ(draws)).toBeLessThan(6);
    expect(draws.some((x) => Object.is(x, -0))).toBe(false);
  });
  test('has them on the slow path as well', () => {
    const random = counting(seededRandom(`slow gaussian ${sigma}`));
    const draws = discreteGaussianOf(multiplyRational(rationalOf(sigma), rationalOf(sigma)), WIDE).fill(new Float64Array(10_000), random);
    expect(gaussianZ(draws, sigma)).toBeLessThan(6);
    expect(random.words).toBeGreaterThan(49_999);
  });
});

test('a scale that is off by 2 % is seen by these tests (they can fail)', () => {
  expect(laplaceZ(many(discreteLaplace(10), 'planted', 400_000), 10.2)).toBeGreaterThan(6);
  expect(gaussianZ(many(discreteGaussian(10), 'planted', 400_000), 10.2)).toBeGreaterThan(6);
  expect(laplaceZ(many(discreteLaplace(2 ** 20), 'planted', 400_000), 2 ** 20 * 1.02)).toBeGreaterThan(6);
});

describe('inversion', () => {
  /** k with P[X < k] <= U < P[X <= k], by sums of 256 bits made on another road. */
  const slowPick = (num: bigint, den: bigint, square: boolean, folded: boolean, u: bigint, bits: number): number | undefined => {
    const weights: bigint[] = [];
    for (let k = 0n; ; k++) {
      const weight = expBounds(num * k * (square ? k : 1n), den, 256).lower * (folded && k > 0n ? 2n : 1n);
      if (weight < 1n << 60n) break;
      weights.push(weight);
    }
    const total = weights.reduce((a, b) => a + b, 0n);
    let sum = 0n;
    for (const [k, weight] of weights.entries()) {
      sum += weight;
      if (u * total < sum << BigInt(bits)) return k;
    }
    return undefined;
  };

  test('draws the k whose interval holds the random real, for any rate', () => {
    const rate = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n })).filter(([num, den]) => num * 600n > den);
    fc.assert(
      fc.property(rate, fc.boolean(), fc.boolean(), fc.nat({ max: 0x7fffffff }), fc.nat(0xffffffff), ([num, den], square, folded, draw, next) => {
        const table = new HeadTable({ rate: { numerator: num, denominator: den }, square, folded });
        const random = tapeRandom([next], seededRandom(1));
        const k = table.pick(draw, random);
        // With no further word read, every real that begins with these 31 bits must give the same k.
        const ends = random.read === 0 ? [BigInt(draw) << 32n, (BigInt(draw) << 32n) + 0xffffffffn] : [(BigInt(draw) << 32n) + BigInt(next)];
        for (const u of ends) expect(slowPick(num, den, square, folded, u, 63) ?? k).toBe(k);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  test('a draw on a threshold is settled by later bits, on both sides', () => {
    // scale 1, folded: P[|X| = 0] = (1 - q) / (1 + q)
    const p0 = (1 - Math.exp(-1)) / (1 + Math.exp(-1));
    const table = (): HeadTable => new HeadTable({ rate: { numerator: 1n, denominator: 1n }, square: false, folded: true });
    const tie = Math.floor(p0 * 2 ** 31);
    expect([table().pick(tie - 1, tapeRandom([])), table().pick(tie + 1, tapeRandom([]))]).toEqual([0, 1]);
    expect(table().pick(tie, tapeRandom([0, 0]))).toBe(0);
    expect(table().pick(tie, tapeRandom([0xffffffff, 0xffffffff]))).toBe(1);
  });

  test('the tail beyond the table goes on', () => {
    const table = new HeadTable({ rate: { numerator: 1n, denominator: 16n }, square: false, folded: false });
    const top = 0x7fffffff;
    // P[X >= k] = exp(-k/16): the last 2^-31 begins at k = 343.8
    expect(table.pick(top, tapeRandom([0, 0]))).toBe(343);
    expect(table.pick(top, tapeRandom([0x80000000, 0]))).toBe(Math.floor(16 * 32 * Math.LN2));
    const ones = 0xffffffff;
    expect(table.pick(top, tapeRandom([ones, ones, 0, 0]))).toBe(Math.floor(16 * 64 * Math.LN2));
    expect(table.pick(top, tapeRandom([ones, ones, ones, ones], seededRandom(1)))).toBeGreaterThan(16 * 128 * Math.LN2 - 1);
  });
});

describe('hostile scales', () => {
  const SCALE = expect.objectContaining({ code: 'TOKUMEI_NOISE_SCALE' });
  test.each([0, -0, -1, NaN, Infinity, -Infinity, 2 ** 44 + 1, 2 ** 53, 1e300, '10' as unknown as number, undefined as unknown as number])('%s is refused', (scale) => {
    expect(() => discreteLaplace(scale)).toThrowError(SCALE);
    expect(() => discreteGaussian(scale)).toThrowError(SCALE);
  });
  test('subnormal and tiny scales give zero, as they should', () => {
    const random = seededRandom('tiny');
    for (const make of [discreteLaplace, discreteGaussian]) {
      for (const scale of [5e-324, 1e-300, 1e-5]) expect([...make(scale).fill(new Float64Array(50), random)]).toEqual(new Array(50).fill(0));
    }
  });
  test('the largest scale stays within 2^53', () => {
    for (const make of [discreteLaplace, discreteGaussian]) {
      const draws = many(make(2 ** 44), 'large', 20_000);
      expect(draws.every((x) => Number.isSafeInteger(x))).toBe(true);
      expect(draws.some((x) => Math.abs(x) > 2 ** 43)).toBe(true);
    }
  });
});

describe.each([
  ['Laplace', discreteLaplace],
  ['Gaussian', discreteGaussian],
])('the kept sampler of the discrete %s law', (_name, law) => {
  const exact = (out: Float64Array): Float64Array => out.fill(0);
  test.each([2.5, 2 ** 20])('at %d cannot be made to give no noise, neither itself nor by its prototype', (scale) => {
    const sampler = law(scale);
    const prototype = Object.getPrototypeOf(sampler) as IntegerSampler;
    for (const target of [sampler, prototype]) {
      expect(() => { target.fill = exact; }).toThrow(TypeError);
      expect(() => { target.sample = () => 0; }).toThrow(TypeError);
      expect(() => Object.defineProperty(target, 'fill', { value: exact })).toThrow(TypeError);
    }
    expect(noisePort(secureRandom())[law === discreteLaplace ? 'laplace' : 'gaussian']({ values: new Float64Array(1000), sensitivity: 1, scale, sigma: scale }).some((x) => x !== 0)).toBe(true);
  });
});

test('the table behind a sampler and the port in front of it cannot be replaced either', () => {
  const table = new HeadTable({ rate: { numerator: 1n, denominator: 2n }, square: false, folded: true });
  const port = noisePort(secureRandom());
  for (const frozen of [table, port]) {
    expect(Object.isFrozen(frozen)).toBe(true);
    expect(Object.isFrozen(Object.getPrototypeOf(frozen))).toBe(true);
  }
  expect(() => { (Object.getPrototypeOf(port) as { laplace: unknown }).laplace = () => new Float64Array(1); }).toThrow(TypeError);
});
