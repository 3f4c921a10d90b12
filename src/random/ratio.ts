/** An exact fraction; the denominator is above zero. */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

/** A finite double is a fraction with a power of two below: this is exactly that fraction, in lowest terms. */
export function ratioOf(x: number): Ratio {
  if (!Number.isFinite(x)) throw new RangeError('ratioOf: x must be finite');
  if (Number.isSafeInteger(x)) return { num: BigInt(x), den: 1n };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  let num = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n);
  let exponent = Math.max(biased, 1) - 1075;
  while ((num & 1n) === 0n) {
    num >>= 1n;
    exponent++;
  }
  if (bits >> 63n === 1n) num = -num;
  return exponent >= 0 ? { num: num << BigInt(exponent), den: 1n } : { num, den: 1n << BigInt(-exponent) };
}

/** How many bits a value >= 0 takes; 0 for 0. */
export function bitLength(n: bigint): number {
  if (n <= 0n) return 0;
  const hex = n.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] as string, 16)));
}

/** The double nearest to a fraction >= 0, off by less than 2^-51 of itself; for estimates, never for a guarantee. */
export function ratioToNumber({ num, den }: Ratio): number {
  // A quotient of 64 bits or more, then one rounding by Number() and one exact scaling (inexact below 2^-1022 only).
  const shift = 64 - (bitLength(num) - bitLength(den));
  const quotient = shift >= 0 ? (num << BigInt(shift)) / den : num / (den << BigInt(-shift));
  return scaleByPowerOfTwo(Number(quotient), -shift);
}

/** The smallest double that is not below a fraction >= 0 (`Infinity` above the largest double). */
export function ratioUp(ratio: Ratio): number {
  let x = ratioToNumber(ratio);
  while (x !== Infinity && below(ratioOf(x), ratio)) x = stepUp(x);
  for (;;) {
    if (x === 0) return x;
    const lower = stepDown(x);
    if (below(ratioOf(lower), ratio)) return x;
    x = lower;
  }
}

/** The largest double that is not above a fraction >= 0. */
export function ratioDown(ratio: Ratio): number {
  const up = ratioUp(ratio);
  return up !== Infinity && !below(ratio, ratioOf(up)) ? up : stepDown(up);
}

/** Whether `a < b`, exactly. */
export function below(a: Ratio, b: Ratio): boolean {
  return a.num * b.den < b.num * a.den;
}

/** `x * 2^e`, in steps that cannot overflow on the way. */
function scaleByPowerOfTwo(x: number, e: number): number {
  let result = x;
  let left = e;
  for (; left > 1000; left -= 1000) result *= 2 ** 1000;
  for (; left < -1000; left += 1000) result *= 2 ** -1000;
  return result * 2 ** left;
}

function stepUp(x: number): number {
  return shiftBits(x, 1n);
}
function stepDown(x: number): number {
  return x === Infinity ? Number.MAX_VALUE : shiftBits(x, -1n);
}
function shiftBits(x: number, by: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigUint64(0, view.getBigUint64(0) + by);
  return view.getFloat64(0);
}
