import type { GroupList } from './grouping/groupList.js';
import type { Evidence } from './objectives/objective.js';

/** Whole class lost, here and at every finer node. */
export const LOST = 1;
/** Fails here; a part of it may pass at a finer node. */
export const FAILS = 2;
/** Suppressed for the sake of the table as a whole. */
export const GIVEN_UP = 4;

/** The best node so far. */
export interface Best {
  readonly node: Uint8Array;
  readonly score: Float64Array;
  readonly levels: number;
  readonly suppressedRows: number;
}

/** What a look at a node tells of it and of all nodes below it. */
export interface Finding {
  /** Rows that are suppressed at least, here and at every finer node. More than the limit: none of them will do. */
  readonly forcedRows: number;
  readonly evidence: Evidence;
  /** For objectives on classes: the marks of the entries of the list. Undefined: none is lost. */
  readonly lost: Uint8Array | undefined;
  /** The list that was looked at. */
  readonly list: GroupList;
}

export interface Measured {
  readonly name: string;
  /** Of the worst kept class, or of the table. `null`: nothing is kept. */
  readonly value: number | null;
  /** An entry of the worst class and its rows; -1 for a rule on the table as a whole. */
  readonly example: number;
  readonly rows: number;
}

/** A node in figures. */
export interface Summary {
  /** Kept classes, and suppressed ones. */
  readonly classes: number;
  readonly suppressedClasses: number;
  readonly suppressedRows: number;
  readonly smallest: number;
  readonly largest: number;
  readonly sumOfSquares: number;
  /** What each model measures on the kept classes: rules on classes first. */
  readonly models: readonly Measured[];
  /** For each entry of the table, whether its rows are kept. */
  readonly kept: Uint8Array;
}

export type Writable<T> = { -readonly [K in keyof T]: T[K] };
