import type { ClassModel } from './model.js';

/** k-anonymity (Samarati 2001, Sweeney 2002): every kept class has at least k rows. */
export function kAnonymityModel(k: number): ClassModel {
  return {
    name: 'k-anonymity',
    hereditary: true,
    smallest: k,
    worse: 'smaller',
    mark({ count, sizes }, marks, mark) {
      for (let c = 0; c < count; c++) if (marks[c] === 0 && sizes[c]! < k) marks[c] = mark;
    },
    forced: ({ sizes }, c) => sizes[c]!,
    measure: ({ sizes }, c) => sizes[c]!,
    breaks: (size) => size < k,
  };
}
