/** Rows are at most this many steps each. */
const LARGEST_ROW = 4503599627370496;
/** Below this all sums of whole numbers are exact, in whatever order. */
const EXACT = 9007199254740992;

/**
 * A value as whole steps, to the nearest, at most 2^52 in magnitude. A fixed function of the one value.
 * Not for NaN.
 */
export function toSteps(value: number, step: number): number {
  const steps = Math.round(value / step);
  return steps > LARGEST_ROW ? LARGEST_ROW : steps < -LARGEST_ROW ? -LARGEST_ROW : steps || 0;
}

/** Exact sums of whole numbers of at most 2^52 for the cells of one unit: in doubles while those are exact, else in bigints. */
export class ExactCells {
  private sums: Float64Array = new Float64Array(64);
  /** The sum of magnitudes: while it is below 2^53, so is every sum on the way, whatever the order. */
  private magnitudes: Float64Array = new Float64Array(64);
  private readonly large = new Map<number, bigint>();

  clear(at: number): void {
    if (at >= this.sums.length) [this.sums, this.magnitudes] = [grown(this.sums, at), grown(this.magnitudes, at)];
    this.sums[at] = this.magnitudes[at] = 0;
    if (this.large.size > 0) this.large.delete(at);
  }

  add(at: number, value: number): void {
    const magnitude = this.magnitudes[at]! + Math.abs(value);
    if (magnitude < EXACT) {
      this.magnitudes[at] = magnitude;
      this.sums[at]! += value;
      return;
    }
    this.large.set(at, (this.large.get(at) ?? BigInt(this.sums[at]!)) + BigInt(value));
    this.magnitudes[at] = EXACT;
  }

  /** The exact sum where it is within the bounds, else the bound; bounds of at most 2^52. */
  clamped(at: number, lower: number, upper: number): number {
    const sum = this.large.get(at) ?? this.sums[at]!;
    return sum > upper ? upper : sum < lower ? lower : Number(sum);
  }

  /** The nearest double. */
  rounded(at: number): number {
    return Number(this.large.get(at) ?? this.sums[at]!);
  }
}

function grown(values: Float64Array, at: number): Float64Array {
  const larger = new Float64Array(2 * (at + 1));
  larger.set(values);
  return larger;
}
