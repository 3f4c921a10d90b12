import type { Key } from '../../../core/statement.js';

/**
 * One dimension of the cells of a table: groups, and which of them consist of which. In a tree each group has one way to divide
 * and is part of one other; where tables with different sub-totals are linked, of several.
 */
export interface Axis {
  /** The label of each group; the node is its place. */
  readonly labels: readonly Key[];
  /** For each node itself, then every group it is part of, the nearest first. */
  readonly above: readonly (readonly number[])[];
  /** For each node the ways in which it divides into others that share nothing; none for a leaf. */
  readonly partitions: readonly (readonly (readonly number[])[])[];
  /** For each node the partitions of other nodes in which it stands. */
  readonly within: readonly (readonly (readonly number[])[])[];
}

/** @param partitions for each node the ways in which it divides. `above` must fit. */
export function axisOf(labels: readonly Key[], above: Axis['above'], partitions: Axis['partitions']): Axis {
  const within: (readonly number[])[][] = labels.map(() => []);
  for (const ways of partitions) for (const parts of ways) for (const part of parts) within[part]!.push(parts);
  return { labels, above, partitions, within };
}
