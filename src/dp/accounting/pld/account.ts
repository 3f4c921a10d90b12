import { TokumeiError } from '../../../core/errors.js';
import { findRoot } from '../../../numeric/roots.js';
import { checkCount, checkDeltaFrom0, checkEpsilonFrom0 } from '../checks.js';
import { Cumulants } from './cumulants.js';
import type { GridLaw } from './grid.js';
import type { Loss } from './losses.js';
import { composedMasses, type Composed } from './tilted.js';

/** One kind of release and how often it happens. */
export interface Releases {
  readonly loss: Loss;
  readonly count?: number;
}

export interface LossOptions {
  readonly releases: readonly Releases[];
  /** The grid's step. Left out: the common lattice of the losses, on which nothing is rounded, or a step that costs less than about 1e-5 of epsilon. */
  readonly step?: number;
}

/**
 * The epsilon at `delta` of all the releases together, by numerical composition of their privacy losses: an upper bound,
 * tight to the grid. Never above the sum of their pure epsilons.
 *
 * Losses are put on a grid pessimistically ("connect the dots") and composed by Fourier transform under an exponential
 * tilt that centres the transform on the answer, so that figures hold their digits also for tiny deltas; what the
 * transform's window leaves out and its rounding are charged to delta. See docs/proofs/privacy-loss.md. Google:
 * `dp_accounting`'s PLD accountant. Cost: some 10 to 100 ms.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_RANGE`, `TOKUMEI_COUNT_RANGE`, `TOKUMEI_STEP_RANGE`, `TOKUMEI_RELEASES`.
 * @example
 * const epsilon = lossEpsilon({ releases: [{ loss: discreteLaplaceLoss({ scale: 10 }), count: 100 }], delta: 1e-6 });
 * epsilon.toFixed(5); // => '4.77457'
 */
export function lossEpsilon(o: LossOptions & { readonly delta: number }): number {
  const delta = checkDeltaFrom0(o.delta, 'lossEpsilon');
  const parts = prepare(o, 'lossEpsilon');
  const basic = parts.reduce((sum, part) => sum + part.count * part.loss.largest, 0);
  const cumulants = new Cumulants(parts);
  const left = delta - cumulants.infinite;
  if (!(left > 0)) return basic;
  // The tilt at which the saddle point's estimate of delta is what is left: then the answer is near the tilted mean.
  const target = Math.log(left);
  const f = (tilt: number): number => {
    const { value, slope, variance } = cumulants.at(tilt);
    return value - tilt * slope - Math.log1p(2.5 * tilt * (1 + tilt) * Math.sqrt(variance)) - target;
  };
  let best = basic;
  for (let tilt = rootAbove(f, 60 / cumulants.step, -1); ; tilt *= 0.5) {
    const composed = composedMasses(cumulants, tilt);
    // Every tilt gives an upper bound. A smaller one is better where the answer lies below the window, or so far below
    // the tilted mean that the transform's rounding decides it.
    const answer = solve(composed, delta, composed.rounding);
    if (answer === undefined) continue;
    best = Math.min(best, answer);
    const unrounded = solve(composed, delta, 0) ?? 0;
    if (answer <= unrounded * (1 + 1e-7) || tilt * cumulants.step < 1e-9) return best;
  }
}

/**
 * The delta at `epsilon` of all the releases together; see `lossEpsilon`.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_COUNT_RANGE`, `TOKUMEI_STEP_RANGE`, `TOKUMEI_RELEASES`.
 */
export function lossDelta(o: LossOptions & { readonly epsilon: number }): number {
  const epsilon = checkEpsilonFrom0(o.epsilon, 'lossDelta');
  const parts = prepare(o, 'lossDelta');
  const basic = parts.reduce((sum, part) => sum + part.count * part.loss.largest, 0);
  if (basic <= epsilon) return 0;
  const cumulants = new Cumulants(parts);
  const tilt = rootAbove((t) => cumulants.at(t).slope - epsilon, 60 / cumulants.step, 1);
  return Math.min(1, deltaOf(composedMasses(cumulants, tilt), epsilon));
}

interface Part {
  readonly loss: Loss;
  readonly count: number;
  readonly law: GridLaw;
}

function prepare(o: LossOptions, where: string): readonly Part[] {
  if (!Array.isArray(o.releases) || o.releases.length === 0) {
    throw new TokumeiError('TOKUMEI_RELEASES', { where, parameter: 'releases', expected: 'a list of at least one release', received: o.releases });
  }
  const releases = o.releases.map(({ loss, count }) => ({ loss, count: checkCount(count ?? 1, where) }));
  if (o.step !== undefined && !(o.step > 1e-7 && o.step <= 1)) {
    throw new TokumeiError('TOKUMEI_STEP_RANGE', { where, parameter: 'step', expected: 'above 1e-7 and at most 1', received: o.step });
  }
  const step = o.step ?? chooseStep(releases);
  return releases.map(({ loss, count }) => ({ loss, count, law: loss.onGrid(step) }));
}

/** The zero of a monotone function from 0 to `most`, which rises (`sign` 1) or falls (-1); roughly; the nearer end where it has none. */
function rootAbove(f: (x: number) => number, most: number, sign: 1 | -1): number {
  if (f(0) * sign >= 0) return 0;
  let high = Math.min(1e-3, most);
  while (high < most && f(high) * sign < 0) high = Math.min(2 * high, most);
  return f(high) * sign < 0 ? most : findRoot(f, 0, high, 1e-4 * high);
}

/**
 * Dividing what lies between two points adds at most step^2 / 4 to the variance of each release, which raises epsilon by
 * about count step^2 / (8 spread^2) of itself. That is kept at 2e-7 where the transform stays below 2^18 points.
 */
function chooseStep(releases: readonly { readonly loss: Loss; readonly count: number }[]): number {
  const spread = Math.sqrt(releases.reduce((sum, { loss, count }) => sum + count * loss.spread ** 2, 0));
  const count = releases.reduce((sum, release) => sum + release.count, 0);
  const fine = spread * Math.max(1.2e-3 / Math.sqrt(count), 25 / 2 ** 18);
  const lattice = common(releases.map(({ loss }) => loss.lattice));
  // On the losses' own lattice nothing is rounded, whatever its size; a lattice finer than needed is left.
  if (lattice !== undefined && lattice >= fine / 4) return lattice;
  // Mass at the largest loss is not rounded up where that is a point of the grid.
  const largest = common(releases.map(({ loss }) => (loss.largest === Infinity ? undefined : loss.largest)));
  return largest === undefined ? fine : largest / Math.ceil(largest / fine);
}

/** The one value in a list, undefined where there are several or none. */
function common(values: readonly (number | undefined)[]): number | undefined {
  const set = new Set(values);
  return set.size === 1 ? values[0] : undefined;
}

function deltaOf(composed: Composed, epsilon: number): number {
  const { masses, first, step, scale, tilt, rounding, centre } = composed;
  let above = 0;
  for (let i = masses.length - 1; i >= 0; i--) {
    const loss = step * (first + i) - centre;
    if (loss <= epsilon - centre) break;
    above -= ((masses[i] as number) + rounding * Math.exp(-tilt * loss)) * Math.expm1(epsilon - centre - loss);
  }
  return composed.charged + Math.exp(scale) * above;
}

/**
 * The least epsilon with delta at most the given one: between two points of the grid, delta is linear in exp(epsilon).
 * Undefined where it lies below the window.
 */
function solve(composed: Composed, delta: number, rounding: number): number | undefined {
  const { masses, first, step, scale, tilt, centre } = composed;
  const left = (delta - composed.charged) / Math.exp(scale);
  if (!(left > 0)) return Infinity;
  let sum = 0;
  let moved = 0;
  for (let i = masses.length - 1; i >= 0; i--) {
    const loss = step * (first + i) - centre;
    const mass = (masses[i] as number) + rounding * Math.exp(-tilt * loss);
    sum += mass;
    moved += mass * Math.exp(-loss);
    const below = i === 0 && composed.whole ? -Infinity : loss - step;
    if (sum - Math.exp(below) * moved > left) return Math.max(0, centre + Math.log((sum - left) / moved));
    if (below + centre < 0) return 0;
  }
  return undefined;
}
