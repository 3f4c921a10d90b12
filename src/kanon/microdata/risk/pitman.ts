import { digamma, findRoot, logGamma, trigamma } from '../../../numeric/index.js';
import type { SizeHistogram } from '../models/model.js';

/** First and second derivatives of the log-likelihood by theta and alpha. */
interface Slopes {
  gt: number;
  ga: number;
  tt: number;
  ta: number;
  aa: number;
}

/**
 * Pitman's sampling formula (Hoshino 2001): theta and alpha by maximum likelihood. NaN: no largest value was found.
 *
 * Newton's steps, damped until they go uphill inside the region where the formula is a law: plain ones, as in ARX, may
 * end at its edge, with far too few uniques.
 */
export function pitman(histogram: SizeHistogram, populationSize: number): number {
  const start = startOf(histogram);
  if (start === undefined) return NaN;
  const edge = uniquesWithoutAlpha(histogram);
  if (edge !== undefined) return Math.min(populationSize, edge);
  let { theta, alpha } = start;
  let height = likelihood(theta, alpha, histogram);
  let damping = 0;
  for (let step = 0; step < 500 && damping < 1e12; step++) {
    const { gt, ga, tt, ta, aa } = slopesAt(theta, alpha, histogram);
    const downT = tt - damping * Math.abs(tt);
    const downA = aa - damping * Math.abs(aa);
    const det = downT * downA - ta * ta;
    const dt = (-gt * downA + ga * ta) / det;
    const da = (-downT * ga + ta * gt) / det;
    const inside = downT < 0 && det > 0 && alpha + da > 0 && alpha + da < 1 && theta + dt > -(alpha + da);
    const next = inside ? likelihood(theta + dt, alpha + da, histogram) : NaN;
    if (!(next >= height - 1e-12 * Math.abs(height))) {
      damping = Math.max(1e-3, damping * 4);
      continue;
    }
    theta += dt;
    alpha += da;
    height = next;
    if (damping === 0 && Math.abs(dt) <= 1e-9 * Math.max(1, Math.abs(theta)) && Math.abs(da) <= 1e-10) {
      return Math.min(populationSize, Math.exp(logGamma(theta + 1) - logGamma(theta + alpha) + alpha * Math.log(populationSize)));
    }
    damping = damping < 1e-2 ? 0 : damping / 8;
  }
  return NaN;
}

/** Hoshino's first guess, or one inside the region. Undefined: no row is alone, or there is one class. */
function startOf({ classes: u, rows: n, sizes, counts }: SizeHistogram): { readonly theta: number; readonly alpha: number } | undefined {
  const countOf = (size: number): number => counts[sizes.indexOf(size)] ?? 0;
  const c1 = countOf(1);
  if (c1 === 0 || u < 2) return undefined;
  // Without a class of two rows, as if there were one.
  const c = (c1 * (c1 - 1)) / Math.max(1, countOf(2));
  const theta = (n * u * c - c1 * (n - 1) * (2 * u + c)) / (2 * c1 * u + c1 * c - n * c);
  const alpha = (theta * (c1 - n) + (n - 1) * c1) / (n * u);
  const inside = alpha > 0 && alpha < 1 && theta > -alpha && theta < Infinity;
  return inside ? { theta, alpha } : { theta: 1, alpha: Math.min(0.9, Math.max(0.05, c1 / u)) };
}

/** Where alpha = 0 is likeliest (Ewens's formula): the number of uniques is theta, whatever the population. Undefined: it is not. */
function uniquesWithoutAlpha({ classes, rows, sizes, counts }: SizeHistogram): number | undefined {
  if (classes >= rows) return undefined;
  // theta with as many classes to be expected as there are: more with more of it, and too many at the square of the rows.
  const tooMany = (log: number): number => Math.exp(log) * (digamma(rows + Math.exp(log)) - digamma(Math.exp(log))) - classes;
  const theta = Math.exp(findRoot(tooMany, -20, 2 * Math.log(rows), 1e-13));
  let slope = (classes * (classes - 1)) / (2 * theta);
  sizes.forEach((size, i) => (slope -= counts[i]! * (digamma(size) - digamma(1))));
  return slope <= 0 ? theta : undefined;
}

function likelihood(theta: number, alpha: number, { classes, rows, sizes, counts }: SizeHistogram): number {
  let sum = logGamma(1 + theta) - logGamma(rows + theta);
  const x = theta / alpha;
  if (x <= 100 * classes) sum += (classes - 1) * Math.log(alpha) + logGamma(classes + x) - logGamma(1 + x);
  else for (let i = 1; i < classes; i++) sum += Math.log(theta + i * alpha);
  const first = logGamma(1 - alpha);
  for (let i = 0; i < sizes.length; i++) if (sizes[i] !== 1) sum += counts[i]! * (logGamma(sizes[i]! - alpha) - first);
  return sum;
}

/** The log-likelihood is sum ln(theta + i alpha) over classes, minus sum ln(theta + i) over rows, plus sum ln(j - alpha) within classes. */
function slopesAt(theta: number, alpha: number, { classes, rows, sizes, counts }: SizeHistogram): Slopes {
  const slopes = classSlopes(theta, alpha, classes);
  slopes.gt -= digamma(rows + theta) - digamma(1 + theta);
  slopes.tt += trigamma(1 + theta) - trigamma(rows + theta);
  const first = digamma(1 - alpha);
  const second = trigamma(1 - alpha);
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] === 1) continue;
    slopes.ga -= counts[i]! * (digamma(sizes[i]! - alpha) - first);
    slopes.aa -= counts[i]! * (second - trigamma(sizes[i]! - alpha));
  }
  return slopes;
}

/** Sums over i below `classes` of 1 / (theta + i alpha) and its kin: one by one where the closed forms would cancel. */
function classSlopes(theta: number, alpha: number, classes: number): Slopes {
  const x = theta / alpha;
  if (classes < 64 || x > 100 * classes) {
    const sums: Slopes = { gt: 0, ga: 0, tt: 0, ta: 0, aa: 0 };
    for (let i = 1; i < classes; i++) {
      const d = theta + i * alpha;
      sums.gt += 1 / d;
      sums.ga += i / d;
      sums.tt -= 1 / (d * d);
      sums.ta -= i / (d * d);
      sums.aa -= (i * i) / (d * d);
    }
    return sums;
  }
  const gt = (digamma(classes + x) - digamma(1 + x)) / alpha;
  const squares = (trigamma(1 + x) - trigamma(classes + x)) / (alpha * alpha);
  const ga = (classes - 1 - theta * gt) / alpha;
  const mixed = (gt - theta * squares) / alpha;
  return { gt, ga, tt: -squares, ta: -mixed, aa: -(ga - theta * mixed) / alpha };
}
