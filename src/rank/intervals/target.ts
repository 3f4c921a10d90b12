/**
 * Of which ranking an interval speaks.
 *
 * - `published-items`: the ranks that the published rows have among themselves, by their counts before noise.
 * - `bounded-counts`: the ranks among all declared keys by the counts under the declared contribution bounds.
 * - `population`: the ranks among all declared keys by the counts of all units, nothing cut off by a bound; with sampling
 *   error, in the larger population that the units are a sample of.
 */
export type RankTarget = 'published-items' | 'bounded-counts' | 'population';

export const RANK_TARGETS = ['published-items', 'bounded-counts', 'population'] as const;

/** `simultaneous`: all intervals hold together. `pairwise`: each comparison of two items holds by itself. */
export type RankComparison = 'simultaneous' | 'pairwise';

/** From the best place possible to the worst, both included. */
export type RankInterval = readonly [number, number];
