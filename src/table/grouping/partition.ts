/** Rows sorted into parts by unit: all rows of one unit are in one part, and a part fits the processor's cache. */
export interface Parts {
  /** Part p holds rows `starts[p]` to `starts[p + 1]`. */
  readonly starts: Int32Array;
  /** Row r is `rows[2 * r]`, the unit's code without its lowest `bits` bits (which name the part), and `rows[2 * r + 1]`, the group. */
  readonly rows: Int32Array;
  readonly bits: number;
  /** Row r is row `ids[r]` of the input; only where asked for. */
  readonly ids?: Int32Array;
}

const ROWS_PER_PART = 65_536;
const MAX_BITS = 7;

/**
 * Partitions by the low bits of the unit's code, since codes are often given out by activity and ranges of them
 * would be uneven. Rows with a negative unit or group are left out here, once.
 */
export function partitionByUnit(units: Int32Array, groups: Int32Array, groupMap: Int32Array | undefined, withIds = false): Parts {
  let bits = 0;
  while (bits < MAX_BITS && units.length >> bits > ROWS_PER_PART) bits++;
  const mapped = groupMap === undefined ? groups : mapGroups(groups, groupMap);
  const starts = countParts(units, mapped, bits);
  const rows = scatter(units, mapped, bits, starts);
  return withIds ? { starts, rows, bits, ids: scatterIds(units, mapped, bits, starts) } : { starts, rows, bits };
}

function mapGroups(groups: Int32Array, groupMap: Int32Array): Int32Array {
  const mapped = new Int32Array(groups.length);
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]!;
    mapped[i] = group < 0 ? -1 : groupMap[group]!;
  }
  return mapped;
}

function countParts(units: Int32Array, groups: Int32Array, bits: number): Int32Array {
  const mask = (1 << bits) - 1;
  const starts = new Int32Array((1 << bits) + 1);
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    if ((unit | groups[i]!) >= 0) starts[(unit & mask) + 1]!++;
  }
  for (let p = 1; p < starts.length; p++) starts[p]! += starts[p - 1]!;
  return starts;
}

// Unit and group side by side: half as many places are written to at once, which is what the cache minds.
function scatter(units: Int32Array, groups: Int32Array, bits: number, starts: Int32Array): Int32Array {
  const mask = (1 << bits) - 1;
  const next = starts.slice(0, 1 << bits);
  const rows = new Int32Array(2 * starts[starts.length - 1]!);
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    const group = groups[i]!;
    if ((unit | group) < 0) continue;
    const part = unit & mask;
    const at = next[part]!;
    next[part] = at + 1;
    rows[2 * at] = unit >> bits;
    rows[2 * at + 1] = group;
  }
  return rows;
}

// A pass of its own, so that counting units stays as it is.
function scatterIds(units: Int32Array, groups: Int32Array, bits: number, starts: Int32Array): Int32Array {
  const mask = (1 << bits) - 1;
  const next = starts.slice(0, 1 << bits);
  const ids = new Int32Array(starts[starts.length - 1]!);
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    if ((unit | groups[i]!) >= 0) ids[next[unit & mask]!++] = i;
  }
  return ids;
}
