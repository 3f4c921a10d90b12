import { Grouper } from './grouping/grouper.js';
import type { Checker } from './checker.js';
import { countSensitive } from './countSensitive.js';
import { LOST, type Best, type Finding } from './finding.js';
import type { GroupList } from './grouping/groupList.js';
import type { ClassObjective } from './objectives/objective.js';
import { enumerate, isEnumerable } from './enumerate.js';
import { dropLost } from './dropLost.js';
import { descend } from './descend.js';
import { compareScores } from './objectives/objective.js';
import { rollUp } from './grouping/rollUp.js';
import { Snapshots } from './grouping/snapshots.js';

/** All nodes from `low` to `high`, and what is known of them. */
interface Box {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  readonly list: GroupList;
  /** What a look at `high` told: it holds for the whole box. */
  readonly top: Finding;
  /** For each attribute, what a look at `high` with this attribute at its lowest level told. */
  readonly faces: (Finding | undefined)[];
  /** No node in it is better; worked out only where boxes are chosen by it. */
  readonly bound?: Float64Array;
}

/**
 * Finds the best node between `low` and `high` by branch and bound over boxes of the lattice.
 *
 * The node at the top of a box tells how many rows are lost in the whole box, its bottom how much generalization costs
 * at least: together a bound from below for every node in it. Boxes are cut where one half can be ruled out by its
 * bound, and the rest is split in two. Yields after each look, so that the caller can pause, report and stop.
 */
export class BranchAndBound {
  readonly #checker: Checker;
  readonly #boxes: Box[] = [];
  #current: Box | undefined;
  #grouped: { readonly list: GroupList; readonly low: Uint8Array; readonly counts: readonly Int32Array[]; readonly bounds: Map<Uint8Array | undefined, number> } | undefined;
  readonly #bounds: Grouper;
  readonly #values: Float64Array;
  readonly #bound: Float64Array;
  readonly #m: number;
  /** What looks at small boxes have found out: whether bounds rule out more of their nodes than it costs to ask. */
  #probe: { readonly boxes: number; readonly looks: number; readonly nodes: number } | undefined;
  #probes = 0;
  #probedLooks = 0;
  #probedNodes = 0;
  readonly #counts: Int32Array[];
  /** Only where no row may be suppressed: then no list has lost any. */
  readonly #snapshots: Snapshots | undefined;

  constructor(checker: Checker) {
    this.#checker = checker;
    this.#m = checker.table.attributes.length;
    this.#bounds = new Grouper(checker.table.parts, checker.table.base.size);
    this.#values = new Float64Array(this.#m);
    this.#counts = checker.table.sensitive.map(() => new Int32Array(0));
    this.#bound = new Float64Array(checker.objective.width);
    this.#snapshots = checker.limit === 0 ? new Snapshots() : undefined;
  }

  /** `widely`: for a lattice that cannot be searched through, see {@link #next}. */
  *run(low: Uint8Array, high: Uint8Array, widely = false): Generator<void, void> {
    const { base } = this.#checker.table;
    if (widely) yield* descend(this.#checker, base, low, high);
    const top = this.#checker.look(base, high);
    if (top === undefined) return;
    // The bottom may be the best there is: where everything may be suppressed, it often is.
    if (this.#checker.limit > 0) this.#checker.look(base, low);
    this.#push({ low, high, list: base, top, faces: new Array<undefined>(this.#m).fill(undefined) }, widely);
    yield;
    for (let box = this.#next(widely); box !== undefined; box = this.#next(widely)) {
      // A copy of where the box began, for a bound should the search be stopped inside it.
      this.#current = { ...box, low: Uint8Array.from(box.low), high: Uint8Array.from(box.high) };
      yield* this.#open(box, widely);
    }
    this.#current = undefined;
  }

  /**
   * The box to be opened next: the last one, which keeps few of them, or (`widely`) the one with the least bound, which
   * raises the bound of all that is left, should the search be stopped.
   */
  #next(widely: boolean): Box | undefined {
    if (!widely) return this.#boxes.pop();
    let at = -1;
    for (let i = 0; i < this.#boxes.length; i++) if (at < 0 || compareScores(this.#boxes[i]!.bound!, this.#boxes[at]!.bound!) < 0) at = i;
    const box = this.#boxes[at];
    const last = this.#boxes.pop();
    if (box !== last) this.#boxes[at] = last!;
    return box;
  }

  #push(box: Box, widely: boolean): void {
    this.#boxes.push(widely ? { ...box, bound: this.#boundOf(box.list, box.low, box.top).slice() } : box);
  }

  /** After a stop: the least bound of what was not searched through, or `best` where that is smaller. */
  openBound(best: Float64Array): Float64Array {
    let least = best;
    for (const { list, low, top } of [...this.#boxes, ...(this.#current === undefined ? [] : [this.#current])]) {
      const bound = this.#boundOf(list, low, top);
      if (compareScores(bound, least) < 0) least = bound.slice();
    }
    return least;
  }

  /** Shrinks a box as far as bounds allow, and splits what is left. */
  *#open(box: Box, widely: boolean): Generator<void, void> {
    const { low, high, faces } = box;
    let { list, top } = box;
    if (this.#ruledOut(list, low, top)) return;
    if (this.#isLookedThrough(volume(low, high), widely)) {
      yield* enumerate(this.#checker, list, low, high, (classes, node) => this.#ruledOut(classes, node, top));
      return;
    }
    if (volume(low, high) >= 8) list = yield* this.#shorten(list, low, high, faces);
    for (;;) {
      if (this.#ruledOut(list, low, top)) return;
      if (this.#lower(list, low, high, top)) {
        faces.fill(undefined);
        const look = this.#checker.look(this.#fit(list, high), high);
        yield;
        if (look === undefined) return;
        top = look;
        continue;
      }
      if (volume(low, high) === 1) return;
      const before = sum(low);
      yield* this.#raise(list, low, high, faces);
      if (sum(low) === before) break;
      if (volume(low, high) >= 8) list = yield* this.#shorten(list, low, high, faces);
    }
    this.#split({ low, high, list, top, faces }, widely);
  }

  /**
   * Whether the nodes of a small box are looked at one by one. A few such boxes are bounded first, and where that has
   * meant looking at most of their nodes, the others are spared the trouble.
   */
  #isLookedThrough(nodes: number, widely: boolean): boolean {
    const { objective, looks, table } = this.#checker;
    if (widely || objective.kind === 'classes' || !isEnumerable(table)) return false;
    const probe = this.#probe;
    if (probe !== undefined && this.#boxes.length < probe.boxes) {
      this.#probes++;
      this.#probedLooks += looks - probe.looks;
      this.#probedNodes += probe.nodes;
      this.#probe = undefined;
    }
    if (nodes > SMALL_BOX || this.#probe !== undefined) return false;
    if (this.#probes >= PROBES) return this.#probedLooks > 0.75 * this.#probedNodes;
    // Smaller boxes inside belong to it, until the stack is as short as it was without it.
    if (nodes >= SMALL_BOX / 4) this.#probe = { boxes: this.#boxes.length, looks, nodes };
    return false;
  }

  /** Lowers the top of the box as long as what is cut off is ruled out by its bound. */
  #lower(list: GroupList, low: Uint8Array, high: Uint8Array, top: Finding): boolean {
    let changed = false;
    if (this.#checker.objective.kind === 'classes') return false;
    for (let a = 0; a < this.#m; a++) {
      while (high[a]! > low[a]! && this.#ruledOut(list, withLevel(low, a, high[a]!), top)) {
        high[a]!--;
        changed = true;
      }
    }
    return changed;
  }

  /** Raises the bottom of the box as long as what is cut off is ruled out by a look at its own top, the face. */
  *#raise(list: GroupList, low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, void> {
    const unknown: number[] = [];
    for (let a = 0; a < this.#m; a++) {
      if (low[a]! === high[a]!) continue;
      const face = faces[a];
      if (face !== undefined && tellsMore(face, list) && this.#ruledOut(list, low, face)) {
        low[a]!++;
        faces[a] = undefined;
      }
      if (low[a]! < high[a]! && faces[a] === undefined) unknown.push(a);
    }
    if (this.#checker.limit === 0) {
      yield* this.#facesByHalves(list, list, unknown, low, high, faces);
      return;
    }
    for (const a of unknown) yield* this.#face(list, list, a, low, high, faces);
  }

  /** Looks at one face by a list that is short enough for it. */
  *#face(list: GroupList, short: GroupList, a: number, low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, void> {
    const node = withLevel(high, a, low[a]!);
    const face = this.#checker.look(this.#fit(short, node), node);
    yield;
    if (face === undefined || (tellsMore(face, list) && this.#ruledOut(list, low, face))) low[a]!++;
    else faces[a] = face;
  }

  /**
   * Looks at the faces of some attributes where no row may be suppressed. With half of the attributes at their lowest
   * levels and all else at the top, the list is short, and serves the looks at each of that half; and if that node
   * will do, all of these faces will. (Where rows are suppressed, looks need the finer values that are lost here.)
   */
  *#facesByHalves(list: GroupList, short: GroupList, attributes: readonly number[], low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, void> {
    if (attributes.length === 1) {
      const a = attributes[0]!;
      while (low[a]! < high[a]! && faces[a] === undefined) yield* this.#face(list, short, a, low, high, faces);
      return;
    }
    for (const half of this.#halves(attributes)) {
      const { grouper } = this.#checker;
      let shorter = short;
      if (short.size >= 256) {
        const node = Uint8Array.from(high);
        for (const a of half) node[a] = low[a]!;
        shorter = this.#fit(short, node);
        this.#checker.reads += shorter.size;
        grouper.group(shorter, node);
        const together = this.#checker.judge(shorter, node);
        if (grouper.count < 0.7 * shorter.size) {
          shorter = rollUp(shorter, grouper, node);
          this.#snapshots?.add(shorter);
        }
        yield;
        // Will do: in full. That a finer node is not ruled out says nothing of the faces by itself.
        if (together !== undefined && this.#checker.accepted) {
          for (const a of half) faces[a] = together;
          continue;
        }
      }
      if (half.length > 0) yield* this.#facesByHalves(list, shorter, half, low, high, faces);
    }
  }

  /** The list by which a node is looked at. */
  #fit(list: GroupList, node: Uint8Array): GroupList {
    return this.#snapshots?.shortest(list, node) ?? list;
  }

  /** By the part they belong to, where they belong to both: a part by itself has few half tuples. */
  #halves(attributes: readonly number[]): readonly (readonly number[])[] {
    const { members } = this.#checker.table.parts.first;
    const first = attributes.filter((a) => members.includes(a));
    if (first.length > 0 && first.length < attributes.length) return [first, attributes.filter((a) => !members.includes(a))];
    const middle = attributes.length >>> 1;
    return [attributes.slice(0, middle), attributes.slice(middle)];
  }

  /** A shorter list for the box: rows lost at its top are taken out, and equal entries at its bottom put together. */
  *#shorten(list: GroupList, low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, GroupList> {
    if (list.size < 64) return list;
    let short = list;
    if (sum(low) > sum(list.levels) && this.#product(low) < 0.7 * this.#product(list.levels)) {
      this.#bounds.group(list, low);
      if (this.#bounds.count < 0.9 * list.size) short = rollUp(list, this.#bounds, low);
      this.#grouped = { list, low: Uint8Array.from(low), counts: this.#checker.objective.kind === 'classes' ? countSensitive(this.#checker.table, list, this.#bounds, this.#counts) : this.#counts, bounds: new Map() };
    }
    const kept = dropLost(this.#checker, short, high);
    yield;
    if (kept !== list && this.#checker.objective.kind === 'classes') faces.fill(undefined);
    return kept;
  }

  /** How many classes there can be at a node. */
  #product(node: Uint8Array): number {
    const { first, second } = this.#checker.table.parts;
    return first.at(node).size * second.at(node).size;
  }

  /** Splits a box at the bottom of the attribute where one of the halves comes closest to being ruled out. */
  #split({ low, high, list, top, faces }: Box, widely: boolean): void {
    let best = -1;
    let most: Float64Array | undefined;
    let upperFirst = false;
    const cheap = this.#checker.objective.kind === 'attributes';
    const own = this.#boundOf(list, low, top).slice();
    for (let a = 0; a < this.#m; a++) {
      if (low[a]! === high[a]!) continue;
      const lower = this.#boundOf(list, low, faces[a]!).slice();
      // Asking about another bottom costs an objective on classes a pass each: it goes by the lower halves alone.
      const upper = cheap ? this.#boundOf(list, withLevel(low, a, low[a]! + 1), top).slice() : own;
      const order = compareScores(lower, upper);
      const larger = order > 0 ? lower : upper;
      if (most === undefined || compareScores(larger, most) > 0) {
        most = larger;
        best = a;
        upperFirst = order > 0;
      }
    }
    const upperFaces = faces.slice();
    upperFaces[best] = undefined;
    const upper: Box = { low: withLevel(low, best, low[best]! + 1), high: Uint8Array.from(high), list, top, faces: upperFaces };
    const lower: Box = { low, high: withLevel(high, best, low[best]!), list, top: faces[best]!, faces: new Array<undefined>(this.#m).fill(undefined) };
    this.#push(upperFirst ? lower : upper, widely);
    this.#push(upperFirst ? upper : lower, widely);
  }

  /** No node at or above `low` in a box with this top can be better than the best so far. */
  #ruledOut(list: GroupList, low: Uint8Array, top: Finding): boolean {
    const best: Best | undefined = this.#checker.best;
    if (best === undefined) return false;
    const order = compareScores(this.#boundOf(list, low, top), best.score);
    return order > 0 || (order === 0 && sum(low) >= best.levels);
  }

  #boundOf(list: GroupList, low: Uint8Array, top: Finding): Float64Array {
    const { objective } = this.#checker;
    const bound = this.#bound;
    if (objective.kind === 'attributes') {
      for (let a = 0; a < this.#m; a++) this.#values[a] = objective.value(a, low[a]!, top.evidence, false);
      objective.aggregate(this.#values, bound);
    } else bound[0] = this.#classBound(objective, list, low, top);
    return bound;
  }

  #classBound(objective: ClassObjective, list: GroupList, low: Uint8Array, top: Finding): number {
    const grouper = this.#bounds;
    // The same bottom is asked about with one top after another: it is grouped once.
    if (this.#grouped?.list !== list || compareLevels(this.#grouped.low, low) !== 0) {
      if (list.sensitive === undefined && compareLevels(list.levels, low) === 0) grouper.eachAlone(list);
      else grouper.group(list, low);
      this.#grouped = { list, low: Uint8Array.from(low), counts: countSensitive(this.#checker.table, list, grouper, this.#counts), bounds: new Map() };
    }
    const { counts, bounds } = this.#grouped;
    const lost = top.list === list ? top.lost : undefined;
    let bound = bounds.get(lost);
    if (bound === undefined) {
      const marks = new Uint8Array(grouper.count);
      if (lost !== undefined) for (let c = 0; c < marks.length; c++) marks[c] = lost[grouper.example[c]!]! & LOST;
      bound = objective.bound({ list, grouper, node: low, marks, counts }, this.#checker.rules.smallest);
      bounds.set(lost, bound);
    }
    return bound;
  }
}

const SMALL_BOX = 256;
const PROBES = 3;

/** Where no more rows are lost than in the whole box, a face has no bound of its own. */
const tellsMore = (face: Finding, list: GroupList): boolean => face.forcedRows > list.dropped.rows;

const withLevel = (node: Uint8Array, a: number, level: number): Uint8Array => {
  const other = Uint8Array.from(node);
  other[a] = level;
  return other;
};

function compareLevels(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function volume(low: Uint8Array, high: Uint8Array): number {
  let nodes = 1;
  for (let a = 0; a < low.length; a++) nodes *= high[a]! - low[a]! + 1;
  return nodes;
}

function sum(levels: Uint8Array): number {
  let total = 0;
  for (let a = 0; a < levels.length; a++) total += levels[a]!;
  return total;
}
