import { millsRatio } from '../../../numeric/normal.js';

/*
 * The discrete Gaussian law of parameter sigma on the integers: P[X = k] proportional to exp(-k^2 / (2 sigma^2)).
 * C. Canonne, G. Kamath, T. Steinke, "The discrete Gaussian for differential privacy" (2020).
 */

/** The sum of exp(-k^2 / (2 sigma^2)) over all integers; by Poisson's summation where sigma is not small. */
export function discreteGaussianTotal(sigma: number): number {
  let sum = 1;
  if (sigma >= 1) {
    for (let j = 1; j < 4; j++) sum += 2 * Math.exp(-2 * (Math.PI * sigma * j) ** 2);
    return Math.sqrt(2 * Math.PI) * sigma * sum;
  }
  for (let k = 1; k < 40; k++) sum += 2 * Math.exp(-0.5 * (k / sigma) ** 2);
  return sum;
}

/** P[X = k]. */
export function discreteGaussianMass(sigma: number, k: number): number {
  return Math.exp(-0.5 * (k / sigma) ** 2) / discreteGaussianTotal(sigma);
}

/** P[X >= k]. */
export function discreteGaussianSurvival(sigma: number, k: number): number {
  if (k <= 0) return 1 - discreteGaussianSurvival(sigma, 1 - k);
  return discreteGaussianMass(sigma, k) * tailRatio(sigma, k);
}

/** The variance: below `sigma^2`, by less than 1e-7 of it from sigma = 1 on. */
export function discreteGaussianVariance(sigma: number): number {
  if (sigma > 3) return sigma * sigma;
  let sum = 0;
  for (let k = 1; k < 120; k++) sum += 2 * k * k * Math.exp(-0.5 * (k / sigma) ** 2);
  return sum / discreteGaussianTotal(sigma);
}

/** Below this sigma sums over the tail are taken term by term. */
const largeSigma = 64;

/** Whether Euler and Maclaurin's formula holds to 1e-13 at k: sigma large and k below 0.2 sigma^2, so that terms change slowly. */
export function isSmooth(sigma: number, k: number): boolean {
  return sigma >= largeSigma && k >= -0.5 * sigma && k < 0.2 * sigma * sigma;
}

/** P[X >= k] / P[X = k] for k >= 0: the sum of exp(-(2 k j + j^2) / (2 sigma^2)) over j >= 0. */
export function tailRatio(sigma: number, k: number): number {
  if (isSmooth(sigma, k)) return sigma * millsRatio(k / sigma) + 0.5 + correction(sigma, k / sigma);
  const factor = 1 / (2 * sigma * sigma);
  let sum = 0;
  for (let j = 0; ; j++) {
    const next = sum + Math.exp(-(2 * k + j) * j * factor);
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * Euler and Maclaurin's terms beyond the integral and the half, with Hermite's polynomials for the derivatives:
 * He1 / (12 s) - He3 / (720 s^3) + He5 / (30240 s^5) - He7 / (1209600 s^7). NIST DLMF 2.10.1.
 */
export function correction(sigma: number, x: number): number {
  const y = x * x;
  const s = 1 / sigma;
  const t = s * s;
  const he3 = x * (y - 3);
  const he5 = x * (y * (y - 10) + 15);
  const he7 = x * (y * (y * (y - 21) + 105) - 105);
  return s * (x / 12 - t * (he3 / 720 - t * (he5 / 30240 - (t * he7) / 1209600)));
}
