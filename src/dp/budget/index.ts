export { privacyBudget, type BudgetOptions } from './privacyBudget.js';
export type { Budget, Slice } from './slice.js';
export type { Share, Shares } from './shares.js';
export type { Spend } from './spend.js';
export { privacyFilter, type Ask, type PrivacyFilter } from './privacyFilter.js';
export { privacyOdometer, type OdometerOptions, type PrivacyOdometer } from './privacyOdometer.js';
