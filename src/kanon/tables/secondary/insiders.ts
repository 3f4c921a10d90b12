import type { Problem } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';
import { protectAll } from './improve.js';
import type { Pattern } from './pattern.js';
import { ALONE, type Requirement } from './requirements.js';

/** People who are alone in cells: each knows all of these cells, and their parts. */
export interface Insiders {
  /** Who is alone in a cell, as a number that is the same in all cells of that person; -1 for a cell of nobody or of several, or one that no table shows. */
  readonly sole: Int32Array;
  /** The layer with what such a person is taken to know of the other cells. */
  readonly insiderLayer: number;
  /** How far apart the values of a cell must stay that a person alone in another cell cannot exclude. */
  readonly insiderNeed: (cell: number) => number;
  /** 1 for cells that no table shows, where there are any: from who is alone elsewhere these are not kept. */
  readonly unseen?: Uint8Array | undefined;
}

const MOST_ROUNDS = 6;

/**
 * Makes sure that no cell is certain to somebody who is alone in another one, and returns the cells for which that failed.
 *
 * A witness that does not move a person's cells serves against that person as it does against everybody. First one is
 * looked for that moves nobody's, then one for each person who is left. Every round may bring witnesses that other
 * people could see through, so until there are none.
 */
export function keepInsidersOut(pattern: Pattern, met: Set<Requirement>, insiders: Insiders, efforts: readonly (readonly number[])[]): number[] {
  const people = new People(pattern.problem, insiders.sole);
  if (people.cells.size === 0) return [];
  let failed: Requirement[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const open = exposed(pattern, met, insiders, people);
    if (open.size === 0) return [];
    const left: Requirement[] = [];
    for (const [cell, whom] of open) {
      const base = { layer: insiders.insiderLayer, cell, direction: 0 as const, need: insiders.insiderNeed(cell), together: ALONE };
      const quiet: Requirement = { ...base, knows: people.cells };
      if (round === 0 && pattern.meets(quiet)) met.add(quiet);
      else for (const theirs of whom) left.push({ ...base, knows: theirs });
    }
    failed = protectAll(pattern, left, pattern.problem.cost, efforts);
    const missing = new Set(failed);
    for (const requirement of left) if (!missing.has(requirement)) met.add(requirement);
    if (failed.length > 0) break;
  }
  return [...new Set(failed.map(({ cell }) => cell))];
}

/** The cells whose witnesses all move something that one and the same person knows, with those people's cells. */
function exposed(pattern: Pattern, met: ReadonlySet<Requirement>, { unseen }: Insiders, people: People): Map<number, ReadonlySet<number>[]> {
  const supports = new Map<number, Int32Array[]>();
  for (const requirement of met) {
    // What moves a sum of several cells may leave each of them as it is.
    if (unseen?.[requirement.cell] === 1 || requirement.together.length > 0) continue;
    for (const { cells } of pattern.witnessesOf(requirement)) {
      const list = supports.get(requirement.cell);
      if (list === undefined) supports.set(requirement.cell, [cells]);
      else list.push(cells);
    }
  }
  const open = new Map<number, ReadonlySet<number>[]>();
  // Bit j: the cell is moved by witness j of the cell at hand.
  const movedBy = new Int32Array(pattern.problem.role.length);
  for (const [cell, all] of supports) {
    const moved = all.length > 31 ? all.slice(0, 31) : all;
    for (let j = 0; j < moved.length; j++) {
      const cells = moved[j]!;
      for (let i = 0; i < cells.length; i++) movedBy[cells[i]!]! |= 1 << j;
    }
    const every = (2 ** moved.length - 1) | 0;
    const whom: ReadonlySet<number>[] = [];
    for (const person of people.whoKnow(moved[0]!)) {
      const theirs = people.known(person);
      let seen = 0;
      for (const other of theirs) seen |= movedBy[other]!;
      if (seen === every && !theirs.has(cell)) whom.push(theirs);
    }
    if (whom.length > 0) open.set(cell, whom);
    for (const cells of moved) for (let i = 0; i < cells.length; i++) movedBy[cells[i]!] = 0;
  }
  return open;
}

/** Who knows which cells. */
class People {
  /** The cells in which somebody is alone. */
  readonly cells: ReadonlySet<number>;
  private readonly byPerson = new Map<number, number[]>();
  private readonly found = new Map<number, ReadonlySet<number>>();
  private readonly problem: Problem;
  private readonly sole: Int32Array;

  constructor(problem: Problem, sole: Int32Array) {
    this.problem = problem;
    this.sole = sole;
    const cells = new Set<number>();
    sole.forEach((person, cell) => {
      if (person < 0) return;
      cells.add(cell);
      const list = this.byPerson.get(person);
      if (list === undefined) this.byPerson.set(person, [cell]);
      else list.push(cell);
    });
    this.cells = cells;
  }

  /** Every cell in which the person is alone, and all that is part of one: there is nobody else there. */
  known(person: number): ReadonlySet<number> {
    let own = this.found.get(person);
    if (own === undefined) this.found.set(person, (own = closed(this.problem.system, this.byPerson.get(person) ?? [], -1, () => true)));
    return own;
  }

  /** Those who know one of these cells or more, and perhaps others: who is alone in one, or in what one that is empty, or shown in no table, is part of. */
  whoKnow(cells: Iterable<number>): ReadonlySet<number> {
    const { system, layers } = this.problem;
    const people = new Set<number>();
    for (const cell of closed(system, cells, 1, (at) => this.sole[at]! < 0 && layers[0]!.value[at]! <= 1)) {
      if (this.sole[cell]! >= 0) people.add(this.sole[cell]!);
    }
    return people;
  }
}

/** Cells with all that is part of them (-1) or that they are part of (1), going on from those that `goesOn` names. */
function closed(system: LinearSystem, from: Iterable<number>, sign: 1 | -1, goesOn: (cell: number) => boolean): Set<number> {
  const all = new Set(from);
  // A set walked over takes what is added meanwhile as well.
  for (const cell of all) {
    if (!goesOn(cell)) continue;
    for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
      if (system.cellSign[t] !== sign) continue;
      const r = system.cellRelation[t]!;
      for (let i = system.start[r]!; i < system.start[r + 1]!; i++) if (system.sign[i] === -sign) all.add(system.cell[i]!);
    }
  }
  return all;
}
