import type { Layout } from '../layout/layout.js';
import { OPEN, SHOWN, type Problem } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';
import { applyThreshold, hideZeros, type ThresholdRule } from '../primary/threshold.js';
import { suppress, type Suppression } from './suppress.js';

const MOST_ROUNDS = 6;

export interface CountSuppression extends Suppression {
  readonly problem: Problem;
  /** True where so few people are in the table that nothing of it can be published. */
  readonly nothingLeft: boolean;
}

/**
 * Applies a threshold to a table of counts and protects what it withholds. Where cells could be worked out whatever
 * else is withheld (in tables of very few people the published zeros do that), the zeros next to them are withheld too;
 * where even that is not enough, the whole table.
 */
export function suppressCounts(system: LinearSystem, layout: Layout | undefined, counts: Float64Array, rule: ThresholdRule, cost: Float64Array): CountSuppression {
  const ruled = applyThreshold(system, counts, rule);
  const problem: Problem = { system, role: ruled.role, cost, layers: [ruled.layer] };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const result = suppress(problem, layout);
    if (result.determined.length === 0) return { ...result, problem, nothingLeft: false };
    if (hideZeros(system, ruled, neighbours(system, result.determined, round), rule.k) === 0 && round > 2) break;
  }
  const role = problem.role.map((r) => (r === OPEN || r === SHOWN ? OPEN : r));
  return { withheld: new Uint8Array(counts.length).fill(1), proofs: [], limited: [], narrowed: [], determined: [], problem: { ...problem, role }, nothingLeft: true };
}

/** The cells themselves, then those that share a relation with them, and so on. */
function neighbours(system: LinearSystem, cells: readonly number[], radius: number): readonly number[] {
  let all = new Set(cells);
  for (let step = 0; step < radius; step++) {
    const wider = new Set(all);
    for (const cell of all) {
      for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
        const r = system.cellRelation[t]!;
        for (let i = system.start[r]!; i < system.start[r + 1]!; i++) wider.add(system.cell[i]!);
      }
    }
    all = wider;
  }
  return [...all];
}
