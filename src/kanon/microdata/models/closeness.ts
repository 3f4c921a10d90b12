import type { SensitiveColumn } from './diversity.js';
import type { ClassModel, ClassView } from './model.js';
import { smallestWithinOrdered, smallestWithinTree } from './smallestClass.js';

/** Works out a distance and, where asked, how much it changes with the share of each value. */
type Distance = (counts: Int32Array, from: number, size: number, slope?: Float64Array) => number;

/**
 * t-closeness by a distance that is convex in the shares.
 *
 * A tangent of the distance at the failing class holds for all of its parts together: rows with the steepest slopes
 * have to go until the tangent is below t, and no part can do with fewer.
 */
function convex(t: number, { index, values }: SensitiveColumn, smallest: number, distance: Distance): ClassModel {
  const slope = new Float64Array(values);
  const at = (view: ClassView, c: number): number => distance(view.counts[index]!, c * values, view.sizes[c]!);
  const order = Int32Array.from({ length: values }, (_, v) => v);
  return {
    name: 't-closeness',
    hereditary: false,
    smallest,
    worse: 'larger',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && at(view, c) > t + 1e-12) marks[c] = mark;
    },
    forced(view, c) {
      const size = view.sizes[c]!;
      const d = distance(view.counts[index]!, c * values, size, slope);
      if (d <= t + 1e-12) return 0;
      const counts = view.counts[index]!;
      let mean = 0;
      for (let v = 0; v < values; v++) mean += (slope[v]! * counts[c * values + v]!) / size;
      // Tangent: d + sum slope (share' - share) <= t, that is, sum (slope - mean + d - t) count' <= 0.
      const shift = d - t - mean;
      let excess = 0;
      for (let v = 0; v < values; v++) excess += (slope[v]! + shift) * counts[c * values + v]!;
      order.sort((a, b) => slope[b]! - slope[a]!);
      let gone = 0;
      // What rounding leaves over is nothing: a bound may be too low, never too high.
      const slack = 1e-9 * size;
      excess -= slack;
      for (const v of order) {
        const each = slope[v]! + shift;
        if (each <= 0 || excess <= 0) break;
        const take = Math.min(counts[c * values + v]!, excess / each);
        gone += take;
        excess -= take * each;
      }
      return excess > slack ? size : Math.max(1, Math.ceil(gone - 1e-9));
    },
    measure: at,
    breaks: (distance) => distance > t + 1e-12,
  };
}

/**
 * t-closeness with ordered distances: values stand on a line, neighbours 1/(M-1) apart, M values that occur in the
 * table. `order` lists their codes from first to last.
 */
export function orderedClosenessModel(t: number, column: SensitiveColumn, order: readonly number[]): ClassModel {
  const { overall } = column;
  const line = order.filter((v) => overall[v]! > 0);
  const scale = line.length > 1 ? 1 / (line.length - 1) : 0;
  const places = Int32Array.from(line);
  const shares = Float64Array.from(line, (v) => overall[v]!);
  const signs = new Float64Array(line.length);
  return convex(t, column, smallestWithinOrdered(t, shares), (counts, from, size, slope) => {
    let ahead = 0;
    let total = 0;
    for (let i = 0; i < places.length; i++) {
      ahead += counts[from + places[i]!]! / size - shares[i]!;
      total += Math.abs(ahead);
      if (slope !== undefined) signs[i] = Math.sign(ahead);
    }
    // A row of value i counts in every sum from i on.
    let later = 0;
    for (let i = slope === undefined ? -1 : places.length - 1; i >= 0; i--) {
      later += signs[i]!;
      slope![places[i]!] = later * scale;
    }
    return total * scale;
  });
}

/** The hierarchy of a sensitive attribute: for each level above the leaves, the value of that level behind each code. */
export interface SensitiveTree {
  readonly levels: readonly Int32Array[];
  readonly sizes: readonly number[];
}

/**
 * t-closeness with distances along a hierarchy (Li et al. 2007): moving mass between leaves costs the level of their
 * lowest common ancestor by the height. Worked out with real shares, so no product of counts can overflow.
 */
export function hierarchicalClosenessModel(t: number, column: SensitiveColumn, tree: SensitiveTree): ClassModel {
  const { overall, values } = column;
  const height = tree.levels.length;
  const extras = [new Float64Array(values), ...tree.sizes.map((size) => new Float64Array(size))];
  const parents = tree.levels.map((level, i) => parentOf(i === 0 ? values : tree.sizes[i - 1]!, i === 0 ? undefined : tree.levels[i - 1]!, level));
  return convex(t, column, smallestWithinTree(t, sharesByLevel(overall, tree)), (counts, from, size, slope) => {
    const leaves = extras[0]!;
    for (let v = 0; v < values; v++) leaves[v] = overall[v]! - counts[from + v]! / size;
    // At a node, the smaller of what its children have too much and too little moves at its level. Summed up, every
    // node below the top counts its own excess by 1 / (2 height), and one at the top counts against it by a half.
    let below = 0;
    for (let level = 0; level < height; level++) {
      const own = extras[level]!;
      const above = extras[level + 1]!;
      const parent = parents[level]!;
      above.fill(0);
      for (let v = 0; v < own.length; v++) {
        below += Math.abs(own[v]!);
        above[parent[v]!]! += own[v]!;
      }
    }
    let top = 0;
    for (const excess of extras[height]!) top += Math.abs(excess);
    if (slope !== undefined) {
      for (let v = 0; v < values; v++) {
        let sum = -Math.sign(leaves[v]!);
        for (let level = 1; level < height; level++) sum -= Math.sign(extras[level]![tree.levels[level - 1]![v]!]!);
        slope[v] = sum / (2 * height);
      }
    }
    return height === 0 ? 0 : below / (2 * height) - top / 2;
  });
}

/** Shares of the leaves and of the nodes of each level below the top. */
function sharesByLevel(overall: Float64Array, { levels, sizes }: SensitiveTree): Float64Array[] {
  const inner = levels.slice(0, -1).map((level, i) => {
    const shares = new Float64Array(sizes[i]!);
    for (let v = 0; v < overall.length; v++) shares[level[v]!]! += overall[v]!;
    return shares;
  });
  return [overall, ...inner];
}

function parentOf(size: number, below: Int32Array | undefined, above: Int32Array): Int32Array {
  const parent = new Int32Array(size);
  for (let leaf = 0; leaf < above.length; leaf++) parent[below === undefined ? leaf : below[leaf]!] = above[leaf]!;
  return parent;
}
