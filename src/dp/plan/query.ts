import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { checkSpend, type BudgetOptions } from '../budget/privacyBudget.js';
import type { KeyRule } from '../aggregates/engine/keys.js';
import type { SpendChoices } from '../aggregates/engine/design.js';
import { checkChoices } from '../aggregates/engine/options.js';
import type { Spend } from '../budget/spend.js';

const AGGREGATES = ['count-units', 'count-rows', 'distinct', 'sum', 'vector-sum', 'mean', 'variance', 'quantiles', 'histogram', 'bounds'] as const;

/** An aggregate as the caller will ask for it; nothing in it comes from private data. */
export interface PlanQuery {
  /** What is measured for each key; `mean` is planned as `dpMean` does it, and so on. The fields' names are not needed. */
  readonly aggregate: (typeof AGGREGATES)[number];
  /** `'discover'`; or declared keys: `'public'`, how many there are, or `publicKeys([…])` itself. */
  readonly keys: 'discover' | 'public' | number | { readonly keys: readonly unknown[] };
  /** At most this many keys of one unit count (L0). */
  readonly groupsPerUnit: number;
  /** For `count-rows`, `mean`, `variance`, `quantiles` and `histogram`: at most this many rows of one unit and key count. */
  readonly rowsPerGroup?: number;
  /** For `distinct`: at most this many values of one unit and key count. */
  readonly valuesPerGroup?: number;
  /** For `sum`, the total of one unit and key is clamped to this range; for `mean` and `variance` values are; for `quantiles` and `histogram` it is cut into bins. */
  readonly lower?: number;
  readonly upper?: number;
  /** For `sum`: rounded to multiples of this; a fine power of two when left out, as in `dpSum`. */
  readonly step?: number;
  /** For `quantiles` and `histogram`: how many bins the range is cut into (256 when left out), or the edges in place of the range. */
  readonly bins?: number;
  readonly edges?: readonly number[];
  /** For `quantiles`: which; the median when left out. They move the expected error alone. */
  readonly ranks?: readonly number[];
  /** For `vector-sum`: the total of one unit and key is shortened to this length, in this norm. */
  readonly bound?: number;
  readonly norm?: 'l1' | 'l2';
  /** For `bounds`: magnitudes from 2^this to 2^that are told apart, and the share that may be cut off at each end. */
  readonly leastPower?: number;
  readonly largestPower?: number;
  readonly cut?: number;
  /** For discovered keys: the share of the budget that selects them, and by which rule, as the aggregates take them; `count-units` selects by its noisy counts without either. */
  readonly keysShare?: number;
  readonly keyRule?: KeyRule;
  /** For discovered keys: one that fewer units have is never shown. */
  readonly minUnits?: number;
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
  /** How many keys are declared; Infinity where it is not said. */
  readonly declared: number | 'discover';
  /** A copy of what was asked, for the checks of the aggregate's own. */
  readonly options: Omit<PlanQuery, 'spend'>;
  readonly groupsPerUnit: number;
  readonly spend: Spend;
  readonly choices: SpendChoices;
  readonly unit: string;
}

export function checkQuery(query: PlanQuery, where: string): CheckedQuery {
  const o = { ...checkOptions(query, where) };
  const aggregate = checkOneOf(o.aggregate, where, 'aggregate', 'TOKUMEI_AGGREGATE', AGGREGATES);
  // Bounds are of all keys together and name none.
  const discover = o.keys === 'discover' && aggregate !== 'bounds';
  const groupsPerUnit = checkInteger(o.groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 1e6);
  const { unit = 'user', epsilon, rho, delta } = checkOptions(o.spend, where);
  const numbers = { unit: 'user', ...(epsilon === undefined ? {} : { epsilon }), ...(rho === undefined ? {} : { rho }), ...(delta === undefined ? {} : { delta }) };
  const spend = checkSpend(numbers as BudgetOptions<string>, where);
  const choices = checkChoices(where, o, discover);
  const { law } = choices;
  if ((discover || law === 'gaussian') && spend.delta === 0 && !(law === 'gaussian' && spend.measure === 'zcdp' && !discover)) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', { where, message: 'discovered keys and Gaussian noise need delta > 0: give the budget a delta, or declare the keys and take Laplace noise' });
  }
  const keys = declaredKeys(o.keys, where);
  const declared = keys === 'discover' && !discover ? Infinity : keys;
  return { aggregate, discover, declared, options: o, groupsPerUnit, spend, choices, unit: o.unit ?? unit };
}

function declaredKeys(keys: PlanQuery['keys'], where: string): number | 'discover' {
  if (keys === 'discover') return keys;
  if (keys === 'public') return Infinity;
  if (typeof keys === 'number') return checkInteger(keys, where, 'keys', 'TOKUMEI_KEYS', 1);
  if (typeof keys === 'object' && keys !== null && Array.isArray(keys.keys) && keys.keys.length > 0) return keys.keys.length;
  throw new TokumeiError('TOKUMEI_KEYS', { where, parameter: 'keys', expected: "'discover', 'public', a number of keys, or publicKeys([…])", received: keys });
}
