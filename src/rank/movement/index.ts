export { movements, type MovementOptions } from './movements.js';
export { hysteresis, type HysteresisOptions } from './hysteresis.js';
export { listOf, type ReleasedRanking } from './listOf.js';
export type { Movement, MovementList, MovementRow, PublishedList, PublishedRow } from './types.js';
