import { checkEpsilonFrom0, checkScale, checkSensitivity, checkWhole } from './checks.js';

/**
 * The exact delta at `epsilon` of discrete Laplace noise on one whole number that a unit moves by at most `sensitivity`;
 * 0 from `sensitivity / scale` on. A sum of positive terms: the loss is `(sensitivity - 2 k) / scale` at k from 0 to
 * `sensitivity` (docs/proofs/discrete-laplace.md).
 *
 * @throws {TokumeiError} `TOKUMEI_SCALE_RANGE`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function discreteLaplaceDelta(o: { readonly scale: number; readonly epsilon: number; readonly sensitivity?: number }): number {
  const where = 'discreteLaplaceDelta';
  const scale = checkScale(o.scale, where);
  const epsilon = checkEpsilonFrom0(o.epsilon, where);
  const moved = checkWhole(o.sensitivity ?? 1, where, 'sensitivity');
  const excess = moved / scale - epsilon;
  if (excess <= 0) return 0;
  const q = Math.exp(-1 / scale);
  // Up to the last k with a loss above epsilon: P[k] - exp(epsilon) Q[k], both geometric.
  const last = Math.ceil((excess * scale) / 2) - 1;
  const inner = last > 0 ? -q * Math.expm1(-last / scale) + Math.exp(-excess) * (1 - Math.exp(last / scale)) : 0;
  return (-Math.expm1(-excess) + inner) / (1 + q);
}

/** The exact delta at `epsilon` of Laplace noise on reals: `1 - exp((epsilon - sensitivity / scale) / 2)` where that is above 0. */
export function laplaceDelta(o: { readonly scale: number; readonly epsilon: number; readonly sensitivity?: number }): number {
  const where = 'laplaceDelta';
  const excess = checkSensitivity(o.sensitivity ?? 1, where) / checkScale(o.scale, where) - checkEpsilonFrom0(o.epsilon, where);
  return excess <= 0 ? 0 : -Math.expm1(-excess / 2);
}
