/**
 * The sum of finite doubles, as if computed exactly and rounded once: it does not depend on their order.
 * Python's `math.fsum`. J. R. Shewchuk, Discrete Comput. Geom. 18 (1997) 305-363. NaN and infinities give what `+` gives;
 * an intermediate sum beyond the largest double overflows.
 */
export function exactSum(values: readonly number[] | Float64Array): number {
  const partials: number[] = [];
  for (const value of values) {
    let x = value;
    if (!Number.isFinite(x)) return plainSum(values);
    let kept = 0;
    for (const partial of partials) {
      let y = partial;
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  // From the largest down; what is left decides a tie.
  let i = partials.length - 1;
  let high = i < 0 ? 0 : (partials[i] as number);
  let low = 0;
  while (i > 0) {
    const x = high;
    const y = partials[--i] as number;
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  if (i > 0 && low !== 0 && low > 0 === (partials[i - 1] as number) > 0) {
    const twice = low * 2;
    const next = high + twice;
    if (next - high === twice) high = next;
  }
  return high;
}

function plainSum(values: readonly number[] | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
