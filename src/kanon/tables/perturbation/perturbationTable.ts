import { checkInteger, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { KEYS, makeNoise, type CellNoise } from './cellNoise.js';
import { maximumEntropy, varianceRange, type FiniteLaw } from './maximumEntropy.js';

/** What {@link perturbationTable} takes. None of the first two has a default. */
export interface PerturbationOptions {
  /** D: no count changes by more. From 1 to 100. */
  readonly maximumNoise: number;
  /** V: the variance of the noise in every count above zero. */
  readonly variance: number;
  /** js: counts from 1 to this are never published. Default 0. */
  readonly forbiddenUpTo?: number;
  /** The least probability that a count stays as it is, where that is possible. Default 0. */
  readonly stay?: number;
}

/** Laws of noise for each count, of which the last one is that of all larger counts. */
export interface PerturbationTable extends CellNoise {
  readonly rows: readonly FiniteLaw[];
}

/**
 * The perturbation table of the cell-key method: for each true count a law of noise with mean zero, variance V, at most D in
 * size, that never leads to a negative or forbidden count, and is otherwise as spread out as can be (largest entropy).
 *
 * **When.** For `cellKeyCounts`. **Convention.** R ptable `create_cnt_ptable(D, V, js, pstay)` with `mono = FALSE`: the same laws, except that here V
 * is met exactly and never taken for a bound. Zero stays zero. Choose D at least as large as `forbiddenUpTo`, and V between the square of half of
 * `forbiddenUpTo + 1` and D.
 *
 * Cost: some dozens of Newton steps for each of D + forbiddenUpTo + 1 rows.
 *
 * @throws {TokumeiError} `TOKUMEI_PERTURBATION` for options out of range, or when no law meets them; the range that V can have is in the message.
 * @example
 * const { rows } = perturbationTable({ maximumNoise: 2, variance: 1 });
 * rows[1]?.noise; // => [-1, 0, 1, 2]
 * rows[2]?.probability.map((p) => p.toFixed(4)); // => ['0.0638', '0.2447', '0.3830', '0.2447', '0.0638']
 */
/* @__NO_SIDE_EFFECTS__ */
export function perturbationTable(options: PerturbationOptions): PerturbationTable {
  const where = 'perturbationTable';
  const o = checkOptions(options, where, 'maximumNoise variance forbiddenUpTo stay');
  const most = checkInteger(o.maximumNoise, where, 'maximumNoise', 'TOKUMEI_PERTURBATION', 1, 100);
  const forbidden = checkInteger(o.forbiddenUpTo ?? 0, where, 'forbiddenUpTo', 'TOKUMEI_PERTURBATION', 0, most);
  const stay = checkShare(o.stay ?? 0, where);
  const supports = Array.from({ length: most + forbidden + 2 }, (_, count) => supportOf(count, most, forbidden));
  const variance = checkVariance(o.variance, supports, where);
  const rows = supports.map((noise, count) => {
    const law = count === 0 ? { noise: [0], probability: [1] } : withStay(noise, variance, stay);
    if (law !== undefined) return Object.freeze({ noise: Object.freeze(law.noise), probability: Object.freeze(law.probability) });
    throw new TokumeiError('TOKUMEI_PERTURBATION', { where, message: `no law of noise for the count ${count} has this variance and this stay: lower stay, or take a variance that is not at the edge of its range` });
  });
  const steps = rows.map(({ probability }) => thresholds(probability));
  return makeNoise({
    method: 'cell-key',
    maximumNoise: most,
    parameters: Object.freeze({ maximumNoise: most, variance, forbiddenUpTo: forbidden, stay }),
    rows: Object.freeze(rows),
    publish: (count: number, cellKey: number) => {
      const row = Math.min(count, rows.length - 1);
      const below = steps[row]!;
      let at = 0;
      while (at < below.length && cellKey >= below[at]!) at++;
      return count + rows[row]!.noise[at]!;
    },
  });
}

/** What may be added to a count: the result is zero, or above what is forbidden. */
function supportOf(count: number, most: number, forbidden: number): readonly number[] {
  const noise: number[] = [];
  for (let v = -Math.min(most, count); v <= most; v++) if (count + v === 0 || count + v > forbidden) noise.push(v);
  return noise;
}

/** Where the count stays less often than asked for, it stays just as often, and the rest is spread out as before. */
function withStay(noise: readonly number[], variance: number, stay: number): FiniteLaw | undefined {
  const law = maximumEntropy(noise, variance);
  const zero = noise.indexOf(0);
  if (law === undefined || zero < 0 || law.probability[zero]! >= stay) return law;
  const moved = maximumEntropy(noise.filter((v) => v !== 0), variance / (1 - stay));
  if (moved === undefined) return undefined;
  const probability = moved.probability.map((p) => p * (1 - stay));
  probability.splice(zero, 0, stay);
  return { noise, probability };
}

/** Below which key each value is taken, in rising order; the last one takes what is left. */
function thresholds(probability: readonly number[]): readonly number[] {
  let sum = 0;
  return probability.slice(0, -1).map((p) => {
    sum += p;
    return Math.round(sum * KEYS);
  });
}

function checkVariance(variance: number, supports: readonly (readonly number[])[], where: string): number {
  let least = 0;
  let most = Infinity;
  for (const noise of supports.slice(1)) {
    const range = varianceRange(noise);
    if (range === undefined) continue;
    least = Math.max(least, range[0]);
    most = Math.min(most, range[1]);
  }
  if (typeof variance === 'number' && variance > 0 && variance >= least && variance <= most) return variance;
  throw new TokumeiError('TOKUMEI_PERTURBATION', {
    where, parameter: 'variance',
    expected: least <= most ? `above 0 and from ${least} to ${most} for this maximumNoise and forbiddenUpTo` : `one that every count allows, and there is none: raise maximumNoise to ${least} or lower forbiddenUpTo`,
    received: variance,
  });
}

function checkShare(stay: number, where: string): number {
  if (typeof stay === 'number' && stay >= 0 && stay < 1) return stay;
  throw new TokumeiError('TOKUMEI_PERTURBATION', { where, parameter: 'stay', expected: 'from 0 to below 1', received: stay });
}
