import type { Coded, Scalar } from './coded.js';
import { PairTable } from './pairTable.js';

/** Several coded columns as one whose contents are tuples. A row that takes no part in one takes no part at all. */
export function combine(columns: readonly Coded[]): Coded {
  const first = columns[0]!;
  if (columns.length === 1) {
    return { codes: first.codes, size: first.size, content: (code) => [first.content(code) as Scalar] };
  }
  const n = first.codes.length;
  let codes: Int32Array = first.codes;
  let size = first.size;
  const parts: PairTable[] = [];
  for (const column of columns.slice(1)) {
    const pairs = new PairTable();
    const joined = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const a = codes[i]!;
      const b = column.codes[i]!;
      joined[i] = (a | b) < 0 ? -1 : pairs.code(a, b);
    }
    parts.push(pairs);
    codes = joined;
    size = pairs.size;
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
