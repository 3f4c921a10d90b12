import type { ClassView, SizeHistogram, TableModel } from '../models/model.js';

export interface GivenUp {
  /** Rows of the classes that were marked. */
  readonly rows: number;
  /** Rows that are suppressed at least, here and at finer nodes, as far as the models allow to say. */
  readonly forced: number;
}

/**
 * Suppresses the smallest of the unmarked classes until all rules on the table hold, and marks them.
 *
 * Classes of one size are taken in the order of the view. With more than `limit` rows to suppress, nothing is marked.
 */
export function suppressSmallest(
  view: ClassView,
  marks: Uint8Array,
  mark: number,
  models: readonly TableModel[],
  total: number,
  suppressed: number,
  limit: number,
): GivenUp {
  const order: number[] = [];
  for (let c = 0; c < view.count; c++) if (marks[c] === 0 && view.sizes[c]! > 0) order.push(c);
  order.sort((a, b) => view.sizes[a]! - view.sizes[b]!);
  const holds = (from: number): boolean => {
    const sizes = histogram(view, order, from, total);
    return models.every((model) => model.holds(sizes));
  };
  const rowsBefore = (to: number): number => order.slice(0, to).reduce((rows, c) => rows + view.sizes[c]!, 0);
  // The first position whose rest holds: rules get no worse as the smallest classes go, so halving finds it.
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  const rows = rowsBefore(low);
  const needed = models.every((model) => model.monotone) ? suppressed + rows : 0;
  if (suppressed + rows > limit) return { rows, forced: needed };
  for (let i = 0; i < low; i++) marks[order[i]!] = mark;
  return { rows, forced: needed };
}

function histogram(view: ClassView, order: readonly number[], from: number, total: number): SizeHistogram {
  const sizes: number[] = [];
  const counts: number[] = [];
  let rows = 0;
  for (let i = from; i < order.length; i++) {
    const size = view.sizes[order[i]!]!;
    rows += size;
    if (sizes[sizes.length - 1] === size) counts[counts.length - 1]!++;
    else {
      sizes.push(size);
      counts.push(1);
    }
  }
  return { classes: order.length - from, rows, total, sizes, counts };
}
