// Made by tools/numbering-regions.mjs from libphonenumber-js 1.13.16. Do not edit by hand.
export * from './zone-1.js';
export * from './zone-2.js';
export * from './zone-3.js';
export * from './zone-4.js';
export * from './zone-5.js';
export * from './zone-6.js';
export * from './zone-7.js';
export * from './zone-8.js';
export * from './zone-9.js';
export { allRegions } from './all.js';
