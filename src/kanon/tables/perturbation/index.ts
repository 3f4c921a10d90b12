export { cellKeyCounts, type CellKeyCountsOptions } from './cellKeyCounts.js';
export type { CellNoise } from './cellNoise.js';
export { controlledRounding, type ControlledRoundingOptions, type RoundedTable } from './controlledRounding.js';
export type { FiniteLaw } from './maximumEntropy.js';
export { perturbationTable, type PerturbationOptions, type PerturbationTable } from './perturbationTable.js';
export { randomRounding } from './randomRounding.js';
