const WORK = 2_000_000;

/**
 * The smallest size a class can have, given what a class of each size can do at best: smaller classes fail whatever
 * their rows are, here and at every finer node, and are told by their size alone.
 */
function smallest(values: number, canPass: (size: number) => boolean): number {
  const most = Math.max(1, Math.min(1000, Math.floor(WORK / Math.max(1, values))));
  for (let size = 1; size < most; size++) if (canPass(size)) return size;
  return most;
}

/** For models that cap the share of each value: room for all rows of the class under the caps. */
export function smallestUnderCaps(caps: Float64Array): number {
  return smallest(caps.length, (size) => {
    let room = 0;
    for (const cap of caps) room += Math.floor(cap * size * (1 + 1e-9) + 1e-9);
    return room >= size;
  });
}

/** For equal distances: whole counts that come closest to the overall shares. */
export function smallestWithinEqual(t: number, shares: Float64Array): number {
  return smallest(shares.length, (size) => leastDifference(shares, size) / 2 <= t + 1e-9);
}

/** For distances on a line: cumulative counts rounded, value by value. `shares` in the order of the line. */
export function smallestWithinOrdered(t: number, shares: Float64Array): number {
  const scale = shares.length > 1 ? 1 / (shares.length - 1) : 0;
  return smallest(shares.length, (size) => {
    let ahead = 0;
    let least = 0;
    for (const share of shares) {
      ahead += share * size;
      least += Math.abs(ahead - Math.round(ahead));
    }
    return (least * scale) / size <= t + 1e-9;
  });
}

/** For distances along a tree: each level by itself comes as close as it can. `levels`: shares of the nodes of each level below the top. */
export function smallestWithinTree(t: number, levels: readonly Float64Array[]): number {
  return smallest(levels.reduce((sum, level) => sum + level.length, 0), (size) => {
    let least = 0;
    for (const level of levels) least += leastDifference(level, size);
    return least / (2 * levels.length) <= t + 1e-9;
  });
}

/** The least sum of |count / size - share| over whole counts with this sum: the largest remainders are rounded up. */
function leastDifference(shares: Float64Array, size: number): number {
  const rest = shares.map((share) => share * size - Math.floor(share * size)).sort();
  let whole = 0;
  for (const share of shares) whole += Math.floor(share * size);
  const up = Math.max(0, Math.min(rest.length, size - whole));
  let sum = 0;
  for (let i = 0; i < rest.length; i++) sum += i < rest.length - up ? rest[i]! : 1 - rest[i]!;
  return sum / size;
}
