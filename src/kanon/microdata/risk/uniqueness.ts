import { logGamma } from '../../../numeric/index.js';
import { pitman } from './pitman.js';
import type { SizeHistogram } from '../models/model.js';
import type { UniquenessEstimator } from '../models/spec.js';

/**
 * How many people in a population of `populationSize` are alone in their class, estimated from the class sizes of a
 * sample. No sample unique: 0. An estimator without a solution gives NaN, which no threshold accepts.
 */
export function uniquenessEstimate(estimator: UniquenessEstimator, sizes: SizeHistogram, populationSize: number): number {
  const singles = countOf(sizes, 1);
  if (singles === 0) return 0;
  const fraction = Math.min(1, sizes.rows / populationSize);
  if (fraction === 1) return singles;
  switch (estimator) {
    case 'pitman':
      return pitman(sizes, populationSize);
    case 'zayatz':
      return zayatz(sizes, populationSize);
    case 'snb':
      return slidNegativeBinomial(sizes, populationSize);
    case 'dankar':
      return dankar(sizes, populationSize, fraction);
  }
}

/** Dankar et al. 2012: up to a tenth sampled Pitman's estimate (Zayatz's where it has none), above it the smaller of SNB's and Zayatz's. */
function dankar(sizes: SizeHistogram, populationSize: number, fraction: number): number {
  const zayatzEstimate = zayatz(sizes, populationSize);
  const first = fraction <= 0.1 ? pitman(sizes, populationSize) : slidNegativeBinomial(sizes, populationSize);
  if (Number.isNaN(first)) return zayatzEstimate;
  return fraction <= 0.1 ? first : Math.min(first, zayatzEstimate);
}

function countOf({ sizes, counts }: SizeHistogram, size: number): number {
  const at = sizes.indexOf(size);
  return at < 0 ? 0 : counts[at]!;
}

/** Zayatz 1991: a sample unique is a population unique with a probability by Bayes' rule over class sizes. */
export function zayatz(histogram: SizeHistogram, populationSize: number): number {
  const { classes: u, rows: n, sizes, counts } = histogram;
  const c1 = countOf(histogram, 1);
  let total = 0;
  let own = 0;
  for (let i = 0; i < sizes.length; i++) {
    const p = (counts[i]! / u) * drawOne(populationSize, sizes[i]!, n);
    total += p;
    if (sizes[i] === 1) own = p;
  }
  return total === 0 ? NaN : (c1 * (own / total)) / (n / populationSize);
}

/** The probability that exactly one of j marked among N is drawn in n draws without replacement. */
function drawOne(N: number, j: number, n: number): number {
  if (n - 1 > N - j) return 0;
  return Math.exp(Math.log(j) + logChoose(N - j, n - 1) - logChoose(N, n));
}

const logChoose = (a: number, b: number): number => logGamma(a + 1) - logGamma(b + 1) - logGamma(a - b + 1);

/**
 * Slid negative binomial (Chen and Keller-McNulty 1998), from expectations of the numbers of classes of one and two
 * rows worked out anew: ARX 3.9.2 has two slips in them and finds no root.
 */
export function slidNegativeBinomial(histogram: SizeHistogram, populationSize: number): number {
  const f = histogram.rows / populationSize;
  const c1 = countOf(histogram, 1);
  const c2 = countOf(histogram, 2);
  if (c1 === 0 || c2 === 0) return NaN;
  const K = haasStokes(histogram, f, c1);
  if (!Number.isFinite(K) || K <= 0) return NaN;
  // Expected numbers of classes of one and of two rows, by what was seen: both are to be 1.
  const misfit = (a: number, b: number): readonly [number, number] => {
    const d = (1 - f) * (1 - b);
    const ones = K * f * (b / (1 - d)) ** a * (1 + (a * d) / (1 - d));
    const twos = ((K * f * f) / 2) * ((a * (1 - b) * b ** a * (2 - (1 - a) * d)) / (1 - d) ** (a + 2));
    return [Math.log(ones / c1), Math.log(twos / c2)];
  };
  const size = ([x, y]: readonly [number, number]): number => (Number.isFinite(x + y) ? x * x + y * y : Infinity);
  let best = { a: NaN, b: NaN, size: Infinity };
  for (let i = 0; i <= 90; i++) {
    for (let j = 1; j < 100; j++) {
      const a = 10 ** (i / 18 - 2.5);
      const found = size(misfit(a, j / 100));
      if (found < best.size) best = { a, b: j / 100, size: found };
    }
  }
  // Steps by the secant slopes in log a and logit b, halved until they help.
  for (let step = 0; step < 200 && best.size > 1e-20; step++) {
    const u = Math.log(best.a);
    const v = Math.log(best.b / (1 - best.b));
    const at = (x: number, y: number): readonly [number, number] => misfit(Math.exp(x), 1 / (1 + Math.exp(-y)));
    const [r1, r2] = at(u, v);
    const h = 1e-6;
    const [p1, p2] = at(u + h, v);
    const [q1, q2] = at(u, v + h);
    const [j11, j12, j21, j22] = [(p1 - r1) / h, (q1 - r1) / h, (p2 - r2) / h, (q2 - r2) / h];
    const det = j11 * j22 - j12 * j21;
    if (!Number.isFinite(det) || det === 0) break;
    const du = (-r1 * j22 + r2 * j12) / det;
    const dv = (-r2 * j11 + r1 * j21) / det;
    let factor = 1;
    let next = best;
    while (factor > 1e-8 && next === best) {
      const found = size(at(u + factor * du, v + factor * dv));
      if (found < best.size) next = { a: Math.exp(u + factor * du), b: 1 / (1 + Math.exp(-(v + factor * dv))), size: found };
      factor /= 2;
    }
    if (next === best) break;
    best = next;
  }
  return best.size > 1e-12 ? NaN : Math.min(populationSize, K * best.b ** best.a);
}

/** Haas and Stokes 1998: the number of classes in the population. */
function haasStokes({ classes: u, sizes, counts }: SizeHistogram, f: number, c1: number): number {
  let a = 0, b = 0, c = 0, d = 0;
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!;
    const count = counts[i]!;
    const missed = (1 - f) ** size;
    a += size * f * f * (1 - f * f) ** (size - 1) * count;
    b += missed * ((1 + f) ** size - 1) * count;
    c += missed * count;
    d += size * f * (1 - f) ** (size - 1) * count;
  }
  return u + c1 * (a / b) * (c / d) ** 2;
}
