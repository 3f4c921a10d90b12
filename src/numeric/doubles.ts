/** The neighbour of a finite double towards +Infinity; `Infinity` after the largest. */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  view.setBigInt64(0, x > 0 ? bits + 1n : bits - 1n);
  return view.getFloat64(0);
}

/** The neighbour of a finite double towards -Infinity; `-Infinity` after the lowest. */
export function nextDown(x: number): number {
  return -nextUp(-x);
}

/** A finite double as `mantissa * 2^exponent`, exactly; the mantissa is odd, or zero. */
export function splitDouble(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  if (!Number.isFinite(x)) throw new RangeError('splitDouble: x must be finite');
  if (x === 0) return { mantissa: 0n, exponent: 0 };
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  let mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  let exponent = (biased === 0 ? 1 : biased) - 1075;
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return { mantissa: bits >> 63n === 1n ? -mantissa : mantissa, exponent };
}

/** A finite double in units of 2^-1074, the smallest there is: sums of these are exact. */
export function doubleInSmallestUnits(x: number): bigint {
  const { mantissa, exponent } = splitDouble(x);
  return mantissa << BigInt(exponent + 1074);
}

/** Whether the doubles sum, in exact arithmetic, to at most `total`. */
export function sumsAtMost(terms: readonly number[], total: number): boolean {
  let sum = 0n;
  for (const term of terms) sum += doubleInSmallestUnits(term);
  return sum <= doubleInSmallestUnits(total);
}

/** A number in two parts by share, whose exact sum is at most the whole. */
export function divideByShare(whole: number, share: number): readonly [first: number, second: number] {
  const first = whole * share;
  let second = whole - first;
  while (!sumsAtMost([first, second], whole)) second = nextDown(second);
  return [first, second];
}
