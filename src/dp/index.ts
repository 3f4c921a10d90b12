export { privacyBudget, type Budget, type BudgetOptions, type Share, type Shares, type Slice, type Spend } from './budget/index.js';
export { dpCountUnits, dpCountUnitsInParts, type DpCountUnitsOptions } from './aggregates/countUnits.js';
export type { KeyChoice } from './keys.js';
export { publicKeys, type PublicKeys } from '../table/publicKeys.js';
export type { Accumulator, PersonalState } from '../table/accumulator.js';
export type { RandomSource } from '../random/source.js';
export * from './mechanisms/index.js';
export * from './accounting/index.js';
