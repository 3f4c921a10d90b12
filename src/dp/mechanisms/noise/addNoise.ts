import { TokumeiError } from '../../../core/errors.js';

/** Values are at most this in magnitude, and so are the noised ones: 2^52. */
export const LARGEST_VALUE = 4503599627370496;

/**
 * `value + noise`, at most 2^52 in magnitude. Draws of 2^53 and more arrive as 2^53; with a value of at most 2^52 the result
 * is the same as if the true draw had been added and the sum clamped, so the clamp costs nothing (docs/proofs/integer-noise.md).
 */
export function addNoise(value: number, noise: number): number {
  const sum = value + noise;
  return sum > LARGEST_VALUE ? LARGEST_VALUE : sum < -LARGEST_VALUE ? -LARGEST_VALUE : sum;
}

/** @throws {TokumeiError} `TOKUMEI_NOISE_VALUE` unless every value is a whole number of magnitude at most 2^52. Shows none of them. */
export function checkValues(values: ArrayLike<number>, where: string): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(Number.isInteger(value) && value <= LARGEST_VALUE && value >= -LARGEST_VALUE)) {
      throw new TokumeiError('TOKUMEI_NOISE_VALUE', { where, parameter: 'values', expected: 'whole numbers of magnitude at most 2^52' });
    }
  }
}
