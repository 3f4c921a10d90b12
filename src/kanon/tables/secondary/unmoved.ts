import type { LinearSystem } from '../layout/system.js';
import { jitter } from './jitter.js';
import type { Pattern } from './pattern.js';
import type { Parting } from './remainders.js';
import type { Requirement } from './requirements.js';

/** So many sets are gone through, those of few cells first. */
const MOST_SETS = 50_000;
/** Of more cells than this not even the pairs. */
const MOST_PARTS = 300;

/**
 * Sets of two innermost cells or more whose sum none of the known tables changes: all whose sum follows from what is published are among
 * them, whatever subtraction they follow by. Where there are many cells only sets of few are gone through, in large tables none.
 *
 * Each table gets a number at random; a cell is the sum of its changes times these. Where the changes of a set add up to nothing in every table, so do these sums.
 */
export function unmoved(pattern: Pattern, met: Iterable<Requirement>, { value, isPart, limit }: Parting): readonly (readonly number[])[] {
  const { problem, withheld } = pattern;
  const parts = innermost(problem.system).filter((cell) => withheld[cell] === 1 && isPart(cell));
  if (parts.length < 2 || parts.length > MOST_PARTS) return [];
  const random = jitter();
  const mark = new Float64Array(withheld.length);
  for (const requirement of met) {
    if (requirement.layer !== 0) continue;
    for (const { cells, changes } of pattern.witnessesOf(requirement)) {
      const weight = 1 + Math.floor(random() * 2 ** 20);
      for (let i = 0; i < cells.length; i++) mark[cells[i]!]! += weight * changes[i]!;
    }
  }
  // Small ones first: what is too large together is left at once.
  parts.sort((a, b) => value[a]! - value[b]!);
  const found: number[][] = [];
  const set: number[] = [];
  let looked = 0;
  /** Goes through all sets of one size; false where that is too many. */
  const grow = (size: number, from: number, sum: number, marks: number, extent: number): boolean => {
    for (let at = from; at < parts.length; at++) {
      const cell = parts[at]!;
      if (sum + value[cell]! >= limit) return true;
      if (looked++ >= MOST_SETS) return false;
      const [wider, wide] = [marks + mark[cell]!, extent + Math.abs(mark[cell]!)];
      set.push(cell);
      if (set.length < size) {
        if (!grow(size, at + 1, sum + value[cell]!, wider, wide)) return false;
        // Where changes are large the sums are rounded: what may be nothing counts as nothing.
      } else if (Math.abs(wider) <= 1e-9 * wide) found.push([...set].sort((a, b) => a - b));
      set.pop();
    }
    return true;
  };
  for (let size = 2; size <= parts.length && grow(size, 0, 0, 0, 0); size++);
  return found;
}

function innermost({ cells, cellStart, cellSign }: LinearSystem): number[] {
  const inner: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    let total = false;
    for (let t = cellStart[cell]!; t < cellStart[cell + 1]!; t++) total ||= cellSign[t]! < 0;
    if (!total) inner.push(cell);
  }
  return inner;
}
