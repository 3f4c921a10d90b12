import type { LinearSystem } from '../layout/system.js';

/** Which cells of a remainder are looked at as they are. */
export interface Parting {
  readonly value: Float64Array;
  /** Whether a withheld cell may stand in a remainder. Of one that may not its parts are looked at, and without parts there is no remainder. */
  readonly isPart: (cell: number) => boolean;
  /** Remainders that sum to so much break no rule. */
  readonly limit: number;
}

/**
 * What everybody can subtract: a published total less what is published of it is the sum of the cells that are left. Where one of these is
 * withheld to protect others, its own published parts are taken off too. Returns the sets of two cells or more that are left, each once.
 *
 * Groups that share people are left out, since their totals are no sums.
 */
export function remainders(system: LinearSystem, withheld: Uint8Array, { value, isPart, limit }: Parting): readonly (readonly number[])[] {
  const { start, cell, union, cellStart, cellRelation, cellSign } = system;
  const known = new Map<number, readonly number[] | undefined>();
  const sumOf = (cells: readonly number[]): number => cells.reduce((sum, at) => sum + value[at]!, 0);

  const leftOf = (r: number): readonly number[] | undefined => {
    const left: number[] = [];
    let sum = 0;
    for (let t = start[r]! + 1; t < start[r + 1]!; t++) {
      const part = cell[t]!;
      if (withheld[part] === 0) continue;
      if (isPart(part)) {
        left.push(part);
        sum += value[part]!;
      } else {
        const own = within(part);
        if (own === undefined) return undefined;
        for (const at of own) left.push(at);
        sum += sumOf(own);
      }
      if (sum >= limit) return undefined;
    }
    return left;
  };

  /** Of the ways to divide a withheld cell the one that leaves the least. */
  const within = (total: number): readonly number[] | undefined => {
    if (known.has(total)) return known.get(total);
    let best: readonly number[] | undefined;
    for (let t = cellStart[total]!; t < cellStart[total + 1]!; t++) {
      if (cellSign[t]! > 0 || union[cellRelation[t]!] === 1) continue;
      const left = leftOf(cellRelation[t]!);
      if (left !== undefined && (best === undefined || sumOf(left) < sumOf(best))) best = left;
    }
    known.set(total, best);
    return best;
  };

  const found = new Map<string, readonly number[]>();
  for (let r = 0; r < system.relations; r++) {
    if (union[r] === 1 || withheld[cell[start[r]!]!] === 1) continue;
    const left = leftOf(r);
    if (left === undefined || left.length < 2) continue;
    const sorted = [...left].sort((a, b) => a - b);
    found.set(sorted.join(), sorted);
  }
  return [...found.values()];
}
