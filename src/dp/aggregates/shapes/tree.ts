import type { Summed } from '../engine/kind.js';
import { LARGEST_VALUE } from '../../mechanisms/noise/addNoise.js';

/** A node has this many children. */
const BRANCHES = 16;

/** The sizes of the levels of a tree over leaves, from the leaves up to a level of at most 16 nodes. The root is not noised. */
export function levelsOf(leaves: number): readonly number[] {
  const sizes = [leaves];
  while (sizes[sizes.length - 1]! > BRANCHES) sizes.push(Math.ceil(sizes[sizes.length - 1]! / BRANCHES));
  return sizes;
}

/** All nodes of the tree over a group's bins, as numbers to be noised. */
export function treeOver(leaves: number): NonNullable<Summed['noised']> {
  const sizes = levelsOf(leaves);
  return {
    width: sizes.reduce((sum, size) => sum + size, 0),
    from: ({ totals, places }, at, out, offset) => {
      for (let leaf = 0; leaf < leaves; leaf++) out[offset + leaf] = totals.clamped(places[at]!, leaf);
      addUp(out, offset, sizes);
    },
  };
}

/** Fills in the upper levels of a tree whose leaves stand at `offset`, each level after the one below it. */
export function addUp(out: Float64Array, offset: number, sizes: readonly number[]): void {
  let below = offset;
  for (let level = 1; level < sizes.length; level++) {
    const here = below + sizes[level - 1]!;
    for (let i = 0; i < sizes[level - 1]!; i++) {
      const at = here + Math.floor(i / BRANCHES);
      out[at] = Math.min(LARGEST_VALUE, out[at]! + out[below + i]!);
    }
    below = here;
  }
}

/**
 * The leaves that fit all noisy nodes best, by least squares, all noise having one variance: then a node equals the sum of
 * its children. Upwards each node is averaged with its children's sum by their variances, downwards what a parent has more
 * is divided over its children by theirs. Hay, Rastogi, Miklau and Suciu 2010, for a tree of any shape.
 */
export function consistentLeaves(noisy: Float64Array, sizes: readonly number[]): Float64Array {
  const levels: { readonly estimate: Float64Array; readonly variance: Float64Array }[] = [];
  let offset = 0;
  sizes.forEach((size, level) => {
    const estimate = noisy.slice(offset, offset + size);
    const variance = new Float64Array(size).fill(1);
    offset += size;
    const below = levels[level - 1];
    if (below !== undefined) {
      const sum = sumOf(below.estimate, size);
      const spread = sumOf(below.variance, size);
      for (let i = 0; i < size; i++) {
        variance[i] = spread[i]! / (1 + spread[i]!);
        estimate[i] = (estimate[i]! * spread[i]! + sum[i]!) / (1 + spread[i]!);
      }
    }
    levels.push({ estimate, variance });
  });
  for (let level = levels.length - 1; level > 0; level--) {
    const parents = levels[level]!.estimate;
    const { estimate, variance } = levels[level - 1]!;
    const sum = sumOf(estimate, parents.length);
    const spread = sumOf(variance, parents.length);
    for (let i = 0; i < estimate.length; i++) {
      const parent = Math.floor(i / BRANCHES);
      estimate[i]! += (variance[i]! / spread[parent]!) * (parents[parent]! - sum[parent]!);
    }
  }
  return levels[0]!.estimate;
}

function sumOf(children: Float64Array, parents: number): Float64Array {
  const sums = new Float64Array(parents);
  for (let i = 0; i < children.length; i++) sums[Math.floor(i / BRANCHES)]! += children[i]!;
  return sums;
}

/** The nodes, as few as there are, that make up the leaves before a boundary and those from it on. */
export interface Cut {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The cut at the boundary between leaf `leaf - 1` and leaf `leaf`; nodes by their place in the whole tree. */
export function cutAt(leaf: number, sizes: readonly number[]): Cut {
  const before: number[] = [];
  const after: number[] = [];
  let offset = 0;
  let [from, to] = [leaf, leaf];
  sizes.forEach((size, level) => {
    const top = level === sizes.length - 1;
    const start = top ? 0 : Math.floor(from / BRANCHES) * BRANCHES;
    for (let i = start; i < from; i++) before.push(offset + i);
    const end = top ? size : Math.min(size, Math.ceil(to / BRANCHES) * BRANCHES);
    for (let i = to; i < end; i++) after.push(offset + i);
    from = start / BRANCHES;
    to = Math.ceil(end / BRANCHES);
    offset += size;
  });
  return { before, after };
}
