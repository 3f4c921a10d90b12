import { Bounds } from './bounds.js';
import { sum, volume, withLevel, type Box } from './box.js';
import type { Checker } from './checker.js';
import { descend } from './descend.js';
import { dropLost } from './dropLost.js';
import { enumerate } from './enumerate.js';
import { Faces } from './faces.js';
import type { Finding } from './finding.js';
import type { GroupList } from './grouping/groupList.js';
import { compareScores } from './objectives/objective.js';
import { Probes } from './probes.js';

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
  readonly #bounds: Bounds;
  readonly #faces: Faces;
  readonly #probes: Probes;
  readonly #m: number;

  constructor(checker: Checker) {
    this.#checker = checker;
    this.#m = checker.table.attributes.length;
    this.#bounds = new Bounds(checker);
    this.#faces = new Faces(checker, this.#bounds);
    this.#probes = new Probes(checker);
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
    this.#boxes.push(widely ? { ...box, bound: this.#bounds.of(box.list, box.low, box.top).slice() } : box);
  }

  /** After a stop: the least bound of what was not searched through, or `best` where that is smaller. */
  openBound(best: Float64Array): Float64Array {
    let least = best;
    for (const { list, low, top } of [...this.#boxes, ...(this.#current === undefined ? [] : [this.#current])]) {
      const bound = this.#bounds.of(list, low, top);
      if (compareScores(bound, least) < 0) least = bound.slice();
    }
    return least;
  }

  /** Shrinks a box as far as bounds allow, and splits what is left. */
  *#open(box: Box, widely: boolean): Generator<void, void> {
    const { low, high, faces } = box;
    let { list, top } = box;
    if (this.#bounds.ruledOut(list, low, top)) return;
    if (!widely && this.#probes.isEnumerated(volume(low, high), this.#boxes.length)) {
      yield* enumerate(this.#checker, list, low, high, (classes, node) => this.#bounds.ruledOut(classes, node, top));
      return;
    }
    if (volume(low, high) >= 8) list = yield* this.#shorten(list, low, high, faces);
    for (;;) {
      if (this.#bounds.ruledOut(list, low, top)) return;
      if (this.#lower(list, low, high, top)) {
        faces.fill(undefined);
        const look = this.#checker.look(this.#faces.fit(list, high), high);
        yield;
        if (look === undefined) return;
        top = look;
        continue;
      }
      if (volume(low, high) === 1) return;
      const before = sum(low);
      yield* this.#faces.raise(list, low, high, faces);
      if (sum(low) === before) break;
      if (volume(low, high) >= 8) list = yield* this.#shorten(list, low, high, faces);
    }
    this.#split({ low, high, list, top, faces }, widely);
  }

  /** Lowers the top of the box as long as what is cut off is ruled out by its bound. */
  #lower(list: GroupList, low: Uint8Array, high: Uint8Array, top: Finding): boolean {
    let changed = false;
    if (this.#checker.objective.kind === 'classes') return false;
    for (let a = 0; a < this.#m; a++) {
      while (high[a]! > low[a]! && this.#bounds.ruledOut(list, withLevel(low, a, high[a]!), top)) {
        high[a]!--;
        changed = true;
      }
    }
    return changed;
  }

  /** A shorter list for the box: rows lost at its top are taken out, and equal entries at its bottom put together. */
  *#shorten(list: GroupList, low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, GroupList> {
    if (list.size < 64) return list;
    let short = list;
    if (sum(low) > sum(list.levels) && this.#product(low) < 0.7 * this.#product(list.levels)) short = this.#bounds.shorten(list, low);
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
    const own = this.#bounds.of(list, low, top).slice();
    for (let a = 0; a < this.#m; a++) {
      if (low[a]! === high[a]!) continue;
      const lower = this.#bounds.of(list, low, faces[a]!).slice();
      // Asking about another bottom costs an objective on classes a pass each: it goes by the lower halves alone.
      const upper = cheap ? this.#bounds.of(list, withLevel(low, a, low[a]! + 1), top).slice() : own;
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
}
