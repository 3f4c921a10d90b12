export type { FindOptions, Finding, IdentifierClass, IdentifierFlag } from './types.js';
export { findIdentifiers } from './find.js';
