// Reference cases of choices and of randomized response: our own grids by draws and by estimates, dp_accounting's by the same.
import { all, near, refuses } from './tally.mjs';

/** Draws a case; chi-square against the exact law has to stay below this many standard errors. Seeded, so that it is always the same. */
const DRAWS = 1500;
const MOST = 5;

export const choices = {
  'selection.json'(data, tally, { mechanisms, testing }) {
    for (const r of data.rows) {
      tally.check(`${r.scores} at ${r.epsilon}`, () =>
        all(...[['exponentialMechanism', 'exponential'], ['permuteAndFlip', 'permute_and_flip']].flatMap(([name, law]) => [[false, law], [true, `${law}_monotonic`]].map(([monotone, column]) => {
          const mechanism = mechanisms[name]({ epsilon: r.epsilon, sensitivity: r.sensitivity, monotone });
          const random = testing.seededRandom(`${r.scores} ${r.epsilon} ${column}`);
          const seen = new Float64Array(r.scores.length);
          for (let i = 0; i < DRAWS; i++) seen[mechanism.choose(r.scores, random)[0]]++;
          const { z } = testing.chiSquare(seen, r[column]);
          return z < MOST ? undefined : `${column}: chi-square ${z} standard errors`;
        }))));
    }
  },
  'local_dp_amplification.json'(data, tally, lib) {
    for (const r of data.ldp) {
      tally.check(`${r.k} answers at ${r.eps}`, () => {
        const { p, q } = answers(lib, r.eps, r.k);
        return all(near(p, r.grr_p, 1e-12), near(q, r.grr_q, 1e-12), near((q * (1 - q)) / (p - q) ** 2, r.grr_var_per_n, 1e-11));
      });
    }
    tally.skip('amplification by shuffling is not offered', data.shuffle.length);
    tally.skip('amplification by sampling is not offered', data.subsampling.length);
  },
};

/** The probabilities of the true answer and of each other, as its unbiased estimate takes them to be: 1/(p - q) and -q/(p - q) from one report. */
function answers({ mechanisms }, epsilon, categories) {
  const report = new Float64Array(categories);
  report[0] = 1;
  const [own, other] = mechanisms.randomizedResponse({ epsilon, categories }).estimate(report);
  const q = -other / (own - other);
  return { p: q + 1 / (own - other), q };
}

/** dp_accounting's: with probability `noise_parameter` an answer is replaced by a uniform one. */
export function responseSuites(lib) {
  const epsilonOf = (r) => Math.log1p((r.num_buckets * (1 - r.noise_parameter)) / r.noise_parameter);
  const make = (r) => lib.mechanisms.randomizedResponse({ epsilon: epsilonOf(r), categories: r.num_buckets });
  const SPECIAL = 'a report against no report at all is no relation here: the answer changes';
  const relation = (r) => (r.neighbor_rel ?? r.neighboring_relation)?.expr ?? 'REPLACE_ONE';
  const losses = (round) => (r) => {
    if (!relation(r).endsWith('REPLACE_ONE')) return SPECIAL;
    const o = { noise_parameter: 0.2, num_buckets: 4, ...r };
    const step = r.value_discretization_interval ?? 1;
    return () => {
      const { p, q } = answers(lib, epsilonOf(o), o.num_buckets);
      const loss = make(o).spend().epsilon;
      // The true answer, the neighbour's, and all others.
      const expected = r.expected_rounded_pmf;
      return all(near(expected[round(loss / step)], p, 1e-9), near(expected[round(-loss / step)], q, 1e-9), o.num_buckets > 2 ? near(expected[0], (o.num_buckets - 2) * q, 1e-9) : undefined);
    };
  };
  const suites = {
    'RandomizedResponsePrivacyLossDistributionTest.test_randomized_response_pessimistic': losses(Math.ceil),
    'RandomizedResponsePrivacyLossDistributionTest.test_randomized_response_discretization': losses(Math.ceil),
    'RandomizedResponsePrivacyLossDistributionTest.test_randomized_response_optimistic': losses(Math.floor),
    'RandomizedResponsePrivacyLossDistributionTest.test_randomized_response_value_errors': (r) => () => refuses(() => make(r)),
    'PldPrivacyAccountantTest.test_randomized_response': (r) => (relation(r).endsWith('REPLACE_ONE') ? () => near(make(r).spend().epsilon, r.expected_epsilon, 1e-9) : SPECIAL),
    // Noise of sigma 1 at a shift of 1: how often the best event of a given level happens.
    'GaussianPrivacyLossDistributionTest.test_gaussian_tpr_at_extreme_fpr': (r) => () => near(lib.numeric.normalCdf(1 - lib.numeric.normalUpperQuantile(r.fpr)), r.tpr, 2e-3),
  };
  return suites;
}
