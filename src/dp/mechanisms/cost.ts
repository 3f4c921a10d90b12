import { TokumeiError } from '../../core/errors.js';
import { nextDown } from '../../numeric/doubles.js';
import { divideRational, multiplyRational, rational, rationalOf, rationalToDouble, type Rational } from '../../numeric/rational.js';

/**
 * What one use of a mechanism costs, in both measures, each rounded up to the next double: what `spend` returns.
 *
 * Compose within one measure only. `epsilon` is Infinity where there is no pure guarantee (Gaussian noise).
 */
export interface MechanismCost {
  readonly epsilon: number;
  readonly rho: number;
}

/** `epsilon`-differential privacy, which is `epsilon²/2`-zCDP (Bun and Steinke 2016, proposition 1.4); `times` of it add up. */
export function pureCost(epsilon: Rational, times = 1): MechanismCost {
  return composed(epsilon, times, 2n);
}

/** `epsilon`-bounded range, which is `epsilon²/8`-zCDP (Cesar and Rogers 2021); `times` of it add up. */
export function boundedRangeCost(epsilon: Rational, times = 1): MechanismCost {
  return composed(epsilon, times, 8n);
}

function composed(epsilon: Rational, times: number, divisor: bigint): MechanismCost {
  const all = multiplyRational(epsilon, rational(BigInt(times)));
  return frozen(up(all), up(divideRational(multiplyRational(epsilon, all), rational(divisor))));
}

/** `sensitivity²/(2 sigma²)`-zCDP, and no pure guarantee. */
export function gaussianCost(sensitivity: Rational, sigma: Rational): MechanismCost {
  const ratio = divideRational(sensitivity, sigma);
  return frozen(Infinity, up(divideRational(multiplyRational(ratio, ratio), TWO)));
}

/** What is kept to be handed out again must not change in anybody's hands. */
function frozen(epsilon: number, rho: number): MechanismCost {
  return Object.freeze({ epsilon, rho });
}

/** The smallest double at which a scale pays for `sensitivity` within `epsilon`: the quotient rounded up. */
export function scaleFor(sensitivity: number, epsilon: number): number {
  return up(divideRational(rationalOf(sensitivity), rationalOf(epsilon)));
}

/** The smallest double sigma with `sensitivity²/(2 sigma²) <= rho`, in exact arithmetic. */
export function sigmaFor(sensitivity: number, rho: number): number {
  // sigma >= sensitivity / sqrt(2 rho). The root is taken of whole numbers, so that it can be rounded up exactly.
  const square = divideRational(multiplyRational(rationalOf(sensitivity), rationalOf(sensitivity)), multiplyRational(TWO, rationalOf(rho)));
  return rootUp(square);
}

/** The smallest double whose square is not below a fraction >= 0. */
export function rootUp({ numerator, denominator }: Rational): number {
  // n/d = (n d) / d²; 2^256 more keeps 128 bits or more of the root, which is rounded up once as a whole number and once as a double.
  const root = wholeRootUp((numerator * denominator) << 256n);
  let x = up(rational(root, denominator << 128n));
  const squareIsEnough = (y: number): boolean => {
    const exact = rationalOf(y);
    return exact.numerator * exact.numerator * denominator >= numerator * exact.denominator * exact.denominator;
  };
  // Rounding twice can end one double too high; it never ends too low.
  for (let lower = nextDown(x); lower > 0 && squareIsEnough(lower); lower = nextDown(x)) x = lower;
  return x;
}

function wholeRootUp(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x * x === n ? x : x + 1n;
    x = next;
  }
}

/** A sensitivity as the caller gave it. @throws {TokumeiError} `TOKUMEI_SENSITIVITY` unless finite and >= 0. */
export function checkSensitivity(value: unknown, where: string): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value + 0;
  throw new TokumeiError('TOKUMEI_SENSITIVITY', { where, parameter: 'sensitivity', expected: 'finite and >= 0', received: value });
}

function up(value: Rational): number {
  return rationalToDouble(value, 'up');
}

const TWO: Rational = { numerator: 2n, denominator: 1n };
