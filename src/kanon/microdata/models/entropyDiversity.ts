import { digamma } from '../../../numeric/index.js';
import { distinctIn, type SensitiveColumn } from './diversity.js';
import { exactLog } from './exactLog.js';
import type { ClassModel, ClassView } from './model.js';
import { near } from './near.js';

export type EntropyEstimator = 'shannon' | 'grassberger';

export interface EntropyForm {
  readonly estimator: EntropyEstimator;
  /**
   * `'tolerant'`: the entropy is at least ln l up to 1e-12, and Grassberger's is ln N - (1/N) sum n G(n), as in his
   * paper. `'arx'`: no slack, sums in ARX's order, and G(N) in place of ln N.
   */
  readonly evaluation: 'tolerant' | 'arx';
}

const SLACK = 1e-12;

/**
 * Entropy l-diversity (Machanavajjhala et al. 2007): the entropy of the values in every class is at least ln l. The
 * measured value is exp(entropy), a real number of equally frequent values.
 */
export function entropyDiversityModel(l: number, { index, values }: SensitiveColumn, { estimator, evaluation }: EntropyForm): ClassModel {
  const least = Math.log(l) - SLACK;
  const whole = Math.ceil(l);
  const arx = evaluation === 'arx';
  const ofValue = remembered(estimator === 'grassberger' ? grassbergerG : Math.log);
  const ofClass = arx ? ofValue : Math.log;
  const sumIn = (view: ClassView, c: number): number => {
    const counts = view.counts[index]!;
    let sum = 0;
    for (let v = c * values; v < (c + 1) * values; v++) if (counts[v]! > 0) sum += counts[v]! * ofValue(counts[v]!);
    return sum;
  };
  const entropy = (view: ClassView, c: number): number => {
    const size = view.sizes[c]!;
    const found = ofClass(size) - sumIn(view, c) / size;
    return estimator === 'shannon' ? Math.max(0, found) : found;
  };
  const low = (view: ClassView, c: number): boolean => {
    if (!arx) return entropy(view, c) < least;
    const size = view.sizes[c]!;
    const short = sumIn(view, c) - size * (ofClass(size) - Math.log(l));
    // The last bit decides, and takes logarithms that have theirs right.
    return estimator === 'grassberger' || Math.abs(short) > 1e-9 * size ? short > 0 : isShort(view.counts[index]!.subarray(c * values, (c + 1) * values), size, l);
  };
  const fails = (view: ClassView, c: number): boolean => distinctIn(view.counts[index]!, c * values, values) < whole || low(view, c);
  return {
    name: 'entropy-l-diversity',
    hereditary: false,
    smallest: whole,
    worse: 'smaller',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && fails(view, c)) marks[c] = mark;
    },
    forced(view, c) {
      const size = view.sizes[c]!;
      const counts = view.counts[index]!;
      if (distinctIn(counts, c * values, values) < whole) return size;
      // Grassberger's estimate is not concave: passing parts may merge to a failing class.
      if (estimator === 'grassberger' || entropy(view, c) >= least) return 0;
      return size - mostWithEntropy(counts.subarray(c * values, (c + 1) * values), size, least);
    },
    measure: (view, c) => Math.exp(entropy(view, c)),
    // Shannon's entropy is at most that of so many equally frequent values, so it tells of too few of them as well.
    breaks: (value, view, c) => (estimator === 'grassberger' || near(value, l) ? fails(view, c) : value < l),
  };
}

/** Whether N (ln N - ln l) < sum n ln n, each logarithm rounded once and the sum taken in order. */
function isShort(counts: Int32Array, size: number, l: number): boolean {
  let sum = 0;
  for (const count of counts) if (count > 0) sum += count * exactLog(count);
  return size * (exactLog(size) - (Number.isInteger(l) ? exactLog(l) : Math.log(l))) < sum;
}

const REMEMBERED = 4096;

/** A function of whole numbers that is worked out once for each of the small ones. */
function remembered(of: (n: number) => number): (n: number) => number {
  const known = new Float64Array(REMEMBERED).fill(NaN);
  return (n) => {
    if (n >= REMEMBERED) return of(n);
    const value = known[n]!;
    return Number.isNaN(value) ? (known[n] = of(n)) : value;
  };
}

/** Grassberger 2003: G(n) = psi(n) + ((-1)^n / 2) (psi((n + 1) / 2) - psi(n / 2)), which is the same for 2m and 2m + 1. */
function grassbergerG(n: number): number {
  return digamma(Math.floor(n / 2) + 0.5) + Math.LN2;
}

/**
 * The most rows that a subset of a class can have with this much entropy: the largest counts are cut down to one
 * common height, which leaves the most entropy for a given number of rows.
 */
function mostWithEntropy(counts: Int32Array, size: number, least: number): number {
  let low = 0;
  let high = 0;
  for (const count of counts) if (count > high) high = count;
  let most = 0;
  for (let step = 0; step < 30 && high - low > 0.25; step++) {
    const height = (low + high) / 2;
    let rows = 0;
    let sum = 0;
    for (const count of counts) {
      const cut = Math.min(count, height);
      if (cut > 0) {
        rows += cut;
        sum += cut * Math.log(cut);
      }
    }
    if (rows > 0 && Math.log(rows) - sum / rows >= least) low = height;
    else high = height;
  }
  // `high` fails, so every passing height is below it.
  for (const count of counts) most += Math.min(count, high);
  return Math.min(size - 1, Math.floor(most + 1e-9));
}
