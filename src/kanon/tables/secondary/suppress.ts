import type { Layout } from '../layout/layout.js';
import type { Problem } from '../layout/problem.js';
import { improve, protectAll, prune } from './improve.js';
import { LpSearch, lpSize } from './lp/lpSearch.js';
import { Pattern } from './pattern.js';
import { requirementsOf, type Requirement } from './requirements.js';
import { limitByRules } from './rulesAlone.js';
import { LP_EFFORT } from './search.js';
import { TensorSearch } from './tensor/tensorSearch.js';
import { shows, type Witness } from './witness.js';

/** Up to so many entries of a tableau linear programs serve for checking, for finding, and for improving throughout. */
const CHECK_ENTRIES = 2_000_000;
const FIND_ENTRIES = 400_000;
const IMPROVE_ENTRIES = 100_000;
/** Linked tables have no boxes, so linear programs have to do up to here. */
const LINKED_ENTRIES = 12_000_000;
/** In boxes looked at: about a second. */
const IMPROVE_WORK = 1_500_000;
const PRUNE_WORK = 10_000_000;
/** With more secondary cells a round of improvement would take longer than it brings. */
const MOST_IMPROVED = 2000;

export interface Proof {
  readonly requirement: Requirement;
  readonly witnesses: readonly Witness[];
}

export interface Suppression {
  /** 1 where the cell is not published. */
  readonly withheld: Uint8Array;
  /** What is met, each with the witnesses that show it. */
  readonly proofs: readonly Proof[];
  /** Primary cells whose interval is narrower than asked for because the rules alone leave no more. */
  readonly limited: readonly number[];
  /** Primary cells whose interval is narrower than asked for because no better move was found. */
  readonly narrowed: readonly number[];
  /** Primary cells for which nothing was found at all: an attacker might work them out. */
  readonly determined: readonly number[];
}

/** Whether {@link suppress} can take a table that has no layout of its own. */
export const isLinkable = (problem: Problem): boolean => lpSize(problem) <= LINKED_ENTRIES;

/**
 * Chooses the cells that are withheld to protect others, so that every requirement is met, and few of them.
 *
 * Moves are found as boxes (any size) and by linear programs (small tables); then cells that turn out not to be needed
 * are published again, and where time allows parts of the pattern are undone and made anew. What counts as met is
 * shown by whole-numbered witnesses alone.
 */
export function suppress(problem: Problem, layout: Layout | undefined): Suppression {
  const entries = layout === undefined ? 0 : lpSize(problem);
  const asked = requirementsOf(problem);
  const possible = entries <= CHECK_ENTRIES ? limitByRules(problem, asked) : asked;
  const pattern = new Pattern(problem);
  const boxes = layout === undefined ? [] : [new TensorSearch(problem, layout, pattern.withheld)];
  pattern.use(entries <= CHECK_ENTRIES ? [...boxes, new LpSearch(problem, pattern.withheld)] : boxes);
  const efforts = entries <= FIND_ENTRIES ? [[0], [1], [2], [LP_EFFORT]] : [[0], [1], [2]];
  const met = protectOrNarrow(pattern, possible, efforts);
  prune(pattern, byUse(pattern), PRUNE_WORK);
  if (pattern.secondary().length <= MOST_IMPROVED) {
    improve(pattern, IMPROVE_WORK, 60, [layout === undefined ? LP_EFFORT : 0]);
    if (entries <= IMPROVE_ENTRIES) improve(pattern, IMPROVE_WORK, 15, [0, LP_EFFORT]);
  }
  const [want, could, got] = [needs(asked), needs(possible), needs(met)];
  const cells = [...want.keys()];
  return {
    withheld: pattern.withheld,
    proofs: met.map((requirement) => ({ requirement, witnesses: pattern.witnessesOf(requirement) })),
    limited: cells.filter((cell) => (could.get(cell) ?? 0) < want.get(cell)!),
    narrowed: cells.filter((cell) => (got.get(cell) ?? 0) < (could.get(cell) ?? 0)),
    determined: cells.filter((cell) => (got.get(cell) ?? 0) === 0),
  };
}

/** All that is asked for each cell, both directions together. */
function needs(requirements: readonly Requirement[]): Map<number, number> {
  const sum = new Map<number, number>();
  for (const { cell, need } of requirements) sum.set(cell, (sum.get(cell) ?? 0) + need);
  return sum;
}

/**
 * Protects what is wanted, the hardest first. What no move is found for is asked for in smaller and smaller part, and
 * in the end only that the cell has two possible values.
 */
function protectOrNarrow(pattern: Pattern, possible: readonly Requirement[], efforts: readonly (readonly number[])[]): Requirement[] {
  const price = pattern.problem.cost;
  const wanted = possible.filter(({ need }) => need > 0);
  const met = new Set(wanted);
  const hardest = [...wanted].sort((a, b) => b.need - a.need || a.cell - b.cell);
  let failed = protectAll(pattern, hardest, price, efforts);
  while (failed.length > 0) {
    const narrower: Requirement[] = [];
    for (const requirement of failed) {
      met.delete(requirement);
      if (requirement.need > 1) narrower.push({ ...requirement, need: Math.min(requirement.need - 1, Math.floor(requirement.need * 0.9)) });
    }
    failed = protectAll(pattern, narrower, price, efforts.slice(-2));
    for (const requirement of narrower) met.add(requirement);
  }
  const got = needs([...met]);
  const bare = new Map(possible.filter(({ cell }) => !got.has(cell)).map((requirement) => [requirement.cell, requirement]));
  const last = [...bare.values()].map((requirement): Requirement => ({ ...requirement, direction: 0, need: 1 }));
  const hopeless = new Set(protectAll(pattern, last, price, [...efforts, [LP_EFFORT + 1]]));
  for (const requirement of last) if (!hopeless.has(requirement)) met.add(requirement);
  return [...met];
}

/** Cells that few requirements need come first: they are the likeliest to turn out not to be needed. */
const byUse = (pattern: Pattern): number[] => pattern.secondary().sort((a, b) => pattern.usersOf(a) - pattern.usersOf(b) || b - a);

/** Whether what {@link suppress} says of its result is so, by the definition of a witness alone. */
export function isProven(problem: Problem, { withheld, proofs }: Suppression): boolean {
  return proofs.every(({ requirement, witnesses }) => shows(problem, withheld, requirement, witnesses));
}
