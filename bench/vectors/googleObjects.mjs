// Tests of Google's Go library on its aggregates as objects: which options are refused, which states may be merged, the variance
// of the noise. Their counts are of rows here (several of one unit in a group), their sums of a unit's total in a group.
import { near, number, refuses } from './tally.mjs';

const law = (opt) => /Gaussian/u.test(opt.Noise?.expr ?? '') ? 'gaussian' : /Laplace/u.test(opt.Noise?.expr ?? '') ? 'laplace' : undefined;

const EQUAL = 'equal bounds of a sum are refused here';

export function googleObjects({ aggregates, budget, plan, selection }) {
  const spendOf = (opt) => budget.privacyBudget({ unit: 'user', ...(opt.Epsilon === undefined ? {} : { epsilon: opt.Epsilon }), ...(opt.Delta ? { delta: opt.Delta } : {}) });
  const common = (opt) => ({ by: 'key', keys: aggregates.publicKeys(['a']), spend: spendOf(opt), ...(law(opt) === undefined ? {} : { noise: law(opt) }) });
  const groups = (opt) => (opt.MaxPartitionsContributed === undefined ? {} : { groupsPerUnit: opt.MaxPartitionsContributed });
  const rows = (opt) => (opt.MaxContributionsPerPartition === undefined ? {} : { rowsPerGroup: opt.MaxContributionsPerPartition });
  const range = (opt) => ({ value: 'x', lower: opt.Lower, upper: opt.Upper });
  const MAKERS = {
    Count: (opt) => aggregates.dpCountRowsInParts({ ...common(opt), ...groups(opt), rowsPerGroup: opt.maxContributionsPerPartition ?? 1 }),
    Sum: (opt) => aggregates.dpSumInParts({ ...common(opt), ...groups(opt), ...range(opt), ...(opt.MaxContributions === undefined ? {} : { groupsPerUnit: opt.MaxContributions }) }),
    Mean: (opt) => aggregates.dpMeanInParts({ ...common(opt), ...groups(opt), ...rows(opt), ...range(opt) }),
    Variance: (opt) => aggregates.dpVarianceInParts({ ...common(opt), ...groups(opt), ...rows(opt), ...range(opt) }),
    Quantiles: (opt) => aggregates.dpQuantilesInParts({ ...common(opt), ...groups(opt), ...rows(opt), ...range(opt), ranks: [0.5] }),
  };
  const NAMES = { Count: 'Count', BoundedSumInt64: 'Sum', BoundedSumFloat64: 'Sum', BoundedMean: 'Mean', BoundedVariance: 'Variance', BoundedStandardDeviation: 'Variance', BoundedQuantiles: 'Quantiles' };

  // More than any unit is in, so that the bound on groups counts.
  const KEYS = aggregates.publicKeys(Array.from({ length: 100 }, (_, i) => i));
  const cases = {};
  for (const [theirs, ours] of Object.entries(NAMES)) {
    const make = MAKERS[ours];
    cases[`TestNew${theirs}`] = (r) => {
      if (/set at same time/u.test(r.desc)) return 'two bounds that exclude each other are one option here';
      if (ours === 'Sum' && r.desc === 'Upper==Lower') return EQUAL;
      return () => (r.wantErr ? refuses(() => make(r.opt)) : void make(r.opt));
    };
    const merge = (r) => () => {
      const first = make(r.opt1);
      if (!r.wantErr) return void first.merge(first.init(), first.init());
      const second = make(r.opt2);
      return refuses(() => first.merge(first.init(), second.init()));
    };
    cases[`TestCheckMerge${theirs}Compatibility`] = merge;
    cases[`Test${theirs}CheckMergeCompatibility`] = merge;
  }
  const select = (opt) => selection.optimalSelection({ epsilon: opt.Epsilon, delta: opt.Delta, groupsPerUnit: opt.MaxPartitionsContributed, ...(opt.PreThreshold === undefined ? {} : { preThreshold: opt.PreThreshold }) });
  cases.TestNewPreAggSelectPartition = (r) =>
    /set at same time/u.test(r.desc) ? 'two bounds that exclude each other are one option here' : r.opt.PreThreshold === 0 ? 'a floor of 0 is left out here, not given' : () => (r.wantErr ? refuses(() => select(r.opt)) : void select(r.opt));
  // Their floor is 10 units: what the rule says just below it, and where it has become certain above it.
  const floor = (r) => ({ epsilon: 1, delta: 0.1, groupsPerUnit: r.maxPartitionsContributed, preThreshold: 10 });
  cases.TestPreAggSelectPartition_CountSmallerThanPreThresholdReturnsFalse = (r) => () => near(selection.optimalSelection(floor(r)).keepProbability(9), 0, 0);
  cases.TestPreAggSelectPartition_CountGreaterThanPreThresholdReturnsTrue = (r) => () => near(selection.optimalSelection(floor(r)).keepProbability(1000), 1, 1e-12);

  const bounds = (r) => {
    const [lower, upper] = [number(r.lower), number(r.upper)];
    if ([lower, upper].some((x) => Number.isFinite(x) && Math.abs(x) >= 2 ** 63)) return 'there is no smallest whole number of 64 bits here';
    if (lower === upper && !r.wantErr) return EQUAL;
    const call = () => MAKERS.Sum({ Epsilon: 1, MaxPartitionsContributed: 1, Lower: lower, Upper: upper });
    return () => (r.wantErr ? refuses(call) : void call());
  };
  cases.TestCheckBoundsInt64 = bounds;
  cases.TestCheckBoundsFloat64 = bounds;
  cases.TestCheckBoundsFloat64AsInt64 = bounds;
  cases.TestCheckBoundsNotEqual = (r) => {
    const call = () => MAKERS.Mean({ Epsilon: 1, MaxPartitionsContributed: 1, MaxContributionsPerPartition: 1, Lower: r.lower, Upper: r.upper });
    return () => (r.wantErr ? refuses(call) : void call());
  };
  // How far one unit moves a sum: a total is clamped once, so that several contributions are no factor.
  const reach = (r) => {
    if (r.wantErr || r.maxContributionsPerPartition !== 1) return 'a total of a unit in a group is clamped here, not each contribution';
    return () => near(plan.plan({ aggregate: 'sum', keys: aggregates.publicKeys(['a']), groupsPerUnit: 1, lower: r.lower, upper: r.upper, step: 1, spend: { epsilon: 1 } }).noise.scale, r.want, 1e-9);
  };
  cases.TestGetLInfInt = reach;
  cases.TestGetLInfFloat = reach;

  // Theirs is rounded up, or that of noise on reals; ours is that of the exact law on whole numbers, which is smaller where noise is.
  const variance = (aggregate, facts) => (r) => {
    if (r.opt.maxContributionsPerPartition > 1 && aggregate === 'sum') return 'a total of a unit in a group is clamped here, not each contribution';
    if (r.opt.MaxContributions !== undefined) return 'a bound on all contributions together is another one for sums here';
    return () => {
      const planned = plan.plan({ aggregate, keys: KEYS, ...groups(r.opt), ...facts(r.opt), ...(law(r.opt) === undefined ? {} : { noise: law(r.opt) }), spend: { epsilon: r.opt.Epsilon, ...(r.opt.Delta ? { delta: r.opt.Delta } : {}) } });
      const got = planned.standardDeviation ** 2;
      return got <= r.variance * 1.001 && got >= r.variance * (r.variance < 1 ? 0.55 : 0.8) ? undefined : `got ${got}, expected ${r.variance}`;
    };
  };
  cases.TestCountIsUnbiased = variance('count-rows', (opt) => ({ rowsPerGroup: opt.maxContributionsPerPartition ?? 1 }));
  cases.TestBoundedSumInt64IsUnbiased = variance('sum', (opt) => ({ lower: opt.Lower, upper: opt.Upper }));
  cases.TestBoundedSumFloat64IsUnbiased = variance('sum', (opt) => ({ lower: opt.Lower, upper: opt.Upper }));
  return cases;
}
