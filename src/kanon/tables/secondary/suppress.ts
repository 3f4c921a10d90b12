import type { Layout } from '../layout/layout.js';
import type { Problem } from '../layout/problem.js';
import { improve, protectAll, prune } from './improve.js';
import { keepInsidersOut, type Insiders } from './insiders.js';
import { LpSearch, lpSize } from './lp/lpSearch.js';
import { Pattern } from './pattern.js';
import { NOTHING, requirementsOf, type Requirement } from './requirements.js';
import { neighbourhood } from './neighbours.js';
import { LP_EFFORT, type Search } from './search.js';
import { TensorSearch } from './tensor/tensorSearch.js';
import { WitnessCheck, type Witness } from './witness.js';

/** Up to so many entries of a tableau linear programs serve for finding moves, and for improving throughout. */
const FIND_ENTRIES = 400_000;
const IMPROVE_ENTRIES = 40_000;
/**
 * Of linked tables, where most cells are seen in none, they look at the whole for a cell for which boxes find nothing, up to here;
 * above, and of single tables, at its neighbourhood: there the whole takes minutes and finds no more.
 */
const WHOLE_ENTRIES = 3_000_000;
/** In boxes looked at. */
const IMPROVE_WORK = 400_000;
const PRUNE_WORK = 4_000_000;
/** With more secondary cells a round of improvement would take longer than it brings. */
const MOST_IMPROVED = 2000;
const MOST_ROUNDS = 6;
/** So many cells may have a linear program of their own; in larger tables than the second says only those for which boxes find nothing. */
const MOST_LOCAL = 100;
const LOCAL_CELLS = 20_000;

export interface Proof {
  readonly requirement: Requirement;
  readonly witnesses: readonly Witness[];
}

/** What to do where cells could be worked out whatever else is withheld, and who knows cells of their own. */
export interface Rules extends Insiders {
  /** Withholds something more around these cells and returns what; nothing where there is no more. */
  readonly giveWay: (cells: readonly number[], round: number) => readonly number[];
}

export interface Suppression {
  /** 1 where the cell is not published. */
  readonly withheld: Uint8Array;
  /** What is met, each with the witnesses that show it. */
  readonly proofs: readonly Proof[];
  /** Primary cells whose interval is narrower than asked for because nothing wider was found. */
  readonly narrowed: readonly number[];
  /** True where cells could be worked out unless everything is withheld. */
  readonly nothingLeft: boolean;
}

/**
 * Chooses the cells that are withheld to protect others, so that every requirement is met, and few of them.
 *
 * Moves are found as boxes (any size) and by linear programs (small tables); then cells that turn out not to be needed
 * are published again, and where time allows parts of the pattern are undone and made anew. What counts as met is
 * shown by whole-numbered witnesses alone; where one is missing at the end, nothing is published.
 */
export function suppress(problem: Problem, layout: Layout, rules: Rules): Suppression {
  const pattern = new Pattern(problem);
  const size = lpSize(problem);
  const small = size <= FIND_ENTRIES;
  const searches = (programs: boolean): readonly Search[] => {
    const boxes = [new TensorSearch(problem, layout, pattern.withheld)];
    if (layout.overlapping >= 0) boxes.unshift(new TensorSearch(problem, layout, pattern.withheld, layout.overlapping));
    if (!programs) return boxes;
    const free = problem.system.union.includes(1) ? [new LpSearch(problem, pattern.withheld, 'ignored')] : [];
    return [...boxes, ...free, new LpSearch(problem, pattern.withheld)];
  };
  const efforts = small ? [[0], [1], [2], [LP_EFFORT]] : [[0], [1]];
  const met = new Set<Requirement>();
  const wanted = new Map<number, number>();
  let todo = requirementsOf(problem);
  for (let round = 0; ; round++) {
    pattern.use(searches(small));
    pattern.ask(todo);
    for (const { cell, need } of todo) if (need >= 1) wanted.set(cell, (wanted.get(cell) ?? 0) + need);
    const certain = protectOrNarrow(pattern, todo, efforts, met, small ? undefined : { layout, whole: rules.unseen !== undefined && size <= WHOLE_ENTRIES });
    const seenThrough = certain.length > 0 ? certain : keepInsidersOut(pattern, met, rules, [...efforts, [2]]);
    if (seenThrough.length === 0) break;
    const hidden = round < MOST_ROUNDS ? rules.giveWay(seenThrough, round) : [];
    if (hidden.length === 0) return everything(problem);
    for (const cell of hidden) pattern.withhold(cell);
    const again = new Set(certain);
    todo = requirementsOf(problem).filter(({ cell }) => again.has(cell));
    for (const cell of again) wanted.delete(cell);
  }
  prune(pattern, byUse(pattern), PRUNE_WORK);
  if (pattern.secondary().length <= MOST_IMPROVED && small) {
    improve(pattern, IMPROVE_WORK, 20, [0]);
    if (size <= IMPROVE_ENTRIES) improve(pattern, IMPROVE_WORK, 15, [0, LP_EFFORT]);
  }
  if (keepInsidersOut(pattern, met, rules, [...efforts, [2]]).length > 0) return everything(problem);
  const needed = new Uint8Array(problem.role.length);
  for (const requirement of met) for (const { cells } of pattern.witnessesOf(requirement)) for (let i = 0; i < cells.length; i++) needed[cells[i]!] = 1;
  for (const cell of pattern.secondary()) if (needed[cell] === 0) pattern.publish(cell);
  const proofs = [...met].map((requirement) => ({ requirement, witnesses: pattern.witnessesOf(requirement) }));
  const got = new Map<number, number>();
  for (const { cell, need, knows } of met) if (knows === NOTHING) got.set(cell, (got.get(cell) ?? 0) + need);
  const result = { withheld: pattern.withheld, proofs, narrowed: [...wanted.keys()].filter((cell) => (got.get(cell) ?? 0) < wanted.get(cell)!), nothingLeft: false };
  return isProven(problem, result) && [...wanted.keys()].every((cell) => (got.get(cell) ?? 0) >= 1) ? result : everything(problem);
}

const everything = (problem: Problem): Suppression => ({ withheld: new Uint8Array(problem.role.length).fill(1), proofs: [], narrowed: [], nothingLeft: true });

/**
 * Protects what is wanted, the hardest first; of what no move is found for, as much as can be had. Adds what is met to
 * `met` and returns the cells that could be worked out.
 */
function protectOrNarrow(pattern: Pattern, todo: readonly Requirement[], efforts: readonly (readonly number[])[], met: Set<Requirement>, local: { readonly layout: Layout; readonly whole: boolean } | undefined): number[] {
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

/** Cells that few requirements need come first: they are the likeliest to turn out not to be needed. */
const byUse = (pattern: Pattern): number[] => pattern.secondary().sort((a, b) => pattern.usersOf(a) - pattern.usersOf(b) || b - a);

/** Whether what {@link suppress} says of its result is so, by the definition of a witness alone. */
export function isProven(problem: Problem, { withheld, proofs }: Pick<Suppression, 'withheld' | 'proofs'>): boolean {
  const check = new WitnessCheck(problem, withheld);
  return proofs.every(({ requirement, witnesses }) => check.shows(requirement, witnesses));
}
