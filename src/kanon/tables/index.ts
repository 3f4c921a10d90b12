export { kCountUnits, type KCountUnitsOptions } from './stages/kCountUnits.js';
export { kTable, type KTableOptions } from './stages/kTable.js';
export type { CellCost, FieldsIn, Groups } from './stages/tableOptions.js';
export { hierarchy, type Dimension, type GroupTree } from './layout/dimension.js';
