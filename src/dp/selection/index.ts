export { gaussianSelection, laplaceSelection, type ThresholdOptions } from './thresholds.js';
export { gaussianThreshold, gaussianThresholdDelta, laplaceThreshold, laplaceThresholdDelta } from './onReals.js';
export { optimalSelection } from './optimal.js';
export { weightedSelection, type WeightedSelection } from './weighted.js';
export type { KeySelection, ThresholdSelection } from './types.js';
export type { SelectionOptions } from './checks.js';
