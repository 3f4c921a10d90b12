/** How the values of attributes become one score. `rank`: sorted from the largest down and compared in that order. */
export type Aggregate = 'geometric-mean' | 'arithmetic-mean' | 'sum' | 'maximum' | 'rank';

export interface Aggregator {
  readonly width: number;
  aggregate(values: Float64Array, out: Float64Array): void;
  report(score: Float64Array): number;
}

/** Weights are divided by the largest of them. All weights zero: all count the same. */
export function aggregator(kind: Aggregate, weights: readonly number[]): Aggregator {
  const m = weights.length;
  const largest = Math.max(...weights, 0);
  const w = Float64Array.from(weights, (weight) => (largest === 0 ? 1 : weight / largest));
  const each = (fold: (values: Float64Array) => number): Aggregator['aggregate'] => (values, out) => {
    out[0] = fold(values);
  };
  const same = (score: Float64Array): number => score[0]!;
  switch (kind) {
    case 'geometric-mean':
      // The product compares like its root; the root is taken once, for the report.
      return {
        width: 1,
        aggregate: (values, out) => {
          let product = 1;
          for (let a = 0; a < m; a++) product *= w[a]! * values[a]! + 1;
          out[0] = product;
        },
        report: (score) => Math.pow(score[0]!, 1 / m) - 1,
      };
    case 'arithmetic-mean':
    case 'sum': {
      const by = kind === 'sum' ? 1 : m;
      return {
        width: 1,
        aggregate: (values, out) => {
          let sum = 0;
          for (let a = 0; a < m; a++) sum += (w[a]! * values[a]!) / by;
          out[0] = sum;
        },
        report: same,
      };
    }
    case 'maximum':
      return { width: 1, aggregate: each((values) => values.reduce((most, v, a) => Math.max(most, w[a]! * v), 0)), report: same };
    case 'rank':
      return {
        width: m,
        aggregate: (values, out) => {
          for (let a = 0; a < m; a++) out[a] = -w[a]! * values[a]!;
          out.sort();
          for (let a = 0; a < m; a++) out[a] = -out[a]!;
        },
        report: same,
      };
  }
}
