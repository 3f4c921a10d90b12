import type { AuditCell } from '../read/regions.js';
import type { Target } from '../targets.js';
import { Narrowed, type Range } from './range.js';
import { asTold, positions, sumsOf } from './system.js';

/** With more cells than this a derivation names those that the group is made of, without trying which of them it can do without. */
const MOST_FOR_MINIMUM = 100;

/** The cells without which the derivation fails: halves, then quarters and at last single cells are left out, and stay out if nothing changes. */
export function needed(cells: readonly AuditCell[], members: readonly bigint[], kinds: number, target: Target, range: Pick<Range, 'lower' | 'upper'>): readonly number[] {
  const named = new Set([...target.inAll, ...target.inNone]);
  if (cells.length > MOST_FOR_MINIMUM) return [...named];
  const variables = positions(target.bits);
  const follows = (kept: readonly number[]): boolean => {
    const from = new Narrowed(sumsOf(kept.map((i) => cells[i]!), kept.map((i) => members[i]!), kinds, asTold)).range(variables);
    return from !== undefined && from.lower >= range.lower && from.upper <= range.upper;
  };
  // What is tried first is what goes first where one of two would do: cells that the group is not made of, withheld ones before those.
  let kept = [...cells.keys()].sort((a, b) => Number(named.has(a)) - Number(named.has(b)) || Number(cells[a]!.shown) - Number(cells[b]!.shown));
  for (let size = cells.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < kept.length; ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (follows(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept.sort((a, b) => a - b);
}
