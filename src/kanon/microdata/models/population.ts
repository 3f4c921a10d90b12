import type { ClassModel, ClassView } from './model.js';

/** k-map (Sweeney 2002): every kept class has at least k rows in the population table. */
export function kMapModel(k: number): ClassModel {
  return {
    name: 'k-map',
    hereditary: true,
    smallest: 1,
    worse: 'smaller',
    mark({ count, populations }, marks, mark) {
      for (let c = 0; c < count; c++) if (marks[c] === 0 && populations![c]! < k) marks[c] = mark;
    },
    forced: ({ sizes }, c) => sizes[c]!,
    measure: ({ populations }, c) => populations![c]!,
  };
}

/**
 * delta-presence (Nergiz, Atzori and Clifton 2007): in every class of the population, the share of rows that are in
 * the table lies between two bounds. A class of the population without any row in the table has share 0, cannot be
 * suppressed, and with a lower bound above 0 rules out the whole node and all finer ones.
 */
export function deltaPresenceModel(min: number, max: number): ClassModel {
  const share = (size: number, population: number): number => size / population;
  return {
    name: 'delta-presence',
    hereditary: false,
    smallest: 1,
    worse: 'larger',
    mark({ count, sizes, populations }, marks, mark) {
      for (let c = 0; c < count; c++) {
        if (sizes[c] === 0) continue;
        const ratio = share(sizes[c]!, populations![c]!);
        if (marks[c] === 0 && (ratio < min || ratio > max)) marks[c] = mark;
      }
    },
    // Shares of parts average to the share of the whole, so some part of a failing class fails too.
    forced: ({ sizes, populations }, c) => (sizes[c]! > 0 && fails(share(sizes[c]!, populations![c]!), min, max) ? 1 : 0),
    measure: ({ sizes, populations }, c) => share(sizes[c]!, populations![c]!),
    ...(min <= 0 ? {} : { possible: noneEmpty }),
  };
}

function noneEmpty({ count, sizes, populations }: ClassView): boolean {
  for (let c = 0; c < count; c++) if (sizes[c] === 0 && populations![c]! > 0) return false;
  return true;
}

const fails = (ratio: number, min: number, max: number): boolean => ratio < min || ratio > max;

export type CellSizeEstimator = 'poisson' | 'zero-truncated-poisson';

/**
 * The class size in the table that stands for k in a population of which the table is a fraction: k-map without the
 * population at hand. `arx` adds one to the Poisson quantile, as ARX does; leave it out for the quantile itself.
 */
export function estimatedK(k: number, fraction: number, significance: number, estimator: CellSizeEstimator, arx: boolean): number {
  const lambda = k * fraction;
  const threshold = 1 - significance;
  let probability = Math.exp(-lambda);
  let at = 0;
  if (estimator === 'poisson') {
    let sum = probability;
    while (sum < threshold && at < k) {
      at++;
      probability *= lambda / at;
      sum += probability;
    }
    return Math.min(k, arx ? at + 2 : at + 1);
  }
  const positive = -Math.expm1(-lambda);
  let sum = 0;
  while (sum < threshold && at < k) {
    at++;
    probability *= lambda / at;
    sum += probability / positive;
  }
  return Math.min(k, at + 1);
}
