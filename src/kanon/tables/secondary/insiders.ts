import { PRIMARY } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';
import { protectAll } from './improve.js';
import type { Pattern } from './pattern.js';
import type { Requirement } from './requirements.js';

/** People who are alone in a cell: they know that cell, its parts and whatever else holds nobody but them. */
export interface Insiders {
  /** 1 for a cell that holds one person only. */
  readonly alone: Uint8Array;
  /** The layer with what such a person is taken to know of the other cells. */
  readonly insiderLayer: number;
  /** How far apart the values of a cell must stay that a person alone in another cell cannot exclude. */
  readonly insiderNeed: (cell: number) => number;
  /** 1 for cells that no table shows, where there are any: who is alone in one does not know it, and from others these are not kept. */
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
  const { role, cost } = pattern.problem;
  const { alone } = insiders;
  const everybody = new Set<number>();
  for (let cell = 0; cell < role.length; cell++) if (alone[cell] === 1 && role[cell] === PRIMARY) everybody.add(cell);
  if (everybody.size === 0) return [];
  const own = new Map<number, ReadonlySet<number>>();
  let failed: Requirement[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const open = exposed(pattern, met, insiders, own);
    if (open.size === 0) return [];
    const left: Requirement[] = [];
    for (const [cell, people] of open) {
      const base = { layer: insiders.insiderLayer, cell, direction: 0 as const, need: insiders.insiderNeed(cell) };
      const quiet: Requirement = { ...base, knows: everybody };
      if (round === 0 && pattern.meets(quiet)) met.add(quiet);
      else for (const theirs of people) left.push({ ...base, knows: theirs });
    }
    failed = protectAll(pattern, left, cost, efforts);
    const missing = new Set(failed);
    for (const requirement of left) if (!missing.has(requirement)) met.add(requirement);
    if (failed.length > 0) break;
  }
  return [...new Set(failed.map(({ cell }) => cell))];
}

/** The cells whose witnesses all move something that one and the same person knows, with those people's cells. */
function exposed(pattern: Pattern, met: ReadonlySet<Requirement>, { alone, unseen }: Insiders, own: Map<number, ReadonlySet<number>>): Map<number, ReadonlySet<number>[]> {
  const { system, role } = pattern.problem;
  const supports = new Map<number, Int32Array[]>();
  for (const requirement of met) {
    if (unseen?.[requirement.cell] === 1) continue;
    for (const { cells } of pattern.witnessesOf(requirement)) {
      const list = supports.get(requirement.cell);
      if (list === undefined) supports.set(requirement.cell, [cells]);
      else list.push(cells);
    }
  }
  const open = new Map<number, ReadonlySet<number>[]>();
  // Bit j: the cell is moved by witness j of the cell at hand.
  const movedBy = new Int32Array(role.length);
  for (const [cell, all] of supports) {
    const moved = all.length > 31 ? all.slice(0, 31) : all;
    for (let j = 0; j < moved.length; j++) {
      const cells = moved[j]!;
      for (let i = 0; i < cells.length; i++) movedBy[cells[i]!]! |= 1 << j;
    }
    const every = (2 ** moved.length - 1) | 0;
    const people: ReadonlySet<number>[] = [];
    for (const person of moved[0]!) {
      if (person === cell || alone[person] !== 1 || role[person] !== PRIMARY) continue;
      let theirs = own.get(person);
      if (theirs === undefined) own.set(person, (theirs = ownCells(system, alone, person, role)));
      let seen = 0;
      for (const other of theirs) seen |= movedBy[other]!;
      if (seen === every && !theirs.has(cell)) people.push(theirs);
    }
    if (people.length > 0) open.set(cell, people);
    for (const cells of moved) for (let i = 0; i < cells.length; i++) movedBy[cells[i]!] = 0;
  }
  return open;
}

/** The cell, all that is part of it, and all above it that hold nobody else. */
function ownCells(system: LinearSystem, alone: Uint8Array, cell: number, role: Uint8Array): ReadonlySet<number> {
  const own = new Set<number>();
  const visit = (at: number, sign: number, then: (other: number) => void): void => {
    for (let t = system.cellStart[at]!; t < system.cellStart[at + 1]!; t++) {
      if (system.cellSign[t] !== sign) continue;
      const r = system.cellRelation[t]!;
      for (let i = system.start[r]!; i < system.start[r + 1]!; i++) if (system.sign[i] === -sign) then(system.cell[i]!);
    }
  };
  const down = (at: number): void => {
    if (own.has(at)) return;
    own.add(at);
    visit(at, -1, down);
  };
  const up = (at: number): void => {
    down(at);
    visit(at, 1, (total) => {
      if (alone[total] === 1 && role[total] === PRIMARY && !own.has(total)) up(total);
    });
  };
  up(cell);
  return own;
}
