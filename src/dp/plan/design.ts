import type { NoiseLaw } from '../../core/statement.js';
import { designCounts } from '../aggregates/countDesign.js';
import type { Cost } from '../aggregates/engine/cost.js';
import { designSums } from '../aggregates/engine/design.js';
import type { KeyDesign } from '../aggregates/engine/keys.js';
import type { Spend } from '../budget/spend.js';
import type { CheckedQuery } from './query.js';

/** Which noise an aggregate will add, and which discovered keys it shows. */
export interface Design {
  readonly noise: Exclude<NoiseLaw, { readonly law: 'none' }>;
  /** Counts of units are shown from this noisy count on; null for declared keys. */
  readonly threshold: number | null;
  /** All other aggregates select discovered keys by themselves, before the noise; null for declared keys and counts of units. */
  readonly keys: KeyDesign | null;
  /** What is spent: less than the slice where the mechanism does not need its delta. */
  readonly cost: Spend;
}

/** The same choice that the aggregates make, by the very same functions. */
export function designOf(q: CheckedQuery, where: string): Design {
  const { spend, l0, linf, discover, law } = q;
  if (q.aggregate === 'count-units') {
    const { noise, threshold, cost } = designCounts(where, spend, l0, discover ? 'discover' : l0, law);
    return { noise, threshold, keys: null, cost: spendOfCost(cost) };
  }
  const { noise, keys, cost } = designSums(where, spend, l0, { places: l0, each: linf, counted: true }, discover, { keysShare: q.keysShare, keyRule: undefined, law });
  return { noise, threshold: null, keys, cost: spendOfCost(cost) };
}

function spendOfCost({ measure, epsilon, delta, rho }: Cost): Spend {
  if (measure === 'zcdp') return { measure, rho: rho!, delta };
  return measure === 'pure' ? { measure, epsilon, delta: 0 } : { measure, epsilon, delta };
}
