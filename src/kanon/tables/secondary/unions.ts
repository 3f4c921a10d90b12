import { protectAll } from './improve.js';
import type { Pattern } from './pattern.js';
import { remainders, type Parting } from './remainders.js';
import { unmoved } from './unmoved.js';
import { NOTHING, type Requirement } from './requirements.js';

/** How far a sum must stay uncertain: below its true value, above it, from end to end. */
export interface Uncertain {
  readonly down: number;
  readonly up: number;
  readonly slide: number;
}

/** When several withheld cells are together what none of them may be: few people, or nearly all one person's. */
export interface UnionRule extends Parting {
  /** Undefined where the cells together break no rule. */
  readonly need: (cells: readonly number[]) => Uncertain | undefined;
}

const MOST_ROUNDS = 6;

/**
 * Keeps the sum of withheld cells uncertain that follows by subtraction and breaks a rule: two towns of one and two people in which
 * nobody else can be are a group of three. Which sums follow depends on what is withheld, so it is asked again whenever that has changed.
 */
export class Unions {
  /** Sums whose interval is narrower than asked for. */
  narrowed = 0;
  private readonly pattern: Pattern;
  private readonly rule: UnionRule;
  /** Sums that are harmless or kept uncertain. */
  private readonly settled = new Set<string>();

  constructor(pattern: Pattern, rule: UnionRule) {
    this.pattern = pattern;
    this.rule = rule;
  }

  /** What follows, breaks a rule and is not kept uncertain yet. */
  open(met: ReadonlySet<Requirement>): readonly Requirement[] {
    const { pattern, rule, settled } = this;
    const open: Requirement[] = [];
    const seen = new Set<string>();
    for (const cells of [...remainders(pattern.problem.system, pattern.withheld, rule), ...unmoved(pattern, met, rule)]) {
      const id = cells.join();
      if (settled.has(id) || seen.has(id)) continue;
      seen.add(id);
      const need = rule.need(cells);
      const requirements = need === undefined ? [] : requirementsOn(cells, need);
      if (requirements.length === 0) settled.add(id);
      open.push(...requirements);
    }
    return open;
  }

  /** Adds what is met to `met` and returns cells of the sums that could be worked out. */
  keep(met: Set<Requirement>, efforts: readonly (readonly number[])[]): readonly number[] {
    const { pattern } = this;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const todo = this.open(met);
      if (todo.length === 0) return [];
      pattern.ask(todo);
      const failed = new Set(protectAll(pattern, todo, pattern.problem.cost, efforts));
      const uncertain = new Set<readonly number[]>();
      for (const requirement of todo) {
        const kept = failed.has(requirement) ? pattern.narrow(requirement, pattern.problem.cost, []) : requirement;
        if (kept !== requirement) this.narrowed++;
        if (kept === undefined) continue;
        met.add(kept);
        uncertain.add(requirement.together);
        this.settled.add(requirement.together.join());
      }
      const certain = todo.filter(({ together }) => !uncertain.has(together));
      if (certain.length > 0) return [...new Set(certain.flatMap(({ together }) => together))];
    }
    return this.open(met).flatMap(({ together }) => together);
  }
}

function requirementsOn(together: readonly number[], { down, up, slide }: Uncertain): Requirement[] {
  const base = { layer: 0, cell: together[0]!, knows: NOTHING, together };
  const list: Requirement[] = [];
  if (up > 0) list.push({ ...base, direction: 1, need: up });
  if (down > 0) list.push({ ...base, direction: -1, need: down });
  if (slide > up + down) list.push({ ...base, direction: 0, need: slide });
  return list;
}
