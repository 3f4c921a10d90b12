export { auditPublished, type AuditOptions } from './auditPublished.js';
export { asPublished } from './read/asPublished.js';
export { crossCheck } from './crossCheck.js';
export type { CrossReleaseAudit, Finding, FindingKind, LineRef, Undecided } from './findings.js';
