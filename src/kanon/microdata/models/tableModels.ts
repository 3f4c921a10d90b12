import type { SizeHistogram, TableModel } from './model.js';

export interface AtRisk {
  /** Rows in classes with a higher risk than this (a smaller size than its inverse) are at risk. */
  readonly highest: number;
  /** The largest share of kept rows that may be at risk. */
  readonly share: number;
  /** `'above'` (default): risk above the threshold. `'arx'`: classes at the threshold's own size count as well. */
  readonly counting?: 'above' | 'arx';
}

/** Average re-identification risk: kept classes by kept rows is at most `risk`; if asked, few rows are at a high risk. */
export function averageRiskModel(risk: number, atRisk?: AtRisk): TableModel {
  const size = atRisk === undefined ? 0 : sizeOfRisk(atRisk.highest);
  return {
    name: 'average-risk',
    monotone: true,
    holds({ classes, rows, sizes, counts }) {
      if (rows === 0) return true;
      if (classes / rows > risk) return false;
      if (atRisk === undefined) return true;
      let exposed = 0;
      for (let i = 0; i < sizes.length; i++) {
        if (atRisk.counting === 'arx' ? sizes[i]! <= size : sizes[i]! < size) exposed += sizes[i]! * counts[i]!;
      }
      return exposed / rows <= atRisk.share;
    },
    measure: ({ classes, rows }) => (rows === 0 ? 0 : classes / rows),
  };
}

/** The smallest class size whose risk is at most `risk`, up to one per cent of rounding, as ARX turns risks into sizes. */
export function sizeOfRisk(risk: number): number {
  const size = 1 / risk;
  const floor = Math.floor(size);
  return 1 / floor - risk >= 0.01 * risk ? floor + 1 : floor;
}

/** Sample uniqueness: the share of kept rows that are alone in their class is at most `share`. */
export function sampleUniquenessModel(share: number): TableModel {
  return {
    name: 'sample-uniqueness',
    monotone: true,
    holds: (sizes) => sizes.rows === 0 || ones(sizes) / sizes.rows <= share,
    measure: (sizes) => (sizes.rows === 0 ? 0 : ones(sizes) / sizes.rows),
  };
}

const ones = ({ sizes, counts }: SizeHistogram): number => (sizes[0] === 1 ? counts[0]! : 0);

/** Population uniqueness: the estimated share of the population that is alone in its class is at most `share`. */
export function populationUniquenessModel(share: number, populationSize: number, uniques: (sizes: SizeHistogram) => number): TableModel {
  return {
    name: 'population-uniqueness',
    monotone: false,
    holds: (sizes) => sizes.rows === 0 || ones(sizes) === 0 || uniques(sizes) / populationSize <= share,
    measure: (sizes) => (ones(sizes) === 0 ? 0 : uniques(sizes) / populationSize),
  };
}

/** The same without a number of the smallest classes. */
export function withoutSmallest(histogram: SizeHistogram, gone: number): SizeHistogram {
  let left = gone;
  let rows = histogram.rows;
  let at = 0;
  for (; at < histogram.sizes.length && histogram.counts[at]! <= left; at++) {
    left -= histogram.counts[at]!;
    rows -= histogram.sizes[at]! * histogram.counts[at]!;
  }
  const counts = histogram.counts.slice(at);
  if (left > 0) {
    counts[0]! -= left;
    rows -= left * histogram.sizes[at]!;
  }
  return { classes: histogram.classes - gone, rows, total: histogram.total, sizes: histogram.sizes.slice(at), counts };
}

/** How many classes there are of each size. Classes without rows do not count. `total`: all rows, suppressed ones included. */
export function histogramOf(classSizes: ArrayLike<number>, total?: number): SizeHistogram {
  const bySize = new Map<number, number>();
  let rows = 0;
  let classes = 0;
  for (let c = 0; c < classSizes.length; c++) {
    const size = classSizes[c]!;
    if (size === 0) continue;
    bySize.set(size, (bySize.get(size) ?? 0) + 1);
    rows += size;
    classes++;
  }
  const sorted = [...bySize].sort((a, b) => a[0] - b[0]);
  return { classes, rows, total: total ?? rows, sizes: sorted.map(([size]) => size), counts: sorted.map(([, count]) => count) };
}
