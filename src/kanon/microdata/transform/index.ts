export { mondrian, type MondrianOptions, type MondrianResult } from './mondrian.js';
export { groupMeans, mdav, microaggregateUnivariate, type Microgroups } from './microaggregate.js';
export { topBottomCode, type CodingBounds } from './coding.js';
export { suppressCells, type CellSuppression, type CellSuppressionOptions } from './suppressCells.js';
export { cellSuppressedRows, type CellSuppressedRowsOptions } from './stages/cellSuppressedRows.js';
export { microaggregateRows, type MicroaggregateRowsOptions } from './stages/microaggregateRows.js';
export { mondrianRows, type MondrianRowsOptions } from './stages/mondrianRows.js';
