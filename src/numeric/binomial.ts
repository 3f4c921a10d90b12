import { deviance, stirlingError } from './gamma.js';

/**
 * P[X = k] for a Binomial(n, p) law, given p and 1 - p apart so that both keep their digits. R's `dbinom(k, n, p)`.
 * C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
export function binomialMass(k: number, n: number, p: number, notP: number): number {
  if (k < 0 || k > n) return 0;
  if (k === 0) return notP < 0.5 ? notP ** n : Math.exp(n * Math.log1p(-p));
  if (k === n) return p < 0.5 ? p ** n : Math.exp(n * Math.log1p(-notP));
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * notP);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
