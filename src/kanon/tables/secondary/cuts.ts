/**
 * A condition that every safe pattern meets: the coefficients of its withheld cells sum to at least `need`.
 * It says why a cell could be narrowed down (the combination of relations that does it) and what would stop that.
 */
export interface Cut {
  readonly cells: Int32Array;
  readonly coefficients: Float64Array;
  readonly need: number;
}
