export * from './tables/index.js';
export * from './microdata/index.js';
