export { hierarchyFromCsv, type HierarchyCsvOptions } from './fromCsv.js';
export { customHierarchy, dateHierarchy, intervalHierarchy, maskHierarchy, orderedHierarchy, priorityHierarchy, type DateUnit, type IntervalOptions, type MaskOptions } from './builders.js';
export type { Hierarchy } from './hierarchy.js';
