import { GroupChooser, RowChooser, type Choosing } from './chooseGroups.js';
import { ExactTotals } from './exactTotals.js';
import { partitionByUnit } from './partition.js';

/**
 * What one unit adds to its groups, as whole numbers. The rows of one (unit, group) pair make a cell; cells are numbered
 * from 0 for each unit, in the order in which its rows come, which must not matter for what `close` gives.
 */
export interface CellFold {
  /** How many numbers a group has. */
  readonly width: number;
  /** Reads ahead rows `ids[from]` to `ids[to - 1]`, whose units come next: from here on they are numbered from 0. */
  load(ids: Int32Array, from: number, to: number): void;
  /** The unit whose cells come next, where the fold has to know. */
  startUnit?(unit: number): void;
  /** Forgets what cell was before. */
  open(cell: number): void;
  /** Takes in a row, by its number since `load`. False: the row has no value and is left out. */
  row(cell: number, row: number): boolean;
  /** Adds to `totals` what a cell of `rows` rows gives its group. */
  close(cell: number, rows: number, totals: ExactTotals, group: number): void;
  /** Where a group's numbers are not sums: its distinct values. */
  readonly values?: DistinctValues;
}

/** The distinct values of groups, as texts that tell contents apart. */
export interface DistinctValues {
  size(group: number): number;
  ids(group: number): Iterable<string>;
}

/** How one unit is bounded: by groups, or by rows in all of them together. */
export type UnitBound = { readonly groupsPerUnit: number; readonly rowsPerUnit?: never } | { readonly rowsPerUnit: number; readonly groupsPerUnit?: never };

export interface FoldInput extends Choosing {
  readonly units: Int32Array;
  readonly unitSize: number;
  readonly groups: Int32Array;
  /** From a row's group code to its place in the result, -1 to leave it out; absent where they are the same. */
  readonly groupMap: Int32Array | undefined;
  readonly bound: UnitBound;
  /** True where all groups give to the first place of the result. */
  readonly pooled: boolean;
  /** What a unit with this many kept groups adds to the weight of each: 1 for counts of distinct units. */
  readonly weight: (groups: number) => number;
}

export interface Folded {
  /** For each group the sum of its units' weights: how many distinct units it has, where each weighs 1. */
  readonly weights: Float64Array;
  readonly totals: ExactTotals;
  /** Of pairs before bounding, of units above the bound, of rows without a value: for the operator alone. */
  readonly pairs: number;
  readonly unitsAboveBound: number;
  readonly rowsWithoutValue: number;
}

/**
 * Sums what units add to groups, each unit within its bound: the engine under every aggregate but the count of units,
 * which has a faster one of its own.
 *
 * One unit's part depends on its own rows and on the sample key alone. Cost: linear, about 40 ns a row.
 */
export function foldUnits(input: FoldInput, fold: CellFold): Folded {
  const parts = partitionByUnit(input.units, input.groups, input.groupMap, true);
  const folder = new Folder(input, fold, (input.unitSize >> parts.bits) + 1, parts.bits);
  for (let p = 0; p < parts.starts.length - 1; p++) folder.part(parts.rows, parts.ids!, parts.starts[p]!, parts.starts[p + 1]!, p);
  return folder;
}

class Folder implements Folded {
  readonly weights: Float64Array;
  readonly totals: ExactTotals;
  pairs = 0;
  unitsAboveBound = 0;
  rowsWithoutValue = 0;
  private readonly input: FoldInput;
  private readonly fold: CellFold;
  private readonly bits: number;
  private readonly offsets: Int32Array;
  /** The last unit seen in each group, and its cell there. */
  private readonly stamp: Int32Array;
  private readonly cellOf: Int32Array;
  private stampNow = 0;
  private sorted: Int32Array = new Int32Array(0);
  private groupOf: Int32Array = new Int32Array(64);
  private rowsOf: Int32Array = new Int32Array(64);
  private readonly groupChooser: GroupChooser | undefined;
  private readonly rowChooser: RowChooser | undefined;
  private readonly bound: number;

  constructor(input: FoldInput, fold: CellFold, localUnits: number, bits: number) {
    this.input = input;
    this.fold = fold;
    this.bits = bits;
    this.weights = new Float64Array(input.groupSize);
    this.totals = new ExactTotals(fold.width);
    this.offsets = new Int32Array(localUnits + 1);
    this.stamp = new Int32Array(input.groupSize);
    this.cellOf = new Int32Array(input.groupSize);
    const { groupsPerUnit, rowsPerUnit } = input.bound;
    this.bound = groupsPerUnit ?? rowsPerUnit;
    if (rowsPerUnit === undefined) this.groupChooser = new GroupChooser(input, groupsPerUnit);
    else this.rowChooser = new RowChooser(input, rowsPerUnit);
  }

  /** Sorts one part by unit and folds it. */
  part(rows: Int32Array, ids: Int32Array, from: number, to: number, part: number): void {
    const { offsets } = this;
    this.fold.load(ids, from, to);
    offsets.fill(0);
    for (let i = from; i < to; i++) offsets[rows[2 * i]! + 1]!++;
    for (let u = 1; u < offsets.length; u++) offsets[u]! += offsets[u - 1]!;
    if (this.sorted.length < 2 * (to - from)) this.sorted = new Int32Array(2 * (to - from));
    const { sorted } = this;
    for (let i = from; i < to; i++) {
      const at = 2 * offsets[rows[2 * i]!]!++;
      sorted[at] = rows[2 * i + 1]!;
      sorted[at + 1] = i - from;
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
    const { sorted, stamp, cellOf, fold } = this;
    const now = ++this.stampNow;
    fold.startUnit?.(unitCode);
    if (this.groupOf.length < end - start) [this.groupOf, this.rowsOf] = [new Int32Array(2 * (end - start)), new Int32Array(2 * (end - start))];
    const { groupOf, rowsOf } = this;
    let found = 0;
    let kept = 0;
    for (let i = 2 * start; i < 2 * end; i += 2) {
      const group = sorted[i]!;
      const known = stamp[group] === now;
      const cell = known ? cellOf[group]! : found;
      if (!known) fold.open(cell);
      if (!fold.row(cell, sorted[i + 1]!)) continue;
      kept++;
      if (known) {
        rowsOf[cell]!++;
        continue;
      }
      // A cell exists from its first row with a value on.
      stamp[group] = now;
      cellOf[group] = cell;
      groupOf[cell] = group;
      rowsOf[cell] = 1;
      found++;
    }
    this.pairs += found;
    this.rowsWithoutValue += end - start - kept;
    // A unit all of whose rows are left out is in no group at all.
    if (found === 0) return;
    if (this.rowChooser !== undefined) this.keepRows(this.rowChooser, unitCode, found, kept);
    else this.keepGroups(this.groupChooser!, unitCode, found);
  }

  private keepGroups(chooser: GroupChooser, unitCode: number, found: number): void {
    const { groupOf, cellOf, bound } = this;
    if (found <= bound) {
      const weight = this.input.weight(found);
      for (let cell = 0; cell < found; cell++) this.give(cell, groupOf[cell]!, weight);
      return;
    }
    this.unitsAboveBound++;
    const { items, size } = chooser.choose(unitCode, groupOf, found);
    const weight = this.input.weight(size);
    for (let i = 0; i < size; i++) this.give(cellOf[items[i]!]!, items[i]!, weight);
  }

  private keepRows(chooser: RowChooser, unitCode: number, found: number, rows: number): void {
    const { groupOf, rowsOf, bound } = this;
    if (rows > bound) {
      this.unitsAboveBound++;
      chooser.choose(unitCode, groupOf, rowsOf, found, rows);
    }
    let groups = 0;
    for (let cell = 0; cell < found; cell++) if (rowsOf[cell]! > 0) groups++;
    const weight = this.input.weight(groups);
    for (let cell = 0; cell < found; cell++) if (rowsOf[cell]! > 0) this.give(cell, groupOf[cell]!, weight);
  }

  private give(cell: number, group: number, weight: number): void {
    const place = this.input.pooled ? 0 : group;
    this.weights[place]! += weight;
    this.fold.close(cell, this.rowsOf[cell]!, this.totals, place);
  }
}
