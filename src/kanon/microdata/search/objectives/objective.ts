import type { Grouper } from '../grouping/grouper.js';
import type { GroupList } from '../grouping/groupList.js';
import type { LeafCounts } from '../grouping/leafCounts.js';

/** What is known of the rows that are suppressed at a node, and so at every node below it in the same search. */
export interface Evidence {
  /** The node it was found at. */
  readonly node: Uint8Array;
  /** Rows that are suppressed whole class by whole class. */
  readonly rows: number;
  /** What the objective keeps of those rows; its own layout. */
  readonly stats: Float64Array;
  /** What the objective keeps of further rows that must go, without knowing which: an amount for each attribute. */
  readonly extra: Float64Array;
}

/**
 * An objective that is worked out attribute by attribute and then put together.
 *
 * It can be bounded from below for a whole box of the lattice without looking at data again: more general levels and
 * more suppressed rows never make an attribute's value smaller.
 */
export interface AttributeObjective {
  readonly kind: 'attributes';
  /** How many numbers a score has: one, or one for each attribute where scores are compared as sorted lists. */
  readonly width: number;
  /** Prepares what `value` needs of the suppressed rows, for the levels from `from` to `node`. */
  stats(suppressed: LeafCounts, from: Uint8Array, node: Uint8Array): Float64Array;
  /** The least that `forced` further suppressed rows add to each attribute; the rows are counted by leaf. */
  extra(forced: LeafCounts, node: Uint8Array): Float64Array;
  /**
   * The value of an attribute at `level`, when exactly the rows of the evidence are suppressed (`exact`), or a bound
   * from below for when at least those are.
   */
  value(attribute: number, level: number, evidence: Evidence, exact: boolean): number;
  /** The least value of an attribute at `level` when so many rows are suppressed, whichever they are: for a look that can end early. */
  readonly leastWith?: (attribute: number, level: number, suppressed: number) => number;
  /** What a row with this leaf loses of an attribute by its generalization, where that is not the same for all rows. */
  readonly ofRow?: (attribute: number, level: number, leaf: number) => number;
  /** Puts the values together into `out`, in a form that compares like the score. */
  aggregate(values: Float64Array, out: Float64Array): void;
  /** The score as people know it, from its comparable form. */
  report(score: Float64Array, values: Float64Array): number;
}

/** The classes at a node, with those marked that are suppressed. */
export interface MarkedClasses {
  readonly list: GroupList;
  readonly grouper: Grouper;
  readonly node: ArrayLike<number>;
  /** Not zero: the class is suppressed. */
  readonly marks: Uint8Array;
  /** For each sensitive attribute, rows by class and value. */
  readonly counts: readonly Int32Array[];
}

/** An objective that needs the classes themselves. Its bound costs a pass over them. */
export interface ClassObjective {
  readonly kind: 'classes';
  readonly width: 1;
  /** True where suppressed classes count like kept ones, so that their entries must stay in the list. */
  readonly keepsLost: boolean;
  score(classes: MarkedClasses): number;
  /**
   * The least score of any node at or above the one that is given, when at least the marked classes are suppressed.
   * `smallest`: no class with fewer rows is ever kept.
   */
  bound(classes: MarkedClasses, smallest: number): number;
}

export type Objective = AttributeObjective | ClassObjective;

/** Negative when `a` is the better (smaller) score. */
export function compareScores(a: Float64Array, b: Float64Array): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < b[i]!) return -1;
    if (a[i]! > b[i]!) return 1;
  }
  return 0;
}
