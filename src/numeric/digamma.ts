/** The derivative of `logGamma` for x > 0, to about 1e-15 absolute or relative, whichever is larger. R's `digamma`. */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let below = 0;
  let z = x;
  while (z < 10) below += 1 / z++;
  const y = 1 / (z * z);
  // The terms B(2k) / (2k z^(2k)), enough for z >= 10 (NIST DLMF 5.11.2).
  const series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * (691 / 32760 - y / 12))))));
  return Math.log(z) - 0.5 / z - series - below;
}

/** The second derivative of `logGamma` for x > 0, to about 1e-15 absolute or relative, whichever is larger. R's `trigamma`. */
export function trigamma(x: number): number {
  if (!(x > 0)) return NaN;
  let below = 0;
  let z = x;
  for (; z < 10; z++) below += 1 / (z * z);
  const y = 1 / (z * z);
  // The terms B(2k) / z^(2k + 1) (NIST DLMF 5.15.8).
  const series = (y / z) * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * (5 / 66 - y * (691 / 2730 - (y * 7) / 6))))));
  return 1 / z + 0.5 * y + series + below;
}
