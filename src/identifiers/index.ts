export type { FindOptions, Finding, IdentifierClass, IdentifierFlag } from './types.js';
export { compileFinder } from './compile.js';
export { findIdentifiers } from './find.js';
