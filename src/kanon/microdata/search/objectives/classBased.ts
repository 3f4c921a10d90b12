import type { Part } from '../grouping/part.js';
import type { SearchTable } from '../searchTable.js';
import { factors } from './gs.js';
import type { ClassObjective, MarkedClasses } from './objective.js';

/**
 * Discernibility (Bayardo and Agrawal 2005): a row costs the size of its class, a suppressed row the size of the
 * table. The monotonic form (DM*) counts suppressed classes like kept ones.
 */
export function discernibilityObjective(table: SearchTable, monotonic: boolean): ClassObjective {
  const n = table.rows;
  const sum = ({ list, grouper, marks }: MarkedClasses, smallest: number): number => {
    let total = monotonic ? 0 : n * list.dropped.rows;
    for (let c = 0; c < grouper.count; c++) {
      const size = grouper.sizes[c]!;
      total += !monotonic && marks[c] !== 0 ? n * size : size * Math.min(n, Math.max(size, smallest));
    }
    return total;
  };
  return {
    kind: 'classes',
    width: 1,
    keepsLost: monotonic,
    score: (classes) => sum(classes, 0),
    // A class below the smallest size grows to it or is suppressed, which costs more.
    bound: (classes, smallest) => sum(classes, monotonic ? 0 : smallest),
  };
}

/** Average class size (LeFevre et al. 2006; ARX's form): rows by kept classes, all suppressed rows together being one more. */
export function averageClassSizeObjective(table: SearchTable, gs: number): ClassObjective {
  const { generalization, suppression } = factors(gs);
  const n = table.rows;
  const score = (classes: number, any: boolean): number => n / (classes * suppression + (any ? generalization : 0));
  return {
    kind: 'classes',
    width: 1,
    keepsLost: false,
    score({ list, grouper, marks }) {
      let kept = 0;
      let any = list.dropped.rows > 0;
      for (let c = 0; c < grouper.count; c++) {
        if (grouper.sizes[c] === 0) continue;
        if (marks[c] === 0) kept++;
        else any = true;
      }
      return score(kept, any);
    },
    // A class that is kept further up holds one that is large enough by itself, or small ones that are so together.
    bound({ grouper, marks }, smallest) {
      let large = 0;
      let small = 0;
      for (let c = 0; c < grouper.count; c++) {
        if (marks[c] !== 0) continue;
        const size = grouper.sizes[c]!;
        if (size >= smallest) large++;
        else small += size;
      }
      return score(large + Math.floor(small / smallest), true);
    },
  };
}

/** Ambiguity (after Goldberger and Tassa 2010; ARX's form): how many combinations of original values each row might be. */
export function ambiguityObjective(table: SearchTable): ClassObjective {
  const domain = table.attributes.reduce((all, { hierarchy }) => all * hierarchy.domain, 1);
  const sum = ({ list, grouper, marks, node }: MarkedClasses): number => {
    const { first, second } = table.parts;
    const left = combinations(table, first, node);
    const right = combinations(table, second, node);
    const leftOf = first.at(node).codes;
    const rightOf = second.at(node).codes;
    let total = domain * list.dropped.rows;
    for (let c = 0; c < grouper.count; c++) {
      const e = grouper.example[c]!;
      total += grouper.sizes[c]! * (marks[c] !== 0 ? domain : left[leftOf[list.first[e]!]!]! * right[rightOf[list.second[e]!]!]!);
    }
    return total;
  };
  return { kind: 'classes', width: 1, keepsLost: false, score: sum, bound: sum };
}

/** For each value of a part at a node, the number of combinations of leaves under it. */
function combinations(table: SearchTable, part: Part, node: ArrayLike<number>): Float64Array {
  const { examples } = part.at(node);
  const out = new Float64Array(examples.length).fill(1);
  part.members.forEach((a, i) => {
    const { hierarchy } = table.attributes[a]!;
    const { codes, share } = hierarchy.levels[node[a]!]!;
    const leaves = part.leaves[i]!;
    for (let c = 0; c < out.length; c++) out[c]! *= share[codes[leaves[examples[c]!]!]!]! * hierarchy.domain;
  });
  return out;
}

export interface ClassificationPenalties {
  /** For each suppressed row. */
  readonly suppressed: number;
  /** For each row that has another value than the majority of its class. */
  readonly minority: number;
  /** For each row of a class without a majority. */
  readonly noMajority: number;
}

/**
 * Classification (Iyengar 2002; ARX's form): the share of rows that a reader of the table would put into the wrong
 * class of a target attribute, or could not put into any.
 */
export function classificationObjective(table: SearchTable, target: number, penalties: ClassificationPenalties): ClassObjective {
  const values = table.sensitive[target]!.size;
  const most = Math.max(penalties.suppressed, penalties.minority, penalties.noMajority);
  const scale = most * Math.max(1, table.rows);
  const least = Math.min(penalties.suppressed, penalties.minority, penalties.noMajority);
  return {
    kind: 'classes',
    width: 1,
    keepsLost: false,
    score({ list, grouper, marks, counts }) {
      let total = penalties.suppressed * list.dropped.rows;
      for (let c = 0; c < grouper.count; c++) {
        const size = grouper.sizes[c]!;
        const [first, second] = topTwo(counts[target]!, c * values, values);
        if (marks[c] !== 0) total += penalties.suppressed * size;
        else total += first > second ? penalties.minority * (size - first) : penalties.noMajority * size;
      }
      return total / scale;
    },
    // Merging classes never lets more rows belong to a majority.
    bound({ list, grouper, marks, counts }) {
      let total = penalties.suppressed * list.dropped.rows;
      for (let c = 0; c < grouper.count; c++) {
        const size = grouper.sizes[c]!;
        if (marks[c] !== 0) total += penalties.suppressed * size;
        else total += least * (size - topTwo(counts[target]!, c * values, values)[0]);
      }
      return total / scale;
    },
  };
}

function topTwo(counts: Int32Array, from: number, values: number): [number, number] {
  let first = 0;
  let second = 0;
  for (let v = 0; v < values; v++) {
    const count = counts[from + v]!;
    if (count > first) {
      second = first;
      first = count;
    } else if (count > second) second = count;
  }
  return [first, second];
}

