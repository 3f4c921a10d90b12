export type { FindOptions, Finding, IdentifierClass, IdentifierFlag } from './types.js';
export { compileFinder } from './compile.js';
export { findIdentifiers } from './find.js';
export * from './treat/index.js';
export * from './records/index.js';
export * from './streams/index.js';
export * from './profile/index.js';
