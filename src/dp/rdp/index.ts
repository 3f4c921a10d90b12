export * from '../accounting/rdp/index.js';
