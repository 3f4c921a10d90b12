import type { Layout } from '../layout/layout.js';
import type { Layer, Problem } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';
import { applyThreshold, hideZeros, type Thresholded, type ThresholdRule } from '../primary/threshold.js';
import { neighbours } from './neighbours.js';
import { suppress, type Suppression } from './suppress.js';
import type { UnionRule } from './unions.js';

export interface CountSuppression extends Suppression {
  readonly problem: Problem;
  /** 1 for a part of a small total. */
  readonly parted: Uint8Array;
}

/**
 * Applies a threshold to a table of counts and protects what it withholds. Where cells could be worked out whatever
 * else is withheld (in tables of very few people the published zeros do that), the zeros near them are withheld too;
 * where even that is not enough, the whole table. `sole` says who is alone in a cell (-1: nobody, or several); `unseen` marks
 * cells that no table shows: who is alone in one does not know it.
 */
export function suppressCounts(system: LinearSystem, layout: Layout, { counts, sole }: { readonly counts: Float64Array; readonly sole: Int32Array }, rule: ThresholdRule, cost: Float64Array, unseen?: Uint8Array): CountSuppression {
  const ruled = applyThreshold(system, counts, rule, unseen);
  const problem: Problem = { system, role: ruled.role, cost, layers: [ruled.layer, withoutRoles(ruled.layer)] };
  const known = unseen === undefined ? sole : sole.map((person, cell) => (unseen[cell] === 1 ? -1 : person));
  const giveWay = (cells: readonly number[], round: number): readonly number[] => {
    for (let radius = round; radius <= MOST_RADIUS; radius++) {
      const hidden = hideZeros(system, ruled, neighbours(system, cells, radius), rule.k);
      if (hidden.length > 0) return hidden;
    }
    return [];
  };
  return { ...suppress(problem, layout, { sole: known, unseen, insiderLayer: 1, insiderNeed: () => 1, giveWay, unions: fewTogether(ruled, rule, unseen) }), problem, parted: ruled.parted };
}

const MOST_RADIUS = 6;

/** Cells that together hold fewer than k people are as one such cell: their sum must stay what the rule leaves open. */
function fewTogether({ layer, parted }: Thresholded, { k, protect }: ThresholdRule, unseen: Uint8Array | undefined): UnionRule {
  const { value, lower } = layer;
  return {
    value,
    limit: k,
    isPart: (cell) => value[cell]! < k,
    need: (cells) => {
      const sum = cells.reduce((all, cell) => all + value[cell]!, 0);
      if (sum === 0) return undefined;
      const least = cells.reduce((all, cell) => all + lower[cell]!, 0);
      if (cells.every((cell) => parted[cell] === 1) || (unseen !== undefined && cells.some((cell) => unseen[cell] === 1))) return { down: 0, up: 0, slide: 1 };
      return protect === 'range' ? { down: sum - least, up: k - 1 - sum, slide: 0 } : { down: 0, up: 0, slide: Math.min(protect, k - 1 - least) };
    },
  };
}

/**
 * What somebody is taken to know who knows a cell of their own: of every other withheld cell only that it is withheld,
 * not by which rule: it may even be a zero that is part of a small total. With both, hardly any small table could be published at all.
 */
function withoutRoles({ value }: Layer): Layer {
  const none = new Float64Array(value.length);
  return { value, lower: none, upper: none.map(() => Infinity), down: none, up: none, slide: none };
}
