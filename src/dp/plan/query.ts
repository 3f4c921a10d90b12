import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { checkSpend, type BudgetOptions } from '../budget/privacyBudget.js';
import { gridFor } from '../aggregates/engine/grid.js';
import { checkBounds, checkChoices } from '../aggregates/engine/options.js';
import type { Spend } from '../budget/spend.js';

/** An aggregate as the caller will ask for it; nothing in it comes from private data. */
export interface PlanQuery {
  /** What is measured for each key: distinct units, rows, or a sum of values. */
  readonly aggregate: 'count-units' | 'count-rows' | 'sum';
  /** `'discover'`; or declared keys: `'public'`, how many there are, or `publicKeys([…])` itself. */
  readonly keys: 'discover' | 'public' | number | { readonly keys: readonly unknown[] };
  /** At most this many keys of one unit count (L0). */
  readonly groupsPerUnit: number;
  /** For `count-rows`: at most this many rows of one unit and key count. */
  readonly rowsPerGroup?: number;
  /** For `sum`: the total of one unit and key is clamped to this range … */
  readonly lower?: number;
  readonly upper?: number;
  /** … and rounded to multiples of this; a fine power of two when left out, as in `dpSum`. */
  readonly step?: number;
  /** For discovered keys of `count-rows` and `sum`: the share of the budget that selects them, as the aggregates take it. */
  readonly keysShare?: number;
  /** A slice or a budget (it is read, not spent), or its numbers. */
  readonly spend: PlanSpend;
  /** The noise's law; left out: whichever has the smaller standard deviation. */
  readonly noise?: 'laplace' | 'gaussian';
  /** The privacy unit's name in sentences; that of the slice, or `user`. */
  readonly unit?: string;
}

export interface PlanSpend {
  readonly epsilon?: number;
  readonly rho?: number;
  readonly delta?: number;
  readonly unit?: string;
}

/** A query whose numbers have been checked. */
export interface CheckedQuery {
  readonly aggregate: PlanQuery['aggregate'];
  readonly discover: boolean;
  /** How many keys one unit moves at most. */
  readonly l0: number;
  /** By how many steps at most. */
  readonly linf: number;
  readonly step: number;
  readonly groupsPerUnit: number;
  readonly spend: Spend;
  readonly law: 'laplace' | 'gaussian' | undefined;
  readonly keysShare: number;
  readonly unit: string;
}

export function checkQuery(query: PlanQuery, where: string): CheckedQuery {
  const o = checkOptions(query, where);
  const aggregate = checkOneOf(o.aggregate, where, 'aggregate', 'TOKUMEI_AGGREGATE', ['count-units', 'count-rows', 'sum']);
  const discover = o.keys === 'discover';
  const groupsPerUnit = checkInteger(o.groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 1e6);
  const { linf, step } = reach(o, aggregate, where);
  const { unit = 'user', epsilon, rho, delta } = checkOptions(o.spend, where);
  const numbers = { unit: 'user', ...(epsilon === undefined ? {} : { epsilon }), ...(rho === undefined ? {} : { rho }), ...(delta === undefined ? {} : { delta }) };
  const spend = checkSpend(numbers as BudgetOptions<string>, where);
  const law = o.noise === undefined ? undefined : checkOneOf(o.noise, where, 'noise', 'TOKUMEI_NOISE', ['laplace', 'gaussian']);
  if ((discover || law === 'gaussian') && spend.delta === 0 && !(law === 'gaussian' && spend.measure === 'zcdp' && !discover)) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', { where, message: 'discovered keys and Gaussian noise need delta > 0: give the budget a delta, or declare the keys and take Laplace noise' });
  }
  const declared = declaredKeys(o.keys, where);
  return { aggregate, discover, l0: Math.min(groupsPerUnit, declared), linf, step, groupsPerUnit, spend, law, keysShare: checkChoices(where, o).keysShare, unit: o.unit ?? unit };
}

/** By how many steps one unit moves the value of one key. */
function reach(o: PlanQuery, aggregate: PlanQuery['aggregate'], where: string): { readonly linf: number; readonly step: number } {
  if (aggregate === 'count-units') return { linf: 1, step: 1 };
  if (aggregate === 'count-rows') return { linf: checkInteger(o.rowsPerGroup, where, 'rowsPerGroup', 'TOKUMEI_ROWS_PER_GROUP', 1, 2 ** 31), step: 1 };
  const { lower, upper } = checkBounds(where, o.lower, o.upper);
  const { step, each } = gridFor(where, lower, upper, o.step);
  return { linf: each, step };
}

function declaredKeys(keys: PlanQuery['keys'], where: string): number {
  if (keys === 'discover' || keys === 'public') return Infinity;
  if (typeof keys === 'number') return checkInteger(keys, where, 'keys', 'TOKUMEI_KEYS', 1);
  if (typeof keys === 'object' && keys !== null && Array.isArray(keys.keys) && keys.keys.length > 0) return keys.keys.length;
  throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: "'discover', 'public', a number of keys, or publicKeys([…])", received: keys });
}
