const DIRECT = 1 << 20;

/** Tuples numbered so that equal ones have equal numbers, in the order in which they are first met. */
export interface Numbered {
  readonly codes: Int32Array;
  readonly size: number;
  /** The position of the first tuple with each number. */
  readonly examples: Int32Array;
}

/** Numbers tuples of codes, field by field. One object serves many calls, so that its table is made once. */
export class DenseIds {
  #table = new Int32Array(1024);
  #stamp = 0;
  #keys = new Int32Array(0);
  #radix = 1;

  /** Starts on `count` tuples without fields. */
  begin(count: number): void {
    this.#keys = new Int32Array(count);
    this.#radix = 1;
  }

  /** Adds a field, one code below `size` for each tuple. */
  add(field: Int32Array, size: number): void {
    if (size <= 1) return;
    if (this.#radix * size > DIRECT) this.#radix = Math.max(1, this.#number(this.#keys, this.#radix).size);
    if (this.#radix * size > DIRECT) {
      this.#hash(field);
      return;
    }
    const keys = this.#keys;
    const radix = this.#radix;
    for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! + radix * field[i]!;
    this.#radix = radix * size;
  }

  /** Adds the field `codes[leaves[tuple]]`, below `size`; with `pick`, tuple i stands for `pick[i]`. */
  addLeaves(leaves: Int32Array, codes: Int32Array, size: number, pick: Int32Array | undefined): void {
    if (size <= 1) return;
    const count = this.#keys.length;
    const field = new Int32Array(count);
    if (pick === undefined) for (let i = 0; i < count; i++) field[i] = codes[leaves[i]!]!;
    else for (let i = 0; i < count; i++) field[i] = codes[leaves[pick[i]!]!]!;
    this.add(field, size);
  }

  finish(): Numbered {
    return this.#number(this.#keys, this.#radix);
  }

  /** Numbers keys below `radix` by a table of that size, which is never emptied: each call uses higher marks than the last. */
  #number(keys: Int32Array, radix: number): Numbered {
    if (this.#table.length < radix || this.#stamp + keys.length > 0x7fffffff) {
      this.#table = new Int32Array(Math.max(this.#table.length, 2 ** Math.ceil(Math.log2(radix))));
      this.#stamp = 0;
    }
    const table = this.#table;
    const base = this.#stamp;
    let next = base;
    const examples = new Int32Array(Math.min(radix, keys.length));
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      let mark = table[key]!;
      if (mark <= base) {
        examples[next - base] = i;
        mark = ++next;
        table[key] = mark;
      }
      keys[i] = mark - base - 1;
    }
    this.#stamp = next;
    return { codes: keys, size: next - base, examples: examples.subarray(0, next - base) };
  }

  /** Too many combinations for a table: open addressing on the pair of the number so far and the new field. */
  #hash(field: Int32Array): void {
    const keys = this.#keys;
    const mask = 2 ** Math.ceil(Math.log2(Math.max(16, keys.length * 2))) - 1;
    const slots = new Int32Array(mask + 1).fill(-1);
    const lefts = new Int32Array(keys.length);
    const rights = new Int32Array(keys.length);
    let next = 0;
    for (let i = 0; i < keys.length; i++) {
      const left = keys[i]!;
      const right = field[i]!;
      let slot = mix(left, right) & mask;
      let id = slots[slot]!;
      while (id >= 0 && (lefts[id] !== left || rights[id] !== right)) {
        slot = (slot + 1) & mask;
        id = slots[slot]!;
      }
      if (id < 0) {
        id = next++;
        slots[slot] = id;
        lefts[id] = left;
        rights[id] = right;
      }
      keys[i] = id;
    }
    this.#radix = next;
  }
}

/** Spreads two codes over 32 bits. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}

/** `codes[at]` for each `at` of `positions`. */
export function gather(codes: Int32Array, positions: Int32Array): Int32Array {
  const out = new Int32Array(positions.length);
  for (let i = 0; i < out.length; i++) out[i] = codes[positions[i]!]!;
  return out;
}
