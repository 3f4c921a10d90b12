import type { Guarantee } from './guarantee.js';

/** A value that a group can be named by. */
export type Key = string | number | boolean | null;

/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The exact law of the noise in one published column. Public: knowing it gives nobody an advantage. */
export type NoiseLaw =
  | { readonly law: 'discrete-laplace'; readonly scale: number }
  | { readonly law: 'discrete-gaussian'; readonly sigma: number }
  | { readonly law: 'none' };

/** One published column of numbers: what was counted and with which noise. */
export interface MeasureStatement {
  readonly name: string;
  /** In words: `distinct users`. */
  readonly what: string;
  readonly noise: NoiseLaw;
  /** The value is a multiple of this. */
  readonly step: number;
}

/** Where the names of groups came from: declared by the caller, or out of the data under the guarantee. */
export type KeyOrigin =
  | { readonly origin: 'public'; readonly declared: number }
  | { readonly origin: 'discovered'; readonly rule: string; readonly threshold: number; readonly delta: number }
  | { readonly origin: 'threshold'; readonly k: number }
  | { readonly origin: 'none' };

/** A stage on the way and its declared parameters, in the order in which it was applied. */
export interface Step {
  readonly stage: string;
  readonly [parameter: string]: Json;
}

/**
 * What an aggregate leaves for the manifest: declared parameters only, plain JSON.
 * Nothing in it may depend on the data; `verifyManifest` recomputes what can be recomputed.
 */
export interface Statement {
  readonly unit: string;
  readonly by: readonly string[];
  readonly guarantee: Guarantee;
  /** Names the rule by which `verifyManifest` recomputes the figures below. */
  readonly mechanism: string;
  /** What the mechanism needs besides budget and bounds, and what follows from them. */
  readonly parameters: { readonly [name: string]: Json };
  readonly measures: readonly MeasureStatement[];
  readonly keys: KeyOrigin;
  /** `groupsPerUnit`, `rowsPerGroup`, `lower`, `upper`, …: whatever bounds one unit. */
  readonly bounds: { readonly [name: string]: number };
  readonly steps: readonly Step[];
  /** The accuracy that follows from the noise law, in public figures. */
  readonly accuracy: { readonly [name: string]: Json };
  /** In words, what the accuracy does not cover. */
  readonly notCovered: readonly string[];
}
