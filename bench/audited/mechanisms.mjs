// The mechanisms on the neighbouring inputs on which their privacy loss is largest. `of(share)` makes one whose noise is `share` of
// what the claim needs and gives `draw(side, n)`, see ../support/refute.mjs; `epsilon` is claimed, chosen where a shortfall shows best.
import {
  aboveThreshold, discreteGaussianDelta, discreteGaussianMechanism, discreteLaplaceMechanism, exponentialMechanism, gaussianDelta, gridGaussian, gridLaplace, jointExponential, noiseMass, noiseSurvival,
  permuteAndFlip, randomizedResponse, reportNoisyMax, secureRandom,
} from 'tokumei/dp';

const random = secureRandom();

/** With the unit from `high` upwards, without it up to `low`; between them the loss is smaller, so no guess. */
export const beyond = (low, high) => (x) => (x >= high ? 1 : x <= low ? 0 : -1);
/** 1 for some outputs, 0 for others, no guess on the rest. */
const outputs = (ones, zeros) => (x) => (ones.includes(x) ? 1 : zeros.includes(x) ? 0 : -1);

/** Noise on a value that the unit moves from 0 to `moved`. */
const noise = (of, moved) => (share) => {
  const mechanism = of(share);
  const data = [0, moved].map((value) => new Float64Array(32_768).fill(value));
  return (side, n) => mechanism.addAll(data[side].subarray(0, n), random);
};
/** What answers one question at a time. */
const each = (answer) => (share) => {
  const one = answer(share);
  return (side, n) => Float64Array.from({ length: n }, () => one(side));
};
/** One choice, or a list as a number with a digit for each place. */
const choice = (of, without, withUnit) => each((share) => ((mechanism) => (side) => mechanism.choose(side === 1 ? withUnit : without, random).reduce((code, item) => code * 10 + item, 0))(of(share)));
const response = (categories) => each((share) => ((m) => (side) => m.report(side, random))(randomizedResponse({ epsilon: 2 / share, categories })));
const search = ({ epsilon, monotone }, without, withUnit) =>
  each((share) => ((options) => (side) => aboveThreshold(options, random).first(side === 1 ? withUnit : without))({ threshold: 0, epsilon: epsilon / share, sensitivity: 1, monotone }));

/** P[value + noise >= 0 + noise of the threshold], by summation over both exact laws. */
function passes(value, options) {
  const { thresholdScale, valueScale } = aboveThreshold({ threshold: 0, sensitivity: 1, ...options }, random);
  let sum = 0;
  for (let k = -400; k <= 400; k++) sum += noiseMass({ law: 'discrete-laplace', scale: thresholdScale }, k) * noiseSurvival({ law: 'discrete-laplace', scale: valueScale }, k - value);
  return sum;
}

const worst = 'two candidates, 2 and 0 behind and then level';
const TWO = 'the second of two picks, where the first is certain';
const general = { epsilon: 4.5, monotone: false };
const counts = { epsilon: 4, monotone: true };

/** Of pure epsilon. `range`: the claim is of bounded range, since epsilon alone is out of any sample's reach. */
export const PURE_MECHANISMS = [
  { name: 'discrete-laplace', epsilon: 2, of: noise((share) => discreteLaplaceMechanism({ scale: 0.5 * share }), 1), verdict: beyond(0, 1) },
  { name: 'discrete-laplace, scale 5, sensitivity 10', epsilon: 2, of: noise((share) => discreteLaplaceMechanism({ scale: 5 * share }), 10), verdict: beyond(0, 10) },
  { name: 'discrete-laplace, scale 2^20', epsilon: 2, of: noise((share) => discreteLaplaceMechanism({ scale: 2 ** 20 * share }), 2 ** 21), verdict: beyond(0, 2 ** 21) },
  { name: 'grid-laplace', epsilon: 2, of: noise((share) => gridLaplace({ scale: 0.25 * share }), 0.5), verdict: beyond(0, 0.5) },
  { name: 'randomized-response, 2 answers', epsilon: 2, of: response(2), verdict: outputs([1], [0]) },
  { name: 'randomized-response, 4 answers', epsilon: 2, of: response(4), verdict: outputs([1], [0]) },
  { name: 'permute-and-flip', epsilon: 2, audited: worst, of: choice((share) => permuteAndFlip({ scale: share }), [0, 2], [1, 1]), verdict: outputs([0], []) },
  { name: 'report-noisy-max, exponential noise', epsilon: 2, audited: worst, of: choice((share) => reportNoisyMax({ noise: 'exponential', scale: share }), [0, 2], [1, 1]), verdict: outputs([0], []) },
  { name: 'exponential', epsilon: 2, range: true, of: choice((share) => exponentialMechanism({ scale: share }), [0, 1], [1, 0]), verdict: outputs([0], [1]) },
  { name: 'exponential, top 2', epsilon: 2, range: true, audited: TWO, of: choice((share) => exponentialMechanism({ scale: share, picks: 2 }), [0, 1, 40], [1, 0, 41]), verdict: outputs([20], [21]) },
  { name: 'permute-and-flip, top 2', epsilon: 2, audited: TWO, of: choice((share) => permuteAndFlip({ scale: share, picks: 2 }), [0, 2, 40], [1, 1, 41]), verdict: outputs([20], []) },
  { name: 'report-noisy-max, Gumbel noise', epsilon: 2, range: true, of: choice((share) => reportNoisyMax({ noise: 'gumbel', scale: share }), [0, 1], [1, 0]), verdict: outputs([0], [1]) },
  {
    // The unit raises the first and the last count: a list that begins with another falls one further behind, the first with the last gains one.
    name: 'joint-exponential', epsilon: 4, range: true, audited: 'top 2 of four counts', of: choice((share) => jointExponential({ scale: share / 2, picks: 2 }), [1, 1, 1, 0], [2, 1, 1, 1]),
    verdict: outputs([3], [10, 12, 20, 21]),
  },
  {
    name: 'above-threshold', epsilon: 4.5, audited: 'six at 1 below the threshold, then one at it; the six one higher, the last one lower; "the seventh"',
    of: search(general, [-1, -1, -1, -1, -1, -1, 0], [0, 0, 0, 0, 0, 0, -1]), verdict: outputs([], [6]),
    law: { of: search({ epsilon: 2, monotone: false }, [], [-4]), verdict: outputs([0], []), probability: passes(-4, { epsilon: 2, monotone: false }) },
  },
  {
    name: 'above-threshold, counts', epsilon: 4, audited: 'five at 1 below the threshold, then one at it; the five one higher; "the sixth"',
    of: search(counts, [-1, -1, -1, -1, -1, 0], [0, 0, 0, 0, 0, 0]), verdict: outputs([], [5]),
    law: { of: search({ epsilon: 2, monotone: true }, [], [-3]), verdict: outputs([0], []), probability: passes(-3, { epsilon: 2, monotone: true }) },
  },
];

/** Gaussian noise at twice the sensitivity: the exact curve at this epsilon, where the two sides differ from 1.7 sensitivities upwards. */
export const CURVE_EPSILON = 0.3;
export const gaussianTail = (moved) => (x) => (x >= 1.7 * moved ? 1 : -1);
export const exactDelta = (linf) => discreteGaussianDelta({ sigma: 2 * linf, epsilon: CURVE_EPSILON, linf });
/** On a fine grid the sensitivity is many steps, and delta that of the continuous law up to 1e-6. */
export const fineDelta = gaussianDelta({ sigma: 2, epsilon: CURVE_EPSILON }) + 1e-6;

export const APPROXIMATE_MECHANISMS = [
  { name: 'discrete-gaussian', delta: exactDelta(1), moved: 1, step: 1, of: noise((share) => discreteGaussianMechanism({ sigma: 2 * share }), 1) },
  { name: 'discrete-gaussian, sensitivity 10', delta: exactDelta(10), moved: 10, step: 1, of: noise((share) => discreteGaussianMechanism({ sigma: 20 * share }), 10) },
  { name: 'grid-gaussian', delta: fineDelta, moved: 0.5, step: gridGaussian({ sigma: 1 }).step, of: noise((share) => gridGaussian({ sigma: share }), 0.5) },
];
