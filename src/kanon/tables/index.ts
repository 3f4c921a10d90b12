export { kCountUnits, type KCountUnitsOptions } from './stages/kCountUnits.js';
