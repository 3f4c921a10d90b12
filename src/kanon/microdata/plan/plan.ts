import { canonicalJson } from '../../../hash/canonicalJson.js';
import { sha256 } from '../../../hash/sha256.js';
import type { Hierarchy } from '../hierarchies/hierarchy.js';
import type { PrivacyModel } from '../models/spec.js';
import type { Ties } from '../search/inTurn.js';
import type { ObjectiveOptions } from '../search/objectives/spec.js';

/** One quasi-identifier in a plan. */
export interface PlannedField {
  readonly field: string;
  /** `sha256:` and 64 hex digits over the canonical JSON of the hierarchy. */
  readonly hierarchy: string;
  readonly height: number;
  readonly missing: 'own-category' | 'wildcard' | 'reject';
  readonly unseen: 'reject' | 'suppress' | 'wildcard';
}

/** What a search found, as its proof: exact figures about private data, for the operator alone. */
export interface PlanCheck {
  readonly rows: number;
  readonly classes: number;
  readonly suppressedClasses: number;
  readonly suppressedRows: number;
  readonly smallestClass: number;
  readonly largestClass: number;
  readonly score: number;
  readonly scorePerAttribute: { readonly [field: string]: number } | null;
  /** No better plan exists. False: the search was stopped, and `bound` says how much better one could be. */
  readonly provenOptimal: boolean;
  readonly bound: number;
  /** What each model measures: the value of its worst kept class and which class that is, or the value of the table as a whole. */
  readonly models: readonly {
    readonly model: string;
    readonly worst: number | null;
    readonly worstClass: { readonly key: { readonly [field: string]: string }; readonly rows: number } | null;
  }[];
}

/**
 * How rows are generalized, as plain JSON.
 *
 * Levels chosen on private data tell something about them, and `check` does so exactly: a plan is the operator's, and
 * what is released under it says that its levels were chosen on data.
 */
export interface Plan {
  readonly planVersion: 1;
  readonly disclosure: 'levels and figures were chosen on private data: not for publication';
  readonly fields: readonly PlannedField[];
  /** Steps of levels, in the order of `fields`. One for full-domain generalization; local recoding has several, each for the rows that the ones before suppressed. */
  readonly steps: readonly (readonly number[])[];
  readonly models: readonly PrivacyModel[];
  /** Which of equally large classes rules on the table as a whole suppress first. */
  readonly ties: Ties;
  /** The share of rows that may be suppressed. */
  readonly suppressionLimit: number;
  readonly objective: ObjectiveOptions;
  readonly check: PlanCheck;
}

export function hierarchyHash(hierarchy: Hierarchy): string {
  const bytes = sha256(new TextEncoder().encode(canonicalJson(hierarchy.rows)));
  return `sha256:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
