import type { SipKey } from '../../hash/siphash.js';
import type { Content } from '../columns/coded.js';
import { GroupChooser } from './chooseGroups.js';
import { partitionByUnit } from './partition.js';

/** What a bounded count of units needs: codes for speed, contents so that nothing depends on codes. */
export interface CountUnitsInput {
  readonly units: Int32Array;
  readonly unitSize: number;
  readonly unitContent: (code: number) => Content;
  readonly groups: Int32Array;
  /** From a row's group code to its place in the result, -1 to leave it out; absent where they are the same. */
  readonly groupMap: Int32Array | undefined;
  /** Size of the result. */
  readonly groupSize: number;
  /** The content of a place in the result. */
  readonly groupContent: (group: number) => Content;
  /** At most this many groups of a unit are counted; Infinity keeps all. */
  readonly groupsPerUnit: number;
  readonly key: SipKey;
}

export interface UnitCounts {
  /** Distinct units for each group, after bounding. */
  readonly counts: Float64Array;
  /** Distinct (unit, group) pairs before bounding: for the operator alone. */
  readonly pairs: number;
  /** Units that had more groups than the bound: for the operator alone. */
  readonly unitsAboveBound: number;
}

/**
 * Counts distinct units by group, each unit in at most `groupsPerUnit` groups.
 *
 * Which groups are kept is decided by a keyed hash of the contents of (unit, group), ties by content: the choice
 * for one unit depends on that unit's own rows and on the key alone, so adding or removing a unit changes at
 * most `groupsPerUnit` counts, each by one. Only units above the bound are hashed.
 *
 * Cost: linear; about 30 ns a row for integer codes, 8 bytes a row on top of the input.
 */
export function countUnits(input: CountUnitsInput): UnitCounts {
  const parts = partitionByUnit(input.units, input.groups, input.groupMap);
  const counter = new Counter(input, (input.unitSize >> parts.bits) + 1, parts.bits);
  const partCount = parts.starts.length - 1;
  for (let p = 0; p < partCount; p++) counter.part(parts.rows, parts.starts[p]!, parts.starts[p + 1]!, p);
  return { counts: counter.counts(), pairs: counter.pairs, unitsAboveBound: counter.unitsAboveBound };
}

const WIDTH = 4;
const COUNT = 1;
const HASH = 2;

class Counter {
  pairs = 0;
  unitsAboveBound = 0;
  private readonly input: CountUnitsInput;
  private readonly bits: number;
  private readonly offsets: Int32Array;
  /**
   * For each group the last unit seen in it (a group met again for the same unit is not distinct), its count, and 32
   * bits of its content's hash once they are asked for (0 before; a hash that is 0 is made again each time): side by
   * side, since groups are met in no order and each costs a fetch from memory.
   */
  private readonly tally: Int32Array;
  private stampNow = 0;
  private sorted: Int32Array = new Int32Array(0);
  private distinct: Int32Array = new Int32Array(64);
  private readonly chooser: GroupChooser;

  constructor(input: CountUnitsInput, localUnits: number, bits: number) {
    this.input = input;
    this.bits = bits;
    this.offsets = new Int32Array(localUnits + 1);
    this.tally = new Int32Array(WIDTH * input.groupSize);
    this.chooser = new GroupChooser(input, input.groupsPerUnit, { made: this.tally, width: WIDTH, at: HASH });
  }

  counts(): Float64Array {
    const counts = new Float64Array(this.input.groupSize);
    for (let group = 0; group < counts.length; group++) counts[group] = this.tally[WIDTH * group + COUNT]!;
    return counts;
  }

  /** Sorts one part by unit and counts it. */
  part(rows: Int32Array, from: number, to: number, part: number): void {
    const { offsets } = this;
    offsets.fill(0);
    for (let i = 2 * from; i < 2 * to; i += 2) offsets[rows[i]! + 1]!++;
    for (let u = 1; u < offsets.length; u++) offsets[u]! += offsets[u - 1]!;
    if (this.sorted.length < to - from) this.sorted = new Int32Array(to - from);
    const { sorted } = this;
    for (let i = 2 * from; i < 2 * to; i += 2) {
      const unit = rows[i]!;
      const at = offsets[unit]!;
      offsets[unit] = at + 1;
      sorted[at] = rows[i + 1]!;
    }
    // Each offset has moved on to the end of its unit.
    let start = 0;
    for (let u = 0; u < offsets.length - 1; u++) {
      const end = offsets[u]!;
      if (end > start) this.unit(start, end, (u << this.bits) | part);
      start = end;
    }
  }

  private unit(start: number, end: number, unitCode: number): void {
    const { sorted, tally } = this;
    const now = ++this.stampNow;
    if (end - start <= this.input.groupsPerUnit) {
      // No more rows than groups allowed: nothing to choose.
      let found = 0;
      for (let i = start; i < end; i++) {
        const at = WIDTH * sorted[i]!;
        if (tally[at] === now) continue;
        tally[at] = now;
        tally[at + COUNT]!++;
        found++;
      }
      this.pairs += found;
      return;
    }
    if (this.distinct.length < end - start) this.distinct = new Int32Array(2 * (end - start));
    const { distinct } = this;
    let found = 0;
    for (let i = start; i < end; i++) {
      const group = sorted[i]!;
      if (tally[WIDTH * group] === now) continue;
      tally[WIDTH * group] = now;
      distinct[found++] = group;
    }
    this.pairs += found;
    if (found <= this.input.groupsPerUnit) {
      for (let i = 0; i < found; i++) tally[WIDTH * distinct[i]! + COUNT]!++;
      return;
    }
    this.unitsAboveBound++;
    const kept = this.chooser.choose(unitCode, distinct, found);
    for (let i = 0; i < kept.size; i++) tally[WIDTH * kept.items[i]! + COUNT]!++;
  }
}
