/**
 * Numbers of the rows that come next, read in their order and worked out at once: by the time a unit's rows are looked at
 * they lie close together, which is what the cache minds. NaN stays NaN.
 */
export class Ahead {
  numbers: Float64Array = new Float64Array(0);
  private readonly values: ArrayLike<number>;
  private readonly work: (value: number) => number;

  constructor(values: ArrayLike<number>, work: (value: number) => number) {
    this.values = values;
    this.work = work;
  }

  load(ids: Int32Array, from: number, to: number): void {
    const { values, work } = this;
    if (this.numbers.length < to - from) this.numbers = new Float64Array(to - from);
    const { numbers } = this;
    for (let i = from; i < to; i++) {
      const value = values[ids[i]!]!;
      numbers[i - from] = value !== value ? NaN : work(value);
    }
  }
}
