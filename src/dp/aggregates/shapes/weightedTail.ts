import type { CountNoise } from '../engine/noise.js';

/**
 * A bound that the magnitude of `a` noises times x plus `b` noises times y passes with probability at most alpha, by
 * Chernoff's inequality on the exact law: ln E[exp(t X)] = -ln(1 - (cosh t - 1) / (cosh(1 / scale) - 1)) for discrete Laplace
 * noise, and at most sigma² t² / 2 for discrete Gaussian noise (Canonne, Kamath and Steinke 2020, fact 18).
 */
export function weightedReach(noise: CountNoise, a: number, x: number, b: number, y: number, alpha: number): number {
  const log = Math.log(2 / alpha);
  if (noise.law === 'discrete-gaussian') return noise.sigma * Math.sqrt(2 * log * (a * x * x + b * y * y));
  const largest = Math.max(a > 0 ? x : 0, b > 0 ? y : 0);
  if (largest === 0) return 0;
  // 1 - (cosh t - 1) / (cosh u - 1) = sinh((u - t) / 2) sinh((u + t) / 2) / sinh(u / 2)², without cancellation.
  const u = 1 / noise.scale;
  const cumulant = (t: number): number => 2 * logSinh(u / 2) - logSinh((u - t) / 2) - logSinh((u + t) / 2);
  const reachAt = (share: number): number => {
    const t = (u * share) / largest;
    return (a * cumulant(t * x) + b * cumulant(t * y) + log) / t;
  };
  // Any t below u / largest gives a bound; golden section comes within a percent of the least.
  let [low, high] = [0.02, 0.999];
  let best = Infinity;
  for (let i = 0; i < 12; i++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    const [x1, x2] = [reachAt(left), reachAt(right)];
    best = Math.min(best, x1, x2);
    if (x1 < x2) high = right;
    else low = left;
  }
  return best;
}

const GOLDEN = 0.618033988749895;

/** ln sinh x for x > 0. */
function logSinh(x: number): number {
  return x > 20 ? x - Math.LN2 : Math.log(Math.sinh(x));
}
