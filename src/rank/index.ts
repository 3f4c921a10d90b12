export * from './order/index.js';
export * from './intervals/index.js';
export * from './charts/index.js';
export { toRanking, type ToRankingOptions } from './toRanking.js';
export type { RankRow } from './rankRow.js';
