import type { ClassModel, ClassView } from './model.js';
import { near } from './near.js';

/** Where a model finds its sensitive attribute, and how its values are spread over the whole table. */
export interface SensitiveColumn {
  /** Position among the sensitive attributes. */
  readonly index: number;
  /** Number of values. */
  readonly values: number;
  /** For each value, its share of all rows. */
  readonly overall: Float64Array;
}

/** Distinct l-diversity (Machanavajjhala et al. 2007): at least l different values in every class. */
export function distinctDiversityModel(l: number, { index, values }: SensitiveColumn): ClassModel {
  const distinct = (view: ClassView, c: number): number => distinctIn(view.counts[index]!, c * values, values);
  return {
    name: 'distinct-l-diversity',
    hereditary: true,
    smallest: Math.ceil(l),
    worse: 'smaller',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && distinct(view, c) < l) marks[c] = mark;
    },
    forced: ({ sizes }, c) => sizes[c]!,
    measure: distinct,
    breaks: (values) => values < l,
  };
}

/** Different values of a class. */
export function distinctIn(counts: Int32Array, from: number, values: number): number {
  let distinct = 0;
  for (let v = from; v < from + values; v++) if (counts[v]! > 0) distinct++;
  return distinct;
}

/**
 * Recursive (c,l)-diversity: with counts from the largest down, r1 < c (rl + ... + rM). The measured value is the
 * smallest c that would pass, r1 / (rl + ... + rM).
 */
export function recursiveDiversityModel(c0: number, l: number, { index, values }: SensitiveColumn): ClassModel {
  const left = new Int32Array(values);
  const tail = (view: ClassView, c: number): { largest: number; rest: number } => {
    const counts = view.counts[index]!;
    for (let v = 0; v < values; v++) left[v] = counts[c * values + v]!;
    if (l > values) return { largest: 0, rest: 0 };
    // The l - 1 largest are taken out one by one: l is small, and sorting costs more.
    let largest = 0;
    let rest = view.sizes[c]!;
    for (let taken = 1; taken < l; taken++) {
      let at = 0;
      for (let v = 1; v < values; v++) if (left[v]! > left[at]!) at = v;
      if (taken === 1) largest = left[at]!;
      rest -= left[at]!;
      left[at] = 0;
    }
    return { largest, rest };
  };
  const fails = ({ largest, rest }: { largest: number; rest: number }): boolean => rest === 0 || !(largest < c0 * rest);
  return {
    name: 'recursive-cl-diversity',
    hereditary: false,
    smallest: l,
    worse: 'larger',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && fails(tail(view, c))) marks[c] = mark;
    },
    forced(view, c) {
      const found = tail(view, c);
      if (!fails(found)) return 0;
      if (found.rest === 0) return view.sizes[c]!;
      // The rest only shrinks with the class, so no value may keep c times the rest of now, or more.
      const cap = Math.ceil(c0 * found.rest) - 1;
      let excess = 0;
      const counts = view.counts[index]!;
      for (let v = 0; v < values; v++) excess += Math.max(0, counts[c * values + v]! - cap);
      return Math.max(1, excess);
    },
    measure(view, c) {
      const { largest, rest } = tail(view, c);
      return rest === 0 ? Infinity : largest / rest;
    },
    breaks: (value, view, c) => (near(value, c0) ? fails(tail(view, c)) : value > c0),
  };
}
