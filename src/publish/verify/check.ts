export { check, type Check } from '../../rank/verify/check.js';
