import { TokumeiError } from '../../core/errors.js';
import type { NoiseLaw } from '../../core/statement.js';
import { noiseHalfWidth, noiseSurvival } from '../accounting/laws/noiseLaw.js';

/** An interval of whole steps around a noisy value. */
export interface NoiseInterval {
  /** The true (bounded) value lies within this many steps of the noisy one, with at least the confidence asked for. */
  readonly halfWidth: number;
  /** With which confidence exactly: on integers a little more than was asked for. */
  readonly coverage: number;
}

/**
 * The interval that the known noise law gives, exactly, on integers: the least half width h with
 * `P[|noise| <= h] >= confidence`. In steps of the grid; multiply by the measure's `step`.
 *
 * It covers the value after bounding and clamping, not what they cut away. Free: the law is public, the noisy value is
 * published. Google: `ComputeConfidenceInterval`; OpenDP: `discrete_laplacian_scale_to_accuracy` minus one, since its
 * accuracy is the least a with `P[|noise| >= a] <= alpha`.
 *
 * @throws {TokumeiError} `TOKUMEI_CONFIDENCE`.
 * @example
 * intervalOf({ law: 'discrete-laplace', scale: 5 }, 0.95).halfWidth; // => 15
 */
export function intervalOf(noise: NoiseLaw, confidence: number): NoiseInterval {
  if (!(typeof confidence === 'number' && confidence > 0 && confidence < 1)) {
    throw new TokumeiError('TOKUMEI_CONFIDENCE', { where: 'intervalOf', parameter: 'confidence', expected: 'above 0 and below 1', received: confidence });
  }
  const halfWidth = noiseHalfWidth(noise, 1 - confidence);
  return { halfWidth, coverage: 1 - 2 * noiseSurvival(noise, halfWidth + 1) };
}
