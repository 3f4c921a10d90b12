import { compareLevels, sum } from './box.js';
import type { Checker } from './checker.js';
import { countSensitive } from './countSensitive.js';
import { LOST, type Best, type Finding } from './finding.js';
import { Grouper } from './grouping/grouper.js';
import type { GroupList } from './grouping/groupList.js';
import { rollUp } from './grouping/rollUp.js';
import { compareScores, type ClassObjective } from './objectives/objective.js';

/** What is grouped at the moment, and the bounds that were worked out for it: by the marks of the entries that are lost. */
interface Grouped {
  readonly list: GroupList;
  readonly low: Uint8Array;
  readonly counts: readonly Int32Array[];
  readonly bounds: Map<Uint8Array | undefined, number>;
}

/** Bounds from below for all nodes of a box: by what generalization costs at its bottom, and the rows that are lost at its top. */
export class Bounds {
  readonly #checker: Checker;
  readonly #grouper: Grouper;
  readonly #values: Float64Array;
  readonly #bound: Float64Array;
  readonly #counts: Int32Array[];
  readonly #m: number;
  #grouped: Grouped | undefined;

  constructor(checker: Checker) {
    this.#checker = checker;
    this.#m = checker.table.attributes.length;
    this.#grouper = new Grouper(checker.table.parts, checker.table.base.size);
    this.#values = new Float64Array(this.#m);
    this.#counts = checker.table.sensitive.map(() => new Int32Array(0));
    this.#bound = new Float64Array(checker.objective.width);
  }

  /** The list with equal entries at `low` put together, where that makes it shorter. */
  shorten(list: GroupList, low: Uint8Array): GroupList {
    this.#group(list, low, this.#checker.objective.kind === 'classes');
    return this.#grouper.count < 0.9 * list.size ? rollUp(list, this.#grouper, low) : list;
  }

  /** No node at or above `low` in a box with this top can be better than the best so far. */
  ruledOut(list: GroupList, low: Uint8Array, top: Finding): boolean {
    const best: Best | undefined = this.#checker.best;
    if (best === undefined) return false;
    const order = compareScores(this.of(list, low, top), best.score);
    return order > 0 || (order === 0 && sum(low) >= best.levels);
  }

  /** The least score of a node at or above `low` in a box with this top. It stays until the next call. */
  of(list: GroupList, low: Uint8Array, top: Finding): Float64Array {
    const { objective } = this.#checker;
    const bound = this.#bound;
    if (objective.kind === 'attributes') {
      for (let a = 0; a < this.#m; a++) this.#values[a] = objective.value(a, low[a]!, top.evidence, false);
      objective.aggregate(this.#values, bound);
    } else bound[0] = this.#classBound(objective, list, low, top);
    return bound;
  }

  #classBound(objective: ClassObjective, list: GroupList, low: Uint8Array, top: Finding): number {
    const grouper = this.#grouper;
    // The same bottom is asked about with one top after another: it is grouped once.
    const known = this.#grouped?.list === list && compareLevels(this.#grouped.low, low) === 0 ? this.#grouped : this.#group(list, low, true);
    const { counts, bounds } = known;
    const lost = top.list === list ? top.lost : undefined;
    let bound = bounds.get(lost);
    if (bound === undefined) {
      const marks = new Uint8Array(grouper.count);
      if (lost !== undefined) for (let c = 0; c < marks.length; c++) marks[c] = lost[grouper.example[c]!]! & LOST;
      bound = objective.bound({ list, grouper, node: low, marks, counts }, this.#checker.rules.smallest);
      bounds.set(lost, bound);
    }
    return bound;
  }

  #group(list: GroupList, low: Uint8Array, withValues: boolean): Grouped {
    const grouper = this.#grouper;
    if (list.sensitive === undefined && compareLevels(list.levels, low) === 0) grouper.eachAlone(list);
    else grouper.group(list, low);
    const counts = withValues ? countSensitive(this.#checker.table, list, grouper, this.#counts) : this.#counts;
    return (this.#grouped = { list, low: Uint8Array.from(low), counts, bounds: new Map() });
  }
}
