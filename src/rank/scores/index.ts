export { wilsonInterval, type Sides, type WilsonInterval } from './wilsonInterval.js';
export { bayesianAverage } from './bayesianAverage.js';
export { gravityScore, halfLifeWeight, hotScore } from './decay.js';
export { gStatistic, poissonZ, twoProportionZ, type ShareOfTrials } from './change.js';
export { benjaminiHochberg } from './benjaminiHochberg.js';
export { trends, type Trend, type TrendInput, type TrendOptions, type TrendState } from './trends.js';
export { withShares, type CountedRow, type PrivateTotal, type WithShare } from './withShares.js';
