import type { AuditCell } from '../read/regions.js';
import { bitsIn, targetsOf as allTargets, type Target } from '../targets.js';

/** With so few cells every pair and triple is asked about. */
const MOST_FOR_ALL = 9;

/**
 * The sums worth asking about: withheld lines; a line without a narrower one of another release, or without all narrower ones of
 * that release or of all. The smallest first. What is made of published lines is left out.
 *
 * @param members for each cell the parts of it, as bits.
 */
export function targetsOf(cells: readonly AuditCell[], members: readonly bigint[], parts: readonly bigint[]): readonly Target[] {
  const known = new Map<bigint, Target>();
  const add = (target: Target): void => {
    if (target.bits !== 0n && !known.has(target.bits)) known.set(target.bits, target);
  };
  // Twice the same rows, withheld in two releases, are two questions: each is measured against its own table.
  const withheld = cells.flatMap(({ shown }, at): Target[] => (shown ? [] : [{ bits: members[at]!, inAll: [at], inNone: [] }]));
  const releases = new Set(cells.map(({ release }) => release));
  cells.forEach(({ release }, a) => {
    const inside = [...cells.keys()].filter((b) => cells[b]!.release !== release && members[b] !== members[a] && (members[b]! & ~members[a]!) === 0n);
    const without = (inNone: readonly number[]): void => add({ bits: inNone.reduce((left, b) => left & ~members[b]!, members[a]!), inAll: [a], inNone });
    for (const b of inside) without([b]);
    for (const other of releases) without(inside.filter((b) => cells[b]!.release === other));
    without(inside);
  });
  if (cells.length <= MOST_FOR_ALL) for (const target of allTargets(cells, cells.map(() => true), members, parts)) if (target.inNone.length > 0 || target.inAll.length > 1) add(target);
  const shown = cells.flatMap((cell, at) => (cell.shown ? [members[at]!] : [])).sort((a, b) => bitsIn(b) - bitsIn(a));
  const rest = [...known.values()].filter(({ bits, inAll, inNone }) => (inNone.length > 0 || inAll.length > 1) && !isMadeOf(bits, shown));
  return [...withheld, ...rest.sort((a, b) => bitsIn(a.bits) - bitsIn(b.bits))];
}

/** Whether published lines that share no row make it up. The largest are tried first, and what is overlooked is asked about. */
function isMadeOf(bits: bigint, shown: readonly bigint[]): boolean {
  let left = bits;
  for (const one of shown) if (one !== 0n && (one & ~left) === 0n) left &= ~one;
  return left === 0n;
}
