/** Whole numbers are summed exactly below this magnitude, and noise is added to whole numbers up to it: 2^52. */
const LARGEST_TOTAL = 4503599627370496;

/** About this many numbers are made room for at once. */
const PAGE = 8192;

/**
 * Exact sums of whole numbers for each group, however many are added and in whatever order: `low + 2^52 high`.
 * Each number added is at most 2^52 in magnitude. Room is made page by page, for groups that are met.
 */
export class ExactTotals {
  /** How many numbers a group has. */
  readonly width: number;
  private readonly shift: number;
  private readonly low: (Float64Array | undefined)[] = [];
  private readonly high: (Float64Array | undefined)[] = [];

  constructor(width: number) {
    this.width = width;
    let shift = 0;
    while (width << (shift + 1) <= PAGE) shift++;
    this.shift = shift;
  }

  add(group: number, column: number, value: number): void {
    const page = group >> this.shift;
    const low = (this.low[page] ??= new Float64Array(this.width << this.shift));
    const at = this.place(group, column);
    const sum = low[at]! + value;
    if (sum < LARGEST_TOTAL && sum > -LARGEST_TOTAL) low[at] = sum;
    else {
      const carry = sum > 0 ? 1 : -1;
      low[at] = sum - carry * LARGEST_TOTAL;
      this.carry(page, at, carry);
    }
  }

  /** Adds all of one group of other totals to a group of these. */
  addFrom(group: number, other: ExactTotals, from: number): void {
    const page = from >> other.shift;
    const low = other.low[page];
    if (low === undefined) return;
    const high = other.high[page];
    for (let column = 0; column < this.width; column++) {
      const at = other.place(from, column);
      this.add(group, column, low[at]!);
      if (high !== undefined && high[at] !== 0) this.carry(group >> this.shift, this.place(group, column), high[at]!);
    }
  }

  /** The sum, or 2^52 with its sign where it is beyond: a fixed function of the sum that does not enlarge differences. */
  clamped(group: number, column: number): number {
    const at = this.place(group, column);
    const page = group >> this.shift;
    const low = this.low[page]?.[at] ?? 0;
    const high = this.high[page]?.[at] ?? 0;
    // |low| < 2^52, so only beside one 2^52 of the other sign can the sum be within reach.
    if (high === 0) return low;
    if (high === 1) return Math.min(LARGEST_TOTAL, LARGEST_TOTAL + low);
    if (high === -1) return Math.max(-LARGEST_TOTAL, low - LARGEST_TOTAL);
    return high > 0 ? LARGEST_TOTAL : -LARGEST_TOTAL;
  }

  private place(group: number, column: number): number {
    return (group & ((1 << this.shift) - 1)) * this.width + column;
  }

  private carry(page: number, at: number, by: number): void {
    const high = (this.high[page] ??= new Float64Array(this.width << this.shift));
    high[at]! += by;
  }
}
