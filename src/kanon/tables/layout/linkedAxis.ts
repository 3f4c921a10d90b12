import { TokumeiError } from '../../../core/errors.js';
import type { Key } from '../../../core/statement.js';
import { keyId } from '../../../table/publicKeys.js';
import { axisOf, type Axis } from './axis.js';
import type { Dimension } from './dimension.js';

/** The groups of one field in several tables as one dimension, with one over all of them first. */
export interface LinkedAxis {
  readonly axis: Axis;
  /** For each of the given dimensions, by its node, the node here. */
  readonly nodes: readonly Int32Array[];
}

/**
 * Puts the groups that several tables have of one field together. What consists of the same leaves is one group, whatever it is called.
 *
 * @param overlapping whether units may be in several groups. Then groups have to lie within each other: of others that share people and
 * parts it is not known when such people exist.
 * @throws {TokumeiError} `TOKUMEI_LINKED_GROUPS`
 */
export function linkedAxis(where: string, field: string, dimensions: readonly Dimension[], overlapping: boolean): LinkedAxis {
  const bad = (expected: string): TokumeiError => new TokumeiError('TOKUMEI_LINKED_GROUPS', { where, parameter: `groups of '${field}'`, expected });
  const leafOf = leavesByLabel(dimensions[0]!);
  const found = new Map<string, { readonly leaves: readonly number[]; readonly label: Key; readonly ways: Map<string, readonly string[]> }>();
  const take = (leaves: readonly number[], label: Key): string => {
    const id = leaves.join();
    if (!found.has(id)) found.set(id, { leaves, label, ways: new Map() });
    return id;
  };
  // Rows name leaves, so a group of one leaf goes by the leaf's label.
  for (const [node, label] of dimensions[0]!.labels.entries()) if (isLeaf(dimensions[0]!, node)) take([leafOf.get(keyId(label))!], label);
  const all = take([...leafOf.values()], 'total');
  const ids = dimensions.map((dimension) => {
    const leaves = leavesOf(dimension, leafOf);
    if (leaves === undefined) throw bad('the same leaves in every table (sub-totals may differ): name what one of them lacks, or put it under a group');
    const own = leaves.map((below, node) => take(below, dimension.labels[node]!));
    const divide = (group: string, parts: readonly string[]): void => {
      // A group of one part is that part.
      if (parts.length > 1 || parts[0] !== group) found.get(group)!.ways.set([...parts].sort().join('|'), parts);
    };
    dimension.partitions.forEach(([parts], node) => parts !== undefined && divide(own[node]!, parts.map((part) => own[part]!)));
    divide(all, own.filter((_, node) => dimension.parent[node] === -1));
    return own;
  });
  const order = [...found].sort(([, a], [, b]) => b.leaves.length - a.leaves.length || a.leaves[0]! - b.leaves[0]!);
  const place = new Map(order.map(([id], at) => [id, at]));
  const sets = order.map(([, { leaves }]) => new Set(leaves));
  const holds = (a: number, b: number): boolean => [...sets[b]!].every((leaf) => sets[a]!.has(leaf));
  const groups = [...order.keys()];
  const above = groups.map((node) => [node, ...groups.filter((other) => other !== node && holds(other, node)).reverse()]);
  if (overlapping) {
    const cross = groups.some((a) => groups.some((b) => !holds(a, b) && !holds(b, a) && [...sets[a]!].some((leaf) => sets[b]!.has(leaf))));
    if (cross) throw bad('such that one lies within the other or shares nothing with it, since units may be in several groups of this field');
  }
  const partitions = order.map(([, { ways }]) => [...ways.values()].map((parts) => parts.map((part) => place.get(part)!)));
  return { axis: axisOf(order.map(([, { label }]) => label), above, partitions), nodes: ids.map((own) => Int32Array.from(own, (id) => place.get(id)!)) };
}

const isLeaf = ({ partitions }: Dimension, node: number): boolean => partitions[node]!.length === 0;

const leavesByLabel = (dimension: Dimension): Map<string, number> =>
  new Map(dimension.labels.flatMap((label, node) => (isLeaf(dimension, node) ? [label] : [])).map((label, at) => [keyId(label), at]));

/** For each node its leaves in ascending order, undefined where the dimension has not just those that are known. */
function leavesOf(dimension: Dimension, leafOf: ReadonlyMap<string, number>): readonly (readonly number[])[] | undefined {
  const below: number[][] = dimension.labels.map(() => []);
  let count = 0;
  for (const [node, label] of dimension.labels.entries()) {
    if (!isLeaf(dimension, node)) continue;
    const leaf = leafOf.get(keyId(label));
    if (leaf === undefined) return undefined;
    count++;
    for (const group of dimension.above[node]!) below[group]!.push(leaf);
  }
  return count === leafOf.size ? below.map((list) => list.sort((a, b) => a - b)) : undefined;
}
