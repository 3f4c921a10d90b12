import type { ClassModel, ClassView } from './model.js';

/** Where a model finds its sensitive attribute, and how its values are spread over the whole table. */
export interface SensitiveColumn {
  /** Position among the sensitive attributes. */
  readonly index: number;
  /** Number of values. */
  readonly values: number;
  /** For each value, its share of all rows. */
  readonly overall: Float64Array;
}

const SLACK = 1e-12;

/** Distinct l-diversity (Machanavajjhala et al. 2007): at least l different values in every class. */
export function distinctDiversityModel(l: number, { index, values }: SensitiveColumn): ClassModel {
  const distinct = (view: ClassView, c: number): number => distinctIn(view.counts[index]!, c * values, values);
  return {
    name: 'distinct-l-diversity',
    hereditary: true,
    smallest: Math.ceil(l),
    worse: 'smaller',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && distinct(view, c) < l) marks[c] = mark;
    },
    forced: ({ sizes }, c) => sizes[c]!,
    measure: distinct,
    breaks: (values) => values < l,
  };
}

function distinctIn(counts: Int32Array, from: number, values: number): number {
  let distinct = 0;
  for (let v = from; v < from + values; v++) if (counts[v]! > 0) distinct++;
  return distinct;
}

export type EntropyEstimator = 'shannon' | 'grassberger';

/**
 * Entropy l-diversity: the entropy of the values in every class is at least ln l, up to 1e-12. The measured value is
 * exp(entropy), a real number of equally frequent values.
 */
export function entropyDiversityModel(l: number, { index, values }: SensitiveColumn, estimator: EntropyEstimator): ClassModel {
  const least = Math.log(l) - SLACK;
  const whole = Math.ceil(l);
  const entropy = estimator === 'grassberger' ? grassberger : shannon;
  const fails = (view: ClassView, c: number): boolean =>
    distinctIn(view.counts[index]!, c * values, values) < whole || entropy(view.counts[index]!, c * values, values, view.sizes[c]!) < least;
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
      if (estimator === 'grassberger' || shannon(counts, c * values, values, size) >= least) return 0;
      return size - mostWithEntropy(counts.subarray(c * values, (c + 1) * values), size, least);
    },
    measure: (view, c) => Math.exp(entropy(view.counts[index]!, c * values, values, view.sizes[c]!)),
  };
}

function shannon(counts: Int32Array, from: number, values: number, size: number): number {
  let sum = 0;
  for (let v = from; v < from + values; v++) {
    const count = counts[v]!;
    if (count > 0) sum += count * Math.log(count);
  }
  return Math.max(0, Math.log(size) - sum / size);
}

/** Grassberger 2003: ln N - (1/N) sum n G(n). */
function grassberger(counts: Int32Array, from: number, values: number, size: number): number {
  let sum = 0;
  for (let v = from; v < from + values; v++) if (counts[v]! > 0) sum += counts[v]! * grassbergerG(counts[v]!);
  return Math.log(size) - sum / size;
}

/** G(1) = -gamma - ln 2, G(2) = 2 - gamma - ln 2, G(2n+1) = G(2n), G(2n+2) = G(2n) + 2/(2n+1). */
function grassbergerG(n: number): number {
  let g = -0.5772156649015329 - Math.LN2;
  for (let odd = 1; odd < n; odd += 2) g += 2 / odd;
  return g;
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

/**
 * Recursive (c,l)-diversity: with counts from the largest down, r1 < c (rl + ... + rM). The measured value is the
 * smallest c that would pass, r1 / (rl + ... + rM).
 */
export function recursiveDiversityModel(c0: number, l: number, { index, values }: SensitiveColumn): ClassModel {
  const left = new Int32Array(values);
  const tail = (view: ClassView, c: number): { largest: number; rest: number } => {
    const counts = view.counts[index]!;
    for (let v = 0; v < values; v++) left[v] = counts[c * values + v]!;
    if (l > values) return { largest: 0, rest: 0 };
    // The l - 1 largest are taken out one by one: l is small, and sorting costs more.
    let largest = 0;
    let rest = view.sizes[c]!;
    for (let taken = 1; taken < l; taken++) {
      let at = 0;
      for (let v = 1; v < values; v++) if (left[v]! > left[at]!) at = v;
      if (taken === 1) largest = left[at]!;
      rest -= left[at]!;
      left[at] = 0;
    }
    return { largest, rest };
  };
  const fails = ({ largest, rest }: { largest: number; rest: number }): boolean => rest === 0 || !(largest < c0 * rest);
  return {
    name: 'recursive-cl-diversity',
    hereditary: false,
    smallest: l,
    worse: 'larger',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && fails(tail(view, c))) marks[c] = mark;
    },
    forced(view, c) {
      const found = tail(view, c);
      if (!fails(found)) return 0;
      if (found.rest === 0) return view.sizes[c]!;
      // The rest only shrinks with the class, so no value may keep c times the rest of now, or more.
      const cap = Math.ceil(c0 * found.rest) - 1;
      let excess = 0;
      const counts = view.counts[index]!;
      for (let v = 0; v < values; v++) excess += Math.max(0, counts[c * values + v]! - cap);
      return Math.max(1, excess);
    },
    measure(view, c) {
      const { largest, rest } = tail(view, c);
      return rest === 0 ? Infinity : largest / rest;
    },
  };
}
