import { OPEN, type Problem } from '../layout/problem.js';
import { LpSearch } from './lp/lpSearch.js';
import type { Requirement } from './requirements.js';

/**
 * How much of each requirement the rules themselves leave: what an attacker could still not exclude if every number
 * were withheld. No pattern can do better, so no more is asked for. Where a part and its total are both small, for
 * example, the part is at most the total.
 */
export function limitByRules(problem: Problem, requirements: readonly Requirement[]): Requirement[] {
  const everything = Uint8Array.from(problem.role, (role) => (role === OPEN || role === 1 || role === 3 ? 1 : 0));
  const search = new LpSearch(problem, everything);
  const reach = (requirement: Requirement, direction: 1 | -1, need: number): number => {
    const { layer, cell, knows } = requirement;
    return Math.floor(search.furthest({ layer, cell, direction, need, knows }) + 1e-6);
  };
  return requirements.map((requirement) => {
    const { direction, need } = requirement;
    if (direction !== 0) return { ...requirement, need: reach(requirement, direction, need) };
    const up = reach(requirement, 1, need);
    return { ...requirement, need: up >= need ? need : Math.min(need, up + reach(requirement, -1, need)) };
  });
}
