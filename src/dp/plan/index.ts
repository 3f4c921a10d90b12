export { compareBounds, epsilonFor, type BoundOption, type ErrorTarget } from './choose.js';
export { intervalOf, type NoiseInterval } from './intervalOf.js';
export { meaningOf, type Guess, type Meaning } from './meaningOf.js';
export { plan } from './plan.js';
export type { ExpectedError, Plan, PublicFacts } from './types.js';
export type { PlanQuery, PlanSpend } from './query.js';
export { sharesForErrors, type SharesForErrors, type TargetedQuery } from './sharesForErrors.js';
