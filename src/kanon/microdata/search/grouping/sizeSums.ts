import type { GroupList, Parts } from './groupList.js';

const LARGEST = 1 << 20;

/**
 * Sizes of classes and nothing else, summed in a table with a place for every combination of half tuples: half the
 * cost of numbering classes, and enough for k-anonymity.
 */
export class SizeSums {
  /** The entries of classes below the size last asked for: the first `selectedCount`. */
  readonly selected: Int32Array;
  selectedCount = 0;
  readonly #parts: Parts;
  readonly #keys: Int32Array;
  #table = new Int32Array(1024);
  // Sums are kept above a floor that rises with each call, so that the table need not be emptied.
  #floor = 0;
  #next = 0;

  constructor(parts: Parts, capacity: number) {
    this.#parts = parts;
    this.#keys = new Int32Array(capacity);
    this.selected = new Int32Array(capacity);
  }

  /** Sums the list at `node`. False where the table would be too large. */
  add(list: GroupList, node: ArrayLike<number>): boolean {
    const left = this.#parts.first.at(node);
    const right = this.#parts.second.at(node);
    if (left.size * right.size > LARGEST) return false;
    this.#reserve(left.size * right.size);
    const table = this.#table;
    const keys = this.#keys;
    const floor = this.#next;
    const { size, first, second, weight } = list;
    const leftOf = left.codes;
    const rightOf = right.codes;
    const radix = right.size;
    let rows = 0;
    for (let e = 0; e < size; e++) {
      const key = leftOf[first[e]!]! * radix + rightOf[second[e]!]!;
      const w = weight[e]!;
      const sum = table[key]!;
      keys[e] = key;
      table[key] = (sum > floor ? sum : floor) + w;
      rows += w;
    }
    this.#floor = floor;
    this.#next = floor + rows;
    return true;
  }

  /** Selects the entries of classes with fewer than `k` rows, and tells how many rows they stand for. */
  below(list: GroupList, k: number): number {
    const table = this.#table;
    const keys = this.#keys;
    const { selected } = this;
    const { size, weight } = list;
    const least = this.#floor + k;
    let count = 0;
    let rows = 0;
    for (let e = 0; e < size; e++) {
      if (table[keys[e]!]! < least) {
        selected[count++] = e;
        rows += weight[e]!;
      }
    }
    this.selectedCount = count;
    return rows;
  }

  #reserve(cells: number): void {
    if (this.#table.length < cells) {
      this.#table = new Int32Array(2 ** Math.ceil(Math.log2(cells)));
      this.#next = 0;
    } else if (this.#next > 0x3fffffff) {
      this.#table.fill(0);
      this.#next = 0;
    }
  }
}
