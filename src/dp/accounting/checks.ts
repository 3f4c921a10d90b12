import { checkInteger, checkPositive } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';

export function checkSigma(value: unknown, where: string): number {
  return checkPositive(value, where, 'sigma', 'TOKUMEI_SIGMA_RANGE');
}

export function checkScale(value: unknown, where: string): number {
  return checkPositive(value, where, 'scale', 'TOKUMEI_SCALE_RANGE');
}

export function checkSensitivity(value: unknown, where: string): number {
  return checkPositive(value, where, 'sensitivity', 'TOKUMEI_SENSITIVITY_RANGE');
}

/** For mechanisms on integers, whose sensitivity is a whole number. */
export function checkWhole(value: unknown, where: string, parameter: string): number {
  return checkInteger(value, where, parameter, 'TOKUMEI_SENSITIVITY_RANGE', 1);
}

export function checkEpsilonAbove0(value: unknown, where: string): number {
  return checkPositive(value, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE');
}

export function checkEpsilonFrom0(value: unknown, where: string): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw new TokumeiError('TOKUMEI_EPSILON_RANGE', { where, parameter: 'epsilon', expected: 'finite and >= 0', received: value });
}

export function checkRhoFrom0(value: unknown, where: string): number {
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw new TokumeiError('TOKUMEI_RHO_RANGE', { where, parameter: 'rho', expected: 'finite and >= 0', received: value });
}

export function checkDeltaAbove0(value: unknown, where: string): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'above 0 and below 1', received: value });
}

export function checkDeltaFrom0(value: unknown, where: string): number {
  if (typeof value === 'number' && value >= 0 && value < 1) return value;
  throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'from 0 to below 1', received: value });
}

export function checkCount(value: unknown, where: string): number {
  return checkInteger(value, where, 'count', 'TOKUMEI_COUNT_RANGE', 1, 1e9);
}
