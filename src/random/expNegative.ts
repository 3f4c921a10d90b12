/**
 * `exp(-x)` for `x >= 0` (also +Infinity), off by less than 2^-44, from + - * / alone.
 *
 * ECMA-262 leaves the quality of `Math.exp` to the engine; this has a proof instead (docs/proofs/exact-exponentials.md):
 * twelve terms of the series at x/64, squared six times.
 */
export function expNegative(x: number): number {
  if (!(x < 32)) return 0;
  const y = x * 0.015625;
  let p = 1 - y * (1 / 11);
  p = 1 - y * 0.1 * p;
  p = 1 - y * (1 / 9) * p;
  p = 1 - y * 0.125 * p;
  p = 1 - y * (1 / 7) * p;
  p = 1 - y * (1 / 6) * p;
  p = 1 - y * 0.2 * p;
  p = 1 - y * 0.25 * p;
  p = 1 - y * (1 / 3) * p;
  p = 1 - y * 0.5 * p;
  p = 1 - y * p;
  p *= p;
  p *= p;
  p *= p;
  p *= p;
  p *= p;
  return p * p;
}

/** In units of 2^-32, more than {@link expNegative} and an argument off by 2^-46 of itself can be wrong: 2^-44 + 2^-47, against 2^-42. */
export const EXP_GUARD = 0.0009765625;
