import type { SensitiveColumn } from './diversity.js';
import type { ClassModel, ClassView } from './model.js';
import { near } from './near.js';
import { smallestUnderCaps, smallestWithinEqual } from './smallestClass.js';

interface CapRule {
  /** A share at its cap fails. */
  readonly strict: boolean;
  readonly measure: (view: ClassView, c: number) => number;
  /** Measured values below the first pass, above the second they fail; between them, and near to them, the rule itself is asked. */
  readonly threshold: readonly [number, number];
  readonly also?: (count: number, size: number, v: number) => boolean;
}

/**
 * Models that cap the share of each value in a class: a class passes when no value's share is above its cap.
 *
 * A class whose parts pass passes, so a failing one loses rows whatever the split: the largest part that can pass has
 * at most `cap` times its size of each value, which a few rounds of substitution find from above.
 */
function capped(name: string, { index, values }: SensitiveColumn, caps: Float64Array, { strict, measure, threshold, also }: CapRule): ClassModel {
  const failsIn = (view: ClassView, c: number): boolean => {
    const counts = view.counts[index]!;
    const size = view.sizes[c]!;
    for (let v = 0; v < values; v++) {
      const count = counts[c * values + v]!;
      if (count === 0) continue;
      const share = count / size;
      if (strict ? !(share < caps[v]!) : share > caps[v]! * (1 + 1e-12)) return true;
      if (also?.(count, size, v) === true) return true;
    }
    return false;
  };
  return {
    name,
    hereditary: false,
    smallest: smallestUnderCaps(caps),
    worse: 'larger',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && failsIn(view, c)) marks[c] = mark;
    },
    forced(view, c) {
      const size = view.sizes[c]!;
      return size - largestUnder(view.counts[index]!, c * values, values, caps, size, 1);
    },
    measure,
    breaks: (value, view, c) => (near(value, threshold[0]) || near(value, threshold[1]) || (value > threshold[0] && value < threshold[1]) ? failsIn(view, c) : value > threshold[1]),
  };
}

/** An upper bound of the size of a part in which value v has at most `caps[v]` of the rows, or `scale` of the sum of minima. */
function largestUnder(counts: Int32Array, from: number, values: number, caps: Float64Array, size: number, scale: number): number {
  let most = size;
  // Each round comes closer from above: any of them is a bound, and the first few do most.
  for (let round = 0; round < 6; round++) {
    let next = 0;
    for (let v = 0; v < values; v++) next += Math.min(counts[from + v]!, caps[v]! * most * (1 + 1e-9));
    next = Math.floor(next * scale * (1 + 1e-9) + 1e-9);
    if (next >= most) return most;
    most = next;
    if (most <= 0) return 0;
  }
  return most;
}

/** (alpha,k)-anonymity (Wong et al. 2006): the declared values have a share of at most alpha in every class; k is a model of its own. */
export function alphaModel(alpha: number, column: SensitiveColumn, declared: readonly number[] | 'all'): ClassModel {
  const caps = new Float64Array(column.values).fill(declared === 'all' ? alpha : 1);
  if (declared !== 'all') for (const v of declared) caps[v] = alpha;
  const { index, values } = column;
  const measure = (view: ClassView, c: number): number => {
    const counts = view.counts[index]!;
    let most = 0;
    for (let v = 0; v < values; v++) if (counts[c * values + v]! > most && (caps[v]! < 1 || alpha >= 1)) most = counts[c * values + v]!;
    return most / view.sizes[c]!;
  };
  return capped('alpha-k-anonymity', column, caps, { strict: false, measure, threshold: [alpha, alpha] });
}

/**
 * beta-likeness (Cao and Karras 2012): no value's share grows by more than beta times its overall share; in the
 * enhanced form by no more than the smaller of beta and -ln of its overall share, value by value.
 */
export function betaLikenessModel(beta: number, column: SensitiveColumn, enhanced: boolean): ClassModel {
  const { index, values, overall } = column;
  const bounds = overall.map((p) => (enhanced ? Math.min(beta, -Math.log(p)) : beta));
  const measure = (view: ClassView, c: number): number => {
    const counts = view.counts[index]!;
    const size = view.sizes[c]!;
    let most = 0;
    for (let v = 0; v < values; v++) {
      const count = counts[c * values + v]!;
      const p = overall[v]!;
      // A value that the class lacks has not grown.
      if (count > 0 && p > 0) most = Math.max(most, (count / size - p) / p);
    }
    return most;
  };
  return capped(enhanced ? 'enhanced-beta-likeness' : 'basic-beta-likeness', column, overall.map((p, v) => p * (1 + bounds[v]!)), { strict: false, measure, threshold: [bounds.reduce((a, b) => Math.min(a, b), beta), beta] });
}

export interface DeltaDisclosureForm {
  /** The base of the logarithm: 2 as in ARX, e as in pycanon. */
  readonly base: 2 | 'e';
  /** A value that a class lacks: `'skip'` as both tools do, or `'fail'` as the definition has it. */
  readonly absent: 'skip' | 'fail';
}

/** delta-disclosure privacy (Brickell and Shmatikov 2008): |log(share in the class / overall share)| < delta. */
export function deltaDisclosureModel(delta: number, column: SensitiveColumn, form: DeltaDisclosureForm): ClassModel {
  const factor = form.base === 2 ? 2 ** delta : Math.exp(delta);
  const log = form.base === 2 ? Math.log2 : Math.log;
  const caps = column.overall.map((p) => p * factor);
  const { index, values, overall } = column;
  const below = (count: number, size: number, v: number): boolean => !(count / size > overall[v]! / factor);
  const measure = (view: ClassView, c: number): number => {
    const counts = view.counts[index]!;
    const size = view.sizes[c]!;
    let least = 1;
    let most = 1;
    for (let v = 0; v < values; v++) {
      const count = counts[c * values + v]!;
      if (overall[v] === 0) continue;
      if (count === 0) {
        if (form.absent === 'fail') return Infinity;
        continue;
      }
      const ratio = count / size / overall[v]!;
      if (ratio > most) most = ratio;
      else if (ratio < least) least = ratio;
    }
    return Math.max(log(most), -log(least));
  };
  const model = capped('delta-disclosure', column, caps, { strict: true, measure, threshold: [delta, delta], also: below });
  if (form.absent === 'skip') return model;
  return {
    ...model,
    mark(view, marks, mark) {
      model.mark(view, marks, mark);
      for (let c = 0; c < view.count; c++) for (let v = 0; v < values; v++) if (marks[c] === 0 && (overall[v]! > 0 && view.counts[index]![c * values + v] === 0)) marks[c] = mark;
    },
  };
}

/**
 * t-closeness with equal distances (Li et al. 2007): half the sum of |share in the class - overall share| is at most t.
 */
export function equalClosenessModel(t: number, column: SensitiveColumn): ClassModel {
  const { index, values, overall } = column;
  const distance = (view: ClassView, c: number): number => {
    const counts = view.counts[index]!;
    const size = view.sizes[c]!;
    let sum = 0;
    for (let v = 0; v < values; v++) sum += Math.abs(counts[c * values + v]! - overall[v]! * size);
    return sum / (2 * size);
  };
  return {
    name: 't-closeness',
    hereditary: false,
    smallest: smallestWithinEqual(t, overall),
    worse: 'larger',
    mark(view, marks, mark) {
      for (let c = 0; c < view.count; c++) if (marks[c] === 0 && distance(view, c) > t + 1e-12) marks[c] = mark;
    },
    forced(view, c) {
      const size = view.sizes[c]!;
      if (distance(view, c) <= t + 1e-12) return 0;
      return t >= 1 ? 0 : size - largestUnder(view.counts[index]!, c * values, values, overall, size, 1 / (1 - t));
    },
    measure: distance,
    breaks: (value) => value > t + 1e-12,
  };
}
