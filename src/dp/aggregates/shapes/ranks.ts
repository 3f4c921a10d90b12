import { between } from '../sums/moments.js';
import type { CountNoise } from '../engine/noise.js';
import { BIN_STEPS } from './edges.js';
import { consistentLeaves, cutAt, levelsOf, type Cut } from './tree.js';
import { weightedReach } from './weightedTail.js';

/** Quantiles with their intervals, in the order of the ranks, and the count. */
export type Ranked = {
  readonly quantiles: readonly number[];
  readonly intervals: readonly (readonly [low: number, high: number])[];
  readonly count: number;
};

/**
 * From the noisy nodes of one group to its quantiles; made once, for all groups, of public figures.
 *
 * Values: the leaves that fit all nodes best, their running sums made to rise, and the place within a leaf by a straight
 * line. Intervals: at each boundary the rows before it less the rank's share of all, from as few nodes as there are, is
 * within a bound of the truth at all boundaries at once with 95 %; the quantile lies between the last boundary where it is
 * surely below zero and the first where it is surely above.
 *
 * A unit with more rows than count has its running sums rounded down by less than a step each, and counts for `stepsPerUnit` in
 * all (Infinity where nothing is rounded): so there are no more such units, and no more such steps, than the whole has room for.
 */
export function quantileLine(noise: CountNoise, edges: readonly number[], ranks: readonly number[], stepsPerUnit: number): (noisy: Float64Array) => Ranked {
  const leaves = edges.length - 1;
  const sizes = levelsOf(leaves);
  const cuts = Array.from({ length: Math.max(0, leaves - 1) }, (_, i) => cutAt(i + 1, sizes));
  const alpha = 0.05 / (cuts.length + 1);
  const reaches = ranks.map((rank) => reachesOf(noise, cuts, rank, alpha));
  const top = sizes[sizes.length - 1]!;
  const wholeReach = weightedReach(noise, top, 1, 0, 0, alpha);
  return (noisy) => {
    const rising = runningSums(consistentLeaves(noisy, sizes));
    const before = cuts.map((cut) => sumAt(noisy, cut.before));
    const after = cuts.map((cut) => sumAt(noisy, cut.after));
    const whole = noisy.subarray(noisy.length - top).reduce((sum, node) => sum + node, 0);
    const rounded = Math.max(0, whole + wholeReach) / stepsPerUnit;
    return {
      quantiles: ranks.map((rank) => valueAt(edges, rising, rank)),
      intervals: ranks.map((rank, r) => {
        let [low, high] = [0, leaves];
        cuts.forEach((_, i) => {
          const excess = (1 - rank) * before[i]! - rank * after[i]!;
          if (excess + rounded < -reaches[r]![i]!) low = Math.max(low, i + 1);
          if (excess > reaches[r]![i]!) high = Math.min(high, i + 1);
        });
        // Should they cross, which has a chance of 5 % in all, nothing is known.
        return low < high ? [edges[low]!, edges[high]!] : [edges[0]!, edges[leaves]!];
      }),
      count: rising[leaves]! / BIN_STEPS,
    };
  };
}

function reachesOf(noise: CountNoise, cuts: readonly Cut[], rank: number, alpha: number): Float64Array {
  const known = new Map<number, number>();
  return Float64Array.from(cuts, ({ before, after }) => {
    const id = before.length * 4096 + after.length;
    let reach = known.get(id);
    if (reach === undefined) known.set(id, (reach = weightedReach(noise, before.length, 1 - rank, after.length, rank, alpha)));
    return reach;
  });
}

const sumAt = (noisy: Float64Array, nodes: readonly number[]): number => nodes.reduce((sum, node) => sum + noisy[node]!, 0);

/** Running sums from 0 to the whole, made to rise: the middle between the highest so far and the lowest still to come. */
function runningSums(leaves: Float64Array): Float64Array {
  const n = leaves.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + leaves[i]!;
  const highest = sums.slice();
  const lowest = sums.slice();
  for (let i = 1; i <= n; i++) highest[i] = Math.max(highest[i - 1]!, sums[i]!);
  for (let i = n - 1; i >= 0; i--) lowest[i] = Math.min(lowest[i + 1]!, sums[i]!);
  const whole = sums[n]!;
  return sums.map((_, i) => Math.min(Math.max(0, whole), Math.max(0, (highest[i]! + lowest[i]!) / 2)));
}

/** Where the running sum reaches the rank's share of the whole; by the range alone where there is nothing. */
function valueAt(edges: readonly number[], rising: Float64Array, rank: number): number {
  const leaves = edges.length - 1;
  const whole = rising[leaves]!;
  if (!(whole > 0)) return between(edges[0]!, edges[leaves]!, rank);
  const wanted = rank * whole;
  let leaf = 0;
  while (leaf < leaves - 1 && rising[leaf + 1]! < wanted) leaf++;
  // At rank 0 the first leaf that has anything, not the first leaf.
  if (rank === 0) while (leaf < leaves - 1 && rising[leaf + 1]! <= 0) leaf++;
  const width = rising[leaf + 1]! - rising[leaf]!;
  const place = width > 0 ? Math.min(1, Math.max(0, (wanted - rising[leaf]!) / width)) : 0;
  return between(edges[leaf]!, edges[leaf + 1]!, place);
}
