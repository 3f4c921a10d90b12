import { HIDDEN, OPEN, PRIMARY, type Problem } from '../layout/problem.js';
import type { Requirement } from './requirements.js';
import { startsOf, waysTo } from './ways.js';
import type { Search } from './search.js';
import { changeFor, mirrored, WitnessCheck, type Witness } from './witness.js';

/**
 * Which cells are withheld, and for each requirement the witnesses that show it is met. Whatever finds a witness, it
 * counts only after {@link shows} has checked it in whole numbers.
 */
export class Pattern {
  readonly problem: Problem;
  /** 1 where the cell is not published. */
  readonly withheld: Uint8Array;
  private readonly check: WitnessCheck;
  private searches: readonly Search[] = [];
  private readonly followers: Search[] = [];
  private readonly witnesses = new Map<Requirement, readonly Witness[]>();
  /** Which requirements have, or once had, a witness that needs a secondary cell. */
  private readonly users: (Requirement[] | undefined)[];

  /** What is asked for each cell: a witness found for one may serve another. */
  private readonly asked: (Requirement[] | undefined)[];

  constructor(problem: Problem) {
    this.problem = problem;
    this.withheld = Uint8Array.from(problem.role, (role) => (role === PRIMARY || role === HIDDEN ? 1 : 0));
    this.check = new WitnessCheck(problem, this.withheld);
    const cells = problem.role.length;
    this.asked = new Array<undefined>(cells).fill(undefined);
    this.users = new Array<undefined>(cells).fill(undefined);
  }

  /** Tells of requirements, so that each witness is tried on all of them. */
  ask(requirements: Iterable<Requirement>): void {
    for (const requirement of requirements) {
      for (const cell of requirement.together.length === 0 ? [requirement.cell] : requirement.together) (this.asked[cell] ??= []).push(requirement);
    }
  }

  /** From now on looks for witnesses with these, in this order. */
  use(searches: readonly Search[]): void {
    this.searches = searches;
  }

  /** Keeps a search told of what is withheld, for {@link narrow} to be helped by it. */
  follow(search: Search): void {
    this.followers.push(search);
  }

  private changed(cell: number): void {
    for (const search of this.searches) search.changed(cell);
    for (const search of this.followers) search.changed(cell);
  }

  get work(): number {
    return this.searches.reduce((sum, { work }) => sum + work, 0);
  }

  /** The cells withheld to protect others, in the order of the table. */
  secondary(): number[] {
    const cells: number[] = [];
    for (let cell = 0; cell < this.withheld.length; cell++) if (this.withheld[cell] === 1 && this.problem.role[cell] === OPEN) cells.push(cell);
    return cells;
  }

  withhold(cell: number): void {
    this.withheld[cell] = 1;
    this.changed(cell);
  }

  /** Returns the requirements that were shown with this cell's help; they have to be shown anew. */
  publish(cell: number): readonly Requirement[] {
    this.withheld[cell] = 0;
    this.changed(cell);
    const shaken = [...new Set(this.users[cell])].filter((requirement) => !this.isShown(requirement));
    this.users[cell] = shaken;
    return shaken;
  }

  /** At most so many requirements need the cell. */
  usersOf(cell: number): number {
    return this.users[cell]?.length ?? 0;
  }

  witnessesOf(requirement: Requirement): readonly Witness[] {
    return this.witnesses.get(requirement) ?? [];
  }

  /** The pattern with its witnesses, to come back to. */
  snapshot(): Snapshot {
    return { secondary: this.secondary(), witnesses: new Map(this.witnesses) };
  }

  restore({ secondary, witnesses }: Snapshot): void {
    const keep = new Set(secondary);
    for (const cell of this.secondary()) if (!keep.has(cell)) this.publish(cell);
    for (const cell of secondary) if (this.withheld[cell] === 0) this.withhold(cell);
    for (const [requirement, known] of witnesses) if (this.witnesses.get(requirement) !== known) this.remember(requirement, known);
  }

  isShown(requirement: Requirement): boolean {
    const known = this.witnesses.get(requirement);
    if (known === undefined) return false;
    // Asked more often than anything else, hence loops.
    for (const { cells } of known) for (let i = 0; i < cells.length; i++) if (this.withheld[cells[i]!] === 0) return false;
    return true;
  }

  /** Whether the pattern as it is meets the requirement. */
  meets(requirement: Requirement): boolean {
    if (this.isShown(requirement) || this.meetsByKnown(requirement)) return true;
    for (const search of this.searches) {
      const found = waysTo(requirement, this.problem, (wanted) => search.closed(wanted));
      if (found.some((witnesses) => this.prove(requirement, witnesses))) return true;
    }
    return false;
  }

  /** Whether what shows something of one of several cells shows what is asked of their sum. */
  private meetsByKnown(requirement: Requirement): boolean {
    for (const cell of requirement.together) {
      for (const other of this.asked[cell] ?? []) {
        if (other.layer !== requirement.layer || other === requirement || !this.isShown(other)) continue;
        for (const witness of this.witnessesOf(other)) if (this.prove(requirement, [witness]) || this.prove(requirement, [mirrored(witness)])) return true;
      }
    }
    return false;
  }

  /** Withholds what a cheap move needs that meets the requirement: the cheapest of all that is found with these efforts. */
  protect(requirement: Requirement, price: Float64Array, efforts: readonly number[]): boolean {
    const ways: { readonly cost: number; readonly witnesses: readonly Witness[] }[] = [];
    for (const effort of efforts) {
      for (const search of this.searches) {
        for (const witnesses of waysTo(requirement, this.problem, (wanted) => search.open(wanted, price, effort))) {
          ways.push({ cost: this.costOf(witnesses, price), witnesses });
        }
      }
    }
    return ways.sort((a, b) => a.cost - b.cost).some(({ witnesses }) => this.take(requirement, witnesses));
  }

  /** Withholds what witnesses need, where they then are right. */
  private take(requirement: Requirement, witnesses: readonly Witness[]): boolean {
    const taken: number[] = [];
    for (const { cells } of witnesses) {
      for (const cell of cells) {
        if (this.withheld[cell] === 1) continue;
        this.withhold(cell);
        taken.push(cell);
      }
    }
    if (this.prove(requirement, witnesses)) return true;
    for (const cell of taken) this.publish(cell);
    return false;
  }

  /** Meets as much of a requirement as can be met at all, with the help of more searches, and returns that much of it. */
  narrow(requirement: Requirement, price: Float64Array, more: readonly Search[]): Requirement | undefined {
    const ways: { readonly reach: number; readonly found: Witness }[] = [];
    for (const direction of requirement.direction === 0 ? ([1, -1] as const) : [requirement.direction]) {
      for (const start of startsOf(requirement, this.problem, direction)) {
        for (const search of [...this.searches, ...more]) {
          const found = search.furthest({ ...requirement, ...start, direction }, price);
          if (found !== undefined) ways.push({ reach: Math.abs(changeFor(found, requirement)), found });
        }
      }
    }
    for (const { reach, found } of ways.sort((a, b) => b.reach - a.reach)) {
      const narrower = { ...requirement, need: Math.min(requirement.need, reach) };
      if (this.take(narrower, [found])) return narrower;
    }
    return undefined;
  }

  private costOf(witnesses: readonly Witness[], price: Float64Array): number {
    let cost = 0;
    const counted = new Set<number>();
    for (const { cells } of witnesses) {
      for (const cell of cells) {
        if (this.withheld[cell] === 1 || counted.has(cell)) continue;
        counted.add(cell);
        cost += price[cell]!;
      }
    }
    return cost;
  }

  /** Remembers witnesses where they are right. */
  prove(requirement: Requirement, witnesses: readonly Witness[]): boolean {
    if (!this.check.shows(requirement, witnesses)) return false;
    this.remember(requirement, witnesses);
    for (const witness of witnesses) {
      if (requirement.knows.size > 0) continue;
      this.share(requirement.layer, witness, true);
      this.share(requirement.layer, mirrored(witness), undefined);
    }
    return true;
  }

  /** Tries a witness on everything that is still open of the cells it moves. Whether it is one at all is looked at once. */
  private share(layer: number, witness: Witness, known: boolean | undefined): void {
    let possible = known;
    for (let i = 0; i < witness.cells.length; i++) {
      const change = witness.changes[i]!;
      for (const other of this.asked[witness.cells[i]!] ?? []) {
        const moved = other.together.length === 0 ? change : changeFor(witness, other);
        const far = other.direction === 0 ? Math.abs(moved) : moved * other.direction;
        if (other.layer !== layer || far < other.need || this.isShown(other)) continue;
        possible ??= this.check.isPossible(this.problem.layers[layer]!, witness);
        if (!possible) return;
        if (this.check.reaches(other, [witness])) this.remember(other, [witness]);
      }
    }
  }

  private remember(requirement: Requirement, witnesses: readonly Witness[]): void {
    const { role } = this.problem;
    this.witnesses.set(requirement, witnesses);
    for (const { cells } of witnesses) {
      for (const cell of cells) if (role[cell] === OPEN) (this.users[cell] ??= []).push(requirement);
    }
  }
}

export interface Snapshot {
  readonly secondary: readonly number[];
  readonly witnesses: ReadonlyMap<Requirement, readonly Witness[]>;
}
