import type { SearchTable } from '../searchTable.js';

/** Where the numbers of each attribute begin, in an array with one number for each attribute and level. */
export function slots(table: SearchTable): { readonly at: Int32Array; readonly length: number } {
  const at = new Int32Array(table.attributes.length);
  let length = 0;
  table.attributes.forEach(({ hierarchy }, a) => {
    at[a] = length;
    length += hierarchy.height + 1;
  });
  return { at, length };
}

/** For each attribute and level, `stat` of the value that each leaf has become. */
export function leafStats(table: SearchTable, stat: (share: number, attribute: number) => number): readonly (readonly Float64Array[])[] {
  return table.attributes.map(({ hierarchy }, a) =>
    hierarchy.levels.map(({ codes, share }) => {
      const out = new Float64Array(codes.length);
      for (let leaf = 0; leaf < out.length; leaf++) out[leaf] = stat(share[codes[leaf]!]!, a);
      return out;
    }),
  );
}

/** For each attribute and level, the sum of the statistic over all rows. */
export function totals(table: SearchTable, stats: readonly (readonly Float64Array[])[]): readonly Float64Array[] {
  return stats.map((levels, a) =>
    Float64Array.from(levels, (stat) => {
      const rows = table.marginals[a]!;
      let sum = 0;
      for (let leaf = 0; leaf < rows.length; leaf++) sum += rows[leaf]! * stat[leaf]!;
      return sum;
    }),
  );
}
