import { binomialMass } from '../../numeric/binomial.js';
import { exactSum } from '../../numeric/exactSum.js';
import { findRoot } from '../../numeric/roots.js';
import { spendOf } from '../budget/spend.js';
import { mainOf, repeatSpend } from './compose.js';
import { checkCount, checkDeltaAbove0, checkDeltaFrom0, checkEpsilonAbove0, checkEpsilonFrom0 } from './checks.js';

/** `count` releases, each (epsilon, delta)-differentially private; which ones may depend on what came before. */
export interface RepeatedRelease {
  readonly epsilon: number;
  readonly delta?: number;
  readonly count: number;
}

/**
 * The least delta at `totalEpsilon` that holds for every choice of the `count` releases: optimal composition.
 *
 * P. Kairouz, S. Oh, P. Viswanath, "The composition theorem for differential privacy" (2015), theorem 3.3, whose grid
 * of epsilons is filled in here: among `count` randomized responses the loss is (2 j - count) epsilon with j binomial.
 * Cost: a sum over the upper tail of that law.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_COUNT_RANGE`.
 */
export function optimalDelta(o: RepeatedRelease & { readonly totalEpsilon: number }): number {
  const where = 'optimalDelta';
  const each = checkDeltaFrom0(o.delta ?? 0, where);
  const count = checkCount(o.count, where);
  return withFailures(excessDelta(checkEpsilonAbove0(o.epsilon, where), count, checkEpsilonFrom0(o.totalEpsilon, where)), each, count);
}

/**
 * The least total epsilon at `totalDelta` that holds for every choice of the `count` releases: optimal composition,
 * never above `count epsilon`, and never so low that `optimalDelta` there is above `totalDelta`; Infinity where `totalDelta` does not even cover the releases' own deltas.
 *
 * dp_accounting: `advanced_composition`, which stays on the grid (count - 2 i) epsilon and is therefore a little higher.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_COUNT_RANGE`.
 */
export function optimalEpsilon(o: RepeatedRelease & { readonly totalDelta: number }): number {
  const where = 'optimalEpsilon';
  const epsilon = checkEpsilonAbove0(o.epsilon, where);
  const each = checkDeltaFrom0(o.delta ?? 0, where);
  const count = checkCount(o.count, where);
  const total = each > 0 ? checkDeltaAbove0(o.totalDelta, where) : checkDeltaFrom0(o.totalDelta, where);
  const basic = mainOf(repeatSpend(spendOf(epsilon, 0), count));
  const f = (x: number): number => withFailures(excessDelta(epsilon, count, x), each, count) - total;
  const atBasic = f(basic);
  if (atBasic > 0) return Infinity;
  if (f(0) <= 0) return 0;
  if (atBasic === 0 || total === 0) return basic;
  let least = findRoot(f, 0, basic);
  // The root is the nearest double; where epsilon is large, half of its last place is a noticeable part of delta.
  for (let places = 1; f(least) > 0 && least < basic; places *= 2) least = Math.min(basic, least * (1 + places * 2 ** -52));
  return least;
}

/**
 * A closed bound for releases of different epsilons, chosen adaptively, each without delta: the best of basic
 * composition and the two of Kairouz, Oh and Viswanath 2015, theorem 3.5. For the exact figure use `tokumei`'s PLD.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`.
 */
export function advancedEpsilon(o: { readonly epsilons: readonly number[]; readonly delta: number }): number {
  const where = 'advancedEpsilon';
  const delta = checkDeltaAbove0(o.delta, where);
  const epsilons = o.epsilons.map((epsilon) => checkEpsilonFrom0(epsilon, where));
  const squares = exactSum(epsilons.map((epsilon) => epsilon * epsilon));
  const drift = exactSum(epsilons.map((epsilon) => epsilon * Math.tanh(epsilon / 2)));
  const log = Math.min(Math.log(Math.E + Math.sqrt(squares) / delta), -Math.log(delta));
  return Math.min(exactSum(epsilons), drift + Math.sqrt(2 * squares * log));
}

/** The delta at x of `count` randomized responses of parameter epsilon. */
function excessDelta(epsilon: number, count: number, x: number): number {
  const odds = Math.exp(-epsilon);
  const p = 1 / (1 + odds);
  const first = Math.floor((x / epsilon + count) / 2) + 1;
  if (first > count) return 0;
  // Beyond the range of exp the largest loss is all there is.
  if (odds === 0) return -Math.expm1(Math.min(0, x - count * epsilon));
  const start = Math.max(first, 0);
  let mass = binomialMass(start, count, p, odds * p);
  // Below the most likely count the masses grow first; where the first one underflows, start closer to it.
  if (mass === 0 && start < count * p) return excessFrom(Math.max(start, Math.floor(count * p - 40 * Math.sqrt(count * p * odds * p) - 40)), epsilon, count, x);
  let sum = 0;
  for (let j = start; j <= count; j++) {
    const next = sum - mass * Math.expm1(x - (2 * j - count) * epsilon);
    if (next === sum && j > count * p && j > start) break;
    sum = next;
    mass *= (count - j) / (j + 1) / odds;
  }
  return sum;
}

function excessFrom(start: number, epsilon: number, count: number, x: number): number {
  const odds = Math.exp(-epsilon);
  const p = 1 / (1 + odds);
  let sum = 0;
  for (let j = start; j <= count; j++) {
    const next = sum - binomialMass(j, count, p, odds * p) * Math.expm1(x - (2 * j - count) * epsilon);
    if (next === sum && j > count * p) break;
    sum = next;
  }
  return sum;
}

/** Any of the releases may fail altogether: 1 - (1 - each)^count (1 - delta). */
function withFailures(delta: number, each: number, count: number): number {
  return -Math.expm1(count * Math.log1p(-each) + Math.log1p(-Math.min(delta, 1)));
}
