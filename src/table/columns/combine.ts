import type { Coded, Scalar } from './coded.js';

/** Several coded columns as one whose contents are tuples. A row that takes no part in one takes no part at all. */
export function combine(columns: readonly Coded[]): Coded {
  const first = columns[0]!;
  if (columns.length === 1) {
    return { codes: first.codes, size: first.size, content: (code) => [first.content(code) as Scalar] };
  }
  const n = first.codes.length;
  let codes: Int32Array = first.codes;
  let size = first.size;
  // Pair by pair: the code of a prefix and the code of the next column are one number below 2^53.
  const parts: { readonly left: Int32Array; readonly right: Int32Array }[] = [];
  for (const column of columns.slice(1)) {
    const known = new Map<number, number>();
    const left: number[] = [];
    const right: number[] = [];
    const joined = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const a = codes[i]!;
      const b = column.codes[i]!;
      if (a < 0 || b < 0) {
        joined[i] = -1;
        continue;
      }
      const pair = a * column.size + b;
      let code = known.get(pair);
      if (code === undefined) {
        code = left.length;
        known.set(pair, code);
        left.push(a);
        right.push(b);
      }
      joined[i] = code;
    }
    parts.push({ left: Int32Array.from(left), right: Int32Array.from(right) });
    codes = joined;
    size = left.length;
  }
  return {
    codes,
    size,
    content: (code) => {
      const tuple: Scalar[] = [];
      let at = code;
      for (let level = parts.length - 1; level >= 0; level--) {
        const { left, right } = parts[level]!;
        tuple.push(columns[level + 1]!.content(right[at]!) as Scalar);
        at = left[at]!;
      }
      tuple.push(first.content(at) as Scalar);
      return tuple.reverse();
    },
  };
}
