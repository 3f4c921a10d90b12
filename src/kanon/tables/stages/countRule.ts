import { checkInteger, checkOneOf } from '../../../core/checks.js';
import type { ThresholdRule } from '../primary/threshold.js';
import { CELL_COSTS, type CellCost } from './tableOptions.js';

/** The rules of tables of counts. There is no default `k`. */
export interface CountRuleOptions {
  /** The smallest number of distinct units that is published: at least 2, and at least 3 where zeros are. */
  readonly k: number;
  /**
   * Whether nobody is published as 0. Default `'suppressed'`: nobody and few look the same. With `'published'` a reader sees where
   * nobody is; the parts of a total below `k` are withheld all the same.
   */
  readonly zeros?: 'suppressed' | 'published';
  /**
   * How wide a withheld count must stay for a reader who knows all that is published. Default `'range'`: every count that the
   * rule withholds (1 to k - 1) stays possible. A number: the largest possible count less the smallest is at least that.
   */
  readonly protect?: 'range' | number;
  /** Which cells rather go to protect others. Default `'logarithm'`: few cells, small ones first. */
  readonly cost?: CellCost;
}

export interface CountRule extends ThresholdRule {
  readonly cost: CellCost;
}

/** @throws {TokumeiError} `TOKUMEI_K_RANGE`, `TOKUMEI_ZEROS`, `TOKUMEI_PROTECT`, `TOKUMEI_CELL_COST` */
export function checkCountRule(where: string, o: CountRuleOptions): CountRule {
  const zeros = checkOneOf(o.zeros ?? 'suppressed', where, 'zeros', 'TOKUMEI_ZEROS', ['suppressed', 'published']);
  const k = checkInteger(o.k, where, 'k', 'TOKUMEI_K_RANGE', zeros === 'published' ? 3 : 2);
  const protect = o.protect === undefined || o.protect === 'range' ? 'range' : checkInteger(o.protect, where, 'protect', 'TOKUMEI_PROTECT', 1, k - 1);
  const cost = checkOneOf(o.cost ?? 'logarithm', where, 'cost', 'TOKUMEI_CELL_COST', CELL_COSTS);
  return { k, zeros, protect, cost };
}
