import { splitDouble } from './doubles.js';

/** A fraction of whole numbers in lowest terms, the denominator above zero. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The fraction `numerator / denominator`, reduced. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('rational: denominator must not be 0');
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** A finite double exactly, as the fraction that it is: 0.1 gives 3602879701896397 / 2^55. */
export function rationalOf(x: number): Rational {
  const { mantissa, exponent } = splitDouble(x);
  return exponent >= 0 ? { numerator: mantissa << BigInt(exponent), denominator: 1n } : { numerator: mantissa, denominator: 1n << BigInt(-exponent) };
}

export function addRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtractRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divideRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Below 0 when a < b, 0 when equal, above 0 when a > b. */
export function compareRational(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The double nearest to a fraction (ties to even), or the nearest one not above (`down`) or not below (`up`). */
export function rationalToDouble(value: Rational, rounding: 'nearest' | 'down' | 'up' = 'nearest'): number {
  if (value.numerator === 0n) return 0;
  const negative = value.numerator < 0n;
  const n = negative ? -value.numerator : value.numerator;
  const d = value.denominator;
  const awayFromZero = rounding === (negative ? 'down' : 'up');
  const magnitude = positiveToDouble(n, d, rounding === 'nearest' ? 'nearest' : awayFromZero ? 'up' : 'down');
  return negative ? -magnitude : magnitude;
}

function positiveToDouble(n: bigint, d: bigint, rounding: 'nearest' | 'down' | 'up'): number {
  // The exponent of the last place: so that the quotient has 53 bits, but never below the subnormals'.
  let exponent = Math.max(bitLength(n) - bitLength(d) - 53, -1074);
  let scaled = scale(n, d, exponent);
  if (scaled.quotient >> 53n !== 0n) scaled = scale(n, d, ++exponent);
  const { quotient, remainder, divisor } = scaled;
  const twice = 2n * remainder;
  const up = rounding === 'nearest' ? twice > divisor || (twice === divisor && (quotient & 1n) === 1n) : rounding === 'up' && remainder > 0n;
  if (exponent > 971) return rounding === 'down' ? Number.MAX_VALUE : Infinity;
  const result = Number(up ? quotient + 1n : quotient) * 2 ** exponent;
  return result === Infinity && rounding === 'down' ? Number.MAX_VALUE : result;
}

function scale(n: bigint, d: bigint, exponent: number): { quotient: bigint; remainder: bigint; divisor: bigint } {
  const dividend = exponent < 0 ? n << BigInt(-exponent) : n;
  const divisor = exponent > 0 ? d << BigInt(exponent) : d;
  return { quotient: dividend / divisor, remainder: dividend % divisor, divisor };
}

function bitLength(n: bigint): number {
  return n.toString(16).length * 4 - Math.clz32(Number.parseInt(n.toString(16).slice(0, 1), 16)) + 28;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}
