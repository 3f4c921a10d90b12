import { TokumeiError } from '../../core/errors.js';
import { roundUp } from '../../numeric/outward.js';
import { spendOf, type Spend } from '../budget/spend.js';
import { checkDeltaAbove0 } from './checks.js';
import { zcdpEpsilon } from './zcdp.js';

/**
 * A spend in zCDP: `epsilon` alone is `epsilon^2 / 2`-zCDP (Bun and Steinke 2016, proposition 1.4).
 *
 * @throws {TokumeiError} `TOKUMEI_MEASURE` for epsilon with delta, which no zCDP covers.
 */
export function spendAsZcdp(spend: Spend): Spend {
  if (spend.measure === 'zcdp') return spend;
  if (spend.measure === 'pure') return { measure: 'zcdp', rho: roundUp((spend.epsilon * spend.epsilon) / 2), delta: 0 };
  throw new TokumeiError('TOKUMEI_MEASURE', { where: 'spendAsZcdp', message: 'epsilon with delta has no equivalent in zCDP: account for the mechanism itself in rho' });
}

/**
 * A spend in epsilon and delta. In zCDP, `delta` is added to what the spend has of its own, and the best known conversion
 * gives epsilon, rounded up; otherwise the spend is returned as it is.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_RANGE`.
 */
export function spendAsApproximate(spend: Spend, delta: number): Spend {
  if (spend.measure !== 'zcdp') return spend;
  const more = checkDeltaAbove0(delta, 'spendAsApproximate');
  return spendOf(roundUp(zcdpEpsilon({ rho: spend.rho, delta: more })), Math.min(1, roundUp(spend.delta + more)));
}

/**
 * The rho of a choice by the exponential mechanism (Gumbel noise) with parameter epsilon: `epsilon^2 / 8`, as for all
 * mechanisms of range epsilon. Permute-and-flip and report-noisy-max with other noise have no such range: `epsilon^2 / 2`.
 *
 * M. Cesar and R. Rogers, "Bounding, concentrating, and truncating" (2021), lemma 3.4, after Dong, Durfee and Rogers 2020.
 */
export function boundedRangeRho(epsilon: number): number {
  return roundUp((epsilon * epsilon) / 8);
}
