export { kendallTau } from './kendallTau.js';
export { spearman } from './spearman.js';
export { rankBiasedOverlap, type OverlapTies, type RankBiasedOverlap } from './rankBiasedOverlap.js';
export { topKFootrule, topKKendall, type TopKDistance } from './topKDistance.js';
