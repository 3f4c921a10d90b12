import { TokumeiError } from '../../core/errors.js';

/** A number for which `fits` holds. @throws {TokumeiError} `TOKUMEI_SCORE` */
export function checkNumber(value: unknown, where: string, parameter: string, expected: string, fits: (value: number) => boolean): number {
  if (typeof value === 'number' && Number.isFinite(value) && fits(value)) return value;
  throw new TokumeiError('TOKUMEI_SCORE', { where, parameter, expected });
}

export const positive = (value: number): boolean => value > 0;
export const notNegative = (value: number): boolean => value >= 0;
export const any = (): boolean => true;
