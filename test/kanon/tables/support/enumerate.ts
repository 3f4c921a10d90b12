import type { Model } from './bench.js';

/**
 * All whole-numbered tables that fit what is published, by trying: the set of values each withheld cell can have.
 * Bounds are narrowed along every relation first and after each choice. `most` is how many choices are tried before it gives up (undefined).
 */
export function enumerate(model: Model, most = 2e6): Map<number, Set<number>> | undefined {
  const { truth, withheld, relations } = model;
  const low = Float64Array.from(truth, (value, cell) => (withheld[cell] === 1 ? model.lower[cell]! : value));
  const high = Float64Array.from(truth, (value, cell) => (withheld[cell] === 1 ? model.upper[cell]! : value));
  const values = new Map<number, Set<number>>();
  for (let cell = 0; cell < truth.length; cell++) if (withheld[cell] === 1) values.set(cell, new Set());
  let tried = 0;

  function narrow(): boolean {
    for (let changed = true; changed; ) {
      changed = false;
      const set = (cell: number, l: number, h: number): boolean => {
        if (l > low[cell]!) [low[cell], changed] = [l, true];
        if (h < high[cell]!) [high[cell], changed] = [h, true];
        return low[cell]! <= high[cell]!;
      };
      for (const { total, parts, union } of relations) {
        let sumLow = 0;
        let sumHigh = 0;
        let largest = 0;
        for (const part of parts) {
          sumLow += low[part]!;
          sumHigh += high[part]!;
          largest = Math.max(largest, low[part]!);
        }
        if (!set(total, union ? largest : sumLow, sumHigh)) return false;
        for (const part of parts) {
          const needed = sumHigh === Infinity && high[part]! === Infinity ? -Infinity : low[total]! - (sumHigh - high[part]!);
          const free = union ? high[total]! : high[total]! - (sumLow - low[part]!);
          if (!set(part, Number.isNaN(needed) ? -Infinity : needed, free)) return false;
        }
      }
    }
    return true;
  }

  function search(): void {
    if (++tried > most) return;
    if (!narrow()) return;
    let cell = -1;
    for (const at of values.keys()) if (low[at]! < high[at]! && (cell < 0 || high[at]! - low[at]! < high[cell]! - low[cell]!)) cell = at;
    if (cell < 0) {
      for (const [at, seen] of values) seen.add(low[at]!);
      return;
    }
    if (high[cell] === Infinity) throw new Error('enumerate needs a table in which every cell is bounded');
    const keep = [low.slice(), high.slice()] as const;
    for (let value = keep[0][cell]!; value <= keep[1][cell]! && tried <= most; value++) {
      low.set(keep[0]);
      high.set(keep[1]);
      low[cell] = value;
      high[cell] = value;
      search();
    }
    low.set(keep[0]);
    high.set(keep[1]);
  }
  search();
  return tried > most ? undefined : values;
}
