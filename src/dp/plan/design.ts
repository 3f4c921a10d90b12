import type { NoiseLaw } from '../../core/statement.js';
import { selectsFirst } from '../aggregates/selectedCounts.js';
import { designCounts } from '../aggregates/countDesign.js';
import type { Cost } from '../aggregates/engine/cost.js';
import type { KeyDesign } from '../aggregates/engine/keys.js';
import type { Spend } from '../budget/spend.js';
import { describeQuery } from './describe.js';
import type { CheckedQuery } from './query.js';

/** Which noise an aggregate will add, and which discovered keys it shows. */
export interface Design {
  readonly noise: Exclude<NoiseLaw, { readonly law: 'none' }>;
  /** The noised numbers are multiples of this. */
  readonly step: number;
  /** One unit moves the numbers of one key by at most this together, in their own units. */
  readonly each: number;
  /** Counts of units are shown from this noisy count on; null for declared keys. */
  readonly threshold: number | null;
  /** All other aggregates select discovered keys by themselves, before the noise; null for declared keys and counts of units. */
  readonly keys: KeyDesign | null;
  /** What is spent: less than the slice where the mechanism does not need its delta. */
  readonly cost: Spend;
  /** The levels of the tree of quantiles, else 1. */
  readonly levels: number;
  /** What the aggregate says that no interval covers. */
  readonly notCovered: readonly string[];
}

/** The same choice that the aggregates make, by the very same functions. */
export function designOf(q: CheckedQuery, where: string): Design {
  if (q.aggregate === 'count-units' && !selectsFirst(q.options)) {
    const { noise, threshold, cost } = designCounts(where, q.spend, q.groupsPerUnit, q.declared, q.choices.law, q.choices.minUnits);
    return { noise, step: 1, each: 1, threshold, keys: null, cost: spendOfCost(cost), levels: 1, notCovered: [] };
  }
  const { design, measures, parameters, notCovered } = describeQuery(q, where);
  const { noise, keys, cost, reach } = design;
  const step = measures[0]!.step;
  return { noise, step, each: reach.each * step, threshold: null, keys, cost: spendOfCost(cost), levels: Number(parameters['levels'] ?? 1), notCovered };
}

function spendOfCost({ measure, epsilon, delta, rho }: Cost): Spend {
  if (measure === 'zcdp') return { measure, rho: rho!, delta };
  return measure === 'pure' ? { measure, epsilon, delta: 0 } : { measure, epsilon, delta };
}
