/** The classes at one node, as models see them. Classes without rows of the sample have size 0. */
export interface ClassView {
  /** Number of classes. */
  readonly count: number;
  /** Rows of each class. */
  readonly sizes: Int32Array;
  /** Rows of the population in each class, where one is known. */
  readonly populations: Int32Array | undefined;
  /** For each sensitive attribute, rows by class and value: the number for value v of class c is at c * values + v. */
  readonly counts: readonly Int32Array[];
}

/**
 * A rule on single classes, ready to be applied.
 *
 * Its verdict depends on the class alone. Either a class that breaks the rule still breaks it after any split
 * (`hereditary`), or the model can say how many rows of the class at least are lost whatever the split.
 */
export interface ClassModel {
  readonly name: string;
  readonly hereditary: boolean;
  /** No class below this many rows can pass. */
  readonly smallest: number;
  /** Sets `mark` in `marks` for the classes of the sample that break the rule, where nothing is marked yet. */
  mark(view: ClassView, marks: Uint8Array, mark: number): void;
  /**
   * For a model that is not hereditary: the least number of rows of class `c` that are suppressed, here or at any
   * finer node, given that the class breaks the rule.
   */
  forced(view: ClassView, c: number): number;
  /** The measured value of class `c`: what the rule compares with its threshold. */
  measure(view: ClassView, c: number): number;
  /** Where the measured value decides, or nearly so: does class `c`, with this value, break the rule? As `mark` has it. */
  breaks?(value: number, view: ClassView, c: number): boolean;
  /** Which values are worse: below the threshold (`smaller`) or above it (`larger`). */
  readonly worse: 'smaller' | 'larger';
  /** False where the table as a whole cannot be published at this node or any finer one. */
  possible?(view: ClassView): boolean;
}

/**
 * A rule on the table as a whole that suppresses further classes until it holds: smallest classes first.
 */
export interface TableModel {
  readonly name: string;
  /** True: a node that needs n rows suppressed tells that finer nodes need at least as many. */
  readonly monotone: boolean;
  /** Does the rule hold for kept classes with these sizes? */
  holds(sizes: SizeHistogram): boolean;
  /** The measured value: what the rule compares with its threshold. Larger is worse. */
  measure(sizes: SizeHistogram): number;
}

/** How many kept classes there are of each size, and what that sums up to. */
export interface SizeHistogram {
  readonly classes: number;
  readonly rows: number;
  /** All rows of the sample, suppressed ones included. */
  readonly total: number;
  /** Different sizes in ascending order, and the number of classes of each. */
  readonly sizes: readonly number[];
  readonly counts: readonly number[];
}
