import type { Grid } from './grid.js';
import type { Reading } from './reader.js';

/**
 * The withheld cells of a table of counts that, whichever of them are small, have to leave a reader k - 1 as a possible value.
 *
 * They are innermost cells none of whose totals can be below k. Such a cell may be k or more, and then k - 1 is no matter; or it is small
 * and no part of a small total, and then the rules by themselves always leave it k - 1: it and all that holds it rise, and nothing limits those.
 * A cell that has parts is none of these, since its parts may stand in small totals of another field. Where zeros are published, a cell that
 * may be empty may be one that only hides others.
 */
export function wholeRange({ relations }: Grid, withheld: readonly number[], { low }: Reading, k: number, zeros: boolean): readonly number[] {
  const other = new Set<number>();
  for (const { total, parts } of relations) {
    other.add(total);
    if (low[total]! < k) for (const part of parts) other.add(part);
  }
  return withheld.filter((cell) => !other.has(cell) && (!zeros || low[cell]! > 0));
}
