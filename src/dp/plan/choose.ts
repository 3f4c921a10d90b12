import { checkPositive } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { noiseVariance } from '../accounting/laws/noiseLaw.js';
import { designOf } from './design.js';
import { intervalOf } from './intervalOf.js';
import { lostShare } from './lostShare.js';
import { checkQuery, type PlanQuery } from './query.js';
import type { PublicFacts } from './types.js';

/** One bound and what it would mean. */
export interface BoundOption {
  readonly groupsPerUnit: number;
  readonly standardDeviation: number;
  readonly halfWidth: number;
  readonly threshold: number | null;
  /** The share of (unit, key) pairs cut away; null where `keysPerUnit` is not known. */
  readonly lost: number | null;
  /** For each of the sizes: the root of the mean squared error, noise and what is cut away together. */
  readonly errors: readonly { readonly size: number; readonly error: number }[];
}

/**
 * The same query under several bounds on keys per unit, side by side: a larger bound cuts away less and adds more noise.
 *
 * What is cut away is known only as far as `keysPerUnit` is (from an earlier release or a survey, never from a look at the
 * private data); a group is taken to lose the average share. Errors are of the noised numbers: of means, variances and quantiles
 * those behind them, in rows.
 *
 * @throws {TokumeiError} as `plan`.
 * @example
 * const spend = { epsilon: 1, delta: 1e-6 };
 * const options = compareBounds({ aggregate: 'count-units', keys: 'public', spend }, [1, 4, 16], { keysPerUnit: [0.4, 0.3, 0.2, 0.1] });
 * options.map((o) => o.lost?.toFixed(2)); // => ['0.50', '0.00', '0.00']
 */
export function compareBounds(query: Omit<PlanQuery, 'groupsPerUnit'>, bounds: readonly number[], facts: PublicFacts = {}): readonly BoundOption[] {
  const where = 'compareBounds';
  const sizes = facts.sizes ?? [100, 1000, 10000];
  return bounds.map((groupsPerUnit) => {
    const q = checkQuery({ ...query, groupsPerUnit }, where);
    const { noise, threshold, step } = designOf(q, where);
    const standardDeviation = Math.sqrt(noiseVariance(noise)) * step;
    const lost = facts.keysPerUnit === undefined ? null : lostShare(facts.keysPerUnit, groupsPerUnit, where);
    return {
      groupsPerUnit,
      standardDeviation,
      halfWidth: intervalOf(noise, facts.confidence ?? 0.95).halfWidth * step,
      threshold,
      lost,
      errors: sizes.map((size) => ({ size, error: Math.hypot(standardDeviation, size * (lost ?? 0)) })),
    };
  });
}

/** An error that a caller wants to stay below. */
export interface ErrorTarget {
  /** Half the width of the interval, in the value's own units. */
  readonly halfWidth: number;
  /** 0.95 when left out. */
  readonly confidence?: number;
}

/**
 * The least epsilon at which a query's interval is no wider than wanted, to four digits and never below. For means, variances
 * and quantiles it is the interval of the numbers behind them, in rows.
 *
 * @throws {TokumeiError} as `plan`; `TOKUMEI_TARGET` where no epsilon up to 1e4 is enough.
 * @example
 * epsilonFor({ aggregate: 'count-units', keys: 'public', groupsPerUnit: 1 }, { halfWidth: 3 }); // => 0.832
 */
export function epsilonFor(query: Omit<PlanQuery, 'spend'>, target: ErrorTarget, delta = 0): number {
  const where = 'epsilonFor';
  const wanted = checkPositive(target.halfWidth, where, 'halfWidth', 'TOKUMEI_TARGET');
  const widthAt = (epsilon: number): number => {
    const q = checkQuery({ ...query, spend: { epsilon, delta } }, where);
    const { noise, step } = designOf(q, where);
    return intervalOf(noise, target.confidence ?? 0.95).halfWidth * step;
  };
  // In ten thousandths of a decade, so that the answer is a round figure; the width falls as epsilon grows.
  const epsilonAt = (i: number): number => Number((10 ** (i / 10000)).toPrecision(4));
  let [low, high] = [-60000, 40000];
  if (widthAt(epsilonAt(high)) > wanted) {
    throw new TokumeiError('TOKUMEI_TARGET', { where, parameter: 'halfWidth', expected: 'reachable with an epsilon of at most 1e4', received: wanted });
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (widthAt(epsilonAt(middle)) <= wanted) high = middle;
    else low = middle;
  }
  return epsilonAt(high);
}
