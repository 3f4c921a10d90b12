// The short path: what the first program of a service needs. Everything else is in the subpaths.
export { pipe, flow, input, TokumeiError, OperatorReport, operatorReport } from './core/index.js';
export type {
  DifferentialPrivacy, ErrorDetails, GroupRow, Guarantee, Input, KAnonymity, Key, LongCall, Perturbed, Personal, Progress, Protected, Stage, Statement, TableControl,
} from './core/index.js';
export { personal, personalColumns, personalTable, collectPersonal, where, derive, joinPublic, publicKeys } from './table/index.js';
export type { DoorOptions, FieldOf, PublicKeys } from './table/index.js';
export { privacyBudget, dpCountUnits } from './dp/index.js';
export type { Budget, Slice } from './dp/index.js';
export { kCountUnits } from './kanon/index.js';
export { deidentify } from './identifiers/index.js';
export { rankGroups, toRanking } from './rank/index.js';
export type { RankRow } from './rank/index.js';
export { release } from './publish/index.js';
export type { Manifest, Release } from './publish/index.js';
