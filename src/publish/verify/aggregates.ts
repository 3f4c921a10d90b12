import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import { ROWS } from '../../dp/aggregates/countRows.js';
import { DISTINCT } from '../../dp/aggregates/distinct.js';
import { spendOfGuarantee } from '../../dp/aggregates/engine/cost.js';
import { keyOriginOf } from '../../dp/aggregates/engine/job.js';
import { describe, type Asked, type Bounded, type Description, type Kind, type Options } from '../../dp/aggregates/engine/kind.js';
import { checkChoices } from '../../dp/aggregates/engine/options.js';
import { UNITS } from '../../dp/aggregates/selectedCounts.js';
import { BOUNDS } from '../../dp/aggregates/shapes/bounds.js';
import { HISTOGRAM } from '../../dp/aggregates/shapes/histogram.js';
import { QUANTILES } from '../../dp/aggregates/shapes/quantiles.js';
import { MEAN } from '../../dp/aggregates/sums/mean.js';
import { SUM } from '../../dp/aggregates/sums/sum.js';
import { VARIANCE } from '../../dp/aggregates/sums/variance.js';
import { VECTOR_SUM } from '../../dp/aggregates/sums/vectorSum.js';
import { isState, multipleOf, type CellRule, type Made, type StatedManifest } from '../../rank/verify/made.js';
import { boundsColumns, histogramColumns, meanColumns, quantileColumns, sumColumns, varianceColumns, vectorColumns } from './columns.js';
import { declaredOf } from './countUnits.js';

const WHERE = 'verifyManifest';

type Columns = Readonly<Record<string, CellRule>>;
interface Remade {
  readonly stage: string;
  readonly pooled: boolean;
  /** An aggregate's description, made anew from what a manifest states by the code that made it first, and its columns. */
  readonly remake: (asked: Asked, stated: Options) => { readonly description: Description; readonly columns: Columns };
}

function remade<C extends Bounded>(kind: Kind<C>, columnsOf: (checked: C) => Columns): readonly [mechanism: string, made: Remade] {
  const remake: Remade['remake'] = (asked, stated) => {
    const checked = kind.check(WHERE, stated);
    return { description: describe(kind, asked, checked), columns: columnsOf(checked) };
  };
  return [kind.mechanism, { stage: kind.stage, pooled: kind.pooled === true, remake }];
}

const AGGREGATES: ReadonlyMap<string, Remade> = new Map([
  remade(UNITS, () => ({ state: isState, count: multipleOf(1) })),
  remade(ROWS, () => ({ state: isState, count: multipleOf(1) })),
  remade(DISTINCT, () => ({ state: isState, distinct: multipleOf(1) })),
  remade(SUM, ({ step }) => sumColumns(step)),
  remade(MEAN, meanColumns),
  remade(VARIANCE, varianceColumns),
  remade(VECTOR_SUM, ({ values, step }) => vectorColumns(values.length, step)),
  remade(HISTOGRAM, ({ edges }) => histogramColumns(edges)),
  remade(QUANTILES, ({ edges, ranks }) => quantileColumns(edges, ranks)),
  remade(BOUNDS, ({ edges }) => boundsColumns(edges)),
]);

/** Whether {@link remakeAggregate} knows a mechanism. */
export const isAggregate = (mechanism: string): boolean => AGGREGATES.has(mechanism);

/** Noise, selection of keys, cost and accuracy of an aggregate, made again from the budget, the bounds and the parameters that a manifest states. */
export function remakeAggregate({ mechanism, unit, by, guarantee, keys, parameters, bounds, steps }: StatedManifest): Made {
  const { stage, pooled, remake } = AGGREGATES.get(mechanism)!;
  // Of all groups together there is one line without a key, whether or not the groups were declared.
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
  const keys = parameters['keys'] as { readonly rule?: unknown; readonly minUnits?: unknown } | undefined;
  const noise = parameters['noise'];
  if (noise !== 'discrete-laplace' && noise !== 'discrete-gaussian') throw new TokumeiError('TOKUMEI_NOISE', { where: WHERE, parameter: 'noise', expected: 'one of the two laws', received: noise });
  return checkChoices(WHERE, { noise: noise === 'discrete-laplace' ? 'laplace' : 'gaussian', keysShare: parameters['keysShare'], keyRule: keys?.rule, minUnits: keys?.minUnits }, keys !== undefined);
}
