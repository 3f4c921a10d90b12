import { TokumeiError } from '../../../core/errors.js';

const MOST = 2 ** 28;

/**
 * Room for the rows of each class by sensitive value: the number for value v of class c is at c * values + v.
 *
 * @throws {TokumeiError} `TOKUMEI_SENSITIVE_VALUES` where classes times values pass 2^28 (a GB)
 */
export function classCounts(classes: number, values: number, field: string, where: string): Int32Array {
  if (classes * values <= MOST) return new Int32Array(classes * values);
  throw new TokumeiError('TOKUMEI_SENSITIVE_VALUES', {
    where,
    message: `${JSON.stringify(field)} has so many values that classes by values pass 2^28 counts; put its values into groups first, or give the quasi-identifiers a minLevel`,
  });
}
