/**
 * Gives pairs of 32-bit whole numbers their codes in the order in which they are first met.
 *
 * A Map over one number for both would need their product below 2^53 and ends at 2^24 entries; a wrong code here would
 * count two groups, or two people, as one.
 */
export class PairTable {
  /** How many pairs there are; their parts are the first `size` of `left` and `right`. */
  size = 0;
  left: Int32Array = new Int32Array(1 << 9);
  right: Int32Array = new Int32Array(1 << 9);
  private slots: Int32Array = new Int32Array(1 << 10);
  private readonly seeds: Int32Array;

  /** The seeds only decide where pairs are kept. They are drawn afresh, so that nobody can choose pairs that collide. */
  constructor(seeds: Int32Array = globalThis.crypto.getRandomValues(new Int32Array(2))) {
    this.seeds = seeds;
  }

  /** The code of a pair, a new one if it was not met before. */
  code(a: number, b: number): number {
    const { slots, left, right } = this;
    const mask = slots.length - 1;
    let slot = this.hash(a, b) & mask;
    for (;;) {
      const code = slots[slot]! - 1;
      if (code < 0) break;
      if (left[code] === a && right[code] === b) return code;
      slot = (slot + 1) & mask;
    }
    if (this.size === left.length) {
      this.grow();
      return this.code(a, b);
    }
    left[this.size] = a;
    right[this.size] = b;
    slots[slot] = ++this.size;
    return this.size - 1;
  }

  private hash(a: number, b: number): number {
    let hash = Math.imul(a ^ this.seeds[0]!, 0x27220a95);
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0x2c1b3c6d) ^ this.seeds[1]!;
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    return hash ^ (hash >>> 15);
  }

  private grow(): void {
    this.left = doubled(this.left);
    this.right = doubled(this.right);
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = this.hash(this.left[code]!, this.right[code]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
  }
}

function doubled(values: Int32Array): Int32Array {
  const twice = new Int32Array(2 * values.length);
  twice.set(values);
  return twice;
}
