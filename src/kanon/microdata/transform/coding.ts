import { TokumeiError } from '../../../core/errors.js';

export interface CodingBounds {
  /** Values below become this. */
  readonly bottom?: number;
  /** Values above become this. */
  readonly top?: number;
}

/**
 * Top and bottom coding: what lies beyond public bounds becomes the bound. NaN stays NaN.
 *
 * @throws {TokumeiError} `TOKUMEI_CODING`
 * @example
 * topBottomCode([3, 50, 120], { bottom: 18, top: 90 }); // => [18, 50, 90]
 */
export function topBottomCode(column: ArrayLike<number>, { bottom = -Infinity, top = Infinity }: CodingBounds): number[] {
  if (typeof bottom !== 'number' || typeof top !== 'number' || !(bottom <= top)) {
    throw new TokumeiError('TOKUMEI_CODING', { where: 'topBottomCode', parameter: 'top', expected: 'numbers with bottom <= top', received: top });
  }
  return Array.from(column, (value) => (value < bottom ? bottom : value > top ? top : value));
}
