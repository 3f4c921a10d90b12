import { erf, scaledErfc } from './errorFunction.js';

const rootHalf = Math.SQRT1_2;
const rootHalfPi = 1.2533141373155003;
const inverseRoot2Pi = 0.3989422804014327;

/** The density of the standard normal law at x. */
export function normalDensity(x: number): number {
  return inverseRoot2Pi * expMinusHalfSquare(Math.abs(x));
}

/**
 * P[Z <= x] for a standard normal Z, accurate in relative terms in the left tail.
 *
 * The same as R's `pnorm(x)` and scipy's `norm.cdf(x)`. NIST DLMF 7.2, 7.18.
 */
export function normalCdf(x: number): number {
  return normalSurvival(-x);
}

/**
 * P[Z > x] for a standard normal Z, accurate in relative terms in the right tail.
 *
 * R's `pnorm(x, lower.tail = FALSE)`, scipy's `norm.sf(x)`.
 */
export function normalSurvival(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Math.abs(x) < 0.66) return 0.5 - 0.5 * erf(x * rootHalf);
  const y = Math.abs(x);
  const tail = y > 40 ? 0 : 0.5 * expMinusHalfSquare(y) * scaledErfc(y * rootHalf);
  return x > 0 ? tail : 1 - tail;
}

/** Mills' ratio P[Z > x] / density(x), for x >= 0: about 1 / x for large x. */
export function millsRatio(x: number): number {
  return rootHalfPi * scaledErfc(x * rootHalf);
}

/**
 * The x with P[Z <= x] = p. R's `qnorm(p)`, scipy's `norm.ppf(p)`.
 *
 * For a p close to 1 give the other tail to `normalUpperQuantile`, which keeps its digits.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  return p <= 0.5 ? 0 - normalUpperQuantile(p) : normalUpperQuantile(1 - p);
}

/** The x with P[Z > x] = p, for p from 0 to 1; Halley steps on the logarithm of the survival function. */
export function normalUpperQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return Infinity;
  if (p === 1) return -Infinity;
  if (p > 0.5) return -normalUpperQuantile(1 - p);
  if (p > 0.25) return centralQuantile(0.5 - p);
  // Starting value of Hastings, Abramowitz and Stegun 26.2.23: error below 4.5e-4.
  const t = Math.sqrt(-2 * Math.log(p));
  let x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  const target = Math.log(p);
  for (let i = 0; i < 2; i++) {
    // f = ln Q(x) - ln p; f' = -1/R, f'' = (x - 1/R) / R with Mills' ratio R.
    const ratio = millsRatio(x);
    const f = Math.log(inverseRoot2Pi * ratio) - (0.5 * x) * x - target;
    const step = -f * ratio;
    x -= step / (1 + 0.5 * step * (x - 1 / ratio));
  }
  return x;
}

/** The x with P[0 < Z <= x] = p for small p: Newton on erf, which keeps the relative accuracy of p. */
function centralQuantile(p: number): number {
  let y = p / inverseRootPi;
  for (let i = 0; i < 5; i++) y -= ((erf(y) - 2 * p) / (2 * inverseRootPi)) * Math.exp(y * y);
  return y / rootHalf;
}

const inverseRootPi = 0.5641895835477563;

/** exp(-x^2 / 2) for x >= 0, with x split so that the large part of the square is exact. */
function expMinusHalfSquare(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}
