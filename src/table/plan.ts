/** A count of distinct units by group, as a plain JSON value that says everything but the data and the sample key. */
export interface CountUnitsPlan {
  readonly op: 'count-units';
  readonly unit: string;
  readonly by: readonly string[];
  /** True for `by: 'app'` (keys are values), false for `by: ['app']` (keys are tuples). */
  readonly single: boolean;
  readonly keys: 'public' | 'all';
  /** null: no bound. */
  readonly groupsPerUnit: number | null;
  /** How the kept groups of a unit are chosen: see `hash/siphash.ts` and `hash/pairHash.ts`. */
  readonly hash: 'siphash';
  /** A missing key is a group of its own, named null; what is no key (a fraction, an object) leaves the row out. */
  readonly missingKey: 'null-group';
}

export function countUnitsPlan(unit: string, by: readonly string[], single: boolean, keys: 'public' | 'all', groupsPerUnit: number | null): CountUnitsPlan {
  return Object.freeze({ op: 'count-units', unit, by: Object.freeze([...by]), single, keys, groupsPerUnit, hash: 'siphash', missingKey: 'null-group' });
}

/** What is summed for each group: whole numbers that follow from the rows of one (unit, group) pair and from this alone. */
export type Measured =
  | { readonly measure: 'rows'; readonly rowsPerGroup: number | null }
  /** The pair's total in steps, clamped once. */
  | { readonly measure: 'sum'; readonly value: string; readonly step: number; readonly lowerSteps: number; readonly upperSteps: number }
  /** Each row's place between the bounds, divided into two numbers (degree 1) or three (degree 2). */
  | { readonly measure: 'moments'; readonly value: string; readonly degree: 1 | 2; readonly lower: number; readonly upper: number; readonly rowsPerGroup: number; readonly rowSteps: number }
  /** Each row in its bin between edges. */
  | { readonly measure: 'bins'; readonly value: string; readonly edges: readonly number[]; readonly outside: 'ends' | 'left out'; readonly rowsPerGroup: number; readonly rowSteps: number }
  /** Each pair's total in its bin between edges. */
  | { readonly measure: 'totals'; readonly value: string; readonly step: number; readonly edges: readonly number[] }
  /** How many distinct values the group has, of each pair at most `valuesPerGroup`. */
  | { readonly measure: 'distinct'; readonly value: string; readonly valuesPerGroup: number }
  /** The pair's total vector in steps, shortened once to a norm of at most `boundSteps`. */
  | { readonly measure: 'vector'; readonly values: readonly string[]; readonly step: number; readonly norm: 'l1' | 'l2'; readonly boundSteps: number };

/** A sum of bounded contributions by group, as a plain JSON value that says everything but the data and the sample key. */
export interface SumUnitsPlan {
  readonly op: 'sum-units';
  readonly unit: string;
  readonly by: readonly string[];
  readonly single: boolean;
  readonly keys: 'public' | 'all';
  /** One of the two is null. */
  readonly groupsPerUnit: number | null;
  readonly rowsPerUnit: number | null;
  readonly measured: Measured;
  /** True where all groups' numbers are summed into one, whose key is null. */
  readonly pooled: boolean;
  readonly hash: 'siphash';
  readonly missingKey: 'null-group';
  /** A row whose value is missing, no number or NaN is left out; infinities count as the largest step there is. */
  readonly missingValue: 'row-left-out';
}
