import { nextUp, splitDouble } from '../../numeric/doubles.js';

/** The smallest double at which Laplace noise pays for `sensitivity` within epsilon: scale * epsilon >= sensitivity in exact arithmetic. */
export function scaleFor(sensitivity: number, epsilon: number): number {
  let scale = sensitivity / epsilon;
  while (!productAtLeast(scale, epsilon, sensitivity)) scale = nextUp(scale);
  return scale;
}

function productAtLeast(a: number, b: number, c: number): boolean {
  const x = splitDouble(a);
  const y = splitDouble(b);
  const z = splitDouble(c);
  const shift = BigInt(x.exponent + y.exponent - z.exponent);
  const product = x.mantissa * y.mantissa;
  return shift >= 0n ? product << shift >= z.mantissa : product >= z.mantissa << -shift;
}
