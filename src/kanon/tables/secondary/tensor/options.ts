import type { Dimension } from '../../layout/dimension.js';
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

  constructor(layout: Layout, weight: readonly Float64Array[], alone: number) {
    this.alone = alone;
    this.layout = layout;
    this.weight = weight;
    this.known = layout.dimensions.map(({ labels }) => new Array<readonly LineMove[] | undefined>(labels.length).fill(undefined));
  }

  of(d: number, node: number): readonly LineMove[] {
    return (this.known[d]![node] ??= this.make(d, node));
  }

  private make(d: number, node: number): readonly LineMove[] {
    const dimension = this.layout.dimensions[d]!;
    const moves: LineMove[] = d === this.alone ? [this.move(d, node, [node], [])] : [];
    // A small total moves with whichever of its parts has something to move.
    const descents = this.descents(dimension, d, node, MOST_PARTS);
    for (const own of descents) {
      const up = [...own];
      for (let at = node; ; ) {
        const above = dimension.parent[at]!;
        if (above < 0) {
          moves.push(this.move(d, node, up, []));
          break;
        }
        const siblings = dimension.parts[above]!.filter((part) => part !== at);
        // Near ones all; above, a few that are large.
        const tried = at === node && descents.length === 1 ? siblings : this.largest(d, siblings, FEW);
        for (const sibling of tried) moves.push(this.move(d, node, up, this.descents(dimension, d, sibling, 1)[0]!));
        up.push(above);
        at = above;
      }
    }
    return moves;
  }

  /** Paths from a node down to a leaf, the largest parts first. */
  private descents(dimension: Dimension, d: number, node: number, most: number): readonly (readonly number[])[] {
    const parts = dimension.parts[node]!;
    if (parts.length === 0) return [[node]];
    return this.largest(d, parts, most).map((part) => [node, ...this.descents(dimension, d, part, 1)[0]!]);
  }

  private largest(d: number, nodes: readonly number[], most: number): readonly number[] {
    const weight = this.weight[d]!;
    return [...nodes].sort((a, b) => weight[b]! - weight[a]! || a - b).slice(0, most);
  }

  private move(d: number, node: number, up: readonly number[], downwards: readonly number[]): LineMove {
    const stride = this.layout.strides[d]!;
    const nodes = [...up, ...downwards];
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
