import { TokumeiError } from '../../core/errors.js';

/** @throws {TokumeiError} `TOKUMEI_PAIRS` */
export function checkPairs(x: readonly number[], y: readonly number[], where: string): void {
  const numbers = (list: unknown): boolean => Array.isArray(list) && list.every((value) => Number.isFinite(value));
  if (numbers(x) && numbers(y) && x.length === y.length) return;
  throw new TokumeiError('TOKUMEI_PAIRS', { where, parameter: 'x and y', expected: 'two lists of finite numbers of one length, one pair for each item' });
}
