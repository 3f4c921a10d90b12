import { isInner, nodeOf, type Layout } from './layout.js';

/** Fills every total with the sum of its parts, from the innermost cells upwards. */
export function addUp(layout: Layout, values: Float64Array): Float64Array {
  const out = values.slice();
  for (let cell = 0; cell < layout.cells; cell++) if (!isInner(layout, cell)) out[cell] = 0;
  layout.dimensions.forEach((dimension, d) => {
    const stride = layout.strides[d]!;
    // Parts come after their totals, so going backwards every part is complete when it is added.
    for (let cell = layout.cells - 1; cell >= 0; cell--) {
      const node = nodeOf(layout, cell, d);
      const above = dimension.parent[node]!;
      if (above >= 0) out[cell + (above - node) * stride]! += out[cell]!;
    }
  });
  return out;
}
