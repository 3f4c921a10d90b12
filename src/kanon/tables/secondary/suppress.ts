import type { Layout } from '../layout/layout.js';
import type { Problem } from '../layout/problem.js';
import { byUse, improve, prune, publishUnneeded } from './improve.js';
import { keepInsidersOut, type Insiders } from './insiders.js';
import { LpSearch, lpSize } from './lp/lpSearch.js';
import { Pattern } from './pattern.js';
import { protectOrNarrow } from './protectOrNarrow.js';
import { NOTHING, requirementsOf, type Requirement } from './requirements.js';
import { LP_EFFORT, type Search } from './search.js';
import { TensorSearch } from './tensor/tensorSearch.js';
import { Unions, type UnionRule } from './unions.js';
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

export interface Proof {
  readonly requirement: Requirement;
  readonly witnesses: readonly Witness[];
}

/** What to do where cells could be worked out whatever else is withheld, and who knows cells of their own. */
export interface Rules extends Insiders {
  /** Withholds something more around these cells and returns what; nothing where there is no more. */
  readonly giveWay: (cells: readonly number[], round: number) => readonly number[];
  /** What several withheld cells may not be together. */
  readonly unions: UnionRule;
}

export interface Suppression {
  /** 1 where the cell is not published. */
  readonly withheld: Uint8Array;
  /** What is met, each with the witnesses that show it. */
  readonly proofs: readonly Proof[];
  /** Primary cells whose interval is narrower than asked for because nothing wider was found. */
  readonly narrowed: readonly number[];
  /** Sums of several cells of which the same holds. */
  readonly narrowedUnions: number;
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
  const unions = new Unions(pattern, rules.unions);
  const more = [...efforts, [2]];
  const giveWay = (cells: readonly number[], round: number): boolean => {
    const hidden = round < MOST_ROUNDS ? rules.giveWay(cells, round) : [];
    for (const cell of hidden) pattern.withhold(cell);
    pattern.use(searches(small));
    return hidden.length > 0;
  };
  const wanted = new Map<number, number>();
  let todo = requirementsOf(problem);
  pattern.use(searches(small));
  for (let round = 0; ; round++) {
    pattern.ask(todo);
    for (const { cell, need } of todo) if (need >= 1) wanted.set(cell, (wanted.get(cell) ?? 0) + need);
    const certain = protectOrNarrow(pattern, todo, efforts, met, small ? undefined : { layout, whole: rules.unseen !== undefined && size <= WHOLE_ENTRIES });
    const seenThrough = certain.length > 0 ? certain : keepInsidersOut(pattern, met, rules, more);
    if (seenThrough.length === 0) break;
    if (!giveWay(seenThrough, round)) return everything(problem);
    const again = new Set(certain);
    todo = requirementsOf(problem).filter(({ cell }) => again.has(cell));
    for (const cell of again) wanted.delete(cell);
  }
  prune(pattern, byUse(pattern), PRUNE_WORK);
  if (pattern.secondary().length <= MOST_IMPROVED && small) {
    improve(pattern, IMPROVE_WORK, 20, [0]);
    if (size <= IMPROVE_ENTRIES) improve(pattern, IMPROVE_WORK, 15, [0, LP_EFFORT]);
  }
  // Sums of several cells last: which of them follow depends on all that is withheld. What is published again may make others follow.
  for (let round = 0; ; round++) {
    const insiders = keepInsidersOut(pattern, met, rules, more);
    const seenThrough = insiders.length > 0 ? insiders : unions.keep(met, more);
    if (seenThrough.length > 0) {
      if (!giveWay(seenThrough, round)) return everything(problem);
      continue;
    }
    if (round === MOST_ROUNDS) return everything(problem);
    if (round === 0 && small) {
      // Other witnesses may take the place of those that nobody sees through.
      prune(pattern, byUse(pattern), PRUNE_WORK);
      continue;
    }
    publishUnneeded(pattern, met);
    if (unions.open(met).length === 0) break;
  }
  const proofs = [...met].map((requirement) => ({ requirement, witnesses: pattern.witnessesOf(requirement) }));
  const got = new Map<number, number>();
  for (const { cell, need, knows, together } of met) if (knows === NOTHING && together.length === 0) got.set(cell, (got.get(cell) ?? 0) + need);
  const result = { withheld: pattern.withheld, proofs, narrowed: [...wanted.keys()].filter((cell) => (got.get(cell) ?? 0) < wanted.get(cell)!), narrowedUnions: unions.narrowed, nothingLeft: false };
  return isProven(problem, result) && [...wanted.keys()].every((cell) => (got.get(cell) ?? 0) >= 1) ? result : everything(problem);
}

const everything = (problem: Problem): Suppression => ({ withheld: new Uint8Array(problem.role.length).fill(1), proofs: [], narrowed: [], narrowedUnions: 0, nothingLeft: true });

/** Whether what {@link suppress} says of its result is so, by the definition of a witness alone. */
export function isProven(problem: Problem, { withheld, proofs }: Pick<Suppression, 'withheld' | 'proofs'>): boolean {
  const check = new WitnessCheck(problem, withheld);
  return proofs.every(({ requirement, witnesses }) => check.shows(requirement, witnesses));
}
