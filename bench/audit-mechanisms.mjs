// measure -- audit-mechanisms [--samples 1000000] [--runs 30] [--only NAME]
// Tries to refute the claim of each mechanism on neighbouring data, and checks that a mechanism whose noise is short is found
// out. Prints how often each was rejected. A claim that is never rejected is not proved; see docs/proofs for that.
import {
  aboveThreshold, discreteGaussianDelta, discreteGaussianMechanism, discreteLaplaceMechanism, exponentialMechanism, gridLaplace, jointExponential, permuteAndFlip, randomizedResponse, secureRandom,
} from 'tokumei/dp';
import { auditEpsilon } from 'tokumei/testing';

const ALPHA = 1e-6;

/** Each case makes the two sides for a share of the noise (1: as claimed). `found`: so much shortfall is found at 1e6 samples (3 % where the law is nearly continuous, since its best event is less lopsided). */
const CASES = [
  { name: 'discrete-laplace', epsilon: 1, found: 0.02, sides: (share) => values(discreteLaplaceMechanism({ scale: share }), 7, 8) },
  { name: 'discrete-laplace, scale 10, sensitivity 10', epsilon: 1, found: 0.03, sides: (share) => values(discreteLaplaceMechanism({ scale: 10 * share }), 0, 10) },
  { name: 'discrete-laplace, scale 2^20', epsilon: 1, found: 0.03, sides: (share) => values(discreteLaplaceMechanism({ scale: 2 ** 20 * share }), 0, 2 ** 20) },
  { name: 'grid-laplace', epsilon: 1, found: 0.03, sides: (share) => values(gridLaplace({ scale: 0.5 * share }), 0, 0.5) },
  { name: 'randomized-response', epsilon: 1, found: 0.03, sides: (share) => answers(randomizedResponse({ epsilon: 1 / share, categories: 4 })) },
  { name: 'above-threshold', epsilon: 1, sides: () => search({ threshold: 5, epsilon: 1, sensitivity: 1 }, [4, 4, 6], [5, 5, 5]) },
  { name: 'exponential', epsilon: 1, sides: (share) => choices(exponentialMechanism({ scale: 2 * share }), [-5, 0, 1], [-4, -1, 0]) },
  { name: 'exponential, counts', epsilon: 1, sides: (share) => choices(exponentialMechanism({ scale: share }), [3, 5, 5, 5], [4, 5, 5, 5]) },
  { name: 'permute-and-flip', epsilon: 1, sides: (share) => choices(permuteAndFlip({ scale: 2 * share }), [-5, 0, 1], [-4, -1, 0]) },
  { name: 'joint-exponential', epsilon: 1, sides: (share) => lists(jointExponential({ scale: 2 * share, picks: 2 }), [5, 4, 4, 0], [5, 5, 5, 1]), slow: true },
  { name: 'discrete-gaussian, delta of the exact curve at 0.3', epsilon: 0.3, delta: discreteGaussianDelta({ sigma: 2, epsilon: 0.3 }), found: 0.1, sides: (share) => values(discreteGaussianMechanism({ sigma: 2 * share }), 0, 1) },
];

const sides = (run, without, withUnit) => ({ withoutUnit: (random) => run(without, random), withUnit: (random) => run(withUnit, random) });
const values = (mechanism, a, b) => sides((value, random) => mechanism.add(value, random), a, b);
const answers = (mechanism) => sides((truth, random) => mechanism.report(truth, random), 0, 1);
const choices = (mechanism, a, b) => sides((scores, random) => mechanism.choose(scores, random)[0], a, b);
const lists = (mechanism, a, b) => sides((counts, random) => mechanism.choose(counts, random).reduce((code, item) => code * counts.length + item, 0), a, b);
const search = (options, a, b) => sides((list, random) => aboveThreshold(options, random).first(list), a, b);

export function run(args) {
  const option = (name, standard) => (args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : standard);
  const samples = Number(option('samples', '1000000'));
  const runs = Number(option('runs', '30'));
  const random = secureRandom();
  const audit = (one, share) => {
    let rejected = 0;
    let most = -Infinity;
    const n = one.slow ? Math.ceil(samples / 50) : samples;
    for (let i = 0; i < runs; i++) {
      const result = auditEpsilon({ ...one.sides(share), epsilon: one.epsilon, delta: one.delta ?? 0, samples: n, alpha: ALPHA, random });
      if (result.rejected) rejected++;
      most = Math.max(most, result.epsilonAtLeast);
    }
    return { rejected, epsilonAtLeast: Math.round(most * 1e4) / 1e4, samples: n };
  };
  return {
    alpha: ALPHA,
    runs,
    mechanisms: CASES.filter((one) => one.name.startsWith(option('only', ''))).map((one) => ({
      name: one.name,
      epsilon: one.epsilon,
      ...(one.delta === undefined ? {} : { delta: one.delta }),
      asClaimed: audit(one, 1),
      ...(one.found === undefined ? {} : { shortBy: one.found, short: audit(one, 1 - one.found) }),
    })),
  };
}
