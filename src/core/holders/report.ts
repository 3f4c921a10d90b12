import type { Guarantee } from '../guarantee.js';
import type { OperatorReport } from '../operatorReport.js';
import { openProtected, type Protected } from './protected.js';

/**
 * What only the operator may see of a protected result: rows without a unit (`missingUnit`) or opted out, units above
 * the bound, rows without a key; for tables `attainedK`, cells `byReason`, `informationLost`.
 *
 * When to use: always, once, before publishing. A chart of a log whose ids could not be read is noise around zero, and only
 * the report says so. Read `.figures` and keep them inside: they are exact figures about private data, which `release()`
 * and manifests refuse. Undefined where the aggregate left none.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_PROTECTED`
 * @example
 * const events = [{ userId: 'u1', app: 'maps' }, { userId: null, app: 'maps' }];
 * const counts = pipe(personal(events, { unit: 'user', unitOf: 'userId' }), kCountUnits({ by: 'app', k: 2 }));
 * operatorReport(counts)?.figures['missingUnit']; // => 1
 */
export function operatorReport<T, G extends Guarantee>(result: Protected<T, G>): OperatorReport | undefined {
  return openProtected(result, 'operatorReport').report;
}
