import type { Bounds } from './bounds.js';
import { withLevel } from './box.js';
import type { Checker } from './checker.js';
import type { Finding } from './finding.js';
import type { GroupList } from './grouping/groupList.js';
import { rollUp } from './grouping/rollUp.js';
import { Snapshots } from './grouping/snapshots.js';

/** Looks at the faces of boxes: at their tops with one attribute at its lowest level. What fails there raises the bottom. */
export class Faces {
  readonly #checker: Checker;
  readonly #bounds: Bounds;
  readonly #m: number;
  /** Only where no row may be suppressed: then no list has lost any. */
  readonly #snapshots: Snapshots | undefined;

  constructor(checker: Checker, bounds: Bounds) {
    this.#checker = checker;
    this.#bounds = bounds;
    this.#m = checker.table.attributes.length;
    this.#snapshots = checker.limit === 0 ? new Snapshots() : undefined;
  }

  /** Raises the bottom of the box as long as what is cut off is ruled out by a look at its own top, the face. */
  *raise(list: GroupList, low: Uint8Array, high: Uint8Array, faces: (Finding | undefined)[]): Generator<void, void> {
    const unknown: number[] = [];
    for (let a = 0; a < this.#m; a++) {
      if (low[a]! === high[a]!) continue;
      const face = faces[a];
      if (face !== undefined && tellsMore(face, list) && this.#bounds.ruledOut(list, low, face)) {
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
    const face = this.#checker.look(this.fit(short, node), node);
    yield;
    if (face === undefined || (tellsMore(face, list) && this.#bounds.ruledOut(list, low, face))) low[a]!++;
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
        shorter = this.fit(short, node);
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
  fit(list: GroupList, node: Uint8Array): GroupList {
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
}

/** Where no more rows are lost than in the whole box, a face has no bound of its own. */
const tellsMore = (face: Finding, list: GroupList): boolean => face.forcedRows > list.dropped.rows;
