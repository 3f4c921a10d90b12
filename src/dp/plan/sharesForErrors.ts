import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { checkSpend, type BudgetOptions } from '../budget/privacyBudget.js';
import { epsilonFor, type ErrorTarget } from './choose.js';
import type { PlanQuery, PlanSpend } from './query.js';

/** A query without its spend, and the error that is wanted for it. */
export type TargetedQuery = Omit<PlanQuery, 'spend'> & { readonly target: ErrorTarget };

export interface SharesForErrors<Names extends string> {
  /** For `budget.split`. Where the budget is more than enough, what is not needed is left over. */
  readonly shares: { readonly [Name in Names]: { readonly epsilon: number; readonly delta: number } };
  /** The epsilon that each query needs for its target. */
  readonly needed: { readonly [Name in Names]: number };
  /** The needed epsilons by the budget's: at most 1 where all targets are met, else about how many times too wide intervals come out. */
  readonly stretch: number;
}

/**
 * Divides a budget by the errors that are wanted: each query gets the share that its target needs. Where the budget does
 * not reach, all are cut in proportion, so that every interval is too wide by about the same factor, the `stretch`.
 *
 * Delta goes in equal parts to the queries that need one: discovered keys and Gaussian noise. The budget is in epsilon.
 *
 * @throws {TokumeiError} as `plan`; `TOKUMEI_TARGET`, `TOKUMEI_MEASURE`.
 * @example
 * const budget = privacyBudget({ unit: 'user', epsilon: 1 });
 * const { shares, stretch } = sharesForErrors(budget, {
 *   chart: { aggregate: 'count-units', keys: 'public', groupsPerUnit: 5, target: { halfWidth: 30 } },
 *   total: { aggregate: 'count-units', keys: 'public', groupsPerUnit: 1, target: { halfWidth: 20 } },
 * });
 * const slices = budget.split(shares);
 * [stretch < 1, slices.chart.epsilon! > slices.total.epsilon!]; // => [true, true]
 */
export function sharesForErrors<const Q extends { readonly [name: string]: TargetedQuery }>(budget: PlanSpend, queries: Q): SharesForErrors<keyof Q & string> {
  const where = 'sharesForErrors';
  const { epsilon, delta } = checkOptions(budget, where);
  const whole = checkSpend({ unit: 'user', ...(epsilon === undefined ? {} : { epsilon }), ...(delta === undefined ? {} : { delta }) } as BudgetOptions<string>, where);
  if (whole.measure === 'zcdp' || budget.rho !== undefined) {
    throw new TokumeiError('TOKUMEI_MEASURE', { where, message: 'divides budgets in epsilon; this one is kept in rho' });
  }
  const names = Object.keys(checkOptions(queries, where)) as (keyof Q & string)[];
  if (names.length === 0) throw new TokumeiError('TOKUMEI_TARGET', { where, parameter: 'queries', expected: 'at least one named query', received: queries });
  const needsDelta = (name: keyof Q & string): boolean => (queries[name]?.keys === 'discover' && queries[name]?.aggregate !== 'bounds') || queries[name]?.noise === 'gaussian';
  const parts = names.filter(needsDelta).length;
  const deltaShare = (name: keyof Q & string): number => (needsDelta(name) ? 1 / parts : 0);
  const needed = names.map((name) => {
    const { target, ...query } = queries[name] as TargetedQuery;
    return epsilonFor(query, target, whole.delta * deltaShare(name));
  });
  const sum = needed.reduce((a, b) => a + b, 0);
  const stretch = sum / whole.epsilon;
  const entries = names.map((name, i) => [name, { epsilon: (needed[i] as number) / Math.max(sum, whole.epsilon), delta: deltaShare(name) }] as const);
  return {
    shares: Object.fromEntries(entries) as SharesForErrors<keyof Q & string>['shares'],
    needed: Object.fromEntries(names.map((name, i) => [name, needed[i] as number])) as SharesForErrors<keyof Q & string>['needed'],
    stretch,
  };
}
