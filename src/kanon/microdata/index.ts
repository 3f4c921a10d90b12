export * from './hierarchies/index.js';
export { searchPlan, type SearchFigures, type SearchPlanOptions } from './plan/searchPlan.js';
export { applyPlan, type AnonymousRow, type ApplyPlanOptions } from './plan/applyPlan.js';
export type { Plan, PlanCheck, PlannedField } from './plan/plan.js';
export type { QuasiIdentifier } from './plan/prepare.js';
export type { ClosenessDistance, PrivacyModel, UniquenessEstimator } from './models/spec.js';
export type { ObjectiveOptions, Weighing } from './search/objectives/spec.js';
export type { Aggregate } from './search/objectives/aggregate.js';
export { pitman, slidNegativeBinomial, zayatz } from './risk/uniqueness.js';
