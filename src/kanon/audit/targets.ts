import type { AuditCell } from './read/regions.js';

/** A group of units to ask about: in all of some cells and in none of others, as bits over kinds of unit. */
export interface Target {
  readonly bits: bigint;
  readonly inAll: readonly number[];
  readonly inNone: readonly number[];
}

const MOST_FOR_TRIPLES = 9;
const MOST_FOR_KINDS = 7;

/**
 * The groups worth asking about: withheld lines; those of one line that are not in another, nor in a third, nor in any narrower
 * one; those in two lines; each single kind. Other groups that a line shows by itself are left out, and equal groups are asked for once.
 *
 * @param members for each cell the kinds of unit in it, as bits.
 */
export function targetsOf(cells: readonly AuditCell[], own: readonly boolean[], members: readonly bigint[], kinds: readonly bigint[]): readonly Target[] {
  const known = new Map<bigint, Target>();
  // A line of sums says of the people in it only that they are enough.
  const shown = new Set(cells.flatMap(({ shown: isShown, upper }, at) => (isShown && upper < Infinity ? [members[at]!] : [])));
  const add = (inAll: readonly number[], inNone: readonly number[]): void => {
    if (![...inAll, ...inNone].some((at) => own[at])) return;
    const bits = inNone.reduce((left, at) => left & ~members[at]!, inAll.reduce((left, at) => left & members[at]!, members[inAll[0]!]!));
    if (bits !== 0n && !shown.has(bits) && !known.has(bits)) known.set(bits, { bits, inAll, inNone });
  };
  const meets = (a: number, b: number): boolean => (members[a]! & members[b]!) !== 0n;
  // A withheld line is asked about also where another release shows the same units, under a lower threshold or with less noise.
  const shownHere = new Set(cells.flatMap(({ shown: isShown }, at) => (isShown && own[at] ? [members[at]!] : [])));
  cells.forEach(({ shown: isShown }, at) => {
    const bits = members[at]!;
    if (!isShown && bits !== 0n && !known.has(bits) && (own[at] || shownHere.has(bits))) known.set(bits, { bits, inAll: [at], inNone: [] });
  });
  // A line and its own part first, so that a group that several pairs leave is named by the nearest one.
  const isPart = (b: number, a: number): boolean => members[b] !== members[a] && (members[b]! & ~members[a]!) === 0n;
  cells.forEach((_, a) => {
    const narrower = [...cells.keys()].filter((b) => isPart(b, a));
    for (const b of narrower) add([a], [b]);
    if (narrower.length > 1) add([a], narrower);
  });
  cells.forEach((_, a) => cells.forEach((__, b) => a !== b && meets(a, b) && add([a], [b])));
  cells.forEach((_, a) => cells.forEach((__, b) => a < b && meets(a, b) && add([a, b], [])));
  if (cells.length <= MOST_FOR_TRIPLES) {
    cells.forEach((_, a) => cells.forEach((__, b) => cells.forEach((___, c) => {
      if (a === b || a === c || b === c) return;
      if (b < c) add([a], [b, c]);
      if (a < b) add([a, b], [c]);
    })));
  }
  if (cells.length <= MOST_FOR_KINDS) {
    for (const kind of kinds) {
      const all = cells.map((_, at) => at);
      add(all.filter((at) => ((kind >> BigInt(at)) & 1n) === 1n), all.filter((at) => ((kind >> BigInt(at)) & 1n) === 0n));
    }
  }
  return [...known.values()].sort((a, b) => bitsIn(b.bits) - bitsIn(a.bits));
}

/** How many bits are set. */
export function bitsIn(bits: bigint): number {
  let count = 0;
  for (let left = bits; left !== 0n; left &= left - 1n) count++;
  return count;
}
