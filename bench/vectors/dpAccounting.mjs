// Inputs and expected values of the tests of Google's dp_accounting.
import { responseSuites } from './choices.mjs';
import { all, near, refuses } from './tally.mjs';
import { toGrid } from './grids.mjs';
import { lawSuites } from './laws.mjs';

const sampled = (r) => r.sampling_prob !== undefined && r.sampling_prob !== 1;
const SAMPLING = 'Poisson sampling is not offered';
const REPLACE = 'neighbours by replacement are not offered: a unit is added or removed';

export const dpAccounting = {
  'dp_accounting_tests.json'(data, tally, lib) {
    const suites = { ...suitesOf(lib), ...lawSuites(lib), ...responseSuites(lib) };
    for (const { source, test, cases } of data) {
      const file = source.split('/').at(-1).replace('_test.py', '');
      const name = test.split('.').at(-1);
      const suite = suites[`${test}`] ?? suites[`${file}.${name}`];
      for (const r of cases) {
        for (const outcome of [suite === undefined ? reasonFor(file, name) : suite(r)].flat()) {
          if (typeof outcome === 'function') tally.check(`${name} ${JSON.stringify(r)}`.slice(0, 200), outcome);
          else tally.skip(outcome);
        }
      }
    }
  },
};

function suitesOf({ accounting, budget, pld }) {
  const places = (got, want, digits = 7) => near(got, want, 0, 0.5000001 * 10 ** -digits);
  const spend = (o) => budget.privacyBudget({ unit: 'user', ...o });
  const product = (a, b, f) => a.flatMap((x) => b.map((y) => f(x, y)));

  /** A value error: which of the parameters that we have, too, is at fault. */
  const faults = (r, make) => {
    if (sampled(r)) return SAMPLING;
    // JSON cannot tell 1 from 1.0, which they refuse as a sensitivity on integers.
    const valid = [r.parameter ?? r.sigma ?? r.standard_deviation ?? 1, r.sensitivity].every((x) => x === 1) && r.epsilon === undefined;
    return valid ? 'a Python float where an int is meant has no counterpart' : () => refuses(make);
  };
  /** The masses that they expect, each where ours puts it. */
  const masses = (r, expected, loss, step) => () => {
    const { first, masses: ours, infinite } = loss.onGrid(step);
    const wrong = Object.entries(expected).map(([i, p]) => places(ours[Number(i) - first] ?? 0, p));
    const rest = ours.reduce((sum, p) => sum + p, infinite) - Object.values(expected).reduce((sum, p) => sum + p, 0);
    return all(...wrong, places(rest, 0, 6));
  };
  /** Their range is cut short, with what lies above it charged in full: compare the divergence at its points instead. */
  const divergences = (expected, infinite, step, exact) => () => {
    const points = Object.keys(expected).map(Number).filter((i) => i >= 0);
    return all(...points.map((i) => {
      const theirs = Object.entries(expected).reduce((sum, [j, p]) => sum + p * Math.max(0, -Math.expm1(step * (i - Number(j)))), infinite);
      return places(theirs, exact(step * i), 6);
    }));
  };
  /** Deltas at several epsilons, of which those below 0 have no meaning here. */
  const deltas = (r, at) => {
    if (sampled(r)) return SAMPLING;
    if (r.adjacency_type?.expr === 'REP') return REPLACE;
    const pairs = r.epsilon_values === undefined ? [[r.epsilon, r.expected_delta]] : r.epsilon_values.map((e, i) => [e, r.expected_delta_values[i]]);
    const usable = pairs.filter(([epsilon]) => epsilon >= 0 && epsilon < Infinity);
    if (usable.length === 0) return 'an epsilon below 0 is refused here';
    return () => all(...usable.map(([epsilon, want]) => places(at(epsilon), want)));
  };

  return {
    'GaussianTest.test_get_epsilon_gaussian_inverts_get_sigma_gaussian': (r) =>
      product(r.eps, r.delta, (epsilon, delta) => (delta === 0 || delta === 1 ? 'a delta of 0 or 1 is refused for Gaussian noise' : () => {
        const sigma = accounting.gaussianSigma({ epsilon, delta });
        return near(accounting.gaussianEpsilon({ sigma, delta }), accounting.gaussianDelta({ sigma, epsilon: 0 }) <= delta ? 0 : epsilon, 1e-6, 1e-9);
      })),
    'GaussianTest.test_get_sigma_gaussian_inverts_get_epsilon_gaussian': (r) =>
      product(r.sigma, r.delta, (sigma, delta) => (delta === 0 || delta === 1 ? 'a delta of 0 or 1 is refused for Gaussian noise' : () => {
        const epsilon = accounting.gaussianEpsilon({ sigma, delta });
        // Where epsilon is 0 already, less noise would do.
        return epsilon === 0 ? (accounting.gaussianSigma({ epsilon, delta }) <= sigma ? undefined : 'asks for more noise') : near(accounting.gaussianSigma({ epsilon, delta }), sigma, 1e-6);
      })),
    'GaussianTest.test_get_epsilon_gaussian_pld': (r) =>
      product(r.sigma, r.delta, (sigma, delta) => () => near(pld.lossEpsilon({ releases: [{ loss: pld.gaussianLoss({ sigma }) }], delta }), accounting.gaussianEpsilon({ sigma, delta }), 1e-5)),

    // The least noise for a total: epsilon is met there, and no more with noise smaller by their tolerance.
    'AccountantTest.test_get_smallest_laplace_noise': (r) => () => {
      const at = (scale) => pld.lossEpsilon({ releases: [{ loss: pld.laplaceLoss({ scale, sensitivity: r.sensitivity }), count: r.num_queries }], delta: r.delta });
      return at(r.expected_parameter + 0.1) <= r.epsilon && at(r.expected_parameter - 0.1) >= r.epsilon ? undefined : `epsilon ${at(r.expected_parameter)} at the expected noise`;
    },
    'AccountantTest.test_get_smallest_discrete_laplace_noise': (r) => () => {
      const at = (a) => pld.lossEpsilon({ releases: [{ loss: pld.discreteLaplaceLoss({ scale: 1 / a, sensitivity: r.sensitivity }), count: r.num_queries }], delta: r.delta });
      return at(r.expected_parameter - 1e-3) <= r.epsilon && at(r.expected_parameter + 1e-3) >= r.epsilon ? undefined : `epsilon ${at(r.expected_parameter)} at the expected noise`;
    },
    'AccountantTest.test_get_smallest_gaussian_noise': (r) => () => near(accounting.gaussianSigma({ epsilon: r.epsilon, delta: r.delta, sensitivity: r.sensitivity * Math.sqrt(r.num_queries) }), r.expected_std, 1e-7),
    'AccountantTest.test_get_smallest_subsampled_gaussian_noise': () => SAMPLING,
    'AccountantTest.test_advanced_composition': (r) => () => {
      const best = accounting.optimalEpsilon({ epsilon: r.epsilon, delta: r.delta, count: r.num_queries, totalDelta: r.total_delta });
      return r.expected_total_epsilon === null ? near(best, Infinity, 0) : near(toGrid(best, r.epsilon, r.num_queries), r.expected_total_epsilon, 1e-9);
    },
    'AccountantTest.test_get_smallest_epsilon_from_advanced_composition': (r) => () => {
      const at = (epsilon) => accounting.optimalEpsilon({ epsilon, delta: r.delta, count: r.num_queries, totalDelta: r.total_delta });
      if (r.expected_epsilon === null) return near(at(1), Infinity, 0);
      return near(toGrid(at(r.expected_epsilon), r.expected_epsilon, r.num_queries), r.total_epsilon, 1e-6);
    },
    'DifferentialPrivacyParametersTest.test_epsilon_delta_value_errors': (r) => () => refuses(() => spend(r)),

    'privacy_loss_distribution.test_laplace_value_errors': (r) => faults(r, () => pld.laplaceLoss({ scale: r.parameter, sensitivity: r.sensitivity })),
    'privacy_loss_distribution.test_gaussian_value_errors': (r) => faults(r, () => pld.gaussianLoss({ sigma: r.standard_deviation, sensitivity: r.sensitivity })),
    'privacy_loss_distribution.test_discrete_laplace_value_errors': (r) => faults(r, () => pld.discreteLaplaceLoss({ scale: 1 / r.parameter, sensitivity: r.sensitivity })),
    'privacy_loss_distribution.test_discrete_gaussian_value_errors': (r) => faults(r, () => pld.discreteGaussianLoss({ sigma: r.sigma, linf: r.sensitivity })),
    'privacy_loss_distribution.test_laplace_varying_parameter_and_sensitivity_connect_dots': (r) =>
      sampled(r) ? SAMPLING : masses(r, r.expected_rounded_pmf_add, pld.laplaceLoss({ scale: r.parameter, sensitivity: r.sensitivity }), 1),
    'privacy_loss_distribution.test_laplace_discretization_connect_dots': (r) => masses(r, r.expected_rounded_pmf, pld.laplaceLoss({ scale: 1 }), r.value_discretization_interval),
    'privacy_loss_distribution.test_discrete_laplace_varying_parameter_and_sensitivity_connect_dots': (r) =>
      sampled(r) ? SAMPLING : masses(r, r.expected_rounded_pmf_add, pld.discreteLaplaceLoss({ scale: 1 / r.parameter, sensitivity: r.sensitivity }), 1),
    'privacy_loss_distribution.test_discrete_laplace_discretization_connect_dots': (r) => masses(r, r.expected_rounded_pmf, pld.discreteLaplaceLoss({ scale: 1 }), r.value_discretization_interval),
    'privacy_loss_distribution.test_gaussian_varying_standard_deviation_and_sensitivity_connect_dots': (r) => {
      if (sampled(r)) return SAMPLING;
      if (r.neighbor_rel.expr !== 'ADD_OR_REMOVE_ONE') return REPLACE;
      return divergences(r.expected_rounded_pmf_add, r.expected_infinity_mass_add, 1, (epsilon) => accounting.gaussianDelta({ sigma: r.standard_deviation, sensitivity: r.sensitivity, epsilon }));
    },
    'privacy_loss_distribution.test_gaussian_discretization_connect_dots': (r) =>
      divergences(r.expected_rounded_pmf, r.expected_infinity_mass, r.value_discretization_interval, (epsilon) => accounting.gaussianDelta({ sigma: 1, epsilon })),

    'privacy_loss_mechanism.test_laplace_value_errors': (r) => faults(r, () => pld.laplaceLoss({ scale: r.parameter, sensitivity: r.sensitivity })),
    'privacy_loss_mechanism.test_laplace_from_privacy_parameters_value_errors': (r) => faults(r, () => spend(r)),
    'privacy_loss_mechanism.test_laplace_from_privacy_parameters': (r) => (sampled(r) ? SAMPLING : () => places(accounting.laplaceScale(r), r.expected_parameter)),
    'privacy_loss_mechanism.test_laplace_get_delta_for_epsilon': (r) => deltas(r, (epsilon) => accounting.laplaceDelta({ scale: r.parameter, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_laplace_get_delta_for_epsilon_vectorized': (r) => deltas(r, (epsilon) => accounting.laplaceDelta({ scale: r.parameter, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_gaussian_value_errors': (r) =>
      sampled(r) ? SAMPLING : r.log_mass_truncation_bound > 0 ? 'their bound on truncated mass is no option here' : () => refuses(() => pld.gaussianLoss({ sigma: r.standard_deviation, sensitivity: r.sensitivity })),
    'privacy_loss_mechanism.test_gaussian_from_privacy_parameters_value_errors': (r) =>
      faults(r, () => accounting.gaussianSigma({ epsilon: r.epsilon, delta: r.delta, sensitivity: r.sensitivity })),
    'privacy_loss_mechanism.test_gaussian_from_privacy_parameters': (r) => {
      if (sampled(r)) return SAMPLING;
      if (r.adjacency_type.expr === 'REP') return REPLACE;
      return () => near(accounting.gaussianSigma({ epsilon: r.epsilon, delta: r.delta, sensitivity: r.sensitivity }), r.expected_standard_deviation, 1e-3);
    },
    'privacy_loss_mechanism.test_gaussian_get_delta_for_epsilon': (r) => deltas(r, (epsilon) => accounting.gaussianDelta({ sigma: r.standard_deviation, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_gaussian_get_delta_for_epsilon_vectorized': (r) => deltas(r, (epsilon) => accounting.gaussianDelta({ sigma: r.standard_deviation, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_discrete_laplace_value_errors': (r) => faults(r, () => pld.discreteLaplaceLoss({ scale: 1 / r.parameter, sensitivity: r.sensitivity })),
    'privacy_loss_mechanism.test_discrete_laplace_from_privacy_parameters_value_errors': (r) =>
      faults(r, () => {
        spend(r);
        pld.discreteLaplaceLoss({ scale: 1, sensitivity: r.sensitivity });
      }),
    'privacy_loss_mechanism.test_discrete_laplace_from_privacy_parameters': (r) => (sampled(r) ? SAMPLING : () => places(1 / accounting.laplaceScale(r), r.expected_parameter)),
    'privacy_loss_mechanism.test_discrete_laplace_get_delta_for_epsilon': (r) => deltas(r, (epsilon) => accounting.discreteLaplaceDelta({ scale: 1 / r.parameter, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_discrete_laplace_get_delta_for_epsilon_vectorized': (r) => deltas(r, (epsilon) => accounting.discreteLaplaceDelta({ scale: 1 / r.parameter, sensitivity: r.sensitivity, epsilon })),
    'privacy_loss_mechanism.test_discrete_gaussian_value_errors': (r) =>
      sampled(r) ? SAMPLING : r.truncation_bound !== undefined && r.truncation_bound !== null ? 'the discrete Gaussian is not truncated here' : () => refuses(() => pld.discreteGaussianLoss({ sigma: r.sigma, linf: r.sensitivity })),
    'privacy_loss_mechanism.test_discrete_gaussian_from_privacy_parameters_value_errors': (r) =>
      faults(r, () => accounting.discreteGaussianSigma({ epsilon: r.epsilon, delta: r.delta, linf: r.sensitivity })),
    'privacy_loss_mechanism.test_discrete_gaussian_from_privacy_parameters': (r) => {
      if (sampled(r)) return SAMPLING;
      // Their search looks for one crossing and stops within 1e-3. Delta is not monotone in sigma there: ours may find a smaller sigma that holds.
      return () => {
        const sigma = accounting.discreteGaussianSigma({ epsilon: r.epsilon, delta: r.delta, linf: r.sensitivity });
        const holds = accounting.discreteGaussianDelta({ sigma, epsilon: r.epsilon, linf: r.sensitivity }) <= r.delta;
        return holds && sigma <= r.expected_sigma + 1e-3 && sigma > 0.9 * r.expected_sigma ? undefined : `got ${sigma}, expected ${r.expected_sigma}`;
      };
    },
    'PldPrivacyAccountantTest.test_non_positive_composition_value_error': (count) => () => refuses(() => pld.lossEpsilon({ releases: [{ loss: pld.pureLoss(1), count }], delta: 0.1 })),
  };
}

function reasonFor(file, name) {
  if (/mixture|truncated_gaussian/iu.test(name)) return 'mixtures and truncated batches of Gaussians are not offered';
  if (/repeat|negative_binomial|poisson|tree|log_a_equals|sampling_rate/iu.test(name)) return 'repeated selection, tree aggregation and sampling are not offered';
  if (/randomized_response|_rr_/u.test(name)) return 'randomized response: trade-offs, Rényi curves and other relations of it are not offered';
  if (/two_probability_mass/u.test(name)) return 'losses of laws that a caller makes up: ours are of the mechanisms offered';
  if (/gdp|tpr|identity|replace_adjacency|neighbor/u.test(name)) return 'an estimate or a relation that is not offered';
  if (/privacy_loss_value_errors/u.test(name)) return 'an outcome that is no whole number has no counterpart: noise on integers is drawn, not given';
  if (/connect_dots_bounds/u.test(name)) return "where another library cuts the tails of its laws off";
  if (file === 'pld_pmf') return 'states of another library\'s lists of masses: composed losses are compared as a whole in pld_composition.json';
  if (['common', 'pld_pmf', 'test_util', 'mechanism_calibration', 'privacy_loss_mechanism', 'privacy_loss_distribution'].includes(file)) return 'an inner helper or option of another library';
  return "events and states of another library's accountants";
}
