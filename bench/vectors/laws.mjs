// The laws behind losses, for the tests of Google's dp_accounting: distribution functions, the loss at one outcome, tails, and
// brackets by losses that were rounded to either side.
import { all, near, number, refuses } from './tally.mjs';

const sampled = (r) => r.sampling_prob !== undefined && r.sampling_prob !== 1;
const SAMPLING = 'Poisson sampling is not offered';
const REPLACE = 'neighbours by replacement are not offered: a unit is added or removed';

/** Laws on reals as the library has them: on a grid so fine that it does not show at their tolerance. */
function lawsOf({ accounting, numeric }) {
  const onGrid = (noise, perUnit) => {
    const log = (k) => Math.log(accounting.noiseMass(noise, k));
    const floor = (x) => Math.floor(x * perUnit + 1e-9);
    return {
      cdf: (x) => accounting.noiseSurvival(noise, -floor(x)), // by symmetry, which keeps the digits of the lower tail
      above: (x) => accounting.noiseSurvival(noise, floor(x) + 1),
      /** ln P[x] - ln P[x - shift] */
      loss: (x, shift) => log(Math.round(x * perUnit)) - log(Math.round((x - shift) * perUnit)),
    };
  };
  const fine = 2 ** 30;
  return {
    laplace: (r) => onGrid({ law: 'discrete-laplace', scale: fine }, fine / r.parameter),
    gaussian: (r) => ({ ...onGrid({ law: 'discrete-gaussian', sigma: 2 ** 20 }, 2 ** 20 / r.standard_deviation), cdf: (x) => numeric.normalCdf(x / r.standard_deviation), above: (x) => numeric.normalCdf(-x / r.standard_deviation) }),
    discrete_laplace: (r) => onGrid({ law: 'discrete-laplace', scale: 1 / r.parameter }, 1),
    discrete_gaussian: (r, bound = r.truncation_bound) => ((law) => (bound === undefined ? law : within(law, bound)))(onGrid({ law: 'discrete-gaussian', sigma: r.sigma ?? 1 }, 1)),
  };
}

/** Their discrete Gaussian is cut off at a bound, and is there the whole law given that it is within it. */
function within({ cdf, above, loss }, bound) {
  const all = 1 - 2 * above(bound);
  const inside = (k) => Math.abs(k) <= bound;
  const share = (x) => (x < -bound ? 0 : x >= bound ? 1 : (cdf(x) - cdf(-bound - 1)) / all);
  return {
    cdf: share,
    above: (x) => (x >= bound ? 0 : x < -bound ? 1 : (above(x) - above(bound)) / all),
    loss: (x, shift) => (!inside(x) ? (inside(x - shift) ? -Infinity : NaN) : inside(x - shift) ? loss(x, shift) : Infinity),
    mass: (k) => share(k) - share(k - 1),
    bound,
  };
}

/** Suites by "class.test" for the four laws: functions of a case that give a check, or why there is none. */
export function lawSuites(lib) {
  const laws = lawsOf(lib);
  const suites = {};
  const classes = { laplace: 'LaplacePrivacyLossTest', gaussian: 'GaussianPrivacyLossTest', discrete_laplace: 'DiscreteLaplacePrivacyLossDistributionTest', discrete_gaussian: 'DiscreteGaussianPrivacyLossTest' };
  for (const [name, className] of Object.entries(classes)) {
    const discrete = name.startsWith('discrete');
    // Without the unit noise alone; with it moved up (added: the lower law), or down (removed: the upper).
    const with_ = (check, bound) => (r) => {
      if (sampled(r)) return SAMPLING;
      if (r.adjacency_type?.expr === 'REP') return REPLACE;
      const law = laws[name](r, r.truncation_bound ?? bound);
      const [upper, lower] = r.adjacency_type?.expr === 'REM' ? [-r.sensitivity, 0] : [0, r.sensitivity];
      return check(r, { law, upper, lower, loss: (x) => law.loss(x - upper, r.sensitivity) });
    };
    const at = (test, check, bound) => (suites[`${className}.${test}`] = with_(check, bound));
    at('test_mu_upper_cdf', (r, { law, upper }) => () => all(...r.x.map((x, i) => near(law.cdf(x - upper), r.expected_mu_upper_cdf[i], 1e-6, 1e-8))), 1);
    at('test_mu_lower_log_cdf', (r, { law, lower }) => () => all(...r.x.map((x, i) => {
      const [below, above] = [law.cdf(x - lower), law.above(x - lower)];
      return near(below < 0.5 ? Math.log(below) : Math.log1p(-above), number(r.expected_mu_lower_log_cdf[i]), 1e-6, 1e-8);
    })), 1);
    at(`test_${name}_privacy_loss`, (r, { loss }) => {
      const want = number(r.expected_privacy_loss);
      return Number.isFinite(want) ? () => near(loss(r.x), want, 1e-7, 1e-7) : 'an outcome beyond the bound at which their discrete Gaussian is cut off';
    });
    at(`test_${name}_inverse_privacy_loss`, (r, { loss }) => {
      const want = number(r.expected_x);
      const claim = number(r.privacy_loss);
      // The largest outcome whose loss is not smaller; losses fall.
      return () => {
        const finite = Number.isFinite(want);
        const [before, after] = finite ? (discrete ? [want, want + 1] : [want - 1e-6, want + 1e-6]) : want > 0 ? [20, undefined] : [undefined, -20];
        const slack = discrete ? 1e-9 : 1e-5;
        if (before !== undefined && loss(before) < claim - slack) return `loss ${loss(before)} at ${before}, below ${claim}`;
        return after !== undefined && loss(after) > claim + slack ? `loss ${loss(after)} at ${after}, above ${claim}` : undefined;
      };
    });
    at(`test_${name}_privacy_loss_tail`, (r, { law, upper, loss }) => {
      const [from, to] = [r.expected_lower_x_truncation, r.expected_upper_x_truncation];
      return () => all(...Object.entries(r.expected_tail_probability_mass_function).map(([key, mass]) => {
        const first = law.cdf(from - upper - (discrete ? 1 : 0));
        const last = law.above(to - upper);
        if (key === 'math.inf') return near(first, mass, 1e-6, 1e-8);
        const ends = [near(first, mass, 1e-6, 1e-8) ?? near(loss(from - (discrete ? 1 : 0)), Number(key), 1e-6, 1e-6), near(last, mass, 1e-6, 1e-8) ?? near(loss(to + (discrete ? 1 : 0)), Number(key), 1e-6, 1e-6)];
        return ends.includes(undefined) ? undefined : ends.join('; ');
      }));
    });
  }
  const tails = (r) => (sampled(r) ? SAMPLING : () => {
    const law = laws.laplace(r);
    return all(near(law.loss(-5 * r.sensitivity, r.sensitivity), r.expected_epsilon_upper, 1e-7), near(law.loss(5 * r.sensitivity, r.sensitivity), r.expected_epsilon_lower, 1e-7));
  });
  suites['LaplacePrivacyLossTest.test_laplace_connect_dots_bounds'] = tails;
  return { ...suites, ...cutOff(laws), ...brackets(lib), ...alone(suites, lib), ...twoLosses(lib) };
}

/** Mixtures of one part are Gaussian noise. */
function alone(suites, { accounting, pld }) {
  const single = (check) => (r) => (r.sampling_probs?.length === 1 && r.sampling_probs[0] === 1 ? check({ ...r, sensitivity: r.sensitivities[0], sampling_prob: 1 }) : 'mixtures of Gaussians are not offered');
  const refused = single((r) => () => refuses(() => pld.gaussianLoss({ sigma: r.standard_deviation, sensitivity: r.sensitivity })));
  return {
    'MixtureGaussianPrivacyLossTest.test_mu_lower_log_cdf': single(suites['GaussianPrivacyLossTest.test_mu_lower_log_cdf']),
    'MixtureGaussianPrivacyLossTest.test_privacy_loss': single(suites['GaussianPrivacyLossTest.test_gaussian_privacy_loss']),
    'MixtureGaussianPrivacyLossTest.test_get_delta_for_epsilon': single((r) => () => near(accounting.gaussianDelta({ sigma: r.standard_deviation, sensitivity: r.sensitivity, epsilon: r.epsilon }), r.expected_delta, 0, 1e-7)),
    'MixtureGaussianPrivacyLossTest.test_init_raises_error': refused,
    'MixtureGaussianPrivacyLossDistributionTest.test_mixture_gaussian_value_errors': refused,
  };
}

/** Losses of +epsilon and -epsilon alone, with or without a delta, as masses on their grid. */
function twoLosses({ pld }) {
  const check = (r) => {
    const offered = { 'rr_eps=0.1': () => pld.pureLoss(0.1), 'rr_eps=0.1_delta=0.5': () => pld.approximateLoss({ epsilon: 0.1, delta: 0.5 }) }[r.testcase_name];
    if (offered === undefined) return 'losses of laws that a caller makes up: ours are of the mechanisms offered';
    return () => {
      const { first, masses, infinite } = offered().onGrid(r.discretization);
      return all(near(infinite, r.expected_infinity_mass, 0, 1e-12), ...Object.entries(r.expected_loss_probs).map(([i, p]) => near(masses[Number(i) - first] ?? 0, p, 0, 1e-9)));
    };
  };
  return { 'PLDPmfTest.test_connect_dots_pmf_creation': check, 'PLDPmfTest.test_connect_dots_fixed_gap_pmf_creation': check };
}

/** The discrete Gaussian within a bound: its divergences, losses, distribution function and deviation, from the masses of ours. */
function cutOff(laws) {
  const outcomes = (law) => Array.from({ length: 2 * law.bound + 1 }, (_, i) => i - law.bound);
  const delta = (law, shift, epsilon) => outcomes(law).reduce((sum, k) => sum + Math.max(0, law.mass(k) - Math.exp(epsilon) * law.mass(k - shift)), 0);
  const usual = (check) => (r) => (sampled(r) ? SAMPLING : () => check(r, laws.discrete_gaussian(r, r.truncation_bound ?? 1)));
  const rounded = (r, law) => {
    const shift = r.sensitivity ?? 1;
    const step = 1e-4;
    const sums = {};
    for (const k of outcomes(law)) {
      const loss = law.loss(k, shift);
      if (loss !== Infinity) sums[loss] = (sums[loss] ?? 0) + law.mass(k);
    }
    const expected = Object.entries(r.expected_rounded_pmf_add ?? r.expected_rounded_pmf);
    const infinite = r.expected_infinity_mass_add ?? r.expected_infinity_mass;
    return all(
      near(outcomes(law).reduce((sum, k) => sum + (law.loss(k, shift) === Infinity ? law.mass(k) : 0), 0), infinite, 0, 1e-7),
      // Each loss goes to a point of their grid within one step, or is shared between the two next to it.
      ...Object.entries(sums).map(([loss, mass]) => near(expected.reduce((sum, [i, p]) => (Math.abs(Number(i) * step - Number(loss)) < step ? sum + p : sum), 0), mass, 0, 1e-4)),
    );
  };
  const suites = {
    test_discrete_gaussian_noise_cdf: (r, law) => all(...Object.entries(r.x_to_cdf_value).map(([x, p]) => near(law.cdf(Number(x)), p, 0, 1e-7))),
    test_discrete_gaussian_std: (r, law) => near(Math.sqrt(outcomes(law).reduce((sum, k) => sum + k * k * law.mass(k), 0)), r.expected_std, 0, 1e-7),
    test_discrete_gaussian_get_delta_for_epsilon: (r, law) => near(delta(law, r.sensitivity, r.epsilon), r.expected_delta, 0, 1e-7),
    test_discrete_gaussian_get_delta_for_epsilon_vectorized: (r, law) => all(...r.epsilon_values.map((epsilon, i) => near(delta(law, r.sensitivity, epsilon), r.expected_delta_values[i], 0, 1e-7))),
    test_discrete_gaussian_varying_sigma_and_sensitivity: rounded,
    test_discrete_gaussian_varying_sigma_and_sensitivity_connect_dots: rounded,
    test_discrete_gaussian_varying_sigma_and_sensitivity_optimistic: rounded,
    test_discrete_gaussian_truncation: rounded,
  };
  const classOf = (test) => (/varying|truncation$/u.test(test) ? 'DiscreteGaussianPrivacyLossDistributionTest' : 'DiscreteGaussianPrivacyLossTest');
  return Object.fromEntries(Object.entries(suites).map(([test, check]) => [`${classOf(test)}.${test}`, usual(check)]));
}

/** Losses rounded up bound the divergence from above, rounded down from below: ours, which is exact, has to lie between. */
function brackets({ accounting }) {
  const PER_TEST = {
    LaplacePrivacyLossDistributionTest: ['laplace', (r, epsilon) => accounting.laplaceDelta({ scale: r.parameter ?? 1, sensitivity: r.sensitivity ?? 1, epsilon })],
    GaussianPrivacyLossDistributionTest: ['gaussian', (r, epsilon) => accounting.gaussianDelta({ sigma: r.standard_deviation ?? 1, sensitivity: r.sensitivity ?? 1, epsilon })],
    DiscreteLaplacePrivacyLossDistributionTest: ['discrete_laplace', (r, epsilon) => accounting.discreteLaplaceDelta({ scale: 1 / (r.parameter ?? 1), sensitivity: r.sensitivity ?? 1, epsilon })],
  };
  const suites = {};
  for (const [className, [name, exact]] of Object.entries(PER_TEST)) {
    const parameter = name === 'gaussian' ? 'standard_deviation' : 'parameter';
    const bracket = (side) => (r) => {
      if (sampled(r)) return SAMPLING;
      if (r.neighbor_rel !== undefined && r.neighbor_rel.expr !== 'ADD_OR_REMOVE_ONE') return REPLACE;
      const step = r.value_discretization_interval ?? 1;
      const masses = Object.entries(r.expected_rounded_pmf_add ?? r.expected_rounded_pmf).map(([i, p]) => [Number(i), p]);
      return () => {
        // Mass that is cut off counts as infinite where losses are rounded up, and is left out where they are rounded down.
        const missing = side > 0 ? Math.max(0, 1 - masses.reduce((sum, [, p]) => sum + p, 0)) : 0;
        const wrong = masses.filter(([i]) => i >= 0).find(([i]) => {
          const theirs = masses.reduce((sum, [j, p]) => sum + p * Math.max(0, -Math.expm1(step * (i - j))), missing);
          return side * (exact(r, step * i) - theirs) > 1e-6;
        });
        return wrong === undefined ? undefined : `outside at ${wrong[0]} steps`;
      };
    };
    suites[`${className}.test_${name}_varying_${name === 'gaussian' ? 'standard_deviation' : parameter}_and_sensitivity`] = bracket(1);
    suites[`${className}.test_${name}_varying_${name === 'gaussian' ? 'standard_deviation' : parameter}_and_sensitivity_optimistic`] = bracket(-1);
    suites[`${className}.test_${name}_discretization`] = bracket(1);
  }
  return suites;
}
