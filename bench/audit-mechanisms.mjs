// measure -- audit-mechanisms [--samples 1000000] [--runs 30] [--only NAME] [--short 0.02] [--delta-short 0.1]
// Tries to refute each claim on neighbouring data, as claimed and with a planted shortfall, and prints in how many of R runs it was
// rejected. `--only` takes a whole name or the beginning of several. A claim that is never rejected is not proved: see docs/proofs for that.
// In a line: `claim` is the test of epsilon (or delta) itself; `law`, for choices whose epsilon no such sample can refute, the test
// of an output's exact probability. `short` is the same with noise short by the share named.
import { parseArgs } from 'node:util';
import {
  aboveThreshold, discreteGaussianDelta, discreteGaussianMechanism, discreteLaplaceMechanism, dpCountRows, dpCountUnits, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum,
  exponentialMechanism, gaussianDelta, gridGaussian, gridLaplace, jointExponential, noiseMass, noiseSurvival, permuteAndFlip, privacyBudget, publicKeys, randomizedResponse, reportNoisyMax, secureRandom,
} from 'tokumei/dp';
import { personal } from 'tokumei';
import { reveal } from 'tokumei/testing';
import { deltaAudit, lawAudit, pureAudit, samplesForRange } from './audit-guess.mjs';

const ALPHA = 1e-6;
const random = secureRandom();

// Mechanisms that add noise: `of(scale share)` makes one, the unit moves the value from 0 to `moved`, figures are of `width`.
const noise = (of, moved = 1, width = 1) => (share) => {
  const mechanism = of(share);
  const data = [0, moved].map((value) => new Float64Array(32_768).fill(value));
  return (side, n) => {
    const out = mechanism.addAll(data[side].subarray(0, n), random);
    if (width !== 1) for (let i = 0; i < n; i++) out[i] = Math.floor(out[i] / width);
    return out;
  };
};
/** Anything that answers one question at a time. */
const each = (answer) => (share) => {
  const one = answer(share);
  return (side, n) => Int32Array.from({ length: n }, () => one(side));
};
const choice = (of, without, withUnit) => each((share) => ((mechanism) => (side) => mechanism.choose(side === 1 ? withUnit : without, random)[0])(of(share)));
const list = (of, without, withUnit) => each((share) => ((mechanism) => (side) => mechanism.choose(side === 1 ? withUnit : without, random).reduce((code, item) => code * 4 + item, 0))(of(share)));
const search = (monotone, without, withUnit) => each((share) => (side) => aboveThreshold({ threshold: 5, epsilon: 1 / share, sensitivity: 1, monotone }, random).first(side === 1 ? withUnit : without));
/** 1 where the worse of two candidates, `gap` behind, was chosen. */
const worse = (of, gap) => choice((share) => of(share), [0, 0], [gap, 0]);

// Aggregates, end to end: 10,000 declared keys, whose noise is independent, make 10,000 samples a call. With: in each key one unit at
// its bounds, besides `others`; without: the others alone. The figure is read off the published line.
const KEYS = Array.from({ length: 10_000 }, (_, i) => `k${i}`);
const keys = publicKeys(KEYS);
const FIELDS = ['key', 'x', 'y'];
function aggregate(of, rowsOfOne, figure, { others = [], budget = (share) => ({ epsilon: 1 / share }) } = {}) {
  return (share) => {
    const data = [others, [...others, ...rowsOfOne]].map((rows) =>
      personal(KEYS.flatMap((key) => rows.map(({ unit = 'one', x = 0, y = 0 }) => ({ user: `${key} ${unit}`, key, x, y }))), { unit: 'user', unitOf: 'user', fields: FIELDS }));
    return (side) => {
      const spend = privacyBudget({ unit: 'user', ...budget(share) });
      const lines = reveal(of({ by: 'key', keys, groupsPerUnit: 1, spend, random })(data[side])).value;
      const out = new Float64Array(lines.length);
      for (let i = 0; i < out.length; i++) out[i] = figure(lines[i]);
      return out;
    };
  };
}
const sixteenths = (x) => Math.floor(16 * x);
const people = (at) => at.map((x, i) => ({ unit: `other ${i}`, x }));
const range = { value: 'x', lower: 0, upper: 1, rowsPerGroup: 1 };
/** The first of the two numbers behind a mean, and of the three behind a variance, as far as the line shows them. */
const upperPart = ({ mean, count }) => sixteenths(mean * count);
const upperSquare = ({ mean, variance, count }) => sixteenths(count * (mean - (mean * (1 - mean) - variance)));

const laplaceBits = 'one number per group, 10,000 declared groups of one unit each, through table, bounding and noise to the published line';
const PURE = [
  { name: 'discrete-laplace', of: noise((share) => discreteLaplaceMechanism({ scale: share })) },
  { name: 'discrete-laplace, scale 10, sensitivity 10', of: noise((share) => discreteLaplaceMechanism({ scale: 10 * share }), 10) },
  { name: 'discrete-laplace, scale 2^20', of: noise((share) => discreteLaplaceMechanism({ scale: 2 ** 20 * share }), 2 ** 20, 2 ** 16) },
  { name: 'grid-laplace', of: noise((share) => gridLaplace({ scale: 0.5 * share }), 0.5, 2 ** -5) },
  { name: 'randomized-response, 2 answers', of: each((share) => ((m) => (side) => m.report(side, random))(randomizedResponse({ epsilon: 1 / share, categories: 2 }))) },
  { name: 'randomized-response, 4 answers', of: each((share) => ((m) => (side) => m.report(side, random))(randomizedResponse({ epsilon: 1 / share, categories: 4 }))) },
  { name: 'permute-and-flip', of: choice((share) => permuteAndFlip({ scale: 2 * share }), [0, 2], [1, 1]), cut: 6 },
  { name: 'report-noisy-max, exponential noise', of: choice((share) => reportNoisyMax({ noise: 'exponential', scale: 2 * share }), [0, 2], [1, 1]), cut: 6 },
  {
    name: 'exponential', of: choice((share) => exponentialMechanism({ scale: 2 * share }), [0, 4], [1, 3]), range: true, cut: 6,
    law: { of: worse((share) => exponentialMechanism({ scale: 2 * share }), 5), probability: 1 / (1 + Math.exp(2.5)) },
  },
  {
    name: 'report-noisy-max, Gumbel noise', of: choice((share) => reportNoisyMax({ noise: 'gumbel', scale: 2 * share }), [0, 4], [1, 3]), range: true, cut: 6,
    law: { of: worse((share) => reportNoisyMax({ noise: 'gumbel', scale: 2 * share }), 5), probability: 1 / (1 + Math.exp(2.5)) },
  },
  { name: 'joint-exponential', of: list((share) => jointExponential({ scale: 2 * share, picks: 2 }), [5, 4, 4, 0], [5, 5, 5, 1]), claimOnly: true, cut: 30, share: 0.1 },
  { name: 'above-threshold', of: search(false, [4, 4, 6], [5, 5, 5]), cut: 15, share: 0.2, claimOnly: true, law: { of: search(false, [0], [-3]), question: { value: -3, monotone: false } } },
  { name: 'above-threshold, counts', of: search(true, [4, 4, 5], [5, 5, 6]), cut: 15, share: 0.2, claimOnly: true, law: { of: search(true, [0], [-1]), question: { value: -1, monotone: true } } },
  { name: 'dpCountUnits', audited: laplaceBits, of: aggregate(dpCountUnits, [{}], ({ count }) => count), cut: 3 },
  { name: 'dpCountRows', audited: 'the same; the unit has 3 rows, rowsPerGroup 3', of: aggregate((o) => dpCountRows({ ...o, rowsPerGroup: 3 }), [{}, {}, {}], ({ count }) => count), cut: 3 },
  { name: 'dpDistinct', audited: 'the same; the unit has 2 values, valuesPerGroup 2', of: aggregate((o) => dpDistinct({ ...o, value: 'x', valuesPerGroup: 2 }), [{ x: 1 }, { x: 2 }], ({ distinct }) => distinct), cut: 3 },
  { name: 'dpSum', audited: 'the same; 0 to 10, step 1, the unit has 10', of: aggregate((o) => dpSum({ ...o, value: 'x', lower: 0, upper: 10, step: 1 }), [{ x: 10 }], ({ sum }) => sum), cut: 3 },
  { name: 'dpVectorSum', audited: 'the same; two fields, L1 bound 1, the unit has (1, 0); the first sum', of: aggregate((o) => dpVectorSum({ ...o, values: ['x', 'y'], norm: 'l1', bound: 1 }), [{ x: 1 }], ({ sums }) => sixteenths(sums[0])), cut: 3 },
  { name: 'dpHistogram', audited: 'the same; two bins; the count of the first', of: aggregate((o) => dpHistogram({ ...o, value: 'x', edges: [0, 1, 2], rowsPerGroup: 1 }), [{ x: 0.5 }], ({ counts }) => sixteenths(counts[0])), cut: 3 },
  { name: 'dpMean', audited: 'the same, beside 3 others at each end; mean times count', of: aggregate((o) => dpMean({ ...o, ...range }), [{ x: 1 }], upperPart, { others: people([0, 0, 0, 1, 1, 1]) }), cut: 3 },
  { name: 'dpVariance', audited: 'the same, beside 3 others at each end and in the middle; the number of the upper end, got back from mean, variance and count', of: aggregate((o) => dpVariance({ ...o, ...range }), [{ x: 1 }], upperSquare, { others: people([0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1]) }), cut: 3 },
  { name: 'dpQuantiles', audited: 'the same, one leaf (a tree of one level), beside 6 others; the count', of: aggregate((o) => dpQuantiles({ ...o, value: 'x', edges: [0, 1], ranks: [0.5], rowsPerGroup: 1 }), [{ x: 0.5 }], ({ count }) => sixteenths(count), { others: people([0, 0, 0, 0, 0, 0]) }), cut: 3 },
];

// Gaussian noise at twice the sensitivity: the exact curve at epsilon 0.3. An aggregate gets its budget in rho, 1/8: sigma is twice its reach.
const EPSILON = 0.3;
const byRho = { budget: (share) => ({ rho: 1 / 8 / share ** 2 }) };
const fine = gaussianDelta({ sigma: 2, epsilon: EPSILON });
const exact = (linf) => discreteGaussianDelta({ sigma: 2 * linf, epsilon: EPSILON, linf });
const gaussian = (call) => (o) => call({ ...o, noise: 'gaussian' });
const DELTA = [
  { name: 'discrete-gaussian', delta: exact(1), of: noise((share) => discreteGaussianMechanism({ sigma: 2 * share })) },
  { name: 'discrete-gaussian, sensitivity 10', delta: exact(10), of: noise((share) => discreteGaussianMechanism({ sigma: 20 * share }), 10) },
  { name: 'grid-gaussian', delta: fine + 1e-6, of: noise((share) => gridGaussian({ sigma: share }), 0.5, 2 ** -6) },
  { name: 'dpCountUnits, Gaussian', delta: exact(1), of: aggregate(gaussian(dpCountUnits), [{}], ({ count }) => count, byRho), cut: 3 },
  { name: 'dpCountRows, Gaussian', delta: exact(3), of: aggregate(gaussian((o) => dpCountRows({ ...o, rowsPerGroup: 3 })), [{}, {}, {}], ({ count }) => count, byRho), cut: 3 },
  { name: 'dpDistinct, Gaussian', delta: exact(2), of: aggregate(gaussian((o) => dpDistinct({ ...o, value: 'x', valuesPerGroup: 2 })), [{ x: 1 }, { x: 2 }], ({ distinct }) => distinct, byRho), cut: 3 },
  { name: 'dpSum, Gaussian', delta: exact(10), of: aggregate(gaussian((o) => dpSum({ ...o, value: 'x', lower: 0, upper: 10, step: 1 })), [{ x: 10 }], ({ sum }) => sum, byRho), cut: 3 },
  { name: 'dpVectorSum, Gaussian', delta: fine + 1e-6, of: aggregate(gaussian((o) => dpVectorSum({ ...o, values: ['x', 'y'], norm: 'l2', bound: 1 })), [{ x: 1 }], ({ sums }) => sixteenths(sums[0]), byRho), cut: 3 },
  { name: 'dpHistogram, Gaussian', delta: fine + 1e-6, of: aggregate(gaussian((o) => dpHistogram({ ...o, value: 'x', edges: [0, 1, 2], rowsPerGroup: 1 })), [{ x: 0.5 }], ({ counts }) => sixteenths(counts[0]), byRho), cut: 3 },
  { name: 'dpMean, Gaussian', delta: fine + 1e-6, of: aggregate(gaussian((o) => dpMean({ ...o, ...range })), [{ x: 1 }], upperPart, { ...byRho, others: people([0, 0, 0, 0, 1, 1, 1, 1]) }), cut: 3 },
  { name: 'dpQuantiles, Gaussian', delta: fine + 1e-6, of: aggregate(gaussian((o) => dpQuantiles({ ...o, value: 'x', edges: [0, 1], ranks: [0.5], rowsPerGroup: 1 })), [{ x: 0.5 }], ({ count }) => sixteenths(count), { ...byRho, others: people([0, 0, 0, 0, 0, 0]) }), cut: 3 },
];

/** P[value + noise >= threshold + noise of the threshold], by summation over both exact laws. */
function passes({ value, monotone }) {
  const { thresholdScale, valueScale } = aboveThreshold({ threshold: 5, epsilon: 1, sensitivity: 1, monotone }, random);
  let sum = 0;
  for (let k = -400; k <= 400; k++) sum += noiseMass({ law: 'discrete-laplace', scale: thresholdScale }, k) * noiseSurvival({ law: 'discrete-laplace', scale: valueScale }, 5 + k - value);
  return sum;
}

export function run(args) {
  const standard = (text) => ({ type: 'string', default: text });
  const { values } = parseArgs({ args, options: { samples: standard('1000000'), runs: standard('30'), only: standard(''), short: standard('0.02'), 'delta-short': standard('0.1') } });
  const [samples, runs, short, deltaShort] = [values.samples, values.runs, values.short, values['delta-short']].map(Number);
  if (!(Number.isSafeInteger(samples) && samples >= 1000 && Number.isSafeInteger(runs) && runs > 0)) throw new Error('--samples (at least 1000) and --runs are whole numbers');
  if (![short, deltaShort].every((x) => x > 0 && x < 1)) throw new Error('--short and --delta-short are shares');
  const named = [...PURE, ...DELTA].some(({ name }) => name === values.only);
  const chosen = (all) => all.filter(({ name }) => (named ? name === values.only : name.startsWith(values.only)));
  const count = (times, rejects) => ({ rejected: Array.from({ length: times }, rejects).filter(Boolean).length, of: times });
  const timed = (line) => {
    const start = performance.now();
    const made = line();
    process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s: ${JSON.stringify(made)}\n`); // a long run that is cut off has said what it found
    return made;
  };
  const pure = ({ name, audited, of, range: bounded, claimOnly, law, cut = 1, share = 1 }) => timed(() => {
    const taken = Math.ceil(samples * share);
    const times = Math.max(1, Math.ceil(runs / cut));
    let most = -Infinity;
    const audit = (draw) => {
      const bound = pureAudit({ draw, samples: taken, alpha: ALPHA, random });
      most = Math.max(most, bound);
      return bound > 1;
    };
    const asClaimed = of(1);
    const claim = count(times, () => audit(asClaimed));
    const line = { name, epsilon: 1, samples: taken, ...(audited === undefined ? {} : { audited }), claim: { ...claim, epsilonAtLeast: round(most) } };
    if (law !== undefined) {
      const probability = law.probability ?? passes(law.question);
      const figure = law.question === undefined ? law.of : (share) => ((draw) => (side, n) => draw(side, n).map((place) => place + 1))(law.of(share));
      const rejected = (share) => ((draw) => count(times, () => lawAudit({ draw, probability, samples: taken, alpha: ALPHA })))(figure(share));
      line.law = { probability, ...rejected(1), short: rejected(1 - short) };
    }
    if (bounded) line.claimOutOfReach = { samplesNeeded: samplesForRange(1, short, ALPHA) };
    else if (!claimOnly) line.short = ((draw) => count(cut > 3 ? times : runs, () => audit(draw)))(of(1 - short));
    return line;
  });
  const approximate = ({ name, delta, of, cut = 1 }) => timed(() => {
    const times = Math.max(1, Math.ceil(runs / cut));
    const audit = (draw, n) => count(n, () => deltaAudit({ draw, epsilon: EPSILON, samples, alpha: ALPHA }) > delta);
    return { name, epsilon: EPSILON, delta, claim: audit(of(1), times), short: audit(of(1 - deltaShort), runs) };
  });
  return { alpha: ALPHA, samples, shortBy: short, deltaShortBy: deltaShort, pure: chosen(PURE).map(pure), approximate: chosen(DELTA).map(approximate) };
}

const round = (x) => Math.round(x * 1e4) / 1e4;
