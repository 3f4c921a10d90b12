export { ballotOf, type Ballot } from './ballot.js';
export { rankTies, type RankedValue, type RankOrder, type RankState, type RankTiesOptions, type TieRule } from './rankTies.js';
export { percentileRanks, type PercentileRule } from './percentileRanks.js';
