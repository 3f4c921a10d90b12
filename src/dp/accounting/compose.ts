import { TokumeiError } from '../../core/errors.js';
import { doubleInSmallestUnits } from '../../numeric/doubles.js';
import { roundUp } from '../../numeric/outward.js';
import { rationalToDouble } from '../../numeric/rational.js';
import { spendOf, type Spend } from '../budget/spend.js';
import { checkCount, checkDeltaFrom0, checkEpsilonFrom0, checkRhoFrom0 } from './checks.js';

/**
 * What several releases about the same units cost together: epsilon, delta and rho add up.
 *
 * Basic composition, which also holds where each release is chosen after seeing the ones before (Dwork and others 2006;
 * zCDP: Bun and Steinke 2016, lemma 1.7). Spends must be in one measure: convert with `spendAsZcdp` first. The sum is
 * exact, rounded up once; for no spends at all it is the neutral one, epsilon 0.
 *
 * @throws {TokumeiError} `TOKUMEI_MEASURE` for spends in zCDP together with others; `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_DELTA_RANGE`.
 */
export function composeSpends(spends: readonly Spend[]): Spend {
  return weightedSum(spends.map((spend) => [spend, 1n] as const), 'composeSpends');
}

/** The same spend `count` times: what `composeSpends` gives for that many copies. */
export function repeatSpend(spend: Spend, count: number): Spend {
  return weightedSum([[spend, BigInt(checkCount(count, 'repeatSpend'))]], 'repeatSpend');
}

/**
 * What releases cost together when every unit has its rows in one of them only: the largest of each parameter.
 *
 * The caller's duty: the parts are of disjoint units, and which part a unit is in does not depend on other units. Parts by
 * row (days, groups) are not disjoint by unit: there spends add up.
 *
 * @throws {TokumeiError} `TOKUMEI_MEASURE` for spends in zCDP together with others; `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_DELTA_RANGE`.
 */
export function composeParallel(spends: readonly Spend[]): Spend {
  checkSpends(spends, 'composeParallel');
  const delta = Math.max(0, ...spends.map((s) => s.delta));
  if (spends[0]?.measure === 'zcdp') return { measure: 'zcdp', rho: Math.max(...spends.map(mainOf)), delta };
  return spendOf(Math.max(0, ...spends.map(mainOf)), delta);
}

/**
 * What a promise per unit means for `size` units together, or for a person who stands for that many units (a `user-day`
 * over a week): (size epsilon, delta (exp(size epsilon) - 1) / (exp(epsilon) - 1)); size^2 rho in zCDP.
 *
 * Vadhan 2017, lemma 2.2; Bun and Steinke 2016, proposition 1.9, rounded up. A zCDP spend with delta above 0 is refused.
 *
 * @throws {TokumeiError} `TOKUMEI_COUNT_RANGE`, `TOKUMEI_MEASURE`, and for a spend out of range as `composeSpends`.
 */
export function groupSpend(spend: Spend, size: number): Spend {
  const k = checkCount(size, 'groupSpend');
  checkSpends([spend], 'groupSpend');
  if (spend.measure === 'zcdp') {
    if (spend.delta > 0) throw new TokumeiError('TOKUMEI_MEASURE', { where: 'groupSpend', message: 'has no rule for approximate zCDP: convert to epsilon and delta first' });
    return { measure: 'zcdp', rho: sumUp([[spend.rho, BigInt(k) * BigInt(k)]]), delta: 0 };
  }
  const epsilon = sumUp([[spend.epsilon, BigInt(k)]]);
  if (spend.delta === 0 || k === 1) return spendOf(epsilon, spend.delta);
  // exp((k - 1) epsilon) (1 - exp(-k epsilon)) / (1 - exp(-epsilon)): no infinity is divided by another.
  const factor = spend.epsilon === 0 ? k : (Math.exp((k - 1) * spend.epsilon) * Math.expm1(-k * spend.epsilon)) / Math.expm1(-spend.epsilon);
  return spendOf(epsilon, Math.min(1, roundUp(spend.delta * factor)));
}

/** Epsilon, or rho. */
export function mainOf(spend: Spend): number {
  return spend.measure === 'zcdp' ? spend.rho : spend.epsilon;
}

/** All in one measure, and each in range: a spend below 0 would make the others free. */
function checkSpends(spends: readonly Spend[], where: string): void {
  checkOneMeasure(spends, where);
  for (const spend of spends) {
    if (spend.measure === 'zcdp') checkRhoFrom0(spend.rho, where);
    else checkEpsilonFrom0(spend.epsilon, where);
    // Sums of deltas end at 1, which promises nothing and stays a spend.
    if (spend.delta !== 1) checkDeltaFrom0(spend.delta, where);
  }
}

function checkOneMeasure(spends: readonly Spend[], where: string): void {
  const zcdp = spends.filter((spend) => spend.measure === 'zcdp').length;
  if (zcdp !== 0 && zcdp !== spends.length) {
    throw new TokumeiError('TOKUMEI_MEASURE', { where, message: 'adds within one measure: convert epsilon to rho with spendAsZcdp, or rho to epsilon with spendAsApproximate' });
  }
}

function weightedSum(terms: readonly (readonly [Spend, bigint])[], where: string): Spend {
  const spends = terms.map(([spend]) => spend);
  checkSpends(spends, where);
  const main = sumUp(terms.map(([spend, count]) => [mainOf(spend), count]));
  const delta = Math.min(1, sumUp(terms.map(([spend, count]) => [spend.delta, count])));
  return spends[0]?.measure === 'zcdp' ? { measure: 'zcdp', rho: main, delta } : spendOf(main, delta);
}

function sumUp(terms: readonly (readonly [number, bigint])[]): number {
  let sum = 0n;
  for (const [x, count] of terms) sum += doubleInSmallestUnits(x) * count;
  return rationalToDouble({ numerator: sum, denominator: 1n << 1074n }, 'up');
}
