export { reveal, type Revealed } from './reveal.js';
export { seededRandom } from './seeded.js';
export { recordingRandom, tapeRandom, type RecordingSource, type Tape } from './tape.js';
export { keepsSensitivity, recordNoise, sensitivityViolations, type NoiseRecord, type Recording } from './record.js';
export { auditEpsilon, epsilonLowerBound, type AuditOptions, type AuditResult } from './audit.js';
export type { AuditEvent } from './auditEvent.js';
export { arbitraries, type Arbitraries, type Neighbours, type NeighboursOptions } from './arbitraries.js';
export { chiSquare, type ChiSquare } from './statistics.js';
