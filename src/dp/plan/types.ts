import type { NoiseLaw } from '../../core/statement.js';
import type { Spend } from '../budget/spend.js';
import type { Meaning } from './meaningOf.js';
import type { PlanQuery } from './query.js';

/** What is known to everybody, or has been published before. Never counted on the private data for this. */
export interface PublicFacts {
  /** About how many units there are in all. */
  readonly units?: number;
  /** Sizes of groups to state the error for; 100, 1,000 and 10,000 when left out. */
  readonly sizes?: readonly number[];
  /** The share of units with 1, 2, 3, … keys, from an earlier release or a survey: tells what the bound cuts away. */
  readonly keysPerUnit?: readonly number[];
  /** How often this will be released about the same units, for the total. */
  readonly releases?: number;
  /** The delta over all releases: where epsilon is to be stated for an account in rho, or composed below its plain sum. */
  readonly delta?: number;
  /** Of the intervals; 0.95 when left out. */
  readonly confidence?: number;
}

/** What to expect for a group of a given true size. */
export interface ExpectedError {
  /**
   * The true value: units, rows (of a bin), distinct values or the sum; for means, variances and quantiles the units of the group,
   * each with a row at least; for bounds the totals of a unit in a key, of all keys.
   */
  readonly size: number;
  /**
   * The mean error of the noise, in the value's own units. Of means and variances at most this, to first order; of
   * quantiles and bounds the rows or totals by which the rank is off, at most.
   */
  readonly meanError: number;
  /** That error by the size; of means by the width of the range, of variances by its square. */
  readonly relativeError: number;
  /** With at least the probability given, such a key is shown; 1 for declared keys. */
  readonly shown: number;
}

/** A query's consequences, from public figures alone. Plain JSON. */
export interface Plan {
  readonly aggregate: PlanQuery['aggregate'];
  readonly noise: NoiseLaw;
  /** Values are multiples of this; the noise law is in these steps. */
  readonly step: number;
  /** Of the noised numbers, in their own units: those behind means, variances and quantiles are of rows. */
  readonly standardDeviation: number;
  readonly interval: { readonly confidence: number; readonly halfWidth: number };
  /**
   * The noisy count of units from which on a discovered key is shown; for all others, whose keys are selected by units
   * before, the number of units that is shown as likely as not. null for declared keys.
   */
  readonly threshold: number | null;
  /** The least number of units that is shown as likely as not, and in 19 of 20 cases; null for declared keys. */
  readonly smallestShown: { readonly likely: number; readonly nearlyAlways: number } | null;
  readonly expected: readonly ExpectedError[];
  /** What it costs one unit: once, and `releases` times. */
  readonly cost: Spend;
  readonly totalCost: Spend;
  readonly meaning: Meaning;
  /** The share of (unit, key) pairs that the bound cuts away, where `keysPerUnit` is known. */
  readonly lost: number | null;
  /** What to think about before going on. */
  readonly warnings: readonly string[];
  /** What no figure here covers. */
  readonly notCovered: readonly string[];
  /** The whole in words. */
  readonly text: readonly string[];
}

/** A plan before it is put into words. */
export type PlanDraft = Omit<Plan, 'warnings' | 'notCovered' | 'text'>;
