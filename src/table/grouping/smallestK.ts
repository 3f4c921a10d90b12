/**
 * The k items of smallest priority, as a heap whose top is the largest kept, so that k may be large.
 * Equal priorities are ordered by `compare`, which must be a total order of contents.
 */
export class SmallestK {
  /** The kept items are the first `size`, in no particular order. */
  readonly items: Int32Array;
  size = 0;
  private readonly priorities: Float64Array;
  private readonly compare: (a: number, b: number) => number;

  constructor(k: number, compare: (a: number, b: number) => number) {
    this.items = new Int32Array(k);
    this.priorities = new Float64Array(k);
    this.compare = compare;
  }

  clear(): void {
    this.size = 0;
  }

  offer(priority: number, item: number): void {
    const { items, priorities } = this;
    if (this.size < items.length) {
      this.up(this.size++, priority, item);
      return;
    }
    if (items.length === 0 || priority > priorities[0]! || !this.before(priority, item, 0)) return;
    this.down(priority, item);
  }

  private before(priority: number, item: number, at: number): boolean {
    const other = this.priorities[at]!;
    return priority === other ? this.compare(item, this.items[at]!) < 0 : priority < other;
  }

  private up(from: number, priority: number, item: number): void {
    const { items, priorities } = this;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.before(priority, item, parent)) break;
      items[at] = items[parent]!;
      priorities[at] = priorities[parent]!;
      at = parent;
    }
    items[at] = item;
    priorities[at] = priority;
  }

  private down(priority: number, item: number): void {
    const { items, priorities, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && this.before(priorities[child]!, items[child]!, child + 1)) child++;
      if (!this.before(priority, item, child)) break;
      items[at] = items[child]!;
      priorities[at] = priorities[child]!;
      at = child;
    }
    items[at] = item;
    priorities[at] = priority;
  }
}
