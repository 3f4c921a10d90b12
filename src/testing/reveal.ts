import type { Guarantee } from '../core/guarantee.js';
import { openProtected, type Protected } from '../core/holders/protected.js';
import type { Statement } from '../core/statement.js';

/** What a test may see of a protected result without releasing it. */
export interface Revealed<T> {
  readonly value: T;
  readonly statement: Statement;
  readonly secure: boolean;
}

/**
 * Opens a protected result in a test. Never in a service: what it shows has passed no guard and has no manifest.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_PROTECTED`
 */
export function reveal<T, G extends Guarantee>(result: Protected<T, G>): Revealed<T> {
  const { value, statement, secure } = openProtected(result, 'reveal');
  return { value, statement, secure };
}
