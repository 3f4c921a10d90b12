import { checkOneOf, checkOptions, checkPositive } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { roundUp } from '../../numeric/outward.js';
import { zcdpEpsilon } from '../accounting/zcdp.js';
import type { Slice } from './slice.js';
import type { Spend } from './spend.js';
import { runningTotal, type Ask } from './privacyFilter.js';
import { checkUnit } from './privacyBudget.js';

export interface OdometerOptions<Unit extends string> {
  readonly unit: Unit;
  /** In which measure the account is kept. */
  readonly measure: 'epsilon' | 'zcdp';
  /** In zCDP only: the rho of the first mark; the following marks double. About the cost of a usual day. */
  readonly start?: number;
  /** In zCDP only: the delta over all marks together. */
  readonly delta?: number;
}

/** An account without a limit, which says at any time what has been spent. */
export interface PrivacyOdometer<Unit extends string> {
  readonly unit: Unit;
  /** @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_MEASURE`. */
  take(name: string, ask: Ask): Slice<Unit>;
  /** The plain sums, rounded up. */
  spent(): Spend;
  /** A promise that holds whenever one stops, also when the releases themselves made one stop; see `privacyOdometer`. */
  reading(): { readonly epsilon: number; readonly delta: number };
}

/**
 * An account for a service that does not know beforehand how much it will release.
 *
 * A filter promises a total and stops there; an odometer never stops and says what the promise is by now. In epsilon the
 * reading is the sum: for any figures fixed beforehand, the outcomes at which it stays within them are protected by them.
 * In zCDP the reading is that of the first of the marks start, 2 start, 4 start … that was not passed, with mark f paid by
 * `6 delta / (pi^2 (f + 1)^2)`: all marks hold together up to delta (docs/proofs/composition.md; M. Lécuyer, "Practical
 * privacy filters and odometers with Rényi differential privacy" (2021)).
 *
 * @throws {TokumeiError} `TOKUMEI_UNIT`, `TOKUMEI_OPTIONS`, `TOKUMEI_RHO_RANGE`, `TOKUMEI_DELTA_RANGE`.
 * @example
 * const odometer = privacyOdometer({ unit: 'user', measure: 'epsilon' });
 * odometer.take('monday', { epsilon: 0.5 });
 * odometer.take('tuesday', { epsilon: 0.25 });
 * odometer.reading(); // => { epsilon: 0.75, delta: 0 }
 */
/* @__NO_SIDE_EFFECTS__ */
export function privacyOdometer<const Unit extends string>(options: OdometerOptions<Unit>): PrivacyOdometer<Unit> {
  const where = 'privacyOdometer';
  const unit = checkUnit(checkOptions(options, where), where);
  const zcdp = checkOneOf(options.measure, where, 'measure', 'TOKUMEI_OPTIONS', ['epsilon', 'zcdp']) === 'zcdp';
  const start = zcdp ? checkPositive(options.start, where, 'start', 'TOKUMEI_RHO_RANGE') : 0;
  const delta = zcdp ? checkPositive(options.delta, where, 'delta', 'TOKUMEI_DELTA_RANGE') : 0;
  if (delta >= 1) throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'above 0 and below 1', received: delta });
  const account = runningTotal(zcdp, where);
  return Object.freeze({
    unit,
    take: (name: string, ask: Ask): Slice<Unit> =>
      account.take(unit, name, ask, (_, deltaSpent) => {
        if (zcdp && deltaSpent > 0n) {
          throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, message: 'takes no delta in a zCDP account: its marks are proved for rho alone' });
        }
      }),
    spent: account.spent,
    reading: () => {
      const spent = account.spent();
      if (spent.measure !== 'zcdp') return { epsilon: spent.epsilon, delta: spent.delta };
      let mark = 0;
      let rho = start;
      while (rho < spent.rho) {
        rho *= 2;
        mark++;
      }
      const share = (6 * delta) / (Math.PI * (mark + 1)) ** 2;
      return { epsilon: roundUp(zcdpEpsilon({ rho, delta: share })), delta };
    },
  });
}
