import type { Layout } from '../layout/layout.js';
import { protectAll } from './improve.js';
import { LpSearch } from './lp/lpSearch.js';
import { neighbourhood } from './neighbours.js';
import type { Pattern } from './pattern.js';
import type { Requirement } from './requirements.js';

/** So many cells may have a linear program of their own; in larger tables than the second says only those for which boxes find nothing. */
const MOST_LOCAL = 100;
const LOCAL_CELLS = 20_000;

/**
 * Protects what is wanted, the hardest first; of what no move is found for, as much as can be had. Adds what is met to
 * `met` and returns the cells that could be worked out.
 */
export function protectOrNarrow(pattern: Pattern, todo: readonly Requirement[], efforts: readonly (readonly number[])[], met: Set<Requirement>, local: { readonly layout: Layout; readonly whole: boolean } | undefined): number[] {
  const { cost } = pattern.problem;
  const hardest = [...todo].sort((a, b) => b.need - a.need || a.cell - b.cell);
  const failed = new Set(protectAll(pattern, hardest, cost, efforts));
  const uncertain = new Set<number>();
  const meet = (requirement: Requirement): void => {
    met.add(requirement);
    uncertain.add(requirement.cell);
  };
  for (const requirement of hardest) if (!failed.has(requirement)) meet(requirement);
  // In large tables linear programs look at the neighbourhood alone, and in the largest only where boxes find nothing at all.
  const programs = (requirement: Requirement): Requirement | undefined => {
    if (local === undefined || tried++ >= MOST_LOCAL) return undefined;
    if (!local.whole) return pattern.narrow(requirement, cost, [new LpSearch(pattern.problem, pattern.withheld, 'sums', neighbourhood(local.layout, requirement.cell))]);
    if (whole === undefined) pattern.follow((whole = new LpSearch(pattern.problem, pattern.withheld)));
    return pattern.narrow(requirement, cost, [whole]);
  };
  let tried = 0;
  let whole: LpSearch | undefined;
  const thorough = local !== undefined && local.layout.cells <= LOCAL_CELLS;
  for (const requirement of failed) {
    const narrower = (thorough ? programs(requirement) : undefined) ?? pattern.narrow(requirement, cost, []) ?? (thorough ? undefined : programs(requirement));
    if (narrower !== undefined) meet(narrower);
  }
  return [...new Set(todo.map(({ cell }) => cell))].filter((cell) => !uncertain.has(cell));
}
