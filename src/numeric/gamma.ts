const halfLog2Pi = 0.9189385332046728;

/** ln Gamma(x) for x > 0, to about 1e-15 absolute or relative, whichever is larger. R's and scipy's `gammaln`. */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN;
  if (x === Infinity) return Infinity;
  let product = 1;
  let z = x;
  while (z < 10) product *= z++;
  return (z - 0.5) * Math.log(z) - z + halfLog2Pi + stirlingSeries(z) - Math.log(product);
}

/**
 * ln Gamma(x) minus Stirling's leading terms `(x - 1/2) ln x - x + ln(2 pi) / 2`, for x > 0, without their cancellation.
 * NIST DLMF 5.11.1; the downward recurrence is that of C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
 */
export function stirlingError(x: number): number {
  let sum = 0;
  let z = x;
  // From Gamma(z + 1) = z Gamma(z): error(z) - error(z + 1) = (z + 1/2) ln(1 + 1/z) - 1.
  while (z < 10) {
    sum += (z + 0.5) * Math.log1p(1 / z) - 1;
    z++;
  }
  return sum + stirlingSeries(z);
}

/** The terms B(2k) / (2k (2k - 1) z^(2k - 1)), enough for z >= 10. */
function stirlingSeries(z: number): number {
  const y = 1 / (z * z);
  return (
    (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y * (1 / 156 - (y * 3617) / 122400))))))) / z
  );
}

/** ln(1 + u) - u for u > -1, without cancellation near 0. */
export function log1pMinus(u: number): number {
  if (u < -0.3 || u > 0.4) return Math.log1p(u) - u;
  // With r = u / (2 + u): ln(1 + u) = 2 (r + r^3/3 + …) and u = 2r + r u, so the difference is -r u + 2 (r^3/3 + r^5/5 + …).
  const r = u / (2 + u);
  const y = r * r;
  let sum = 0;
  let term = 2 * r * y;
  for (let k = 3; ; k += 2) {
    const next = sum + term / k;
    if (next === sum) return sum - r * u;
    sum = next;
    term *= y;
  }
}

/** a ln(a / m) + m - a >= 0: how unlikely a mean of m makes a, after Loader. */
export function deviance(a: number, m: number): number {
  const u = (m - a) / a;
  return u < -0.3 || u > 0.4 ? a * Math.log(a / m) + m - a : -a * log1pMinus(u);
}

/** P[X > x] for a Gamma law of shape a and rate 1: R's `pgamma(x, a, lower.tail = FALSE)`. Relative accuracy in the right tail. */
export function gammaSurvival(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** P[X <= x] for a Gamma law of shape a and rate 1: R's `pgamma(x, a)`. Relative accuracy in the left tail. */
export function gammaCdf(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** P[X > x] for a chi-square law: R's `pchisq(x, df, lower.tail = FALSE)`. */
export function chiSquareSurvival(x: number, degreesOfFreedom: number): number {
  return gammaSurvival(degreesOfFreedom / 2, x / 2);
}

/** x^a exp(-x) / Gamma(a). */
function gammaPower(a: number, x: number): number {
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-deviance(a, x) - stirlingError(a));
}

/** DLMF 8.11.4. */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = a + 1; term > sum * 1e-17; n++) {
    term *= x / n;
    sum += term;
  }
  return gammaPower(a, x) * sum;
}

/** DLMF 8.9.2 in its even part, by Lentz's method. */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 1e7; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b || 1e-300);
    c = b + numerator / c || 1e-300;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return gammaPower(a, x) * h;
}
