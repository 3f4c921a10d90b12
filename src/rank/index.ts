export * from './aggregate/index.js';
export * from './order/index.js';
export * from './intervals/index.js';
export * from './agreement/index.js';
export * from './charts/index.js';
export { toRanking, type ToRankingOptions } from './toRanking.js';
export type { RankRow } from './rankRow.js';
export { rankGroups, type RankedGroup, type RankGroupsOptions } from './private/rankGroups.js';
export { publicKeys, type PublicKeys } from '../table/publicKeys.js';
