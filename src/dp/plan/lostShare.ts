import { TokumeiError } from '../../core/errors.js';

/**
 * The share of (unit, key) pairs that a bound of `groupsPerUnit` cuts away, where `keysPerUnit[k - 1]` is the share (or the
 * number) of units with k keys.
 */
export function lostShare(keysPerUnit: readonly number[], groupsPerUnit: number, where: string): number {
  let all = 0;
  let kept = 0;
  keysPerUnit.forEach((share, i) => {
    if (!(typeof share === 'number' && share >= 0 && share < Infinity)) {
      throw new TokumeiError('TOKUMEI_FACTS', { where, parameter: 'keysPerUnit', expected: 'shares of units with 1, 2, 3, … keys, each >= 0', received: share });
    }
    all += share * (i + 1);
    kept += share * Math.min(i + 1, groupsPerUnit);
  });
  if (!(all > 0)) throw new TokumeiError('TOKUMEI_FACTS', { where, parameter: 'keysPerUnit', expected: 'at least one share above 0', received: keysPerUnit });
  return 1 - kept / all;
}
