import { TokumeiError } from '../core/errors.js';
import { checkPublicKeys, type PublicKeys } from '../table/publicKeys.js';

/** Which groups a private table may have: a declared list, or those found in the data that enough units share. */
export type KeyChoice = PublicKeys | 'discover';

/** The declared keys, or undefined for `'discover'`. @throws {TokumeiError} `TOKUMEI_KEYS` */
export function checkKeys(where: string, keys: unknown, by: readonly string[], single: boolean): PublicKeys | undefined {
  if (keys === 'discover') return undefined;
  if (typeof keys === 'object' && keys !== null) return checkPublicKeys(where, keys, by, single);
  throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: "publicKeys([…]) or 'discover'", received: keys });
}
