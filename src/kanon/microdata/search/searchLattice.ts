import { pacer, type LongCall } from '../../../core/progress.js';
import type { ClassModel, TableModel } from '../models/model.js';
import { BranchAndBound } from './branchAndBound.js';
import { Checker } from './checker.js';
import type { Summary } from './finding.js';
import type { Objective } from './objectives/objective.js';
import type { Ties } from './inTurn.js';
import { summarize } from './summarize.js';
import type { SearchTable } from './searchTable.js';

export interface LatticeSearch extends LongCall {
  readonly classModels: readonly ClassModel[];
  readonly tableModels: readonly TableModel[];
  readonly objective: Objective;
  /** How many rows may be suppressed. */
  readonly limit: number;
  /** Which of equally large classes rules on the table suppress first. */
  readonly ties?: Ties;
  readonly low: Uint8Array;
  readonly high: Uint8Array;
  /** Stop after so many looks, and hand out the best so far with a bound. Default: no limit, but 20,000 above ten million nodes. */
  readonly nodeBudget?: number;
}

export interface LatticeResult {
  readonly node: Uint8Array;
  readonly score: number;
  readonly scorePerAttribute: readonly number[] | undefined;
  readonly summary: Summary;
  /** No node is better than this: equal to the score where the search was finished. */
  readonly bound: number;
  readonly provenOptimal: boolean;
  /** Nodes looked at, and entries read for it. */
  readonly looks: number;
  readonly reads: number;
}

/** Above so many nodes a search stops after `LARGE_BUDGET` looks, and says that it is not proven optimal. */
const LARGE = 10_000_000;
const LARGE_BUDGET = 20_000;

export function nodesBetween(low: Uint8Array, high: Uint8Array): number {
  let nodes = 1;
  for (let a = 0; a < low.length; a++) nodes *= high[a]! - low[a]! + 1;
  return nodes;
}

/** Finds the best node. Undefined: no node keeps within the limit (or none was found within the budget). */
export async function searchLattice(given: SearchTable, options: LatticeSearch): Promise<LatticeResult | undefined> {
  const { objective, limit, low, high } = options;
  // What is too large to be searched through is searched for a good node first, and then for a bound.
  const widely = nodesBetween(low, high) > LARGE;
  const nodeBudget = options.nodeBudget ?? (widely ? LARGE_BUDGET : Infinity);
  // Only rules on the table put classes in an order.
  const table = options.tableModels.length > 0 ? given : { ...given, base: { ...given.base, firstRow: undefined } };
  const pace = pacer(options);
  const checker = new Checker(table, options.classModels, options.tableModels, objective, limit, options.ties);
  const search = new BranchAndBound(checker);
  let finished = true;
  for (const _ of search.run(Uint8Array.from(low), Uint8Array.from(high), widely)) {
    if (checker.looks >= nodeBudget) {
      finished = false;
      break;
    }
    const turn = pace(checker.looks);
    if (turn !== undefined) await turn;
  }
  const { best } = checker;
  if (best === undefined) return undefined;
  const { looks, reads, scores: { values } } = checker;
  const summary = summarize(checker, best.node);
  // The answer is worked out once more on all rows, apart from the search: what it does not confirm is not handed out.
  if (checker.best === undefined || summary.suppressedRows > limit) throw new Error('the search found a node that a full check does not confirm: please report this');
  const report = (score: Float64Array): number => (objective.kind === 'attributes' ? objective.report(score, values) : score[0]!);
  const bound = finished ? best.score : search.openBound(best.score);
  return {
    node: best.node,
    score: report(best.score),
    scorePerAttribute: objective.kind === 'attributes' ? [...values] : undefined,
    summary,
    bound: report(bound),
    provenOptimal: finished,
    looks,
    reads,
  };
}
