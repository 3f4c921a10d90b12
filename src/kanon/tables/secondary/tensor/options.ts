import type { Layout } from '../../layout/layout.js';

/** A change along one dimension that keeps its sums: the given node up by one, others up or down with it. */
export interface LineMove {
  /** How far each cell of the move is from the one it starts at. The first is that cell itself. */
  readonly offsets: Int32Array;
  readonly signs: Int8Array;
}

const MOST_PARTS = 64;
const FEW = 4;

/**
 * The ways to change one node of a dimension and make up for it: a sibling goes down, or the groups above go up as
 * well until one of them has a sibling that goes down, or all groups above go up to the top. A node that has parts
 * takes one of them along.
 */
export class LineMoves {
  private readonly layout: Layout;
  /** By dimension and node, how much there is of it: parts and siblings with much have room. */
  private readonly weight: readonly Float64Array[];
  private readonly known: (readonly LineMove[] | undefined)[][];

  /** Where groups may share people one may also change alone, within limits that only the check of a witness looks at. */
  private readonly alone: number;
  /** Whether a group may move with any of its leaves, or with the largest of each part. */
  private readonly allLeaves: boolean;

  constructor(layout: Layout, weight: readonly Float64Array[], alone: number, allLeaves: boolean) {
    this.alone = alone;
    this.allLeaves = allLeaves;
    this.layout = layout;
    this.weight = weight;
    this.known = layout.dimensions.map(({ labels }) => new Array<readonly LineMove[] | undefined>(labels.length).fill(undefined));
  }

  of(d: number, node: number): readonly LineMove[] {
    return (this.known[d]![node] ??= this.make(d, node));
  }

  private make(d: number, node: number): readonly LineMove[] {
    const { above, within } = this.layout.dimensions[d]!;
    const moves: LineMove[] = d === this.alone ? [this.move(d, node, [node], [])] : [];
    // A small total moves with whichever of its parts has something to move.
    const leaves = this.leavesOf(d, node, MOST_PARTS);
    for (const leaf of leaves) {
      for (const at of above[node]!) {
        for (const group of within[at]!) {
          const siblings = group.filter((part) => part !== at);
          // Near ones all; above, a few that are large.
          const tried = at === node && leaves.length === 1 ? siblings : this.largest(d, siblings, FEW);
          for (const sibling of tried) moves.push(this.exchange(d, node, leaf, this.leavesOf(d, sibling, 1)[0]!));
        }
      }
      moves.push(this.move(d, node, above[leaf]!, []));
    }
    return moves;
  }

  /** Leaves of a node, the largest first. */
  private leavesOf(d: number, node: number, most: number): readonly number[] {
    const parts = this.layout.dimensions[d]!.partitions[node]![0];
    if (parts === undefined) return [node];
    if (!this.allLeaves || most === 1) return this.largest(d, parts, most).map((part) => this.leavesOf(d, part, 1)[0]!);
    return this.largest(d, parts.flatMap((part) => this.leavesOf(d, part, most)), most);
  }

  private largest(d: number, nodes: readonly number[], most: number): readonly number[] {
    const weight = this.weight[d]!;
    return [...nodes].sort((a, b) => weight[b]! - weight[a]! || a - b).slice(0, most);
  }

  /** One leaf up, another down, and with each the groups that hold it and not the other. */
  private exchange(d: number, node: number, up: number, down: number): LineMove {
    const { above } = this.layout.dimensions[d]!;
    const without = (groups: readonly number[], others: readonly number[]): readonly number[] => groups.filter((group) => !others.includes(group));
    return this.move(d, node, without(above[up]!, above[down]!), without(above[down]!, above[up]!));
  }

  private move(d: number, node: number, up: readonly number[], down: readonly number[]): LineMove {
    const stride = this.layout.strides[d]!;
    // The node itself first, whatever moves with it.
    const nodes = [node, ...up.filter((other) => other !== node), ...down];
    return {
      offsets: Int32Array.from(nodes, (other) => (other - node) * stride),
      signs: Int8Array.from(nodes, (_, at) => (at < up.length ? 1 : -1)),
    };
  }
}

/** How much there is of each node of each dimension, over all cells that contain it. */
export function nodeWeights(layout: Layout, value: Float64Array): Float64Array[] {
  return layout.dimensions.map(({ labels }, d) => {
    const weight = new Float64Array(labels.length);
    const stride = layout.strides[d]!;
    for (let cell = 0; cell < layout.cells; cell++) weight[Math.floor(cell / stride) % labels.length]! += value[cell]!;
    return weight;
  });
}
