/** One level of a hierarchy in numbers: the value that each leaf becomes, and how much of the domain each value covers. */
export interface CodedLevel {
  /** Number of different values at this level. */
  readonly size: number;
  /** Leaf to value of this level. Leaves beyond the hierarchy (a declared own category for what it does not know) included. */
  readonly codes: Int32Array;
  /** Share of the domain under each value: leaves of the hierarchy that become it, by all leaves of the hierarchy. */
  readonly share: Float64Array;
}

/** A hierarchy in numbers. Level 0 holds the leaves themselves, the last level the most general values. */
export interface CodedHierarchy {
  readonly name: string;
  /** The highest level: one less than the number of levels. */
  readonly height: number;
  /** How many leaves the hierarchy has, whether they occur in the data or not. */
  readonly domain: number;
  readonly levels: readonly CodedLevel[];
}

/** A quasi-identifier of all rows: the leaf of each row and the hierarchy above. */
export interface CodedAttribute {
  readonly hierarchy: CodedHierarchy;
  readonly codes: Int32Array;
}
