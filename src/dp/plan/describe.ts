import { checkDistinct, describeDistinct } from '../aggregates/distinct.js';
import { checkRowBound, describeCountRows } from '../aggregates/countRows.js';
import type { Asked } from '../aggregates/engine/describe.js';
import type { Description } from '../aggregates/engine/job.js';
import { checkBins } from '../aggregates/shapes/edges.js';
import { describeHistogram } from '../aggregates/shapes/histogram.js';
import { checkRanks, describeQuantiles } from '../aggregates/shapes/quantiles.js';
import { checkMoments, describeMoments } from '../aggregates/sums/moments.js';
import { checkSum, describeSum } from '../aggregates/sums/sum.js';
import { checkVector, describeVectorSum } from '../aggregates/sums/vectorSum.js';
import type { CheckedQuery } from './query.js';

/** What the aggregate itself would say in its manifest: checked and designed by its own functions, from the same options. */
export function describeQuery(q: CheckedQuery & { readonly aggregate: Exclude<CheckedQuery['aggregate'], 'count-units'> }, where: string): Description {
  const { unit, spend, declared, keysShare, keyRule, law } = q;
  const asked: Asked = { where, unit, spend, declared, choices: { keysShare, keyRule, law } };
  // Which fields are measured moves no figure, nor does which ranks are read off a tree.
  const { rowsPerGroup, valuesPerGroup, lower, upper, bound, norm } = q.options;
  const o = { ...q.options, value: 'the value', values: ['the values'], rowsPerGroup, valuesPerGroup, lower, upper, bound, norm };
  switch (q.aggregate) {
    case 'count-rows':
      return describeCountRows(asked, checkRowBound(where, o));
    case 'sum':
      return describeSum(asked, checkSum(where, o));
    case 'mean':
      return describeMoments(asked, checkMoments(where, o), 1);
    case 'variance':
      return describeMoments(asked, checkMoments(where, o), 2);
    case 'quantiles':
      return describeQuantiles(asked, { ...checkBins(where, o), ranks: checkRanks(where, o.ranks ?? [0.5]) });
    case 'histogram':
      return describeHistogram(asked, checkBins(where, o));
    case 'vector-sum':
      return describeVectorSum(asked, checkVector(where, o));
    case 'distinct':
      return describeDistinct(asked, checkDistinct(where, o));
  }
}
