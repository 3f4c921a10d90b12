import { ROWS } from '../aggregates/countRows.js';
import { DISTINCT } from '../aggregates/distinct.js';
import { describe, type Asked, type Bounded, type Description, type Kind, type Options } from '../aggregates/engine/kind.js';
import { BOUNDS } from '../aggregates/shapes/bounds.js';
import { HISTOGRAM } from '../aggregates/shapes/histogram.js';
import { QUANTILES } from '../aggregates/shapes/quantiles.js';
import { MEAN } from '../aggregates/sums/mean.js';
import { UNITS } from '../aggregates/selectedCounts.js';
import { SUM } from '../aggregates/sums/sum.js';
import { VARIANCE } from '../aggregates/sums/variance.js';
import { VECTOR_SUM } from '../aggregates/sums/vectorSum.js';
import type { CheckedQuery } from './query.js';

type Describe = (asked: Asked, o: Options) => Description;
const by =
  <C extends Bounded>(kind: Kind<C>): Describe =>
  (asked, o) =>
    describe(kind, asked, kind.check(asked.where, o));

const KINDS: Readonly<Record<CheckedQuery['aggregate'], Describe>> = {
  'count-units': by(UNITS),
  'count-rows': by(ROWS),
  distinct: by(DISTINCT),
  sum: by(SUM),
  'vector-sum': by(VECTOR_SUM),
  mean: by(MEAN),
  variance: by(VARIANCE),
  quantiles: by(QUANTILES),
  histogram: by(HISTOGRAM),
  bounds: by(BOUNDS),
};

/** What the aggregate itself would say in its manifest: checked and designed by its own functions, from the same options. */
export function describeQuery(q: CheckedQuery, where: string): Description {
  const { unit, spend, declared, choices } = q;
  // Which fields are measured moves no figure, nor does which ranks are read off a tree.
  return KINDS[q.aggregate]({ where, unit, spend, declared, choices }, { ranks: [0.5], ...q.options, value: 'the value', values: ['the values'] });
}
