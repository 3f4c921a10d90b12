import { maximize, TooLarge, type SumBound } from './simplex.js';

/** Within which whole numbers a sum of variables can lie. `complete: false`: the true range may be narrower. */
export interface Range {
  readonly lower: number;
  readonly upper: number;
  readonly complete: boolean;
}

/** Whether one range says all that another says. */
export const isAsNarrow = (one: Range | undefined, other: Pick<Range, 'lower' | 'upper'>): boolean => one !== undefined && one.lower >= other.lower && one.upper <= other.upper;

/** Sums that are known within bounds, over variables that are whole numbers from 0. */
export interface Sums {
  readonly variables: number;
  readonly bounds: readonly SumBound[];
}

/** Beyond this only what each sum says by itself, again and again, is used. */
const MOST_VARIABLES = 160;
const MOST_BOUNDS = 100;
const MOST_BRANCHES = 300;
const MOST_ROUNDS = 200;
const MOST_WITNESSES = 60;

/** What is left after each sum has narrowed its variables until nothing changes. */
export class Narrowed {
  readonly sums: Sums;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** False where no numbers fit at all. */
  feasible = true;
  private settled = false;

  constructor(sums: Sums) {
    this.sums = sums;
    this.low = new Float64Array(sums.variables);
    this.high = new Float64Array(sums.variables).fill(Infinity);
    for (let round = 0; round < MOST_ROUNDS && this.feasible && !this.settled; round++) {
      this.settled = true;
      for (const bound of sums.bounds) this.narrow(bound);
    }
  }

  private narrow({ variables, lower, upper }: SumBound): void {
    const { low, high } = this;
    let least = 0;
    let most = 0;
    let open = 0;
    for (const v of variables) {
      least += low[v]!;
      if (high[v] === Infinity) open++;
      else most += high[v]!;
    }
    if (least > upper || (open === 0 && most < lower)) {
      this.feasible = false;
      return;
    }
    for (const v of variables) {
      const others = high[v] === Infinity ? (open > 1 ? Infinity : most) : open > 0 ? Infinity : most - high[v]!;
      const from = Math.max(low[v]!, lower - others);
      const to = Math.min(high[v]!, upper - (least - low[v]!));
      if (from > to) {
        this.feasible = false;
        return;
      }
      if (from === low[v] && to === high[v]) continue;
      this.settled = false;
      least += from - low[v]!;
      if (high[v] === Infinity && to < Infinity) {
        open--;
        most += to;
      } else if (to < Infinity) most += to - high[v]!;
      low[v] = from;
      high[v] = to;
    }
  }

  /**
   * The range of a sum of variables, undefined where no numbers fit them and those that hang together with them. Once it is
   * certain that the sum can be `enough` or more, no more is found out: `upper` then is some value that it can have.
   */
  range(target: readonly number[], enough: number = Infinity): Range | undefined {
    if (!this.feasible) return undefined;
    const { lower, upper } = this.outer(target);
    if (lower >= enough) return { lower, upper, complete: true };
    const seen = this.witnesses.reduce((most, witness) => Math.max(most, target.reduce((sum, v) => sum + witness[v]!, 0) || 0), 0);
    if (seen >= enough) return { lower, upper: seen, complete: true };
    const open = target.filter((v) => this.low[v] !== this.high[v]);
    if (open.length === 0) return { lower, upper, complete: true };
    const part = this.component(open);
    if (open.length === 1 && this.settled && part.forest) return { lower, upper, complete: true };
    if (part.variables.length > MOST_VARIABLES || part.bounds.length > MOST_BOUNDS) return { lower, upper, complete: false };
    const fixed = target.reduce((sum, v) => (this.low[v] === this.high[v] ? sum + this.low[v]! : sum), 0);
    return solve(part, open, fixed, { lower, upper }, enough, (solution) => this.keep(part, solution));
  }

  /** What solutions met so far give for a sum: some of what is possible, and perhaps not all. Undefined where none says anything. */
  seen(target: readonly number[]): readonly [number, number] | undefined {
    const values = this.witnesses.map((witness) => target.reduce((sum, v) => sum + witness[v]!, 0)).filter((value) => !Number.isNaN(value));
    return values.length === 0 ? undefined : [Math.min(...values), Math.max(...values)];
  }

  /** Solutions met so far. Most groups are found large enough in one of them, without a search. */
  private readonly witnesses: Float64Array[] = [];

  private keep(part: Component, solution: readonly number[]): void {
    if (this.witnesses.length >= MOST_WITNESSES) return;
    // What the solution says nothing of is not a number, and no sum with it is.
    const witness = this.low.map((low, v) => (low === this.high[v] ? low : NaN));
    part.variables.forEach((v, at) => (witness[v] = solution[at]!));
    this.witnesses.push(witness);
  }

  /** What the variables say by themselves, and each sum that the target is a part of. */
  private outer(target: readonly number[]): { lower: number; upper: number } {
    let lower = 0;
    let upper = 0;
    for (const v of target) {
      lower += this.low[v]!;
      upper += this.high[v]!;
    }
    const inside = new Set(target);
    for (const bound of this.boundsOf()[target[0]!]!) {
      let others = 0;
      let othersMost = 0;
      let met = 0;
      for (const v of bound.variables) {
        if (inside.has(v)) met++;
        else {
          others += this.low[v]!;
          othersMost += this.high[v]!;
        }
      }
      if (met < target.length) continue;
      lower = Math.max(lower, bound.lower - othersMost);
      upper = Math.min(upper, bound.upper - others);
    }
    return { lower, upper };
  }

  /** The variables that hang together with some, through sums that are not yet used up. */
  private component(from: readonly number[]): Component {
    const known = new Set(from);
    const bounds = new Map<SumBound, readonly number[]>();
    const of = this.boundsOf();
    const queue = [...from];
    let links = 0;
    for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
      for (const bound of of[v]!) {
        if (bounds.has(bound)) continue;
        const open = bound.variables.filter((name) => this.low[name] !== this.high[name]);
        bounds.set(bound, open);
        links += open.length;
        for (const name of open) {
          if (known.has(name)) continue;
          known.add(name);
          queue.push(name);
        }
      }
    }
    const variables = [...known];
    const at = new Map(variables.map((v, place) => [v, place]));
    const fixed = (bound: SumBound): number => bound.variables.reduce((sum, v) => (this.low[v] === this.high[v] ? sum + this.low[v]! : sum), 0);
    const rows = [...bounds].map(([bound, open]) => ({ variables: open.map((v) => at.get(v)!), lower: Math.max(0, bound.lower - fixed(bound)), upper: bound.upper - fixed(bound) }));
    // Several starting points belong to trees of their own, so there are as many links too few as there are trees.
    return { variables, at, bounds: rows, forest: links < variables.length + rows.length };
  }

  private links: readonly (readonly SumBound[])[] | undefined;

  private boundsOf(): readonly (readonly SumBound[])[] {
    if (this.links !== undefined) return this.links;
    const links: SumBound[][] = Array.from({ length: this.sums.variables }, () => []);
    for (const bound of this.sums.bounds) for (const v of bound.variables) links[v]!.push(bound);
    return (this.links = links);
  }
}

interface Component {
  readonly variables: readonly number[];
  readonly at: ReadonlyMap<number, number>;
  readonly bounds: readonly SumBound[];
  /** No cycle: then the variables' own ranges are exact. */
  readonly forest: boolean;
}

function solve(part: Component, open: readonly number[], fixed: number, outer: { readonly lower: number; readonly upper: number }, enough: number, keep: (solution: readonly number[]) => void): Range | undefined {
  const count = part.variables.length;
  const weights = (sign: number): ReadonlyMap<number, number> => new Map(open.map((v) => [part.at.get(v)!, sign]));
  try {
    const most = bestWhole(count, part.bounds, weights(1), enough - fixed, keep);
    if (most === undefined) return undefined;
    if (fixed + most.value >= enough) return { lower: outer.lower, upper: fixed + most.value, complete: most.complete };
    const least = bestWhole(count, part.bounds, weights(-1), Infinity, keep);
    if (least === undefined) return undefined;
    return { lower: fixed - least.value, upper: fixed + most.value, complete: most.complete && least.complete };
  } catch (error) {
    if (error instanceof TooLarge) return { ...outer, complete: false };
    throw error;
  }
}

/** The largest value over whole numbers, by branching where the relaxed optimum is a fraction; undefined where nothing fits. */
function bestWhole(variables: number, bounds: readonly SumBound[], target: ReadonlyMap<number, number>, enough: number, keep: (solution: readonly number[]) => void): { readonly value: number; readonly complete: boolean } | undefined {
  let best = -Infinity;
  let relaxed = -Infinity;
  let branches = 0;
  const branch = (rows: readonly SumBound[]): void => {
    if (best >= enough || ++branches > MOST_BRANCHES) return;
    const found = maximize(variables, rows, target, enough);
    if (found === 'infeasible') return;
    if (found === 'unbounded') {
      best = Infinity;
      return;
    }
    const { value, denominator, solution } = found;
    const ceiling = Math.floor(value / denominator);
    if (branches === 1) relaxed = ceiling;
    if (ceiling <= best) return;
    const split = solution.findIndex((numerator) => numerator % denominator !== 0);
    if (split < 0) {
      best = ceiling;
      keep(solution.map((numerator) => numerator / denominator));
      return;
    }
    const floor = Math.floor(solution[split]! / denominator);
    branch([...rows, { variables: [split], lower: 0, upper: floor }]);
    if (best < ceiling) branch([...rows, { variables: [split], lower: floor + 1, upper: Infinity }]);
  };
  branch(bounds);
  if (branches > MOST_BRANCHES) return { value: relaxed, complete: false };
  return best === -Infinity ? undefined : { value: best, complete: true };
}
