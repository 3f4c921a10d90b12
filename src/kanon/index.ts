export * from './tables/index.js';
