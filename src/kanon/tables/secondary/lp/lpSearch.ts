import { Simplex } from '../../attack/simplex.js';
import { SHOWN, type Problem } from '../../layout/problem.js';
import type { LinearSystem } from '../../layout/system.js';
import { jitter } from '../jitter.js';
import { LP_EFFORT, type Search, type Wanted } from '../search.js';
import { changeOf, wholeWitness, type Witness } from '../witness.js';
import { MoveFinder } from './moveFinder.js';

const TRIES = 8;
const CORNERS = 4;
/** A move need not be the very cheapest: the last percent of a price takes most of the time. */
const LEAST_GAIN = 0.01;
/** Stands for no limit in a linear program: far above any change that is asked for. */
const UNLIMITED = 1e7;
/** Above it rounding errors would matter: boxes have to do. */
const MOST_NEED = 1e6;

/**
 * Finds moves by linear programs over the whole table: all that exist over the reals, nearly all that are whole.
 * For tables of some hundred cells, linked or not, or for some hundred cells of larger ones.
 */
export class LpSearch implements Search {
  private readonly problem: Problem;
  private readonly withheld: Uint8Array;
  private readonly only: ReadonlySet<number> | undefined;
  private readonly cells: Int32Array;
  private readonly simplexes: readonly Simplex[];
  private readonly finders: readonly MoveFinder[];
  private readonly random: () => number = jitter();

  /** `only`: the cells that may change, all where left out. With `unions: 'ignored'` groups that share people move freely; what then is found still has to pass the check of a witness. */
  constructor(problem: Problem, withheld: Uint8Array, unions: 'sums' | 'ignored' = 'sums', only?: ReadonlySet<number>) {
    this.problem = problem;
    this.withheld = withheld;
    this.only = only;
    const { role, layers, system } = problem;
    this.cells = Int32Array.from([...role.keys()].filter((cell) => role[cell] !== SHOWN && (only === undefined || only.has(cell))));
    const relations = activeRelations(system, this.cells).filter((r) => unions === 'sums' || system.union[r] === 0);
    this.simplexes = layers.map(() => new Simplex(system, relations, this.cells.length));
    this.finders = layers.map(() => new MoveFinder(system, relations, this.cells));
    for (const cell of this.cells) if (withheld[cell] === 1) this.changed(cell);
  }

  get work(): number {
    // An entry of a tableau is changed about fifty times as fast as a box is looked at.
    return [...this.simplexes, ...this.finders].reduce((sum, { work }) => sum + work, 0) / 50;
  }

  changed(cell: number): void {
    if (this.only !== undefined && !this.only.has(cell)) return;
    this.simplexes.forEach((simplex, l) => {
      if (this.withheld[cell] === 0) return simplex.fix(cell);
      const [fall, rise] = this.room(l, cell);
      if (simplex.has(cell)) simplex.bound(cell, -fall, rise);
      else simplex.add(cell, -fall, rise);
    });
  }

  /** How far a cell may fall and rise for all the attacker knows. */
  private room(l: number, cell: number): readonly [number, number] {
    const { value, lower, upper } = this.problem.layers[l]!;
    return [value[cell]! - lower[cell]!, upper[cell]! - value[cell]!];
  }

  closed(wanted: Wanted): Witness | undefined {
    const { layer, cell, direction, need } = wanted;
    if (need > MOST_NEED) return undefined;
    const simplex = this.simplexes[layer]!;
    // Nearly all corners are whole; where one is not, another way leads to another corner.
    for (let attempt = 0; attempt < CORNERS; attempt++) {
      if (this.reach(wanted, attempt === 0 ? undefined : this.random) < need - 1e-7) return undefined;
      const whole = wholeWitness(simplex.changes());
      if (whole !== undefined && changeOf(whole, cell) * direction >= need) return whole;
    }
    return undefined;
  }

  /** How far the cell can be moved over the reals, at most as far as needed: no whole-numbered move goes further. */
  private reach({ layer, cell, direction, need, knows }: Wanted, random?: () => number): number {
    const simplex = this.simplexes[layer]!;
    // From the true table, so that the corner that is found changes few cells.
    simplex.reset();
    for (const known of knows) if (known !== cell) simplex.fix(known);
    const reached = simplex.push(cell, direction, need, random);
    for (const known of knows) this.changed(known);
    return reached;
  }

  open(wanted: Wanted, price: Float64Array, effort: number): Witness | undefined {
    return effort < LP_EFFORT || wanted.need > MOST_NEED ? undefined : this.move(wanted, price, effort === LP_EFFORT ? 2 : TRIES);
  }

  furthest(wanted: Wanted, price: Float64Array): Witness | undefined {
    if (wanted.need > MOST_NEED) return undefined;
    for (let need = Math.min(wanted.need, this.limit(wanted, price)); need >= 1; need = Math.min(need - 1, Math.floor(need * 0.9))) {
      const found = this.move({ ...wanted, need }, price, TRIES);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** How far the cell can be moved over the reals if everything may be withheld. */
  private limit({ layer, cell, direction, need, knows }: Wanted, price: Float64Array): number {
    const finder = this.finders[layer]!;
    for (const c of this.cells) this.setRoom(finder, layer, c, c !== cell && knows.has(c), price[c]! / need);
    return Math.floor(finder.find(cell, direction, need).reached + 1e-6);
  }

  private setRoom(finder: MoveFinder, layer: number, c: number, shut: boolean, price: number): void {
    const [fall, rise] = shut ? [0, 0] : this.room(layer, c);
    finder.set(c, price, Math.min(fall, UNLIMITED), Math.min(rise, UNLIMITED));
  }

  /** The cheapest move first, then under shaken prices, which lead to other corners, until one is whole. */
  private move({ layer, cell, direction, need, knows }: Wanted, price: Float64Array, tries: number): Witness | undefined {
    const finder = this.finders[layer]!;
    finder.leastGain = LEAST_GAIN / need;
    for (let attempt = 0; attempt < tries; attempt++) {
      for (const c of this.cells) {
        // A price by the unit stands for a price of being withheld at all, so it is spread over what is needed.
        const unit = (this.withheld[c] === 1 ? 1e-3 : price[c]!) / need;
        this.setRoom(finder, layer, c, c !== cell && knows.has(c), unit * (attempt === 0 ? 1 : 0.5 + this.random()));
      }
      const { reached, changes } = finder.find(cell, direction, need);
      if (reached < need - 1e-7) return undefined;
      const whole = wholeWitness(changes);
      if (whole !== undefined) return whole;
    }
    return undefined;
  }
}

/** How many entries the tableaus of a table have: what their linear programs cost. */
export function lpSize({ system, role, layers }: Problem): number {
  const unknown = Int32Array.from([...role.keys()].filter((cell) => role[cell] !== SHOWN));
  const m = activeRelations(system, unknown).length;
  return m * (m + 2 * unknown.length) * layers.length;
}

/** Relations that say something: those with a cell that may change. */
function activeRelations(system: LinearSystem, cells: Int32Array): Int32Array {
  const active = new Uint8Array(system.relations);
  for (const cell of cells) for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) active[system.cellRelation[t]!] = 1;
  return Int32Array.from([...active.keys()].filter((r) => active[r] === 1));
}
