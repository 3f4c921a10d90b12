import type { Finding } from './finding.js';
import type { GroupList } from './grouping/groupList.js';

/** All nodes from `low` to `high`, and what is known of them. */
export interface Box {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  readonly list: GroupList;
  /** What a look at `high` told: it holds for the whole box. */
  readonly top: Finding;
  /** For each attribute, what a look at `high` with this attribute at its lowest level told. */
  readonly faces: (Finding | undefined)[];
  /** No node in it is better; worked out only where boxes are chosen by it. */
  readonly bound?: Float64Array;
}

export const withLevel = (node: Uint8Array, a: number, level: number): Uint8Array => {
  const other = Uint8Array.from(node);
  other[a] = level;
  return other;
};

export function compareLevels(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

export function volume(low: Uint8Array, high: Uint8Array): number {
  let nodes = 1;
  for (let a = 0; a < low.length; a++) nodes *= high[a]! - low[a]! + 1;
  return nodes;
}

export function sum(levels: Uint8Array): number {
  let total = 0;
  for (let a = 0; a < levels.length; a++) total += levels[a]!;
  return total;
}
