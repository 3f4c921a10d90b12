const BITS = 128n;
const ONE = 1n << BITS;

/** 2 atanh(p / q) for whole numbers 0 <= p < q, times 2^128. */
function twiceAtanh(p: bigint, q: bigint): bigint {
  const x = (ONE * p) / q;
  const square = (x * x) >> BITS;
  let power = x;
  let sum = 0n;
  for (let odd = 1n; power > 0n; odd += 2n) {
    sum += power / odd;
    power = (power * square) >> BITS;
  }
  return 2n * sum;
}

const LN2 = twiceAtanh(1n, 3n);

/**
 * ln n of a whole number, rounded once: engines may be off by the last bit in `Math.log`, and whether three equally
 * frequent values have an entropy of ln 3 hangs on it where no slack is allowed.
 */
export function exactLog(n: number): number {
  let whole = BigInt(n);
  const shift = BigInt(whole.toString(2).length - 1);
  const base = 1n << shift;
  // n = 2^shift (1 + f): ln(1 + f) = 2 atanh(f / (2 + f)).
  whole -= base;
  return Number(shift * LN2 + twiceAtanh(whole, whole + 2n * base)) / 2 ** 128;
}
