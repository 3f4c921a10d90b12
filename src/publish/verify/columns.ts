import { BIN_STEPS } from '../../dp/aggregates/shapes/edges.js';
import { ROW_STEPS } from '../../dp/aggregates/sums/moments.js';
import { isState, listOf, multipleOf, pairOf, within, type CellRule } from '../../rank/verify/made.js';

type Columns = Readonly<Record<string, CellRule>>;

const inRows = multipleOf(1 / ROW_STEPS);

/** Ends of a range that a product of the range's own ends may pass by its rounding. */
const about = (lower: number, upper: number): CellRule => {
  const spare = 1e-12 * Math.max(Math.abs(lower), Math.abs(upper));
  return within(lower - spare, upper + spare);
};

export const meanColumns = ({ lower, upper }: { readonly lower: number; readonly upper: number }): Columns => ({
  state: isState,
  mean: about(lower, upper),
  interval: pairOf(about(lower, upper)),
  count: inRows,
});

export function varianceColumns({ lower, upper }: { readonly lower: number; readonly upper: number }): Columns {
  const most = (upper - lower) ** 2 / 4;
  return {
    state: isState,
    variance: about(0, most),
    standardDeviation: (value, { variance }) => value === Math.sqrt(variance as number),
    mean: about(lower, upper),
    interval: pairOf(about(0, most)),
    count: inRows,
  };
}

export const sumColumns = (step: number): Columns => ({ state: isState, sum: multipleOf(step) });

export const vectorColumns = (length: number, step: number): Columns => ({ state: isState, sums: listOf(length, multipleOf(step)) });

export const histogramColumns = (edges: readonly number[]): Columns => ({ state: isState, counts: listOf(edges.length - 1, multipleOf(1 / BIN_STEPS)) });

/** Quantiles within the edges; the ends of intervals are edges, and the higher rank has the higher quantile. */
export function quantileColumns(edges: readonly number[], ranks: readonly number[]): Columns {
  const [first, last] = [edges[0]!, edges[edges.length - 1]!];
  const known = new Set(edges);
  const rise: CellRule = (value) => ranks.every((rank, at) => ranks.every((other, i) => rank >= other || (value as number[])[at]! <= (value as number[])[i]!));
  return {
    state: isState,
    quantiles: (value, line) => listOf(ranks.length, about(first, last))(value, line) && rise(value, line),
    intervals: listOf(ranks.length, pairOf((end) => known.has(end as number))),
    count: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  };
}

/** Ends of bins. */
export const boundsColumns = (edges: readonly number[]): Columns => ({
  state: isState,
  lower: (value) => edges.includes(value as number),
  upper: (value, { lower }) => edges.includes(value as number) && (lower as number) < (value as number),
});
