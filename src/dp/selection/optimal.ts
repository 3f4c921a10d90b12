import { TokumeiError } from '../../core/errors.js';
import { nextDown } from '../../numeric/doubles.js';
import { checkDeltaAbove0, checkEpsilonAbove0 } from '../accounting/checks.js';
import { checkGroupsPerUnit, checkPreThreshold, checkProbability, type SelectionOptions } from './checks.js';
import type { KeySelection } from './types.js';

/** A few units in the last place, for the rounding of one step; the quotient of epsilon is rounded down before, since exp grows its error by epsilon. */
const slack = 2 ** -51;
const longest = 1_000_000;

/**
 * The most generous rule there is for showing keys by their true number of distinct units, when nothing but the names is
 * shown: with p = epsilon / L0 and d the delta per key,
 * `pi(n) = min(exp(p) pi(n-1) + d, 1 - exp(-p) (1 - pi(n-1) - d), 1)`, `pi(0) = 0`.
 *
 * D. Desfontaines, J. Voss, B. Gipson, C. Mandayam, "Differentially private partition selection" (2022), theorem 1.
 * Google's "magic" or near-truncated-geometric selection. Best for L0 up to about 3; above, a Gaussian threshold shows
 * smaller groups. The counts themselves need noise and budget of their own.
 *
 * `preThreshold` m adds a floor: never shown below m distinct units, then `pi(n - m + 1)`. One unit changes n by one at
 * most, so the proof holds as it is. Duty: n counts distinct units after each was bounded to L0 keys.
 *
 * Each step is rounded so that the doubles themselves obey the inequalities of differential privacy. Cost: a table up to
 * the count that is always shown, made once.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_PRE_THRESHOLD`,
 *   `TOKUMEI_SELECTION_SIZE` where epsilon / L0 is so small that a threshold is the better rule by far.
 * @example
 * optimalSelection({ epsilon: 1, delta: 1e-6, groupsPerUnit: 1 }).leastCount(0.5); // => 14
 */
export function optimalSelection(o: SelectionOptions & { readonly preThreshold?: number }): KeySelection & { readonly rule: 'optimal'; readonly certainFrom: number } {
  const where = 'optimalSelection';
  const epsilon = checkEpsilonAbove0(o.epsilon, where);
  const delta = checkDeltaAbove0(o.delta, where);
  const groupsPerUnit = checkGroupsPerUnit(o.groupsPerUnit, where);
  const preThreshold = checkPreThreshold(o.preThreshold, where);
  const table = probabilities(nextDown(epsilon / groupsPerUnit), -Math.expm1(Math.log1p(-delta) / groupsPerUnit) * (1 - slack), where);
  const last = table.length - 1;
  const keepProbability = (count: number): number => {
    const n = Math.floor(count) - preThreshold + 1;
    return n >= 1 ? (table[Math.min(n, last)] as number) : 0;
  };
  return {
    rule: 'optimal',
    epsilon,
    delta,
    groupsPerUnit,
    preThreshold,
    certainFrom: table[last] === 1 ? last + preThreshold - 1 : Infinity,
    keepProbability,
    leastCount: (probability) => {
      const least = checkProbability(probability, where);
      if ((table[last] as number) < least) return Infinity;
      let [low, high] = [0, last];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((table[middle] as number) >= least) high = middle;
        else low = middle;
      }
      return high + preThreshold - 1;
    },
  };
}

/** pi(0), pi(1), … up to where it stays: at 1, or at the largest double below. */
function probabilities(epsilon: number, delta: number, where: string): readonly number[] {
  // pi(n) = 1/2 at about this n, and 1 at twice it.
  const half = Math.log1p((0.5 * Math.expm1(epsilon)) / delta) / epsilon;
  if (!(2 * half < longest)) throw new TokumeiError('TOKUMEI_SELECTION_SIZE', { where, message: 'epsilon / groupsPerUnit is too small for this rule: use a threshold' });
  const up = Math.exp(epsilon) * (1 - slack);
  const down = Math.exp(-epsilon) * (1 + slack);
  const table = [0];
  for (let p = 0; ; ) {
    const grown = (up * p + delta) * (1 - slack);
    // What is left to 1, not below what the inequality for hiding asks for.
    const left = down * (1 - p - delta) * (1 + slack);
    const next = left <= 0 ? 1 : Math.min(grown, nextDown(1 - left));
    table.push(next);
    // For a delta below the spacing of doubles it never gets nearer to 1.
    if (next <= p || next === 1) return table;
    p = next;
  }
}
