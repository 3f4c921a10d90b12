import { TokumeiError } from '../../../core/errors.js';

/** Bounds in whole steps, rounded outward, and how far one unit moves a sum in steps. */
export interface Grid {
  readonly step: number;
  readonly lowerSteps: number;
  readonly upperSteps: number;
  readonly each: number;
}

/**
 * The grid on which totals are summed. Without a step: the power of two that divides the larger bound into 2^23 to 2^24
 * steps, so fine that rounding is far below any noise that hides one unit. Made of public bounds alone.
 *
 * @throws {TokumeiError} `TOKUMEI_STEP_RANGE`, `TOKUMEI_BOUNDS`
 */
export function gridFor(where: string, lower: number, upper: number, step: unknown): Grid {
  const magnitude = Math.max(Math.abs(lower), Math.abs(upper));
  if (magnitude < 2 ** -900) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'upper', expected: 'of magnitude at least 2^-900', received: upper });
  const s = step === undefined ? stepFor(magnitude) : step;
  if (!(typeof s === 'number' && s > 0 && s < Infinity && magnitude / s <= 2 ** 40)) {
    throw new TokumeiError('TOKUMEI_STEP_RANGE', { where, parameter: 'step', expected: 'finite, above 0, and at most 2^40 of it to a bound', received: step });
  }
  const [lowerSteps, upperSteps] = [Math.floor(lower / s) + 0, Math.ceil(upper / s) + 0];
  return { step: s, lowerSteps, upperSteps, each: Math.max(Math.abs(lowerSteps), Math.abs(upperSteps)) };
}

/** The power of two that goes into a magnitude between 2^23 and 2^24 times. */
export function stepFor(magnitude: number): number {
  let step = 2 ** (Math.floor(Math.log2(magnitude)) - 23);
  // Math.log2 may be off at powers of two; comparing settles it, so that the step is the same on every engine.
  while (step * 2 ** 23 > magnitude) step /= 2;
  while (step * 2 ** 24 <= magnitude) step *= 2;
  return step;
}
