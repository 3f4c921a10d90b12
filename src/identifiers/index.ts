export type { FindOptions, Finding, IdentifierClass, IdentifierFlag, NumberingTable, TextDetector } from './types.js';
export type { JapanNumbering } from './numbering/jp.js';
export type { NumberingRegion } from './phone/region.js';
export { findIdentifiers } from './find.js';
export { compileFinder } from './compile.js';
export { CARRIER_DOMAINS } from './mail/carriers.js';
export { NUMBERING_JP } from './numbering/jp.js';
export { registerRegions } from './numbering/registry.js';
export * from './numbering/regions/index.js';
