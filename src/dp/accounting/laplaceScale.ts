import { TokumeiError } from '../../core/errors.js';
import { nextDown, nextUp } from '../../numeric/doubles.js';
import { compareRational, multiplyRational, rationalOf } from '../../numeric/rational.js';
import { checkEpsilonAbove0, checkSensitivity } from './checks.js';

/**
 * The least double at which (discrete) Laplace noise on numbers of this L1 sensitivity is epsilon-differentially private:
 * `sensitivity / epsilon`, such that scale times epsilon reaches the sensitivity in exact arithmetic.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY_RANGE`.
 */
export function laplaceScale(o: { readonly epsilon: number; readonly sensitivity: number }): number {
  const epsilon = rationalOf(checkEpsilonAbove0(o.epsilon, 'laplaceScale'));
  const sensitivity = rationalOf(checkSensitivity(o.sensitivity, 'laplaceScale'));
  const reaches = (scale: number): boolean => compareRational(multiplyRational(rationalOf(scale), epsilon), sensitivity) >= 0;
  let scale = o.sensitivity / o.epsilon;
  if (!(scale > 0 && scale < 2 ** 1000)) throw new TokumeiError('TOKUMEI_EPSILON_RANGE', { where: 'laplaceScale', parameter: 'epsilon', expected: 'large enough for a finite scale', received: o.epsilon });
  while (!reaches(scale)) scale = nextUp(scale);
  while (reaches(nextDown(scale))) scale = nextDown(scale);
  return scale;
}
