import type { LinearSystem } from './system.js';

/** What may become of a cell. */
export type Role = number;
/** May be published, or withheld to protect another. */
export const OPEN: Role = 0;
/** Breaks a rule: withheld in any case, and protected. */
export const PRIMARY: Role = 1;
/** Published in any case: a zero that everybody knows, a figure that is public already. */
export const SHOWN: Role = 2;
/** Published in no case, and nothing to protect: a remainder that no table shows. */
export const HIDDEN: Role = 3;

/** One column of numbers over the cells, with what an attacker knows of each before seeing the table. */
export interface Layer {
  readonly value: Float64Array;
  /** Bounds that the attacker has for a cell that is withheld. They hold for the true value. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** How far below the true value a withheld cell must remain possible for the attacker. */
  readonly down: Float64Array;
  /** How far above. */
  readonly up: Float64Array;
  /** How far apart the smallest and the largest possible value must be at least. */
  readonly slide: Float64Array;
}

/** A table with its relations, its rules already applied, before secondary suppression. */
export interface Problem {
  readonly system: LinearSystem;
  readonly role: Uint8Array;
  /** What it costs to withhold an open cell. */
  readonly cost: Float64Array;
  /** One column, or several that are published side by side under one pattern. */
  readonly layers: readonly Layer[];
}
