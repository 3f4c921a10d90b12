import type { Finding } from '../types.js';

/**
 * What a replacement may depend on.
 *
 * - `row-local`: the finding, the treatment's own options and its key. The same row gives the same output whatever
 *   other rows there are; only such treatments may stand before a differentially private aggregate.
 * - `across-rows`: also what came before (a surrogate that stays consistent, a tally).
 */
export type TreatmentScope = 'row-local' | 'across-rows';

/**
 * What stands where a finding was.
 *
 * - `closed`: begins with `[` and ends with `]`, so that it forms no identifier with its neighbours.
 * - `open`: anything, also nothing; the treated text is scanned again, because neighbours may have come together.
 * - `clear`: the finding itself, left as it was written.
 */
export type TreatmentEdges = 'closed' | 'open' | 'clear';

/** What is done with one finding. Made by {@link label}, {@link mask}, {@link pseudonym} and their sisters. */
export interface Treatment<Scope extends TreatmentScope = TreatmentScope> {
  readonly name: string;
  readonly scope: Scope;
  readonly edges: TreatmentEdges;
  /** The declared options, for a manifest. Never a key. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** The text that stands in place of `written`, which is the finding as it was found in the text. */
  readonly replace: (finding: Finding, written: string) => string;
  /** True for a finding that this treatment wrote itself: a surrogate looks like an identifier, and is none. */
  readonly isOwn?: (finding: Finding) => boolean;
}

/** A treatment that depends on the finding alone; see {@link TreatmentScope}. */
export type RowLocalTreatment = Treatment<'row-local'>;

/** A treatment that remembers earlier findings; see {@link TreatmentScope}. */
export type StatefulTreatment = Treatment<'across-rows'>;
