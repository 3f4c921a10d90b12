/** ln(exp(a) + exp(b)), without overflow. */
export function logAddExp(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === -Infinity || high === Infinity) return high;
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** ln of the sum of exp(x), without overflow; -Infinity for no terms. */
export function logSumExp(terms: Iterable<number>): number {
  const all = Array.from(terms);
  let high = -Infinity;
  for (const x of all) if (x > high || Number.isNaN(x)) high = x;
  if (!Number.isFinite(high)) return high;
  let sum = 0;
  for (const x of all) sum += Math.exp(x - high);
  return high + Math.log(sum);
}

/** ln(1 - exp(-x)) for x > 0, with its digits at both ends (M. Mächler, "Accurately computing log(1 - exp(-|a|))", 2012). */
export function log1mExp(x: number): number {
  return x <= Math.LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x));
}

/** ln(exp(a) - exp(b)) for a >= b. */
export function logSubExp(a: number, b: number): number {
  if (a === b) return -Infinity;
  return b === -Infinity ? a : a + log1mExp(a - b);
}
