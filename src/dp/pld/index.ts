export * from '../accounting/pld/index.js';
