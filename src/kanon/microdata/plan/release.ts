import { TokumeiError } from '../../../core/errors.js';

/** Fields that are released as they are. @throws {TokumeiError} `TOKUMEI_RELEASE_FIELDS` */
export function checkRelease(release: unknown, quasiIdentifiers: readonly string[], where: string): readonly string[] {
  const named = Array.isArray(release) && release.every((field) => typeof field === 'string' && field !== '' && !quasiIdentifiers.includes(field));
  if (named && new Set(release).size === release.length) return release as readonly string[];
  throw new TokumeiError('TOKUMEI_RELEASE_FIELDS', { where, parameter: 'release', expected: 'different names of fields, none of them a quasi-identifier' });
}
