import { checkInteger, checkOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { nextDown, nextUp } from '../../../numeric/doubles.js';
import { addRational, compareRational, divideRational, rationalOf } from '../../../numeric/rational.js';
import { discreteLaplace } from '../../../random/discreteLaplace.js';
import type { IntegerSampler } from '../../../random/integerNoise.js';
import { remember } from '../../../random/remember.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { pureCost, scaleFor, type MechanismCost } from '../cost.js';
import { selectionScale } from './options.js';
import { checkValues, LARGEST_VALUE } from '../noise/addNoise.js';

export interface AboveThresholdOptions {
  /** What the values are compared with: a whole number, public. */
  readonly threshold: number;
  /** All questions together. */
  readonly epsilon: number;
  /** One unit moves any one value by at most this: a whole number, 1 for counts. */
  readonly sensitivity: number;
  /** True where one unit moves all values in one direction, as it does counts: half the noise. */
  readonly monotone?: boolean;
}

/** Asks one value after the other whether it is above the threshold, and ends with the first that is. */
export interface AboveThreshold {
  readonly law: 'above-threshold';
  readonly thresholdScale: number;
  readonly valueScale: number;
  spend(): MechanismCost;
  /** Whether this value looks above the threshold. After the first `true` no more may be asked. */
  ask(value: number): boolean;
  /** The position of the first value that looks above, or -1. Same as asking each. */
  first(values: ArrayLike<number>): number;
}

/**
 * The sparse vector technique: any number of questions for the price of one, as long as the answers are no.
 *
 * **When.** The first of many thresholds, days or bins that is passed: search for bounds, alarms. **Convention.** Dwork and Roth 2014, algorithm 1,
 * with the split of Lyu, Su and Li 2017 and discrete Laplace noise; fresh noise on every value, and the noisy threshold is never published.
 * **Guarantee.** epsilon for all answers, up to and with the first yes, also when later questions depend on earlier answers. **Duties.**
 * Values are whole numbers; for a second yes make a new one, and pay again.
 *
 * @throws {TokumeiError} `TOKUMEI_THRESHOLD`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_SENSITIVITY`, `TOKUMEI_NOISE_SCALE`; `TOKUMEI_NOISE_VALUE`, and `TOKUMEI_THRESHOLD_PASSED` when asked again after a yes.
 * @see docs/proofs/above-threshold.md
 * @example
 * const search = aboveThreshold({ threshold: 100, epsilon: 1, sensitivity: 1, monotone: true });
 * search.first([3, 8, 40, 700, 900]); // e.g. 3
 */
/* @__NO_SIDE_EFFECTS__ */
export function aboveThreshold(options: AboveThresholdOptions, random: RandomSource = secureRandom()): AboveThreshold {
  const where = 'aboveThreshold';
  const { monotone } = checkOptions(options, where);
  const threshold = checkInteger(options.threshold, where, 'threshold', 'TOKUMEI_THRESHOLD', -LARGEST_VALUE, LARGEST_VALUE);
  const epsilon = checkPositive(options.epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE');
  const sensitivity = checkInteger(options.sensitivity, where, 'sensitivity', 'TOKUMEI_SENSITIVITY', 1, 2 ** 40);
  const { thresholdScale, valueScale, cost } = remember(known, `${epsilon} ${sensitivity} ${monotone === true}`, () => scales(epsilon, sensitivity, monotone === true));
  for (const scale of [thresholdScale, valueScale]) selectionScale(scale, where);
  const noise = discreteLaplace(valueScale);
  const bar = BigInt(threshold) + unbounded(discreteLaplace(thresholdScale), random);
  let passed = false;
  const ask = (value: number): boolean => {
    if (passed) throw new TokumeiError('TOKUMEI_THRESHOLD_PASSED', { where, message: 'has answered yes once: make a new one, and spend again' });
    const draw = unbounded(noise, random);
    checkValues([value], where);
    passed = BigInt(value) + draw >= bar;
    return passed;
  };
  const first = (values: ArrayLike<number>): number => {
    for (let i = 0; i < values.length; i++) if (ask(values[i] as number)) return i;
    return -1;
  };
  return Object.freeze({ law: 'above-threshold' as const, thresholdScale, valueScale, spend: () => cost, ask, first });
}

/**
 * A draw of a Laplace sampler without its limit at 2^53: two clamped sums cannot be compared without a (tiny) delta.
 * Beyond any point the law goes on as from zero, and a draw that is not negative has just that law.
 */
export function unbounded(sampler: IntegerSampler, random: RandomSource): bigint {
  const first = sampler.sample(random);
  let magnitude = BigInt(Math.abs(first));
  for (let last = magnitude; last === LIMIT; magnitude += last) {
    let more = sampler.sample(random);
    while (more < 0) more = sampler.sample(random);
    last = BigInt(more);
  }
  return first < 0 ? -magnitude : magnitude;
}

const LIMIT = 9007199254740992n;

/** A search is made for every yes: the exact fractions are worked out once for each budget. */
const known = /* @__PURE__ */ new Map<string, Scales>();

interface Scales {
  readonly thresholdScale: number;
  readonly valueScale: number;
  readonly cost: MechanismCost;
}

/** sensitivity / thresholdScale + factor * sensitivity / valueScale <= epsilon in exact arithmetic, split so that the sum of the noises varies least. */
function scales(epsilon: number, sensitivity: number, monotone: boolean): Scales {
  const factor = monotone ? 1 : 2;
  const share = 1 / (1 + (monotone ? 1 : 1.5874010519681994)); // 2^(2/3)
  const thresholdScale = scaleFor(sensitivity, epsilon * share);
  const used = divideRational(rationalOf(sensitivity), rationalOf(thresholdScale));
  let valueScale = scaleFor(factor * sensitivity, nextDown(epsilon - epsilon * share));
  for (;;) {
    const total = addRational(used, divideRational(rationalOf(factor * sensitivity), rationalOf(valueScale)));
    if (compareRational(total, rationalOf(epsilon)) <= 0) return { thresholdScale, valueScale, cost: pureCost(total) };
    valueScale = nextUp(valueScale);
  }
}
