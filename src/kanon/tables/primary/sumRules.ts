import { checkInteger, checkOneOf, readOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';

/**
 * When few contributors make up too much of a cell; X is its sum, x1 >= x2 >= … what each unit contributes to it.
 * - `dominance`, the (n, k) rule: x1 + … + xn reaches `percent` % of X.
 * - `p-percent`: the second largest can estimate the largest to within `p` %, X - x1 - x2 <= p/100 x1.
 * - `pq`: the same where everybody knows everybody to within `q` % beforehand, X - x1 - x2 <= p/q x1.
 */
export type Concentration =
  | { readonly rule: 'dominance'; readonly n: number; readonly percent: number }
  | { readonly rule: 'p-percent'; readonly p: number }
  | { readonly rule: 'pq'; readonly p: number; readonly q: number };

/** What the rules need to know of every cell. */
export interface Contributions {
  readonly sum: Float64Array;
  /** Contributing units. */
  readonly count: Float64Array;
  /** The largest contributions of each cell, `depth` of them side by side, the largest first. */
  readonly top: Float64Array;
  readonly depth: number;
}

/** How far from X a reader must still think the sum possible, after tau-ARGUS and the Handbook (table 4.4); 0 where the rule is kept. */
export function concentrationNeed(rule: Concentration, at: number, { sum, top, depth }: Contributions, boundary: 'sensitive' | 'allowed'): number {
  const x = sum[at]!;
  const [x1, x2] = [top[at * depth]!, top[at * depth + 1]!];
  let need: number;
  if (rule.rule === 'dominance') {
    let few = 0;
    for (let i = 0; i < rule.n; i++) few += top[at * depth + i]!;
    need = (100 / rule.percent) * few - x;
  } else {
    const share = rule.rule === 'p-percent' ? rule.p / 100 : rule.p / rule.q;
    need = share * x1 - (x - x1 - x2);
  }
  // A rounding error must not decide: what is within a billionth of the limit is on it.
  const slack = 1e-9 * Math.max(1, x);
  if (need > slack) return Math.max(1, Math.ceil(need));
  return boundary === 'sensitive' && need >= -slack && x > 0 ? 1 : 0;
}

/**
 * Why a cell is sensitive that breaks these rules, as SDMX's CL_CONF_STATUS has it: O one unit dominates, T two do and neither alone, G one or two (one alone
 * reaches the share of two, or rules on one and on two are both broken), M another measure of concentration.
 */
export function concentrationReason(broken: readonly Concentration[], at: number, { sum, top, depth }: Contributions): 'O' | 'T' | 'G' | 'M' {
  const shareOf = (n: number): number | undefined => broken.flatMap((rule) => (rule.rule === 'dominance' && rule.n === n ? [rule.percent] : [])).sort((a, b) => a - b)[0];
  const [one, two] = [shareOf(1), shareOf(2)];
  if (two === undefined) return one === undefined ? 'M' : 'O';
  return one !== undefined || 100 * top[at * depth]! >= two * sum[at]! ? 'G' : 'T';
}

/** How many of the largest contributions the rules look at. */
export const depthOf = (rules: readonly Concentration[]): number => rules.reduce((depth, rule) => Math.max(depth, rule.rule === 'dominance' ? rule.n : 2), 2);

const MEMBERS = { dominance: 'rule n percent', 'p-percent': 'rule p', pq: 'rule p q' } as const;

/** @throws {TokumeiError} `TOKUMEI_CONCENTRATION`; `TOKUMEI_OPTIONS` for a member that this rule has not */
export function checkConcentration(where: string, rules: unknown): readonly Concentration[] {
  const list: readonly unknown[] = rules === undefined ? [] : Array.isArray(rules) ? rules : [rules];
  const percent = (value: unknown, parameter: string, most: number): number => {
    if (typeof value === 'number' && value > 0 && value <= most) return value;
    throw new TokumeiError('TOKUMEI_CONCENTRATION', { where, parameter, expected: `above 0 and at most ${most}`, received: value });
  };
  return list.map((entry): Concentration => {
    const kind = checkOneOf(readOptions(entry as Concentration, where).rule, where, 'concentration.rule', 'TOKUMEI_CONCENTRATION', ['dominance', 'p-percent', 'pq']);
    const rule = readOptions(entry as Concentration, where, MEMBERS[kind]);
    switch (kind) {
      case 'dominance': {
        const { n, percent: share } = rule as Extract<Concentration, { rule: 'dominance' }>;
        return { rule: 'dominance', n: checkInteger(n, where, 'concentration.n', 'TOKUMEI_CONCENTRATION', 1, 10), percent: percent(share, 'concentration.percent', 100) };
      }
      case 'p-percent':
        return { rule: 'p-percent', p: percent((rule as { p: unknown }).p, 'concentration.p', 100) };
      case 'pq': {
        const { p, q } = rule as Extract<Concentration, { rule: 'pq' }>;
        const known = percent(q, 'concentration.q', 100);
        return { rule: 'pq', p: percent(p, 'concentration.p', known), q: known };
      }
    }
  });
}
