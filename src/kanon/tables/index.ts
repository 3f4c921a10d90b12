export * from './perturbation/index.js';
export { kCountUnits, type KCountUnitsOptions } from './stages/kCountUnits.js';
export { kTable, type KTableOptions } from './stages/kTable.js';
export { kSum, type KSumOptions } from './stages/kSum.js';
export type { CellCost, FieldsIn, Groups } from './stages/tableOptions.js';
export type { Concentration } from './primary/sumRules.js';
export { hierarchy, type Dimension, type GroupTree } from './layout/dimension.js';
export { japaneseCell, sdmxStatus, type FlaggedLine } from './formats/flags.js';
export { operatorReport } from '../../core/index.js';
