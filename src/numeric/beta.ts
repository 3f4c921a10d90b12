import { deviance, stirlingError } from './gamma.js';

/**
 * The regularized incomplete beta function I_x(a, b): P[X <= x] for a Beta(a, b) law, a and b above 0.
 *
 * R's `pbeta(x, a, b)`, scipy's `betainc(a, b, x)`. Continued fraction of NIST DLMF 8.17.22, with the factor in front
 * of it in Loader's form, which keeps its digits for large a and b. For the upper tail swap: `betaCdf(1 - x, b, a)`.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x <= (a + 1) / (a + b + 2) ? lowerTail(x, 1 - x, a, b) : 1 - lowerTail(1 - x, x, b, a);
}

/**
 * The x with I_x(a, b) = p. R's `qbeta(p, a, b)`.
 *
 * Newton's steps on ln I as a function of ln x, where the left tail is a straight line, within a bracket that is
 * halved (in ln x) where they fail.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0)) return NaN;
  if (p === 0 || p === 1) return p;
  let low = -745;
  let high = 0;
  let t = Math.log(a / (a + b));
  for (let i = 0; i < 200; i++) {
    const x = Math.exp(t);
    const value = betaCdf(x, a, b);
    if (value > p) high = t;
    else low = t;
    let next = t - ((Math.log(value) - Math.log(p)) * value * (1 - x)) / power(x, 1 - x, a, b);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (Math.abs(next - t) <= 1e-16) return Math.exp(next);
    t = next;
  }
  return Math.exp(t);
}

/** x^a y^b / B(a, b), for x + y = 1. */
function power(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const scale = Math.sqrt((a / n) * (b / (2 * Math.PI)));
  return scale * Math.exp(stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y));
}

function lowerTail(x: number, y: number, a: number, b: number): number {
  const front = power(x, y, a, b) / a;
  if (front === 0) return 0;
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 1e6; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}

function notZero(x: number): number {
  return x === 0 ? 1e-300 : x;
}
