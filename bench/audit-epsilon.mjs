// measure -- audit-epsilon [--samples N] [--runs R] [--shortfall 0.02]
// Tries to refute the claim of a pure count (L0 = 1, epsilon 1): the whole pipeline once, its noise alone R times, and R times
// with noise whose scale is short by the given share, which has to be found.
import { parseArgs } from 'node:util';
import { dpCountUnits, personal, privacyBudget, publicKeys } from 'tokumei';
import { discreteLaplace, secureRandom } from 'tokumei/dp';
import { auditEpsilon, reveal } from 'tokumei/testing';

const ALPHA = 1e-6;

export function run(args) {
  const { values } = parseArgs({ args, options: { samples: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '30' }, shortfall: { type: 'string', default: '0.02' } } });
  const [samples, runs, shortfall] = [values.samples, values.runs, values.shortfall].map(Number);
  if (!Number.isSafeInteger(samples) || !Number.isSafeInteger(runs) || !(shortfall > 0 && shortfall < 1)) throw new Error('--samples and --runs are whole numbers, --shortfall a share');
  const common = { epsilon: 1, samples, alpha: ALPHA, random: secureRandom() };
  const pipeline = auditEpsilon({ ...common, withUnit: count([{ user: 'u', app: 'a' }]), withoutUnit: count([]) });
  const rejected = (scale) => {
    const noise = discreteLaplace(scale);
    let times = 0;
    for (let i = 0; i < runs; i++) times += auditEpsilon({ ...common, withUnit: (random) => 1 + noise.sample(random), withoutUnit: (random) => noise.sample(random) }).rejected ? 1 : 0;
    return times;
  };
  return {
    samples,
    alpha: ALPHA,
    pipeline: { rejected: pipeline.rejected, epsilonAtLeast: pipeline.epsilonAtLeast },
    runs,
    rightScaleRejected: rejected(1),
    shortScale: 1 - shortfall,
    shortScaleRejected: rejected(1 - shortfall),
  };
}

const keys = publicKeys(['a']);

function count(rows) {
  return (random) => {
    const spend = privacyBudget({ unit: 'user', epsilon: 1 });
    const counts = dpCountUnits({ by: 'app', keys, groupsPerUnit: 1, spend, random })(personal(rows, { unit: 'user', unitOf: 'user', fields: ['app'] }));
    return reveal(counts).value[0].count;
  };
}
