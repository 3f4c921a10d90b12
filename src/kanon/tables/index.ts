export * from './perturbation/index.js';
export { kCountUnits, type KCountUnitsOptions } from './stages/kCountUnits.js';
