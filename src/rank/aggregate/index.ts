export { borda, dowdall, type AggregateOptions } from './positional.js';
export { copeland } from './copeland.js';
export { schulze } from './schulze.js';
export { kemeny, type KemenyOptions, type KemenyRanking } from './kemeny.js';
export type { AggregateRow, Unranked } from './tally.js';
