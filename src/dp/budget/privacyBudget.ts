import { checkOptions, checkPositive } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { makeBudget, type Budget } from './slice.js';
import { spendOf, type Spend } from './spend.js';

interface PerUnit<Unit extends string> {
  /** The privacy unit: what one release protects. The same word as at the door: `personal(rows, { unit: 'user', … })`. */
  readonly unit: Unit;
}

export type BudgetOptions<Unit extends string> =
  | (PerUnit<Unit> & {
      /** Above 0. */
      readonly epsilon: number;
      /** From 0 (pure differential privacy; the same as leaving it out) to below 1. */
      readonly delta?: number;
      readonly rho?: never;
    })
  | (PerUnit<Unit> & {
      /** Above 0: the account is kept in zero-concentrated differential privacy. */
      readonly rho: number;
      /** What the selection of keys may spend besides (approximate zCDP); 0 when left out. */
      readonly delta?: number;
      readonly epsilon?: never;
    });

/**
 * What all releases paid from it may cost one privacy unit.
 *
 * Use it once per plan, before any data is read: spend it whole (`spend: budget`), or split it into named slices and
 * give one to each aggregate. Adding or removing everything of one unit then changes the odds of everything that the
 * slices paid for, taken together, by at most `exp(epsilon)`, up to probability `delta`.
 *
 * There is no default for epsilon, delta or rho: how much one person may lose is a decision, not a setting.
 * This budget knows of no other budget; without a ledger a manifest says `cumulative: not tracked`.
 *
 * OpenDP: the `d_out` of an adaptive composition. Google: `BudgetAccountant`. In zCDP, `rho` as in Bun and Steinke 2016.
 *
 * @throws {TokumeiError} `TOKUMEI_UNIT`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_OPTIONS`.
 * @example
 * const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 0.75, totals: 0.25 });
 * budget.chart.epsilon; // => 0.75
 */
/* @__NO_SIDE_EFFECTS__ */
export function privacyBudget<const Unit extends string>(options: BudgetOptions<Unit>): Budget<Unit> {
  return makeBudget(checkUnit(options, 'privacyBudget'), checkSpend(options, 'privacyBudget'));
}

/** The unit of checked options. */
export function checkUnit<Unit extends string>(options: { readonly unit: Unit }, where: string): Unit {
  const { unit } = checkOptions(options, where);
  if (typeof unit === 'string' && unit.length > 0) return unit;
  throw new TokumeiError('TOKUMEI_UNIT', { where, parameter: 'unit', expected: "a name such as 'user'", received: unit });
}

/** The numbers of the options as a spend. A ledger uses it before it makes the budget. */
export function checkSpend(options: BudgetOptions<string>, where: string): Spend {
  const { epsilon, rho } = checkOptions(options, where);
  if (epsilon !== undefined && rho !== undefined) {
    throw new TokumeiError('TOKUMEI_OPTIONS', { where, message: 'takes epsilon or rho, not both: one account is kept in one measure' });
  }
  const delta = checkDelta(options.delta === undefined ? 0 : options.delta, where);
  if (rho !== undefined) return { measure: 'zcdp', rho: checkPositive(rho, where, 'rho', 'TOKUMEI_RHO_RANGE'), delta };
  return spendOf(checkPositive(epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE'), delta);
}

function checkDelta(delta: unknown, where: string): number {
  if (typeof delta === 'number' && delta >= 0 && delta < 1) return delta + 0;
  throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'from 0 to below 1', received: delta });
}
