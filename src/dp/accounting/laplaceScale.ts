import { TokumeiError } from '../../core/errors.js';
import { scaleFor } from '../mechanisms/cost.js';
import { checkEpsilonAbove0, checkSensitivity } from './checks.js';

/**
 * The least double at which (discrete) Laplace noise on numbers of this L1 sensitivity is epsilon-differentially private:
 * `sensitivity / epsilon`, rounded up so that scale times epsilon reaches the sensitivity in exact arithmetic.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function laplaceScale(o: { readonly epsilon: number; readonly sensitivity: number }): number {
  const where = 'laplaceScale';
  const epsilon = checkEpsilonAbove0(o.epsilon, where);
  const scale = scaleFor(checkSensitivity(o.sensitivity, where), epsilon);
  if (scale < Infinity) return scale;
  throw new TokumeiError('TOKUMEI_EPSILON_RANGE', { where, parameter: 'epsilon', expected: 'large enough for a finite scale', received: epsilon });
}
