import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { divideByShare } from '../../numeric/doubles.js';
import { outwardMargin } from '../../numeric/outward.js';

/** What every rule of selection is made from. */
export interface SelectionOptions {
  readonly epsilon: number;
  readonly delta: number;
  /** At most this many keys of one unit count (L0). */
  readonly groupsPerUnit: number;
}

export function checkGroupsPerUnit(value: unknown, where: string): number {
  return checkInteger(value, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 1e6);
}

export function checkPreThreshold(value: unknown, where: string): number {
  return value === undefined ? 1 : checkInteger(value, where, 'preThreshold', 'TOKUMEI_PRE_THRESHOLD', 1);
}

export function checkProbability(value: unknown, where: string): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  throw new TokumeiError('TOKUMEI_PROBABILITY', { where, parameter: 'probability', expected: 'above 0 and below 1', received: value });
}

/**
 * The delta of each of `keys` keys: any of them fails with probability 1 - (1 - each)^keys. Lowered by the outward margin.
 * Independent noise on each key makes this exact; for (epsilon, delta) releases it is Kairouz, Oh and Viswanath 2015, theorem 3.3.
 */
export function deltaPerKey(delta: number, keys: number): number {
  return -Math.expm1(Math.log1p(-delta * (1 - outwardMargin)) / keys);
}

/** Divides delta into what noise and what the threshold may spend; their exact sum is at most delta. */
export function divideDelta(delta: number, thresholdShare: unknown, where: string): { readonly noise: number; readonly threshold: number } {
  const share = thresholdShare === undefined ? 0.5 : thresholdShare;
  if (!(typeof share === 'number' && share > 0 && share < 1)) {
    throw new TokumeiError('TOKUMEI_SHARES', { where, parameter: 'thresholdShare', expected: 'above 0 and below 1', received: share });
  }
  const [threshold, noise] = divideByShare(delta, share);
  if (!(threshold > 0 && noise > 0)) throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'large enough to divide', received: delta });
  return { noise, threshold };
}
