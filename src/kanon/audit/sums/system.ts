import type { AuditCell } from '../read/regions.js';
import type { Sums } from './range.js';

/** Within which bounds a cell lies. */
export type BoundsOf = (cell: AuditCell) => { readonly lower: number; readonly upper: number };

/** As the releases tell it. */
export const asTold: BoundsOf = (cell) => cell;
/** As the rules alone tell it. */
export const byRule: BoundsOf = ({ ruleLower, ruleUpper }) => ({ lower: ruleLower, upper: ruleUpper });

/** For each cell the kinds that are in it, as bits over kinds. */
export const membersOf = (cells: readonly AuditCell[], kinds: readonly bigint[]): readonly bigint[] =>
  cells.map((_, at) => kinds.reduce((bits, kind, v) => (((kind >> BigInt(at)) & 1n) === 1n ? bits | (1n << BigInt(v)) : bits), 0n));

/** Each cell as a sum of the kinds that are in it. */
export const sumsOf = (cells: readonly AuditCell[], members: readonly bigint[], variables: number, boundsOf: BoundsOf): Sums => ({
  variables,
  bounds: cells.map((cell, at) => ({ variables: positions(members[at]!), ...boundsOf(cell) })),
});

export function positions(bits: bigint): readonly number[] {
  const out: number[] = [];
  const text = bits.toString(2);
  for (let at = 0; at < text.length; at++) if (text[text.length - 1 - at] === '1') out.push(at);
  return out;
}
