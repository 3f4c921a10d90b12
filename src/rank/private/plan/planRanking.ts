import { checkInteger, checkOneOf, checkOptions, checkPositive } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { RANK_TARGETS } from '../../intervals/target.js';
import { PROPOSERS } from './proposals.js';
import { STRATEGIES, type Proposal, type RankingInputs, type RankingPlan, type RankingStrategy } from './types.js';

type Available = Extract<Proposal, { readonly plan: unknown }>;

/**
 * Chooses how a private ranking is made, and says why and how well. Reads public figures, never data.
 *
 * `rankGroups` does this by itself; call it to see before any data is read what a budget gives, or to compare budgets and
 * bounds. Of the strategies that the inputs allow, the one is taken whose published order resolves the smallest difference of
 * counts: by the noise of the counts where counts are shown, by the law of the choice where names are. The same inputs give
 * the same plan and the same words.
 *
 * A bound (`groupsPerUnit`) is needed for undeclared keys with counts; everything else has a strategy without one. A bound
 * that is far from cutting anybody is worth giving: capped counts win below about 2 sqrt(top) groups (epsilon 1, delta 1e-6).
 *
 * @throws {TokumeiError} `TOKUMEI_PLAN` when no strategy fits, with what each one lacks; `TOKUMEI_TOP`, `TOKUMEI_SHOW`,
 * `TOKUMEI_KEYS`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_RANK_TARGET`, `TOKUMEI_COUNTS_SHARE`, `TOKUMEI_STRATEGY`.
 * @example
 * const plan = planRanking({ epsilon: 1, delta: 1e-6, top: 20, show: 'names', keys: 500 });
 * [plan.strategy, plan.selection?.mechanism]; // => ['select', 'exponential']
 */
export function planRanking(inputs: RankingInputs, where = 'planRanking'): RankingPlan {
  const checked = checkInputs(inputs, where);
  const proposals = STRATEGIES.map((strategy) => [strategy, propose(strategy, checked)] as const);
  const fitting = proposals.filter((entry): entry is readonly [RankingStrategy, Available] => 'plan' in entry[1] && fits(entry[0], entry[1], checked));
  const best = fitting.reduce<readonly [RankingStrategy, Available] | undefined>((least, entry) => (least === undefined || comparedBy(entry[1]) < comparedBy(least[1]) ? entry : least), undefined);
  if (best === undefined) refuse(checked, proposals, where);
  return { ...best[1].plan, why: explain(best, fitting, checked) };
}

/** A budget may be too small for one strategy and not for another. */
function propose(strategy: RankingStrategy, inputs: RankingInputs): Proposal {
  try {
    return PROPOSERS[strategy](inputs);
  } catch (error) {
    if (error instanceof TokumeiError && TOO_SMALL.has(error.code)) return { unavailable: 'needs noise beyond any scale: the budget is too small for it' };
    throw error;
  }
}

const TOO_SMALL: ReadonlySet<string> = /* @__PURE__ */ new Set(['TOKUMEI_NOISE_SCALE', 'TOKUMEI_RHO_RANGE', 'TOKUMEI_EPSILON_RANGE']);

const comparedBy = ({ orderGap, handicap }: Available): number => orderGap * handicap;

function fits(strategy: RankingStrategy, { plan }: Available, { target, strategy: wanted }: RankingInputs): boolean {
  if (wanted !== undefined && wanted !== strategy) return false;
  // Every interval speaks of the published items among themselves, too.
  return target === undefined || target === plan.target || target === 'published-items';
}

const inWords = ({ orderGap, handicap }: Available): string => `${size(orderGap)}${handicap === 1 ? '' : ` (times ${handicap}, for what its bound may cut)`}`;

function explain([strategy, best]: readonly [RankingStrategy, Available], fitting: readonly (readonly [RankingStrategy, Available])[], inputs: RankingInputs): string {
  if (inputs.strategy !== undefined) return `${strategy}, as asked for; it resolves ${size(best.plan.gap)}`;
  const others = fitting.filter(([other]) => other !== strategy).map(([other, proposal]) => `${other} ${inWords(proposal)}`);
  const chosen = `${strategy}: its order resolves counts that differ by about ${inWords(best)}`;
  const condition = inputs.target === undefined ? '' : ` (intervals for ${inputs.target})`;
  return others.length === 0 ? `${chosen}; no other strategy fits${condition}` : `${chosen}, of the strategies that fit${condition} the least: ${others.join(', ')}`;
}

/** Three significant digits: the words of a plan are read by people. */
const size = (gap: number): string => String(Number(gap.toPrecision(3)));

function refuse(inputs: RankingInputs, proposals: readonly (readonly [RankingStrategy, Proposal])[], where: string): never {
  if (inputs.keys === 'discover' && inputs.delta === 0) {
    throw new TokumeiError('TOKUMEI_DELTA_NEEDED', { where, message: "discovered keys need delta > 0: a key that only one unit has must stay hidden but for that probability. Give the budget a delta, or declare the keys with publicKeys([…])" });
  }
  if (inputs.keys === 'discover' && inputs.groupsPerUnit === undefined && inputs.show === 'counts') {
    throw new TokumeiError('TOKUMEI_GROUPS_PER_UNIT', { where, parameter: 'groupsPerUnit', expected: "given for discovered keys with counts (names alone, show: 'names', need no bound)", received: undefined });
  }
  const lacks = proposals.map(([strategy, proposal]) => `${strategy} ${'plan' in proposal ? `gives intervals for ${proposal.plan.target}` : proposal.unavailable}`);
  throw new TokumeiError('TOKUMEI_PLAN', { where, message: `no strategy fits: ${lacks.join('; ')}` });
}

function checkInputs(inputs: RankingInputs, where: string): RankingInputs {
  const o = checkOptions(inputs, where);
  checkInteger(o.top, where, 'top', 'TOKUMEI_TOP', 1, 100_000);
  checkOneOf(o.show, where, 'show', 'TOKUMEI_SHOW', ['counts', 'names']);
  // Beyond, noise is laid out for promises that mean nothing, at a cost that means something.
  if (!(checkPositive(o.epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE') <= 1e6)) throw new TokumeiError('TOKUMEI_EPSILON_RANGE', { where, parameter: 'epsilon', expected: 'at most 1e6', received: o.epsilon });
  if (!(o.delta === 0 || (typeof o.delta === 'number' && o.delta >= 1e-300 && o.delta < 1))) throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: '0, or from 1e-300 to below 1', received: o.delta });
  if (o.keys !== 'discover') checkInteger(o.keys, where, 'keys', 'TOKUMEI_KEYS', 1, 2 ** 31 - 1);
  if (o.groupsPerUnit !== undefined) checkInteger(o.groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 2 ** 31 - 1);
  if (o.target !== undefined) checkOneOf(o.target, where, 'target', 'TOKUMEI_RANK_TARGET', RANK_TARGETS);
  if (o.strategy !== undefined) checkOneOf(o.strategy, where, 'strategy', 'TOKUMEI_STRATEGY', STRATEGIES);
  if (o.countsShare !== undefined && !(typeof o.countsShare === 'number' && o.countsShare >= 0.01 && o.countsShare <= 0.99)) {
    throw new TokumeiError('TOKUMEI_COUNTS_SHARE', { where, parameter: 'countsShare', expected: 'from 0.01 to 0.99', received: o.countsShare });
  }
  return o;
}
