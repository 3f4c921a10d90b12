import { checkInteger, checkOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { divideRational, multiplyRational, rational, rationalOf, rationalToDouble, type Rational } from '../../../numeric/rational.js';
import { exactScale } from '../../../random/discreteLaplace.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { checkSensitivity, rootUp, type MechanismCost } from '../cost.js';
import { checkValues } from '../noise/addNoise.js';

interface Common {
  /** How many candidates are chosen, one after the other; 1 when left out. */
  readonly picks?: number;
}
interface Scored extends Common {
  /** How much one unit moves any one score. */
  readonly sensitivity: number;
  /** True where one unit moves all scores in one direction, as it does counts. */
  readonly monotone?: boolean;
}
/** A scale, or the cost of all picks together from which it follows. */
export type SelectionOptions =
  | (Common & { readonly scale: number; readonly epsilon?: never; readonly rho?: never; readonly sensitivity?: never; readonly monotone?: never })
  | (Scored & { readonly epsilon: number; readonly rho?: never; readonly scale?: never })
  | (Scored & { readonly rho: number; readonly epsilon?: never; readonly scale?: never });

/** Chooses positions by private scores. */
export interface SelectionMechanism {
  readonly law: 'exponential' | 'permute-and-flip' | 'joint-exponential';
  readonly scale: number;
  readonly picks: number;
  /** What all picks together cost when one unit moves any one score by at most `sensitivity`. */
  spend(sensitivity: number, monotone?: boolean): MechanismCost;
  /** Positions of the chosen candidates, in the order in which they were chosen; scores are whole numbers up to 2^52. */
  choose(scores: ArrayLike<number>, random?: RandomSource): number[];
}

/** What picks cost, each with this epsilon. */
export type PickCost = (epsilon: Rational, picks: number) => MechanismCost;

export function selectionMechanism(
  where: string,
  law: SelectionMechanism['law'],
  options: SelectionOptions,
  cost: PickCost,
  choose: (scores: ArrayLike<number>, rate: Rational, picks: number, random: RandomSource) => number[],
): SelectionMechanism {
  const picks = checkPicks(checkOptions(options, where).picks, where);
  const scale = resolveScale(options, picks, where, law);
  const exact = selectionScale(scale, where);
  const rate = { numerator: exact.denominator, denominator: exact.numerator };
  return Object.freeze({
    law,
    scale,
    picks,
    spend: (sensitivity: number, monotone = false) =>
      cost(divideRational(multiplyRational(rationalOf(checkSensitivity(sensitivity, 'spend')), rational(monotone ? 1n : 2n)), exact), picks),
    choose: (scores: ArrayLike<number>, random: RandomSource = secureRandom()) => {
      checkValues(scores, where);
      return choose(scores, rate, picks, random);
    },
  });
}

/**
 * A scale as a fraction. From 2^-1000 on, so that its reciprocal times a gap is a number: below 2^-1024 it would be Infinity,
 * and of a gap of 0 nothing could be said.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_SCALE` unless it is from 2^-1000 to 2^44.
 */
export function selectionScale(scale: number, where: string): Rational {
  if (scale > 0 && scale < 2 ** -1000) throw new TokumeiError('TOKUMEI_NOISE_SCALE', { where, parameter: 'scale', expected: 'at least 2^-1000', received: scale });
  return exactScale(scale, where, 'scale');
}

/** At most so many that their number can still be multiplied exactly with everything else. */
export function checkPicks(picks: unknown, where: string): number {
  return picks === undefined ? 1 : checkInteger(picks, where, 'picks', 'TOKUMEI_PICKS', 1, 2 ** 31 - 1);
}

/** The smallest double at which all picks together stay within the cost: `factor sensitivity picks / epsilon`, and for rho by bounded range. */
function resolveScale(options: SelectionOptions, picks: number, where: string, law: SelectionMechanism['law']): number {
  const { scale, epsilon, rho, sensitivity, monotone } = options;
  if ([scale, epsilon, rho].filter((x) => x !== undefined).length !== 1) {
    throw new TokumeiError('TOKUMEI_OPTIONS', { where, message: 'takes one of scale, epsilon and rho' });
  }
  if (scale !== undefined) return scale;
  const moved = multiplyRational(rationalOf(checkPositive(sensitivity, where, 'sensitivity', 'TOKUMEI_SENSITIVITY')), rational(monotone === true ? 1n : 2n));
  const count = rational(BigInt(law === 'joint-exponential' ? 1 : picks));
  if (epsilon !== undefined) {
    return rationalToDouble(divideRational(multiplyRational(moved, count), rationalOf(checkPositive(epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE'))), 'up');
  }
  // picks * epsilon²/8 <= rho, or epsilon²/2 where the range is not bounded.
  const divisor = rational(law === 'permute-and-flip' ? 2n : 8n);
  const price = multiplyRational(divisor, rationalOf(checkPositive(rho, where, 'rho', 'TOKUMEI_RHO_RANGE')));
  return rootUp(divideRational(multiplyRational(multiplyRational(moved, moved), count), price));
}
