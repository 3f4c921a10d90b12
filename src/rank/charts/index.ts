export { rankedDots, type DotRow, type RankedDotsOptions } from './rankedDots.js';
export { bumpChart, type BumpChartOptions } from './bumpChart.js';
export type { ChartSpec } from './style.js';
