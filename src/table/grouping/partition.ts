/** Rows sorted into parts by unit: all rows of one unit are in one part, and a part fits the processor's cache. */
export interface Parts {
  /** Part p holds rows `starts[p]` to `starts[p + 1]`. */
  readonly starts: Float64Array;
  /** The unit's code without its lowest `bits` bits, which name the part. */
  readonly units: Int32Array;
  readonly groups: Int32Array;
  readonly bits: number;
}

const ROWS_PER_PART = 65_536;
const MAX_BITS = 8;

/**
 * Partitions by the low bits of the unit's code, since codes are often given out by activity and ranges of them
 * would be uneven. Rows with a negative unit or group are left out here, once.
 */
export function partitionByUnit(units: Int32Array, groups: Int32Array, groupMap: Int32Array | undefined): Parts {
  const n = units.length;
  let bits = 0;
  while (bits < MAX_BITS && n >> bits > ROWS_PER_PART) bits++;
  const mask = (1 << bits) - 1;
  const starts = new Float64Array((1 << bits) + 1);
  for (let i = 0; i < n; i++) {
    const unit = units[i]!;
    const group = groups[i]!;
    if (unit < 0 || group < 0 || (groupMap !== undefined && groupMap[group]! < 0)) continue;
    starts[(unit & mask) + 1]!++;
  }
  for (let p = 1; p < starts.length; p++) starts[p]! += starts[p - 1]!;
  const kept = starts[starts.length - 1]!;
  const next = Int32Array.from(starts.subarray(0, 1 << bits));
  const outUnits = new Int32Array(kept);
  const outGroups = new Int32Array(kept);
  for (let i = 0; i < n; i++) {
    const unit = units[i]!;
    let group = groups[i]!;
    if (unit < 0 || group < 0) continue;
    if (groupMap !== undefined) {
      group = groupMap[group]!;
      if (group < 0) continue;
    }
    const at = next[unit & mask]!++;
    outUnits[at] = unit >> bits;
    outGroups[at] = group;
  }
  return { starts, units: outUnits, groups: outGroups, bits };
}
