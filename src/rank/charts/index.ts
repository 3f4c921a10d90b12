export { rankedDots, type ChartSpec, type DotRow, type RankedDotsOptions } from './rankedDots.js';
