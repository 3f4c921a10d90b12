import type { Layout } from '../layout/layout.js';
import { OPEN, PRIMARY, SHOWN, type Problem } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';
import { hideZeros } from '../primary/threshold.js';
import { neighbours } from './neighbours.js';
import { suppress, type Suppression } from './suppress.js';
import type { UnionRule } from './unions.js';

/** The finest step in which a search thinks: a hundredth of the narrowest interval that is asked for. */
const STEPS_PER_NEED = 100;
const MOST_RADIUS = 6;

export interface SumSuppression extends Suppression {
  readonly primary: Uint8Array;
}

/** Sums with what the rules say of them. */
export interface JudgedSums {
  readonly sums: Float64Array;
  /** How far each sensitive sum must stay uncertain both ways, 0 where it is not sensitive. */
  readonly need: Float64Array;
  /** Who alone makes a sum up; -1: nobody, or several. */
  readonly sole: Int32Array;
  /** 1 for sums that are published in any case. */
  readonly shown: Uint8Array;
  /** How far the sum of several cells must stay uncertain, 0 where they break no rule together. */
  readonly together: (cells: readonly number[]) => number;
  /** 1 for sums that break no rule and may break one together with others. */
  readonly joins: Uint8Array;
}

/** Protects a table of sums of what is not negative; the reader knows beforehand only that no sum is negative. */
export function suppressSums(system: LinearSystem, layout: Layout, { sums, need, sole, shown, together, joins }: JudgedSums, cost: Float64Array): SumSuppression {
  const least = need.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Infinity);
  // Another table moves by multiples of the grain: where those fit, the true grid fits too.
  const grain = Number.isFinite(least) ? Math.max(1, Math.floor(least / STEPS_PER_NEED)) : 1;
  const value = sums.map((sum) => Math.floor(sum / grain));
  const zero = new Float64Array(sums.length);
  const up = need.map((width) => Math.ceil(width / grain));
  const down = need.map((width, cell) => Math.min(Math.ceil(width / grain), value[cell]!));
  const role = Uint8Array.from(need, (width, cell) => (width > 0 ? PRIMARY : shown[cell] === 1 ? SHOWN : OPEN));
  const layer = { value, lower: zero, upper: zero.map(() => Infinity), down, up, slide: zero };
  const problem: Problem = { system, role, cost, layers: [layer] };
  const primary = role.slice().map((r) => (r === PRIMARY ? 1 : 0));
  const giveWay = (cells: readonly number[], round: number): readonly number[] => {
    for (let radius = round; radius <= MOST_RADIUS; radius++) {
      const hidden = hideZeros(system, { role, layer }, neighbours(system, cells, radius), Infinity);
      if (hidden.length > 0) return hidden;
    }
    return [];
  };
  const unions: UnionRule = {
    value,
    limit: Infinity,
    isPart: (cell) => role[cell] === PRIMARY || joins[cell] === 1,
    need: (cells) => {
      const width = Math.ceil(together(cells) / grain);
      return { down: Math.min(width, cells.reduce((sum, cell) => sum + value[cell]!, 0)), up: width, slide: 0 };
    },
  };
  return { ...suppress(problem, layout, { sole, insiderLayer: 0, insiderNeed: (cell) => Math.max(1, up[cell]!), giveWay, unions }), primary };
}
