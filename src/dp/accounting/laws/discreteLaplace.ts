/*
 * The discrete Laplace law of scale b on the integers: P[X = k] = tanh(1 / (2 b)) exp(-|k| / b).
 * C. Canonne, G. Kamath, T. Steinke, "The discrete Gaussian for differential privacy" (2020), section 5.2;
 * the two-sided geometric law of A. Ghosh, T. Roughgarden, M. Sundararajan (2009) with alpha = exp(-1 / b).
 */

/** P[X = k]. */
export function discreteLaplaceMass(scale: number, k: number): number {
  return Math.tanh(0.5 / scale) * Math.exp(-Math.abs(k) / scale);
}

/** P[X >= k]. */
export function discreteLaplaceSurvival(scale: number, k: number): number {
  if (k <= 0) return 1 - discreteLaplaceSurvival(scale, 1 - k);
  return Math.exp(-k / scale) / (1 + Math.exp(-1 / scale));
}

/** The variance, `2 q / (1 - q)^2` with `q = exp(-1 / scale)`: a little below `2 scale^2`. */
export function discreteLaplaceVariance(scale: number): number {
  const s = Math.sinh(0.5 / scale);
  return 1 / (2 * s * s);
}
