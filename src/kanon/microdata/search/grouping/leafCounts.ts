import type { Grouper } from './grouper.js';
import type { Dropped, GroupList, Parts } from './groupList.js';

/** Counts rows by leaf of each attribute, and remembers which leaves occur. */
export class LeafCounts {
  rows = 0;
  /** For each attribute, rows by leaf. */
  readonly counts: readonly Int32Array[];
  /** For each attribute, the leaves that occur, the first `met[attribute]` of them. */
  readonly leaves: readonly Int32Array[];
  readonly met: Int32Array;
  readonly #parts: Parts;
  readonly #halves: readonly [Int32Array, Int32Array];
  readonly #halvesMet: readonly [Int32Array, Int32Array];

  constructor(parts: Parts, domains: readonly number[]) {
    this.#parts = parts;
    this.counts = domains.map((leaves) => new Int32Array(leaves));
    this.leaves = domains.map((leaves) => new Int32Array(leaves));
    this.met = new Int32Array(domains.length);
    this.#halves = [new Int32Array(parts.first.size), new Int32Array(parts.second.size)];
    this.#halvesMet = [new Int32Array(parts.first.size), new Int32Array(parts.second.size)];
  }

  clear(): void {
    this.rows = 0;
    for (let a = 0; a < this.met.length; a++) {
      const counts = this.counts[a]!;
      const leaves = this.leaves[a]!;
      for (let i = 0; i < this.met[a]!; i++) counts[leaves[i]!] = 0;
      this.met[a] = 0;
    }
  }

  /** Starts from rows that are known already. */
  reset(known: Dropped): void {
    this.clear();
    if (known.rows === 0) return;
    this.rows = known.rows;
    known.leaves.forEach((from, a) => {
      for (let leaf = 0; leaf < from.length; leaf++) if (from[leaf]! > 0) this.#add(a, leaf, from[leaf]!);
    });
  }

  snapshot(): Dropped {
    return { rows: this.rows, leaves: this.counts.map((counts) => counts.slice()) };
  }

  /** Adds the rows of the first `count` of some entries. */
  addSelected(list: GroupList, entries: Int32Array, count: number): void {
    const [left, right] = this.#halves;
    const [leftMet, rightMet] = this.#halvesMet;
    const { first, second, weight } = list;
    let lefts = 0;
    let rights = 0;
    let rows = 0;
    for (let i = 0; i < count; i++) {
      const e = entries[i]!;
      const w = weight[e]!;
      const a = first[e]!;
      const b = second[e]!;
      if (left[a] === 0) leftMet[lefts++] = a;
      left[a]! += w;
      if (right[b] === 0) rightMet[rights++] = b;
      right[b]! += w;
      rows += w;
    }
    this.rows += rows;
    this.#spread(this.#parts.first, left, leftMet, lefts);
    this.#spread(this.#parts.second, right, rightMet, rights);
  }

  /** Adds the rows of all entries that bear one of the wanted marks. */
  addEntries(list: GroupList, marks: Uint8Array, wanted: number): void {
    const [left, right] = this.#halves;
    const [leftMet, rightMet] = this.#halvesMet;
    const { first, second, weight } = list;
    let lefts = 0;
    let rights = 0;
    let rows = 0;
    for (let e = 0; e < list.size; e++) {
      if ((marks[e]! & wanted) === 0) continue;
      const w = weight[e]!;
      if (w === 0) continue;
      const a = first[e]!;
      const b = second[e]!;
      if (left[a] === 0) leftMet[lefts++] = a;
      left[a]! += w;
      if (right[b] === 0) rightMet[rights++] = b;
      right[b]! += w;
      rows += w;
    }
    this.rows += rows;
    this.#spread(this.#parts.first, left, leftMet, lefts);
    this.#spread(this.#parts.second, right, rightMet, rights);
  }

  /** Adds `rows[c]` rows for each class that bears the mark alone, as if all of them were like the class's example. */
  addClasses(list: GroupList, grouper: Grouper, marks: Uint8Array, wanted: number, rows: Int32Array): void {
    const { first, second } = this.#parts;
    for (let c = 0; c < grouper.count; c++) {
      const w = rows[c]!;
      if (marks[c] !== wanted || w === 0) continue;
      const e = grouper.example[c]!;
      this.rows += w;
      for (let i = 0; i < first.members.length; i++) this.#add(first.members[i]!, first.leaves[i]![list.first[e]!]!, w);
      for (let i = 0; i < second.members.length; i++) this.#add(second.members[i]!, second.leaves[i]![list.second[e]!]!, w);
    }
  }

  #spread(part: Parts['first'], halves: Int32Array, met: Int32Array, count: number): void {
    for (let i = 0; i < part.members.length; i++) {
      const a = part.members[i]!;
      const leafOf = part.leaves[i]!;
      for (let j = 0; j < count; j++) this.#add(a, leafOf[met[j]!]!, halves[met[j]!]!);
    }
    for (let j = 0; j < count; j++) halves[met[j]!] = 0;
  }

  #add(a: number, leaf: number, w: number): void {
    const counts = this.counts[a]!;
    if (counts[leaf] === 0) this.leaves[a]![this.met[a]!++] = leaf;
    counts[leaf]! += w;
  }
}
