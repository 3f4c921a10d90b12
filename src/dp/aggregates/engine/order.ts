import type { Key } from '../../../core/statement.js';
import { compareContent, type Content } from '../../../table/columns/coded.js';

/** A line of a result, whatever it has beside its key. */
export interface LineOfKey {
  readonly key: Key | readonly Key[];
}

/** By a measure, falling, then by key; by key alone without one. */
export function inOrder<L extends LineOfKey>(measure: (keyof L & string) | undefined): (a: L, b: L) => number {
  const byKey = (a: L, b: L): number => compareContent(a.key as Content, b.key as Content);
  return measure === undefined ? byKey : (a, b) => (b[measure] as number) - (a[measure] as number) || byKey(a, b);
}
