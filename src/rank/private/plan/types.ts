import type { NoiseLaw } from '../../../core/statement.js';
import type { RankTarget } from '../../intervals/target.js';

/** How a private ranking is made. */
export type RankingStrategy =
  /** Each unit counts in at most `groupsPerUnit` groups; noisy counts of all groups, or of those above a threshold. */
  | 'capped-counts'
  /** All declared groups are counted without a bound, with noise that is partly shared. */
  | 'measure-all'
  /** The order alone, chosen by a selection mechanism. No bound, no counts. */
  | 'select'
  /** Groups are chosen first and counted after. No bound. */
  | 'select-then-measure'
  /** All groups are counted a little, the best of them again and well. No bound. */
  | 'survey-then-measure'
  /** Undeclared groups: only the largest counts are read, and the list ends where a threshold wins. No bound. */
  | 'limited-domain'
  /** As `limited-domain`, and the groups found are counted after. */
  | 'limited-domain-then-measure';

export const STRATEGIES = ['capped-counts', 'measure-all', 'select', 'select-then-measure', 'survey-then-measure', 'limited-domain', 'limited-domain-then-measure'] as const;

/** What a plan is made from: public figures and nothing else. */
export interface RankingInputs {
  /** What may be spent; without delta in pure differential privacy. */
  readonly epsilon: number;
  readonly delta: number;
  /** How many ranks are published. */
  readonly top: number;
  readonly show: 'counts' | 'names';
  /** How many keys are declared (or were discovered before, by another release), or `'discover'`. */
  readonly keys: number | 'discover';
  /** In at most this many groups one unit counts, by a product rule or by cutting. Left out: no bound. */
  readonly groupsPerUnit?: number;
  /** Of which ranking the intervals have to speak; left out, any will do. */
  readonly target?: RankTarget;
  /** The share of the budget that goes to counts where groups are selected first; default 0.7, for undeclared keys 0.3. */
  readonly countsShare?: number;
  /** Take this strategy and no other. */
  readonly strategy?: RankingStrategy;
}

export interface SelectionDesign {
  readonly mechanism: 'exponential' | 'permute-and-flip' | 'joint-exponential' | 'limited-domain';
  readonly picks: number;
  readonly scale: number;
  /** Limited domain: of all picks together; how many of the largest counts are read, how far above the next one the threshold lies, and its delta. */
  readonly epsilon?: number;
  readonly domain?: number;
  readonly margin?: number;
  readonly delta?: number;
  /** What it costs in zero-concentrated differential privacy, where the account is kept so. */
  readonly rho?: number;
  /** See {@link GapMeaning}: `place` for joint-exponential, `pair` for the others. */
  readonly gap: number;
}

/**
 * What a gap promises. `pair`: two given groups whose counts differ by it or more stand in the wrong order, or the smaller
 * one alone, with probability at most 0.05. `place`: with probability at least 0.95 no place of the list has a group whose count falls
 * short of the true one's at that place by more than it.
 */
export type GapMeaning = 'pair' | 'place';

/** Counts of `size` groups. */
export interface MeasurementDesign {
  readonly mechanism: 'discrete-laplace' | 'discrete-gaussian' | 'correlated-gaussian';
  /** null: all groups of the data, however many. */
  readonly size: number | null;
  /** Of each count by itself, in steps. */
  readonly noise: Exclude<NoiseLaw, { readonly law: 'none' }>;
  /** Correlated Gaussian: what all counts share besides, in steps, and the rho that pays for both. */
  readonly shared?: Exclude<NoiseLaw, { readonly law: 'none' }>;
  readonly rho?: number;
  readonly step: number;
  /** Two groups whose counts differ by this are measured in the wrong order with probability at most 0.05. */
  readonly gap: number;
}

/** What a ranking will do, before any data is read. Plain JSON. */
export interface RankingPlan {
  readonly strategy: RankingStrategy;
  readonly show: 'counts' | 'names';
  readonly top: number;
  /** The bound that is put on each unit's contribution; null where none is needed. */
  readonly groupsPerUnit: number | null;
  /** Survey: a first look at all groups. */
  readonly survey: MeasurementDesign | null;
  readonly selection: SelectionDesign | null;
  readonly measurement: MeasurementDesign | null;
  /** What it costs; `rho` where the account was kept in zero-concentrated differential privacy, for adding up releases. */
  readonly cost: { readonly measure: 'pure' | 'approximate'; readonly epsilon: number; readonly delta: number; readonly rho?: number };
  readonly target: RankTarget;
  /** The difference of counts that the list can resolve, before ranks are cut to `top`. */
  readonly gap: number;
  readonly gapMeans: GapMeaning;
  /** Why this strategy, in words and public figures. */
  readonly why: string;
}

/** A plan with the figure that plans are compared by, times the handicap, or the reason why there is none. */
export type Proposal = { readonly plan: Omit<RankingPlan, 'why'>; readonly orderGap: number; readonly handicap: number } | { readonly unavailable: string };
