import type { Key, NoiseLaw } from '../../core/statement.js';
import type { RankInterval } from '../intervals/target.js';

/** A row of a published list; rows of a released ranking fit. */
export interface PublishedRow<K = Key> {
  readonly key: K;
  readonly rank: number | null;
  readonly interval?: RankInterval | null;
  readonly count?: number | null;
}

/** One list of a series, as it was published; or none, where the period's list is missing. */
export interface PublishedList<K = Key> {
  /** The name of the period: `2026-w47`. */
  readonly period: string;
  /** null: nothing was published for this period. */
  readonly rows: readonly PublishedRow<K>[] | null;
  /** The noise of the counts, in steps, as the manifest states it. Without it, counts are not compared. */
  readonly noise?: NoiseLaw;
  /** Noise that all counts of this list share, in steps: it cancels within a list and not between two. */
  readonly shared?: NoiseLaw;
  /** Counts are multiples of this; default 1. */
  readonly step?: number;
  /** The scale of the choice, where groups were chosen before they were counted: a group that is not listed may then have a larger count than one that is. */
  readonly choiceScale?: number;
  /** True where a bound cut contributions: which of a unit's groups count was then drawn anew for each list. */
  readonly bounded?: boolean;
}

/**
 * How a row stands against the list before. `new` was never published before, `re-entry` was, but not last time, `left`
 * is not published any more. `not-significant`: the published order changed, but noise alone does as much.
 */
export type Movement = 'up' | 'down' | 'same' | 'new' | 're-entry' | 'left' | 'not-significant';

export interface MovementRow<K = Key> {
  readonly key: K;
  readonly movement: Movement;
  /** null for rows that left. */
  readonly rank: number | null;
  /** The rank on the list before; null where the row was not on it. */
  readonly previous: number | null;
  /** Places gained; null where there is nothing to compare. */
  readonly change: number | null;
  /** The best rank so far. */
  readonly peak: number;
  /** Lists in a row up to this one, 0 for rows that left. Starts anew at a re-entry and after a missing list. */
  readonly streak: number;
  /** On how many lists so far. */
  readonly periods: number;
  /** A change of its count, relative to the whole list, is told from noise when it is larger than this; null without counts. */
  readonly gap: number | null;
}

export interface MovementList<K = Key> {
  readonly period: string;
  /** The list compared with; null for the first. Not the period before where that one's list is missing. */
  readonly since: string | null;
  /** By rank; rows that left come last. null where the period's list is missing. */
  readonly rows: readonly MovementRow<K>[] | null;
}
