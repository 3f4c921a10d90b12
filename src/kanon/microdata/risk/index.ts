export { individualRisk } from './individualRisk.js';
export { separation, type Separation } from './quasiIdentifiers.js';
export { reidentificationRisk, type ReidentificationOptions, type ReidentificationRisk } from './reidentification.js';
export { suda2, type Suda2Result } from './suda2.js';
export { pitman } from './pitman.js';
export { slidNegativeBinomial, uniquenessEstimate, zayatz } from './uniqueness.js';
