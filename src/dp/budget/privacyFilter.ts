import { TokumeiError } from '../../core/errors.js';
import { doubleInSmallestUnits } from '../../numeric/doubles.js';
import { rationalToDouble } from '../../numeric/rational.js';
import { checkSpend, checkUnit, type BudgetOptions } from './privacyBudget.js';
import { makeSlice, type Slice } from './slice.js';
import type { Spend } from './spend.js';

/** What one release asks for: epsilon (and delta), or rho (and delta) where the account is kept in zCDP. */
export type Ask = { readonly epsilon: number; readonly delta?: number; readonly rho?: never } | { readonly rho: number; readonly delta?: number; readonly epsilon?: never };

/** An account that gives out slices of any size, one after the other, until a total is reached. */
export interface PrivacyFilter<Unit extends string> {
  readonly unit: Unit;
  /**
   * A slice of this size, or an error when the total would be passed; nothing is taken then.
   *
   * In a zCDP account pure epsilon is charged as `epsilon^2 / 2`, and the slice is still one of pure epsilon.
   *
   * @throws {TokumeiError} `TOKUMEI_BUDGET_EXHAUSTED`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_MEASURE`.
   */
  take(name: string, ask: Ask): Slice<Unit>;
  /** What has been given out, rounded up. */
  spent(): Spend;
}

/**
 * An account for releases that are chosen as one goes, each after seeing the ones before, in number and size.
 *
 * Whatever is chosen, all that its slices pay for is within the total: basic composition in epsilon and delta (Rogers,
 * Roth, Ullman and Vadhan 2016), and in (approximate) zCDP (Whitehouse, Ramdas, Rogers and Wu 2023, theorem 1; Feldman
 * and Zrnic 2021). Where all is planned beforehand, `privacyBudget(…).split(…)` says the same and shows it at once.
 *
 * OpenDP: `make_fully_adaptive_composition` with a filter. The caller's duty: one filter per unit and total, kept for as
 * long as the total is meant to hold; it lives in memory only.
 *
 * @throws {TokumeiError} as `privacyBudget`.
 * @example
 * const filter = privacyFilter({ unit: 'user', epsilon: 1 });
 * filter.take('chart', { epsilon: 0.75 }).epsilon; // => 0.75
 * filter.spent(); // => { measure: 'pure', epsilon: 0.75, delta: 0 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function privacyFilter<const Unit extends string>(options: BudgetOptions<Unit>): PrivacyFilter<Unit> {
  const unit = checkUnit(options, 'privacyFilter');
  const total = checkSpend(options, 'privacyFilter');
  const account = runningTotal(total.measure === 'zcdp', 'privacyFilter');
  const limit = doubleInSmallestUnits(total.measure === 'zcdp' ? total.rho : total.epsilon);
  const deltaLimit = doubleInSmallestUnits(total.delta);
  return Object.freeze({
    unit,
    take: (name: string, ask: Ask): Slice<Unit> =>
      account.take(unit, name, ask, (main, delta) => {
        if (main > limit || delta > deltaLimit) {
          throw new TokumeiError('TOKUMEI_BUDGET_EXHAUSTED', { where: 'privacyFilter', message: 'the rest of the total does not cover this release; nothing was taken' });
        }
      }),
    spent: account.spent,
  });
}

/** The exact sums behind filters and odometers. `allow` refuses by throwing, before anything is taken. */
export interface RunningTotal {
  take<Unit extends string>(unit: Unit, name: string, ask: Ask, allow: (main: bigint, delta: bigint) => void): Slice<Unit>;
  spent(): Spend;
}

export function runningTotal(zcdp: boolean, where: string): RunningTotal {
  let main = 0n;
  let delta = 0n;
  return {
    take: (unit, name, ask, allow) => {
      if (typeof name !== 'string' || name === '') throw new TokumeiError('TOKUMEI_OPTIONS', { where, parameter: 'name', expected: 'a name', received: name });
      const spend = checkSpend({ ...ask, unit } as BudgetOptions<string>, where);
      const nextMain = main + doubleInSmallestUnits(charge(spend, zcdp, where));
      const nextDelta = delta + doubleInSmallestUnits(spend.delta);
      allow(nextMain, nextDelta);
      main = nextMain;
      delta = nextDelta;
      return makeSlice(unit, name, spend);
    },
    spent: () => {
      const [m, d] = [toDouble(main), Math.min(1, toDouble(delta))];
      if (zcdp) return { measure: 'zcdp', rho: m, delta: d };
      return d === 0 ? { measure: 'pure', epsilon: m, delta: 0 } : { measure: 'approximate', epsilon: m, delta: d };
    },
  };
}

function charge(spend: Spend, zcdp: boolean, where: string): number {
  if (spend.measure === 'zcdp' && zcdp) return spend.rho;
  if (spend.measure === 'pure' && zcdp) return (spend.epsilon * spend.epsilon * (1 + 2 ** -30)) / 2;
  if (spend.measure !== 'zcdp' && !zcdp) return spend.epsilon;
  throw new TokumeiError('TOKUMEI_MEASURE', {
    where,
    message: zcdp ? 'this account is kept in zCDP: ask for rho, or for epsilon without delta' : 'this account is kept in epsilon and delta: ask for epsilon',
  });
}

function toDouble(units: bigint): number {
  return rationalToDouble({ numerator: units, denominator: 1n << 1074n }, 'up');
}
