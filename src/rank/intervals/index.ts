export { rankIntervals, type RankIntervalOptions, type RankIntervals } from './rankIntervals.js';
export type { RankComparison, RankInterval, RankTarget } from './target.js';
