import type { Part } from './part.js';

/**
 * Distinct tuples with their counts: what a table is, once equal rows are put together.
 *
 * An entry names its quasi-identifiers by one half tuple of each part. In a rolled-up list that is any one of the half
 * tuples that have become equal, so a list can be grouped only at its own levels or above.
 */
export interface GroupList {
  readonly size: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** The combination of sensitive values, where a model looks at some. */
  readonly sensitive: Int32Array | undefined;
  /** The first row behind each entry, where classes are put in an order. */
  readonly firstRow: Int32Array | undefined;
  /** Rows behind each entry. */
  readonly weight: Int32Array;
  /** Rows of the population behind each entry, where there is one. */
  readonly population: Int32Array | undefined;
  /** The levels below which the list cannot be grouped. */
  readonly levels: Uint8Array;
  /** Rows left out of the list because they are suppressed wherever the list is used. */
  readonly dropped: Dropped;
}

/** Rows that are known to be suppressed, by leaf of each attribute. */
export interface Dropped {
  readonly rows: number;
  readonly leaves: readonly Int32Array[];
}

export interface Parts {
  readonly first: Part;
  readonly second: Part;
}
