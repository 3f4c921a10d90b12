import { logGamma } from '../../../numeric/index.js';
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

/** Pitman's sampling formula (Hoshino 2001): theta and alpha by maximum likelihood, Newton's method. */
export function pitman(histogram: SizeHistogram, populationSize: number): number {
  const { classes: u, rows: n, sizes, counts } = histogram;
  const c1 = countOf(histogram, 1);
  const c2 = countOf(histogram, 2);
  if (c1 === 0 || c2 === 0 || u < 2) return NaN;
  const c = (c1 * (c1 - 1)) / c2;
  let theta = (n * u * c - c1 * (n - 1) * (2 * u + c)) / (2 * c1 * u + c1 * c - n * c);
  let alpha = (theta * (c1 - n) + (n - 1) * c1) / (n * u);
  if (!Number.isFinite(theta) || !Number.isFinite(alpha) || alpha <= 0 || alpha >= 1 || theta <= -alpha) {
    alpha = Math.min(0.9, Math.max(0.05, c1 / u));
    theta = 1;
  }
  for (let step = 0; step < 500; step++) {
    let gt = 0, ga = 0, tt = 0, ta = 0, aa = 0;
    for (let i = 1; i < u; i++) {
      const d = theta + i * alpha;
      gt += 1 / d;
      ga += i / d;
      tt -= 1 / (d * d);
      ta -= i / (d * d);
      aa -= (i * i) / (d * d);
    }
    for (let i = 1; i < n; i++) {
      const d = theta + i;
      gt -= 1 / d;
      tt += 1 / (d * d);
    }
    // Sum over classes of the sum over j below the size: each j counts the classes that are larger.
    let larger = u;
    let at = 0;
    const most = sizes[sizes.length - 1] ?? 0;
    for (let j = 1; j < most; j++) {
      while (at < sizes.length && sizes[at]! <= j) larger -= counts[at++]!;
      const d = j - alpha;
      ga -= larger / d;
      aa -= larger / (d * d);
    }
    const det = tt * aa - ta * ta;
    if (!Number.isFinite(det) || det === 0) return NaN;
    let dt = (-gt * aa + ga * ta) / det;
    let da = (-tt * ga + ta * gt) / det;
    // Half steps back into the region where the formula is a law.
    for (let half = 0; half < 60 && !(alpha + da > 0 && alpha + da < 1 && theta + dt > -(alpha + da)); half++) {
      dt /= 2;
      da /= 2;
    }
    theta += dt;
    alpha += da;
    if (Math.abs(dt) <= 1e-9 * Math.max(1, Math.abs(theta)) && Math.abs(da) <= 1e-10) {
      const uniques = Math.exp(logGamma(theta + 1) - logGamma(theta + alpha) + alpha * Math.log(populationSize));
      return alpha > 0 && alpha < 1 ? Math.min(populationSize, uniques) : NaN;
    }
  }
  return NaN;
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
  const d = (b: number): number => (1 - f) * (1 - b);
  // With b given, the expected ratio of pairs to singles determines a by halving; then the singles determine b.
  const singles = (a: number, b: number): number => K * f * (b / (1 - d(b))) ** a * (1 + (a * d(b)) / (1 - d(b)));
  const pairs = (a: number, b: number): number => ((K * f * f) / 2) * ((a * (1 - b) * b ** a * (2 - (1 - a) * d(b))) / (1 - d(b)) ** (a + 2));
  const solveA = (b: number): number => {
    let low = 1e-9;
    let high = 1e3;
    if (singles(low, b) < c1 || singles(high, b) > c1) return NaN;
    for (let i = 0; i < 200; i++) {
      const a = Math.sqrt(low * high);
      if (singles(a, b) > c1) low = a;
      else high = a;
    }
    return Math.sqrt(low * high);
  };
  const gap = (b: number): number => {
    const a = solveA(b);
    return Number.isNaN(a) ? NaN : pairs(a, b) - c2;
  };
  // A sign change of the gap along b, found on a grid and narrowed by halving.
  let left = NaN;
  let leftGap = NaN;
  for (let i = 1; i < 400; i++) {
    const b = i / 400;
    const g = gap(b);
    if (!Number.isNaN(g) && !Number.isNaN(leftGap) && Math.sign(g) !== Math.sign(leftGap)) {
      let low = left;
      let high = b;
      for (let step = 0; step < 100; step++) {
        const middle = (low + high) / 2;
        if (Math.sign(gap(middle)) === Math.sign(leftGap)) low = middle;
        else high = middle;
      }
      const root = (low + high) / 2;
      return Math.min(populationSize, K * root ** solveA(root));
    }
    if (!Number.isNaN(g)) {
      left = b;
      leftGap = g;
    }
  }
  return NaN;
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
