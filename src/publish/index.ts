export { toCsv } from './formats/toCsv.js';
export { escapeHtml } from './formats/escapeHtml.js';
export { release } from './release/release.js';
export type { Previous, ReleaseDescription } from './release/options.js';
export type { Allowance, Manifest, OnIdentifier, Period, Population, Purpose, Release } from './release/manifest.js';
export { verifyManifest, type Verification } from './verify/verifyManifest.js';
export type { Check } from '../rank/verify/check.js';
export { auditReleases, type AuditOptions } from './audit/auditReleases.js';
export type { CrossReleaseAudit, Finding, FindingKind, LineRef, Undecided } from '../kanon/audit/index.js';
