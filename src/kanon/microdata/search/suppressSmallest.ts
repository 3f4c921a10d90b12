import type { ClassView, TableModel } from '../models/model.js';
import { histogramOf, withoutSmallest } from '../models/tableModels.js';

export interface GivenUp {
  /** How many classes go, and their rows. */
  readonly classes: number;
  readonly rows: number;
  /** Rows that are suppressed at least, here and at finer nodes, as far as the models allow to say. */
  readonly forced: number;
}

/**
 * How many of the smallest of the unmarked classes have to go until all rules on the table hold: rules look at sizes
 * alone, so that is found by halving on a histogram.
 */
export function suppressSmallest(view: ClassView, marks: Uint8Array, models: readonly TableModel[], total: number, suppressed: number): GivenUp {
  const open: number[] = [];
  for (let c = 0; c < view.count; c++) if (marks[c] === 0 && view.sizes[c]! > 0) open.push(view.sizes[c]!);
  const all = histogramOf(open, total);
  const holds = (gone: number): boolean => {
    const left = withoutSmallest(all, gone);
    return models.every((model) => model.holds(left));
  };
  // The least number whose rest holds: rules get no worse as the smallest classes go, so halving finds it.
  let low = 0;
  let high = all.classes;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  const rows = all.rows - withoutSmallest(all, low).rows;
  return { classes: low, rows, forced: models.every((model) => model.monotone) ? suppressed + rows : 0 };
}

/** Marks so many of the smallest unmarked classes; `inTurn` puts those of the one size of which only some go in the order in which they do. */
export function markSmallest(view: ClassView, marks: Uint8Array, mark: number, classes: number, inTurn: (classes: number[]) => number[]): void {
  const sizes: number[] = [];
  for (let c = 0; c < view.count; c++) if (marks[c] === 0 && view.sizes[c]! > 0) sizes.push(view.sizes[c]!);
  const sorted = Int32Array.from(sizes).sort();
  const last = classes === 0 ? 0 : sorted[classes - 1]!;
  const partly: number[] = [];
  let left = classes;
  for (let c = 0; c < view.count; c++) {
    const size = view.sizes[c]!;
    if (marks[c] !== 0 || size === 0 || size > last) continue;
    if (size === last) partly.push(c);
    else {
      marks[c] = mark;
      left--;
    }
  }
  for (const c of left < partly.length ? inTurn(partly).slice(0, left) : partly) marks[c] = mark;
}
