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
