import type { Guarantee } from '../../core/guarantee.js';
import { openProtected, type Protected } from '../../core/holders/protected.js';
import type { OperatorReport } from '../../core/operatorReport.js';

/**
 * What only the operator may see of a protected result: for tables `attainedK`, cells `byReason`, `informationLost` and more.
 *
 * Read `.figures` and keep them inside: they are exact figures about private data, which `release()` and manifests refuse.
 * Undefined where the aggregate left none.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_PROTECTED`
 * @example
 * const events = ['u1', 'u2', 'u3'].map((userId) => ({ userId, app: 'maps' }));
 * const counts = pipe(personal(events, { unit: 'user', unitOf: 'userId' }), kCountUnits({ by: 'app', k: 2 }));
 * operatorReport(counts)?.figures['attainedK']; // => 3
 */
export function operatorReport<T, G extends Guarantee>(result: Protected<T, G>): OperatorReport | undefined {
  return openProtected(result, 'operatorReport').report;
}
