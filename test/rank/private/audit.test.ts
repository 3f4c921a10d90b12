import { expect, test } from 'vitest';
import { noisePort } from '../../../src/dp/mechanisms/port.js';
import type { RandomSource } from '../../../src/dp/index.js';
import { planRanking, type RankingInputs, type RankingPlan, type RankingStrategy } from '../../../src/rank/index.js';
import type { ExactGroups } from '../../../src/rank/private/run/exact.js';
import { runPlan } from '../../../src/rank/private/run/runPlan.js';
import { auditEpsilon, seededRandom } from '../../../src/testing/index.js';

// Data on which one unit counts in all groups, in one alone, or in all but one: whatever is published is turned into figures, and
// each figure is audited. A right claim is rejected with probability 1e-6 each; seeds are fixed.
// A list is cheap to draw and tells little; counts are the other way round. More by RANK_AUDIT_SAMPLES, then on all neighbours: 6,000 take three minutes.
const MORE = Number(process.env['RANK_AUDIT_SAMPLES'] ?? 0);

const groups = (counts: readonly number[], units: number): ExactGroups => ({ keys: counts.map((_, i) => i), counts: Float64Array.from(counts), units, pairs: 0, rowsWithoutKey: 0 });
const NEIGHBOURS: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['all groups', [5, 4, 4, 3, 0], [6, 5, 5, 4, 1]],
  ['one group', [5, 4, 4, 3, 0], [5, 5, 4, 3, 0]],
  ['all but the first', [5, 4, 4, 3, 0], [5, 5, 5, 4, 1]],
];
const FIGURES: Readonly<Record<string, (o: { list: number[]; counts: Float64Array | null; others: Float64Array | null }) => number>> = {
  'the list': ({ list }) => list.reduce((code, item) => code * 6 + item + 1, 0),
  'its first': ({ list }) => list[0] ?? -1,
  'the sum of all counts': ({ counts, others }) => [...(counts ?? []), ...(others ?? [])].reduce((sum, count) => sum + count, 0),
  'the first count': ({ counts }) => counts?.[0] ?? 0,
  'the second group less the first': ({ list, counts }) => (counts === null ? 0 : (counts[list.indexOf(1)] ?? -9) - (counts[list.indexOf(0)] ?? -9)),
};

const jobs: readonly (readonly [string, Partial<RankingInputs>])[] = [
  ['measure-all', {}],
  ['select', { show: 'names' }],
  ['select-then-measure', { top: 2, countsShare: 0.5 }],
  ['survey-then-measure', { top: 2 }],
  ['limited-domain', { keys: 'discover', show: 'names', top: 2 }],
  ['limited-domain-then-measure', { keys: 'discover', groupsPerUnit: 5, top: 2 }],
  ['measure-all', { delta: 0 }],
  ['select', { delta: 0, show: 'names', top: 2 }],
  ['select', { delta: 0, show: 'names', top: 3 }],
  ['select-then-measure', { delta: 0, top: 2, countsShare: 0.5 }],
];

type Published = Parameters<(typeof FIGURES)[string]>[0];

function draws(plan: RankingPlan, counts: readonly number[], units: number, samples: number, random: RandomSource): Published[] {
  const exact = groups(counts, units);
  const port = noisePort(random);
  return Array.from({ length: samples }, () => {
    const { keys, counts: noisy, others } = runPlan(plan, exact, port, random);
    return { list: keys as number[], counts: noisy, others };
  });
}

/** One after the other: each figure sees every draw once. */
const each = (published: readonly Published[], figure: (o: Published) => number) => {
  let at = 0;
  return (): number => figure(published[at++]!);
};

/** The plan with a sixth of its noise. */
function spoiled(plan: RankingPlan): RankingPlan {
  const quieter = <Part extends RankingPlan['measurement'] | RankingPlan['selection']>(part: Part): Part => {
    if (part === null) return part;
    const { scale, noise, rho } = part as { scale?: number; noise?: { law: string; scale?: number }; rho?: number };
    return { ...part, ...(scale === undefined ? {} : { scale: scale / 6 }), ...(rho === undefined ? {} : { rho: rho * 36 }), ...(noise?.scale === undefined ? {} : { noise: { ...noise, scale: noise.scale / 6 } }) };
  };
  const { selection, measurement, survey } = plan;
  const again = selection?.epsilon === undefined ? quieter(selection) : { ...selection, epsilon: selection.epsilon * 6, delta: 0.999 };
  return { ...plan, selection: again, measurement: quieter(measurement), survey: quieter(survey) };
}

test.each(jobs)('%s %j: no figure of what comes out refutes the claim; one does where there is a sixth of the noise', (strategy, over) => {
  const plan = planRanking({ epsilon: 2, delta: 0.01, top: 3, show: 'counts', keys: 5, strategy: strategy as RankingStrategy, ...over });
  const samples = MORE || (plan.measurement === null ? 2000 : plan.strategy === 'limited-domain-then-measure' ? 2400 : 800);
  const random = seededRandom(`audit ${strategy} ${JSON.stringify(over)}`);
  const refuted = (run: RankingPlan): string[] =>
    NEIGHBOURS.slice(0, MORE > 0 || plan.measurement === null ? 3 : 1).flatMap(([name, before, after]) => {
      const [more, less] = [draws(run, after, 9, samples, random), draws(run, before, 8, samples, random)];
      return Object.entries(FIGURES).flatMap(([what, figure]) => {
        const { rejected } = auditEpsilon({ epsilon: plan.cost.epsilon, delta: plan.cost.delta, samples, alpha: 1e-6, random, withUnit: each(more, figure), withoutUnit: each(less, figure) });
        return rejected ? [`${name}: ${what}`] : [];
      });
    });
  expect(refuted(plan)).toEqual([]);
  expect(refuted(spoiled(plan))).not.toEqual([]);
}, 300_000);
