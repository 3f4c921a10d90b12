import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import { checkRowBound, describeCountRows } from '../../dp/aggregates/countRows.js';
import { checkDistinct, describeDistinct } from '../../dp/aggregates/distinct.js';
import { spendOfGuarantee } from '../../dp/aggregates/engine/cost.js';
import type { Asked } from '../../dp/aggregates/engine/describe.js';
import { keyOriginOf, type Description } from '../../dp/aggregates/engine/job.js';
import { checkChoices } from '../../dp/aggregates/engine/options.js';
import { checkPowers, describeBounds } from '../../dp/aggregates/shapes/bounds.js';
import { checkBins } from '../../dp/aggregates/shapes/edges.js';
import { describeHistogram } from '../../dp/aggregates/shapes/histogram.js';
import { checkRanks, describeQuantiles } from '../../dp/aggregates/shapes/quantiles.js';
import { checkMoments, describeMoments } from '../../dp/aggregates/sums/moments.js';
import { checkSum, describeSum } from '../../dp/aggregates/sums/sum.js';
import { checkVector, describeVectorSum } from '../../dp/aggregates/sums/vectorSum.js';
import { isState, multipleOf, type CellRule, type Made, type StatedManifest } from '../../rank/verify/made.js';
import { boundsColumns, histogramColumns, meanColumns, quantileColumns, sumColumns, varianceColumns, vectorColumns } from './columns.js';
import { declaredOf } from './countUnits.js';

const WHERE = 'verifyManifest';

/** An aggregate's description, made anew from what a manifest states by the code that made it first, and its columns. */
type Remake = (asked: Asked, stated: Readonly<Record<string, unknown>>) => { readonly description: Description; readonly columns: Readonly<Record<string, CellRule>> };

/** By mechanism; with the name of the stage. */
const AGGREGATES: Readonly<Record<string, { readonly stage: string; readonly remake: Remake }>> = {
  'noisy counts of rows': { stage: 'dpCountRows', remake: (asked, o) => ({ description: describeCountRows(asked, checkRowBound(WHERE, o)), columns: { state: isState, count: multipleOf(1) } }) },
  'noisy counts of distinct values': { stage: 'dpDistinct', remake: (asked, o) => ({ description: describeDistinct(asked, checkDistinct(WHERE, o as never)), columns: { state: isState, distinct: multipleOf(1) } }) },
  'noisy bounds': {
    stage: 'dpBounds',
    remake: (asked, o) => {
      const checked = checkPowers(WHERE, o as never);
      return { description: describeBounds(asked, checked), columns: boundsColumns(checked.edges) };
    },
  },
  'noisy sums': {
    stage: 'dpSum',
    remake: (asked, o) => {
      const checked = checkSum(WHERE, o as never);
      return { description: describeSum(asked, checked), columns: sumColumns(checked.step) };
    },
  },
  'noisy means': {
    stage: 'dpMean',
    remake: (asked, o) => {
      const checked = checkMoments(WHERE, o as never);
      return { description: describeMoments(asked, checked, 1), columns: meanColumns(checked) };
    },
  },
  'noisy variances': {
    stage: 'dpVariance',
    remake: (asked, o) => {
      const checked = checkMoments(WHERE, o as never);
      return { description: describeMoments(asked, checked, 2), columns: varianceColumns(checked) };
    },
  },
  'noisy vector sums': {
    stage: 'dpVectorSum',
    remake: (asked, o) => {
      const checked = checkVector(WHERE, o as never);
      return { description: describeVectorSum(asked, checked), columns: vectorColumns(checked.values.length, checked.step) };
    },
  },
  'noisy histograms': {
    stage: 'dpHistogram',
    remake: (asked, o) => {
      const checked = checkBins(WHERE, o as never);
      return { description: describeHistogram(asked, checked), columns: histogramColumns(checked.edges) };
    },
  },
  'noisy quantiles': {
    stage: 'dpQuantiles',
    remake: (asked, o) => {
      const checked = { ...checkBins(WHERE, o as never), ranks: checkRanks(WHERE, o['ranks']) };
      return { description: describeQuantiles(asked, checked), columns: quantileColumns(checked.edges, checked.ranks) };
    },
  },
};

/** Whether {@link remakeAggregate} knows a mechanism. */
export const isAggregate = (mechanism: string): boolean => Object.hasOwn(AGGREGATES, mechanism);

/** Noise, selection of keys, cost and accuracy of an aggregate, made again from the budget, the bounds and the parameters that a manifest states. */
export function remakeAggregate({ mechanism, unit, by, guarantee, keys, parameters, bounds, steps }: StatedManifest): Made {
  const { stage, remake } = AGGREGATES[mechanism]!;
  // Of all groups together there is one line without a key, whether or not the groups were declared.
  const pooled = mechanism === 'noisy bounds';
  const declared = pooled ? 1 : declaredOf(keys);
  const pooledOver = steps.some((step) => step.stage === stage && step['keys'] === 'public') ? 'public' : 'all';
  const asked: Asked = { where: WHERE, unit, spend: spendOfGuarantee(WHERE, guarantee), declared, choices: choicesOf(parameters) };
  const { description, columns } = remake(asked, { ...parameters, ...bounds });
  const { design, measures, accuracy, notCovered } = description;
  const made: DifferentialPrivacy = { kind: 'differential-privacy', unit, ...design.cost };
  return {
    guarantee: made,
    parameters: description.parameters,
    measures,
    keys: pooled ? { origin: 'none' } : keyOriginOf(design, declared),
    bounds: description.bounds,
    accuracy,
    notCovered,
    steps: [{ stage, by, ...description.bounds, keys: pooled ? pooledOver : declared === 'discover' ? 'discovered' : 'public' }],
    pooled,
    stages: [stage, `${stage}InParts`],
    columns,
    declared,
    threshold: null,
    ranked: null,
  };
}

function choicesOf(parameters: StatedManifest['parameters']): Asked['choices'] {
  const keys = parameters['keys'] as { readonly rule?: unknown } | undefined;
  const noise = parameters['noise'];
  if (noise !== 'discrete-laplace' && noise !== 'discrete-gaussian') throw new TokumeiError('TOKUMEI_NOISE', { where: WHERE, parameter: 'noise', expected: 'one of the two laws', received: noise });
  return checkChoices(WHERE, { noise: noise === 'discrete-laplace' ? 'laplace' : 'gaussian', keysShare: parameters['keysShare'], keyRule: keys?.rule });
}
