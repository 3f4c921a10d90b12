export { rankIntervals, type RankIntervalOptions, type RankIntervals } from './rankIntervals.js';
export type { RankComparison, RankInterval, RankTarget } from './target.js';
export { compactLetters, leaders } from './toldApart.js';
export { toBuckets, type BucketRow, type RankedRow, type ToBucketsOptions } from './toBuckets.js';
export { sampledRankIntervals, type SampledRankIntervalOptions, type SampledRankIntervals } from './sampledRankIntervals.js';
