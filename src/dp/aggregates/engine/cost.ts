import { TokumeiError } from '../../../core/errors.js';
import type { DifferentialPrivacy } from '../../../core/guarantee.js';
import { checkSpend, type BudgetOptions } from '../../budget/privacyBudget.js';
import type { Spend } from '../../budget/spend.js';

/** What an aggregate guarantees, for its result's guarantee. */
export type Cost = Pick<DifferentialPrivacy, 'measure' | 'epsilon' | 'delta' | 'rho'>;

/** The cost of a spend: without its delta where neither the noise nor the keys need one. */
export function costOf(spend: Spend, gaussian: boolean, discover: boolean): Cost {
  // Without a delta of its own zCDP promises no epsilon: rho says it, and `zcdpEpsilon` states it at a delta.
  if (spend.measure === 'zcdp') return { measure: 'zcdp', epsilon: Infinity, delta: discover ? spend.delta : 0, rho: spend.rho };
  const { epsilon, delta } = spend;
  return gaussian || discover ? { measure: 'approximate', epsilon, delta } : { measure: 'pure', epsilon, delta: 0 };
}

/** The spend behind a guarantee that was read back, for a verifier. @throws {TokumeiError} where its figures are out of range. */
export function spendOfGuarantee(where: string, { measure, epsilon, delta, rho }: Cost): Spend {
  return checkSpend((measure === 'zcdp' ? { unit: 'unit', rho, delta } : { unit: 'unit', epsilon, delta }) as BudgetOptions<string>, where);
}

/** @throws {TokumeiError} `TOKUMEI_DELTA_RANGE` for a delta that is smaller than any figure can be computed with. */
export function checkSpendRange(where: string, { delta }: Spend): void {
  if (delta === 0 || (delta >= 1e-300 && delta < 1)) return;
  throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: '0, or from 1e-300 to below 1', received: delta });
}

/** @throws {TokumeiError} `TOKUMEI_DELTA_NEEDED` where keys are to be discovered without a delta. */
export function needsDelta(where: string, { delta }: Spend): void {
  if (delta > 0) return;
  throw new TokumeiError('TOKUMEI_DELTA_NEEDED', {
    where,
    message: 'discovered keys need delta > 0: a key that only one unit has must stay hidden but for that probability. Give the budget a delta, or declare the keys with publicKeys([…])',
  });
}
